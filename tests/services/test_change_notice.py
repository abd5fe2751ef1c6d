"""The notice of changes: one net change a cell, and nothing on the posted one that is nobody's business."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.services.call_kit import NOW, opened
from wardteam.demo import demo_ward
from wardteam.domain.calendar import Period
from wardteam.domain.roster import CellChange, Roster, RosterCell
from wardteam.errors import BadInput, NotFound
from wardteam.services.change_notice import change_notice, net_changes
from wardteam.storage.store import Store

WARD, WHO, OTHER, HEAD = "demo", "W003", "W004", "H001"
PERIOD = Period(date(2026, 12, 1), date(2026, 12, 14))
DAY = date(2026, 12, 5)
OFF, NIGHT, EVENING, SICK, ANNUAL = (RosterCell(c) for c in ("off", "NIGHT", "EVENING", "sick", "annual"))
LATER = NOW + timedelta(days=2)


def change(old: RosterCell, new: RosterCell, *, who: str = WHO, at=NOW, reason: str = "") -> CellChange:
    return CellChange(who, DAY, old, new, HEAD, at, reason)


@dataclass
class Kept:
    store: Store

    def change(self, *changes: CellChange) -> None:
        with self.store() as unit:
            unit.rosters.record_changes(WARD, PERIOD, 1, changes)
            unit.commit()

    def notice(self, **given):
        return change_notice(self.store, WARD, PERIOD, now=LATER, **given)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    """Give a published roster of two cells."""
    cells = {(WHO, DAY): NIGHT, (OTHER, DAY): OFF}
    with opened(tmp_path, demo_ward()) as store:
        with store() as unit:
            unit.rosters.add_draft(WARD, Roster(PERIOD, cells), by=HEAD, at=NOW)
            unit.rosters.publish(WARD, PERIOD, 1, by=HEAD, at=NOW)
            unit.commit()
        yield Kept(store)


@pytest.mark.parametrize(
    ("steps", "net"),
    [
        ((OFF, NIGHT), (OFF, NIGHT)),
        ((OFF, NIGHT, EVENING), (OFF, EVENING)),
        ((OFF, NIGHT, OFF), None),
        ((OFF, RosterCell("off", is_locked=True)), None),
        ((OFF, RosterCell("off", is_locked=True), RosterCell("NIGHT", is_locked=True)), (OFF, NIGHT)),
    ],
)
def test_changes_of_one_cell_are_one(steps, net) -> None:
    found = net_changes(change(old, new) for old, new in pairwise(steps))
    told = [(c.old.code, c.new.code) for c in found.values()]
    assert told == ([] if net is None else [(net[0].code, net[1].code)])


def test_the_posted_notice_has_neither_reason_nor_kind_of_leave(kept: Kept) -> None:
    kept.change(change(NIGHT, SICK, reason="本人发热"))
    (nurse,) = kept.notice().nurses
    (day,) = nurse.days
    assert (day.old.symbol[0], day.new.symbol[0], day.new.code, day.reason) == ("夜", "假", "leave", "")
    assert "sick" not in repr(kept.notice())
    assert "发热" not in repr(kept.notice())
    own = kept.notice(posted=False).nurses[0].days[0]
    assert (own.new.symbol[0], own.reason) == ("病", "本人发热")


def test_another_kind_of_leave_is_no_change_to_post(kept: Kept) -> None:
    kept.change(change(NIGHT, SICK), change(SICK, ANNUAL))
    assert [day.new.code for day in kept.notice().nurses[0].days] == ["leave"]
    again = kept.notice(since=(NOW + timedelta(days=1)).date())
    assert again.nurses == ()
    kept.change(change(ANNUAL, SICK, at=LATER))
    assert kept.notice(since=LATER.date()).nurses == ()
    assert kept.notice(since=LATER.date(), posted=False).change_count == 1


def test_who_decided_and_when_is_told_by_name(kept: Kept) -> None:
    kept.change(change(NIGHT, EVENING), change(OFF, NIGHT, who=OTHER, at=LATER))
    notice = kept.notice()
    assert {nurse.days[0].by[0] for nurse in notice.nurses} != {HEAD}
    assert {nurse.days[0].decided_at for nurse in notice.nurses} == {NOW, LATER}
    assert notice.change_count == 2


def test_nothing_changed_is_an_empty_notice(kept: Kept) -> None:
    notice = kept.notice()
    assert (notice.nurses, notice.change_count, notice.since) == ((), 0, NOW)


def test_a_new_publication_is_compared_with_the_version_before(kept: Kept) -> None:
    with kept.store() as unit:
        cells = {(WHO, DAY): NIGHT, (OTHER, DAY): EVENING}
        unit.rosters.add_draft(WARD, Roster(PERIOD, cells), by=HEAD, at=LATER)
        unit.rosters.publish(WARD, PERIOD, 2, by=HEAD, at=LATER)
        unit.commit()
    notice = kept.notice(since=1)
    (nurse,) = notice.nurses
    assert (nurse.staff_no, notice.from_version, notice.version) == (OTHER, 1, 2)
    assert (nurse.days[0].old.symbol[0], nurse.days[0].new.symbol[0]) == ("休", "中")


def test_what_cannot_be_compared_is_refused(kept: Kept) -> None:
    with pytest.raises(BadInput):
        kept.notice(since=1)
    with pytest.raises(NotFound):
        kept.notice(since=0)
    other = Period(date(2026, 11, 1), date(2026, 11, 14))
    with pytest.raises(NotFound):
        change_notice(kept.store, WARD, other, now=LATER)
