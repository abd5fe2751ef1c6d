"""The quality report for Word: real headings, captions that count, three-line tables, pictures with words."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.reports.sample_report import MADE_AT, sample_report, small_report
from wardteam_reports.quality_report import quality_report_docx


@cache
def word(language):
    return Document(io.BytesIO(quality_report_docx(sample_report(), language=language)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_word_has_real_headings_captions_that_count_and_a_contents_field(language):
    document = word(language)
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles.count("Heading 1") == 9
    assert styles.count("Heading 2") == 2
    fields = [e.get(qn("w:instr")).strip() for e in document.element.body.iter(qn("w:fldSimple"))]
    kinds = {"zh": ("表", "图"), "en": ("Table", "Figure")}[language]
    assert [fields.count(f"SEQ {kind} \\* ARABIC") for kind in kinds] == [5, 23]
    contents = [e.text for e in document.element.body.iter(qn("w:instrText"))]
    assert len(contents) == 1
    assert contents[0].strip().startswith("TOC")


def test_words_captions_read_as_those_of_the_pdf():
    captions = [
        "".join(t.text for t in p._p.iter(qn("w:t")))
        for p in word("zh").paragraphs
        if p.style.name == "Caption"
    ]
    assert captions[1] == "表1  两个时期满意率与知晓率的比较"
    english = [
        "".join(t.text for t in p._p.iter(qn("w:t")))
        for p in word("en").paragraphs
        if p.style.name == "Caption"
    ]
    assert english[1] == "Table 1.  Satisfaction and awareness in the two periods"


def test_words_tables_have_three_lines_and_repeated_headers():
    tables = [t._tbl for t in word("zh").tables if t._tbl.tblPr.find(qn("w:tblBorders")) is not None]
    assert len(tables) == 2 + 5
    for table in tables:
        borders = table.tblPr.find(qn("w:tblBorders"))
        assert {e.tag.split("}")[1]: e.get(qn("w:sz")) for e in borders} == {"top": "12", "bottom": "12"}
        first = table.tr_lst[0]
        assert first.trPr.find(qn("w:tblHeader")) is not None
        lines = {e.get(qn("w:sz")) for cell in first.tc_lst for e in cell.iter(qn("w:bottom"))}
        assert lines == {"6"}


def test_words_pictures_all_have_words_and_numbers_of_their_own():
    drawn = list(word("zh").element.body.iter(qn("wp:docPr")))
    assert len(drawn) == 23 + 2 * 2 * 5
    assert all(picture.get("descr") for picture in drawn)
    assert len({picture.get("id") for picture in drawn}) == len(drawn)


def test_words_statistics_are_italic():
    italic = {run.text for p in word("zh").paragraphs for run in p.runs if run.italic}
    assert {"P", "t", "n"} <= italic


def test_words_faces_language_and_dates_are_set():
    document = word("zh")
    fonts = document.styles["Normal"].element.rPr.find(qn("w:rFonts"))
    assert (fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii"))) == ("宋体", "Times New Roman")
    heading = document.styles["Heading 1"].element.rPr.find(qn("w:rFonts"))
    assert heading.get(qn("w:eastAsia")) == "黑体"
    assert not [name for name in heading.attrib if "Theme" in name]
    assert document.core_properties.language == "zh-CN"
    assert document.core_properties.created == MADE_AT
    archive = zipfile.ZipFile(io.BytesIO(quality_report_docx(small_report(), language="en")))
    assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
