"""The report's pages: a hint while it is made, editions, named files, kept while nothing changed."""

from __future__ import annotations

import io
import zipfile
from html import unescape
from urllib.parse import unquote

import pytest

from tests.web.quality_site import NOW, NURSE, WARD, WardSite
from wardteam.domain.study import StudyPlan
from wardteam_web.views import report

MONTH = {"edition": "monthly", "month": "2026-05"}


def test_a_page_says_that_the_report_is_being_made_and_comes_back(shown_site: WardSite) -> None:
    text = unescape(shown_site.read("report/", language="en", **MONTH))
    assert "The report is being made" in text
    assert 'http-equiv="refresh" content="0; url=/en/demo/report/?make=1&' in text
    made = unescape(shown_site.read("report/", language="en", make="1", **MONTH))
    assert "The report is being made" not in made
    assert 'class="qr"' in made
    assert "Nursing quality in brief" in made
    assert "The report is being made" not in shown_site.read("report/", language="en", **MONTH)


def test_the_whole_report_has_its_contents_and_parts(shown_site: WardSite) -> None:
    text = shown_site.read("report/", make="1")
    for number in range(1, 10):
        assert f'href="#qr-part-{number}"' in text
        assert f'id="qr-part-{number}"' in text
    assert "差异有统计学意义" in text or "差异无统计学意义" in text
    assert text.count("<h1") == 1


@pytest.mark.parametrize(
    ("form", "start", "kind"),
    [
        ("pdf", b"%PDF", "application/pdf"),
        ("docx", b"PK", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("html", b"<!doctype html>", "text/html; charset=utf-8"),
        ("csv", b"\xef\xbb\xbf", "text/csv; charset=utf-8"),
    ],
)
def test_the_report_is_saved_under_ward_and_period(
    shown_site: WardSite, form: str, start: bytes, kind: str
) -> None:
    answer = shown_site.get(f"report/quality-report.{form}", **MONTH)
    assert answer.status_code == 200
    assert answer.data[: len(start)].lower() == start.lower()
    assert answer.content_type == kind
    assert f"{WARD}-quality-month-2026-05.{form}" in unquote(answer.headers["Content-Disposition"])
    if form == "docx":
        assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(answer.data)).namelist()


def test_the_whole_reports_name_has_both_periods_ends(shown_site: WardSite) -> None:
    answer = shown_site.get("report/quality-report.csv", language="en")
    assert "demo-quality-report-2025-01-01_2026-06-30.csv" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "query",
    [
        {"edition": "yearly"},
        {"edition": "monthly", "month": "2026-13"},
        {"edition": "monthly", "month": "soon"},
        {"edition": "monthly", "month": "2026-05-01_2026-05-09"},
        {"plan": "PLAN-9999"},
    ],
)
def test_what_names_no_report_is_not_found(shown_site: WardSite, query: dict[str, str]) -> None:
    assert shown_site.get("report/", **query).status_code == 404
    assert shown_site.get("report/quality-report.pdf", **query).status_code == 404


def test_an_unknown_form_is_not_found(shown_site: WardSite) -> None:
    assert shown_site.get("report/quality-report.xls").status_code == 404


def test_the_month_alone_does_not_ask_for_the_short_edition(shown_site: WardSite) -> None:
    assert "Nursing quality report" in shown_site.read("report/", language="en", month="2026-05")


def test_a_report_is_made_once_until_something_changes(
    ward_site: WardSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def counted(*args: object, **kwargs: object) -> object:
        made.append(kwargs["edition"])
        return "report"

    monkeypatch.setattr(report, "quality_report", counted)
    monkeypatch.setattr(report, "_rendered", lambda _report, form: form.encode())
    for language in ("zh", "zh", "en"):
        ward_site.read("report/", language=language, make="1")
    assert len(made) == 2
    with ward_site.installation.units() as unit:
        kept = unit.captured.get(WARD, StudyPlan, "PLAN-0001")
        unit.captured.put(
            WARD, kept.record, expected_revision=kept.revision, by=NURSE, at=NOW, reason="again"
        )
        unit.commit()
    ward_site.read("report/", make="1")
    assert len(made) == 3
