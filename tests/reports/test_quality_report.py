"""The quality report as PDF: its text and pages, its tags; and that every form repeats its bytes."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache

import pytest
from pypdf import PageObject, PdfReader

from tests.reports.sample_report import MADE_AT, monthly_report, sample_report, small_report
from wardteam.errors import Named
from wardteam.i18n import translator
from wardteam.stats.report import Figure, Part
from wardteam_reports.quality_report import (
    quality_report_csv,
    quality_report_docx,
    quality_report_page,
    quality_report_pdf,
)
from wardteam_reports.quality_report.columns import column_shares
from wardteam_reports.quality_report.content import FigureText, report_text
from wardteam_reports.typeset import MissingGlyph

PATHS = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
FORMS = (quality_report_pdf, quality_report_docx, quality_report_page, quality_report_csv)


@cache
def pdf(language) -> PdfReader:
    return PdfReader(io.BytesIO(quality_report_pdf(sample_report(), language=language)))


@cache
def pages(language) -> list[str]:
    """Give the text of every page, with one drawing alone: reading the paths of all takes long."""
    first = sample_report().figures()[0]
    parts = tuple(
        replace(part, blocks=tuple(b for b in part.blocks if not isinstance(b, Figure) or b == first))
        for part in sample_report().parts
    )
    content = quality_report_pdf(replace(sample_report(), parts=parts), language=language)
    return [words_of(page) for page in PdfReader(io.BytesIO(content)).pages]


def words_of(page: PageObject) -> str:
    return re.sub(r"\s", "", page.extract_text())


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh", "示范医院 内科一病区 指标一览 目录 通俗解读 注意 表1两个时期 图1 P<0.001 8.9–21.3 注："),
        ("en", "DemonstrationHospital Contents Inplainwords Caution Table1. Figure1. associatedwith Note:"),
    ],
)
def test_the_pdf_says_what_the_report_says(language, expected):
    text = "".join(pages(language))
    assert [words for words in expected.split() if words not in text] == []
    assert [
        part
        for part in sample_report().parts
        if translator(language).show(part.title).replace(" ", "") not in text
    ] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_whole_report_has_a_cover_contents_and_a_page_for_each_part(language):
    reader = pdf(language)
    assert 12 <= len(reader.pages) <= 18
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert len([title for title in titles if title[0].isdigit()]) == 9


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_monthly_edition_has_two_pages(language):
    reader = PdfReader(io.BytesIO(quality_report_pdf(monthly_report(), language=language)))
    assert len(reader.pages) == 2
    numbers = [words_of(page).replace(" ", "")[-3:] for page in reader.pages]
    assert numbers == ["1/2", "2/2"]


def test_the_pdf_is_tagged_and_gives_every_figure_its_words():
    root = pdf("zh").trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "zh-CN"
    metadata = root["/Metadata"].get_data().decode()
    assert "pdfuaid:part" in metadata
    assert "pdfaid:part" in metadata
    report = report_text(sample_report(), "zh")
    alternatives = [figure.alternative for figure in report.figures()]
    found = _alternatives(root["/StructTreeRoot"])
    assert [words for words in alternatives if words not in found] == []
    assert "特殊原因变异，需关注" in found


def _alternatives(element, depth: int = 0) -> set[str]:
    found = {str(element["/Alt"])} if "/Alt" in element else set()
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(kid, dict) and depth < 40:
            found |= _alternatives(kid, depth + 1)
    return found


def test_a_long_table_repeats_its_header_on_the_next_page():
    assert len([page for page in pages("zh") if "条目内容" in page]) == 2


@pytest.mark.parametrize("form", FORMS)
def test_the_same_report_gives_the_same_bytes(form):
    first, again = (form(small_report(), language="zh") for _ in range(2))
    assert first == again


def test_another_moment_gives_another_file():
    later = replace(small_report(), made_at=MADE_AT.replace(hour=9))
    assert quality_report_pdf(later, language="zh") != quality_report_pdf(small_report(), language="zh")
    assert quality_report_docx(later, language="zh") != quality_report_docx(small_report(), language="zh")


def test_a_character_that_the_font_lacks_is_refused_by_name():
    odd = replace(small_report(), title=Named("龘龘\U0002a6d6", "Odd"))
    with pytest.raises(MissingGlyph, match="2A6D6"):
        quality_report_pdf(odd, language="zh")


def test_half_figures_that_follow_one_another_stand_side_by_side():
    report = report_text(sample_report(), "zh")
    rows = [[b.code for b in row if isinstance(b, FigureText)] for row in report.parts[7].rows()]
    assert rows == [["hours"], ["hours-half", "curve-half"], ["curve"], ["short-half"]]


def test_a_column_is_as_wide_as_its_longest_line_but_long_texts_break():
    table = report_text(sample_report(), "zh").parts[8].blocks[-1]
    shares = column_shares(table, room=200)
    assert shares[1] > 3 * shares[2]
    assert all(share <= 36 for share in shares)


def test_a_report_without_figures_verdicts_or_facts_is_made_in_every_form():
    bare = replace(small_report(), facts=(), data_until=None, parts=(Part(1, Named("空", "Empty"), ()),))
    for form in FORMS:
        assert form(bare, language="zh")


def test_the_doors_load_no_typesetter_until_something_is_made():
    code = (
        "import sys, wardteam_reports.quality_report, wardteam_reports.plots.drawing as _\n"
        "print(sorted({'docx', 'jinja2', 'typst', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=PATHS)
    assert done.stdout.strip() == "[]"
