"""The control's page: audits with intervals, findings, the board of actions, activities, events."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.web.quality_site import WardSite

YEAR = {"period_first": "2026-01-01", "period_last": "2026-11-23"}


def column(text: str, kind: str) -> str:
    return re.search(rf'<section class="board-column is-{kind}">(.*?)</section>', text, re.S)[1]


def test_the_board_shows_what_is_late_with_the_way_to_it(shown_site: WardSite) -> None:
    text = unescape(shown_site.read("control/", language="en"))
    late = column(text, "overdue")
    assert "漏签一处" in late
    assert "overdue by 8 d" in late
    assert "/records/actions/M26-0001/" in late
    assert "None." in column(text, "open")
    assert "None." in column(text, "verified")


def test_the_year_shows_audits_by_level_checklist_and_team(shown_site: WardSite) -> None:
    text = unescape(shown_site.read("control/", language="en", **YEAR))
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
    assert "team leader's control 11 10/11" in words
    assert "Checking rules 11 10/11" in words
    assert "Infusion card signed Checking rules 11 1 0" in words
    assert "study session 1 45" in words
    assert "fall – – 1 –" in words
    assert "chance alone puts some team last" in words or "two units or more" in words


def test_a_period_without_records_says_so(shown_site: WardSite) -> None:
    text = unescape(
        shown_site.read("control/", language="en", period_first="2024-01-01", period_last="2024-02-01")
    )
    assert "No item was found wanting in this period." in text
    assert "No adverse event is kept for this period." in text
    assert "A funnel plot needs two units or more." in text
    assert "漏签一处" in column(text, "overdue")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"period_first": "2026-02-01", "period_last": "2026-01-01"}, "结束日期早于开始日期"),
        ({"period_first": "x", "period_last": "2026-01-01"}, "请填写日期"),
        ({"period_first": "2026-02-01"}, "is-wrong"),
    ],
)
def test_a_bad_period_is_said_beside_its_field(
    shown_site: WardSite, query: dict[str, str], words: str
) -> None:
    assert words in shown_site.read("control/", **query)


def test_a_ward_without_a_plan_has_its_board_too(empty_site: WardSite) -> None:
    assert "None." in empty_site.read("control/", language="en")
