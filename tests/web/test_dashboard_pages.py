"""The dashboard's pages: figures in both languages, rows behind each point, wards without data."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.web.quality_site import WardSite
from wardteam.services.measure_series import Measure

PAGES = ("quality/", "plan/", "comparison/", "report/", "control/", "indicators/")
WORDS = {
    "quality/": ("质量总览", "Quality at a glance"),
    "plan/": ("对照研究方案", "Plan of the comparison"),
    "comparison/": ("护理质量指标两期比较", "Comparison of two periods"),
    "report/": ("正在生成报告", "The report is being made"),
    "control/": ("整改措施情况", "Corrective actions"),
    "indicators/": ("护理质量指标，2026Q3", "Nursing quality indicators, 2026Q3"),
}


def rows_of(text: str) -> list[list[str]]:
    """Give the cells of every table row of a page, as plain text."""
    found = re.findall(r"<tr[^>]*>(.*?)</tr>", text, re.S)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in found]
    return [[unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in cells]


@pytest.mark.parametrize("page", PAGES)
def test_each_page_speaks_both_languages(shown_site: WardSite, page: str) -> None:
    chinese, english = WORDS[page]
    assert chinese in shown_site.read(page)
    assert english in unescape(shown_site.read(page, language="en"))


def test_the_dashboard_shows_every_measure_with_icon_words_target_and_freshness(shown_site: WardSite) -> None:
    text = unescape(shown_site.read("quality/", language="en"))
    for measure in Measure:
        assert f'id="{measure.value}"' in text
    assert "at most 110 per 100 patient-days" in text
    assert "common-cause variation" in text or "special-cause variation" in text
    assert "the target " in text
    assert "Newest record" in text
    assert "12 Nov" in text
    assert "Overdue actions" in text


@pytest.mark.parametrize("by", ["", "week"])
def test_every_point_of_a_measure_leads_to_its_rows(shown_site: WardSite, by: str) -> None:
    query = {"by": by} if by else {}
    text = shown_site.read("quality/bells/", language="en", **query)
    links = re.findall(r'href="[^"]*/quality/bells/(\d{4}-\d{2}(?:-\d{2})?)/"', text)
    assert len(links) == len([row for row in rows_of(text) if row[0] in links]) > 10
    assert shown_site.get(f"quality/bells/{links[0]}/").status_code == 200


def test_a_month_outside_the_plans_periods_is_given_to_neither(shown_site: WardSite) -> None:
    text = unescape(shown_site.read("quality/bells/", language="en"))
    table = {row[0]: row for row in rows_of(text)}
    named = [table[label][-2] for label in ("2025-06", "2025-07", "2026-01") if label in table]
    assert named == ["Baseline", "neither period", "Intervention"]


def test_the_rows_behind_a_point_are_as_many_as_the_chart_says(shown_site: WardSite) -> None:
    table = {row[0]: row for row in rows_of(shown_site.read("quality/bells/", language="en"))}
    page = shown_site.read("quality/bells/2026-05/", language="en")
    count = int(re.search(r"(\d+) rows behind this point", page)[1])
    days = [row for row in rows_of(page) if len(row) == 3 and row[1].isdigit()]
    assert sum(int(row[1]) for row in days) == count
    patient_days = float(table["2026-05"][2])
    assert sum(float(row[2]) for row in days) == patient_days
    assert table["2026-05"][1].startswith(f"{100 * count / patient_days:.1f} ")
    assert table["2026-05"][1] in page


def test_a_share_counts_what_its_figure_says(shown_site: WardSite) -> None:
    table = {row[0]: row for row in rows_of(shown_site.read("quality/satisfaction/", language="en"))}
    page = shown_site.read("quality/satisfaction/2026-05/", language="en")
    counted = sum(row[-1] == "yes" for row in rows_of(page))
    total = sum(row[-1] in ("yes", "no") for row in rows_of(page))
    assert table["2026-05"][1].startswith(f"{counted}/{total}")


def test_rows_come_in_pages(shown_site: WardSite) -> None:
    first, second, odd = (
        rows_of(shown_site.read("quality/bells/2026-05/", **{"from": start})) for start in (0, 100, -7)
    )
    assert first == odd
    assert first[1] != second[1]
    assert shown_site.get("quality/bells/2026-05/", **{"from": "x"}).status_code == 200


@pytest.mark.parametrize("measure", list(Measure))
def test_each_measure_has_its_page_and_rows(shown_site: WardSite, measure: Measure) -> None:
    for label in ("2026-05", "2019-01"):
        assert shown_site.get(f"quality/{measure.value}/{label}/").status_code == 200
    assert shown_site.get(f"quality/{measure.value}/", by="week").status_code == 200


@pytest.mark.parametrize("page", ["quality/nothing/", "quality/bells/2026-13/", "quality/bells/soon/"])
def test_what_is_no_measure_and_no_point_is_not_found(shown_site: WardSite, page: str) -> None:
    assert shown_site.get(page).status_code == 404


def test_a_ward_without_any_record_is_told_what_to_do_next(empty_site: WardSite) -> None:
    for page in PAGES:
        for language in ("zh", "en"):
            text = empty_site.read(page, language=language)
            asks_for_plan = page in ("quality/", "plan/", "comparison/", "report/")
            assert ("/plan/new" in text) is asks_for_plan, page
            assert "nan" not in re.sub(r"<[^>]+>", " ", text).lower().split(), page
    assert empty_site.get("quality/bells/").status_code == 404
    assert empty_site.get("quality/bells/2026-05/").status_code == 404
