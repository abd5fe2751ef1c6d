"""The quality report as a page and as CSV: nothing that a policy refuses, every number, no formula."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import pytest
from docx import Document
from pypdf import PdfReader

from tests.reports.sample_report import sample_report, small_report
from wardteam.stats.report import Cell, Part, Table
from wardteam_reports.quality_report import (
    quality_report_css,
    quality_report_csv,
    quality_report_docx,
    quality_report_html,
    quality_report_page,
    quality_report_pdf,
)


@cache
def fragment(language) -> str:
    return quality_report_html(sample_report(), language=language)


@cache
def numbers(language) -> list[list[str]]:
    content = quality_report_csv(sample_report(), language=language).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))


class Tags(HTMLParser):
    """Collects tags with their attributes, and checks that they are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "br"):
            self.open.append(tag)
        self.seen.append((tag, dict(attrs)))

    def handle_startendtag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_fragment_holds_nothing_that_a_strict_policy_refuses(language):
    tags = Tags(fragment(language))
    assert tags.open == []
    assert {tag for tag, _ in tags.seen} & {"style", "script", "img", "link", "html", "h1"} == set()
    for tag, attributes in tags.seen:
        assert not any(name == "style" or name.startswith("on") for name in attributes), tag


def test_the_fragments_ids_are_its_own_and_every_reference_is_met():
    html = fragment("zh")
    ids = [attributes["id"] for _, attributes in Tags(html).seen if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert all(name.startswith("qr-") for name in ids)
    used = {
        name
        for found in re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)|labelledby="([^"]+)"', html)
        for name in found
        if name
    }
    assert used <= set(ids)


def test_every_drawing_on_the_page_has_words_and_its_figures_behind_it():
    tags = Tags(fragment("en")).seen
    drawn = [attributes for _, attributes in tags if attributes.get("class") == "qr-drawing"]
    assert len(drawn) == 23
    assert all(a["role"] == "img" and a["aria-label"] for a in drawn)
    assert [tag for tag, _ in tags].count("details") == 22
    regions = [attributes for _, attributes in tags if attributes.get("class") == "qr-scroll"]
    assert len(regions) == 22 + 5
    assert all(a["role"] == "region" and a["tabindex"] == "0" and a["aria-labelledby"] for a in regions)


def test_the_whole_page_is_one_file():
    page = quality_report_page(small_report(), language="zh")
    assert Tags(page.removeprefix("<!doctype html>")).open == []
    assert '<html lang="zh-CN">' in page
    assert quality_report_css() in page
    assert not re.findall(r'(?:src|href)="(?!#)', page)


def test_words_of_the_ward_are_escaped_on_the_page():
    table = Table("odd", "<b>&", ("a", "b"), ((Cell.of("<script>"), Cell.of('"x"')),))
    report = replace(small_report(), parts=(Part(1, "x", (table,)),))
    html = quality_report_html(report, language="en")
    assert "<script>" not in html
    assert "&lt;b&gt;&amp;" in html
    assert (
        "&lt;b"
        not in PdfReader(io.BytesIO(quality_report_pdf(report, language="en"))).pages[0].extract_text()
    )
    assert (
        Document(io.BytesIO(quality_report_docx(report, language="en"))).tables[0].cell(1, 0).text
        == "<script>"
    )


def test_the_csv_has_every_cell_with_its_bare_value():
    rows = [row for row in numbers("zh") if row[2] == "rates"]
    assert len(rows) == 2 * 6
    assert [
        "5",
        "表",
        "rates",
        "两个时期满意率与知晓率的比较",
        "1",
        "满意率",
        "χ²",
        "22.11",
        "22.1076",
    ] in rows
    assert {len(row) for row in numbers("zh")} == {9}
    assert numbers("zh")[0] == ["部分", "类别", "代码", "标题", "行号", "行名", "列名", "文字", "数值"]


def test_the_csv_has_what_every_chart_draws():
    rows = [row for row in numbers("en") if row[2] == "control"]
    plot = next(f.plot for f in sample_report().figures() if f.code == "control")
    values = [float(row[8]) for row in rows if row[6] == "value"]
    assert values == pytest.approx([point.value for point in plot.chart.points])
    assert {row[2] for row in numbers("en") if row[1] == "chart"} == {
        f.code for f in sample_report().figures()
    }


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_no_text_in_the_csv_is_run_as_a_formula(text):
    table = Table("odd", text, (text, "b"), ((Cell.of(text), Cell.of(text, value=-1.5)),))
    report = replace(small_report(), parts=(Part(1, "x", (table,)),))
    content = quality_report_csv(report, language="en").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(content)) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "-"))] == ["-1.5"]
