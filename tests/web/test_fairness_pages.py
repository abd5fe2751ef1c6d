"""The fairness pages: the head nurse sees the ward, a nurse herself alone, and nobody another's figures."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest

from tests.web.quality_site import HEAD_NURSE, NOW, NURSE, OTHER_NURSE, WARD, WardSite
from wardteam.domain.calendar import Period
from wardteam.domain.ledger import LedgerAccount, LedgerLine, Measure
from wardteam.domain.roster import Roster, RosterCell
from wardteam_web.ledger_chart import drift, largest, month_bars, months_width

WEEK = Period(date(2026, 12, 1), date(2026, 12, 7))


@pytest.fixture
def site(capture_site: WardSite) -> WardSite:
    """Publish a week in which one nurse has three nights and another none."""
    codes = {NURSE: "NIGHT", OTHER_NURSE: "DAY"}
    cells = {
        (staff_no, WEEK.first + timedelta(days=i)): RosterCell(code if i < 3 else "off")
        for staff_no, code in codes.items()
        for i in range(7)
    }
    with capture_site.installation.units() as unit:
        stored = unit.rosters.add_draft(WARD, Roster(WEEK, cells), by="t", at=NOW)
        unit.rosters.publish(WARD, WEEK, stored.version, by="t", at=datetime(2026, 11, 20, tzinfo=UTC))
        unit.commit()
    return capture_site


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "护士之间的差距"), ("en", "How far the nurses lie apart")]
)
def test_the_head_nurse_sees_everybodys_balance_and_the_spread(site: WardSite, language, words) -> None:
    page = site.read("fairness/", language=language)
    assert words in page
    assert f"fairness/{NURSE}/" in page
    assert "<svg" in page


def test_a_nurse_is_led_to_her_own_accounts_and_to_nobody_elses(site: WardSite) -> None:
    site.write_as(NURSE)
    assert site.get("fairness/").location.endswith(f"/fairness/{NURSE}/")
    own = site.read(f"fairness/{NURSE}/")
    assert "夜班" in own
    assert "期末结余" in own
    assert OTHER_NURSE not in own
    assert "/who/" in site.get(f"fairness/{OTHER_NURSE}/").location
    assert "/who/" in site.get("fairness/ledger.xlsx").location


def test_somebody_unknown_is_asked_who_she_is(site: WardSite) -> None:
    site.write_as("")
    assert "/who/" in site.get("fairness/").location
    site.write_as(HEAD_NURSE)
    assert site.get("fairness/X999/").status_code == 404


def test_the_excel_file_has_a_line_for_each_entry(site: WardSite) -> None:
    data = site.get("fairness/ledger.xlsx").data
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    nights = [row for row in rows if row[0] == NURSE and row[2] == "夜班" and row[3] is not None]
    assert [(row[5], round(row[7], 1)) for row in nights] == [(3, 1.5)]


@pytest.mark.parametrize(
    ("balance", "measure", "expected"),
    [
        (2, Measure.NIGHTS, (30.0, 15.0, "owed")),
        (-4, Measure.NIGHTS, (0.0, 30.0, "owes")),
        (-2, Measure.WISHES, (15.0, 15.0, "owed")),
    ],
)
def test_a_bar_starts_at_the_middle_and_its_tone_says_who_owes(balance, measure, expected) -> None:
    bar = drift(balance, 4, measure)
    assert (bar.x, bar.width, bar.tone) == expected


def test_a_month_is_drawn_as_high_as_what_she_got_beside_her_share() -> None:
    account = LedgerAccount(
        "A", Measure.NIGHTS, (LedgerLine(None, 2), LedgerLine(WEEK, 4, 2), LedgerLine(WEEK, 0, 1))
    )
    first, second = month_bars(account)
    assert (first.y, first.height, first.share_y) == (0, 64, 32)
    assert (second.height, second.share_y) == (0, 48)
    assert months_width(account) == 20 + 46 + 22
    assert largest((account,)) == 3
