"""The navigation of the roster leads to every answer beside it, in both languages."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from tests.web.quality_site import NOW, NURSE, WARD, WardSite
from wardteam.domain.calendar import Period
from wardteam.domain.roster import Roster, RosterCell

PERIOD = Period(date(2026, 12, 1), date(2026, 12, 7))
PLACE = "roster/2026-12-01_2026-12-07/"
LABELS = {
    "zh": ["排班表", "冲突检查", "各规则扣分", "有人缺勤", "换班", "变更通知", "公平账", "人力需求测算"],
    "en": [
        *("Roster", "Conflicts", "What each rule costs", "Somebody is off"),
        *("Swaps", "Notice of changes", "Fairness", "Demand from need"),
    ],
}
NAVIGATION = re.compile(r'<nav class="inner-rooms".*?</nav>', re.DOTALL)
LINK = re.compile(r'<a href="([^"]*)"( aria-current="[a-z]*")?>([^<]*)</a>')


@pytest.fixture
def site(capture_site: WardSite) -> WardSite:
    """Publish a roster of a week."""
    with capture_site.installation.units() as unit:
        unit.rosters.add_draft(
            WARD, Roster(PERIOD, {(NURSE, PERIOD.first): RosterCell("DAY")}), by="t", at=NOW
        )
        unit.rosters.publish(WARD, PERIOD, 1, by="t", at=NOW)
        unit.commit()
    return capture_site


def links(page: str) -> list[tuple[str, str, str]]:
    """Give the navigation's addresses, marks and labels."""
    found = NAVIGATION.search(page)
    return (
        [(unescape(a), mark, unescape(label)) for a, mark, label in LINK.findall(found[0])] if found else []
    )


@pytest.mark.parametrize("language", LABELS)
def test_every_room_is_one_press_away_from_every_other(site: WardSite, language: str) -> None:
    shown = links(site.read(PLACE, language=language))
    assert [label for _, _, label in shown] == LABELS[language]
    for address, _, label in shown:
        answer = site.client.get(address)
        assert answer.status_code == 200, address
        there = links(answer.text)
        assert [name for _, _, name in there] == LABELS[language]
        assert [name for _, mark, name in there if mark] == [label]
