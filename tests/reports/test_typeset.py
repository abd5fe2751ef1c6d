from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from wardteam.i18n import translator
from wardteam_reports import typeset
from wardteam_reports.fonts import BOLD, REGULAR, glyphs, missing_glyphs
from wardteam_reports.typeset import MissingGlyph, compile_pdf

AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
PLAIN = '#import "theme.typ": *\n#show: theme\n= #data.title\n#data.body'


@pytest.fixture
def plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    theme = (typeset.TEMPLATE_FOLDER / "theme.typ").read_bytes()
    (tmp_path / "theme.typ").write_bytes(theme)
    (tmp_path / "plain.typ").write_text(PLAIN, encoding="utf-8")
    monkeypatch.setattr(typeset, "TEMPLATE_FOLDER", tmp_path)
    return "plain"


def typeset_plain(template: str, body: str, *, at: datetime = AT) -> bytes:
    return compile_pdf(template, {"title": "排班表", "body": body}, language="zh", timestamp=at)


@pytest.mark.parametrize("font", [REGULAR, BOLD])
def test_the_coverage_list_says_what_the_fonts_have(font: Path) -> None:
    assert frozenset(TTFont(font).getBestCmap()) == glyphs()


def test_common_and_standard_characters_and_the_signs_we_use_are_covered() -> None:
    assert missing_glyphs("护士排班表 龘 丨 喆 翀 堃 ♥♡✓×⚠→←↑↓●○▲▼■□★‼x̄μσχ²≤≥±℃①") == ("龘",)


def test_the_same_data_and_time_give_the_same_bytes(plain: str) -> None:
    assert typeset_plain(plain, "同一份数据") == typeset_plain(plain, "同一份数据")
    assert typeset_plain(plain, "同一份数据") != typeset_plain(plain, "另一份数据")


def test_a_document_claims_pdf_a_and_pdf_ua_is_tagged_and_has_title_and_language(plain: str) -> None:
    pdf = typeset_plain(plain, "正文")
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.root_object
    metadata = root["/Metadata"].get_object().get_data()
    assert b"<pdfaid:part>2</pdfaid:part>" in metadata
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "zh-CN"
    assert reader.metadata is not None
    assert reader.metadata.title == "排班表"


def test_text_can_be_extracted(plain: str) -> None:
    assert (
        "白班、中班 ♥" in PdfReader(io.BytesIO(typeset_plain(plain, "白班、中班 ♥"))).pages[0].extract_text()
    )


def test_data_is_never_read_as_source(plain: str) -> None:
    text = PdfReader(io.BytesIO(typeset_plain(plain, '#panic("x") *a* $b$'))).pages[0].extract_text()
    assert '#panic("x") *a* $b$' in text


def test_a_character_that_the_font_lacks_is_named_with_its_text(plain: str) -> None:
    with pytest.raises(MissingGlyph) as refused:
        compile_pdf(plain, {"title": "表", "body": [{"name": "王🔒"}]}, language="zh", timestamp=AT)
    assert "🔒 (U+1F512) in “王🔒”" in translator("en")(refused.value.message)
