from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.storage.full_ward import (
    CHANGE,
    COVER,
    DAY,
    FIRST,
    MARCH,
    NOW,
    ROSTER,
    RUN,
    ZONES,
    everything,
    fill,
)
from wardteam.domain.calendar import Period
from wardteam.domain.roster import CellChange, RosterCell, RosterStatus
from wardteam.domain.ward import Ward, WardBook
from wardteam.errors import Conflict, NotFound
from wardteam.storage.store import Store
from wardteam.storage.unit_of_work import SqlUnitOfWork

SECOND = FIRST + timedelta(days=1)


@pytest.fixture
def unit(store: Store) -> Iterator[SqlUnitOfWork]:
    with store() as opened:
        opened.books.save(WardBook(Ward("W1", "一病区", "Ward 1")), expected_revision=None, by="t", at=NOW)
        yield opened


def test_everything_of_a_ward_is_read_back_as_it_was_given(store: Store) -> None:
    fill(store)
    books, photo, roster, changes, cover, run = everything(store)[:6]
    assert len(books) == 1
    assert photo == b"\x00\xffpicture"
    assert roster == replace(
        ROSTER,
        cells={("002", FIRST): RosterCell("NIGHT")},
        status=RosterStatus.PUBLISHED,
        made_at=NOW,
        published_at=NOW,
    )
    assert (changes, cover, run) == ((CHANGE,), (COVER, ZONES), RUN)


def test_drafts_are_numbered_one_after_the_other_for_each_period(unit: SqlUnitOfWork) -> None:
    april = replace(ROSTER, period=Period.month(2026, 4), cells={})
    numbers = [unit.rosters.add_draft("W1", r, by="t", at=NOW).version for r in (ROSTER, ROSTER, april)]
    assert numbers == [1, 2, 1]
    assert unit.rosters.periods("W1") == (april.period, MARCH)


def test_publishing_supersedes_what_was_published(unit: SqlUnitOfWork) -> None:
    for version in (1, 2):
        unit.rosters.add_draft("W1", ROSTER, by="t", at=NOW)
        unit.rosters.publish("W1", MARCH, version, by="t", at=NOW)
    published = unit.rosters.latest("W1", MARCH, RosterStatus.PUBLISHED)
    superseded = unit.rosters.latest("W1", MARCH, RosterStatus.SUPERSEDED)
    assert published is not None
    assert superseded is not None
    assert (published.version, superseded.version) == (2, 1)


@pytest.mark.parametrize("twice", [1, 2], ids=["superseded", "published"])
def test_what_is_no_draft_is_not_published_again(unit: SqlUnitOfWork, twice: int) -> None:
    for version in (1, 2):
        unit.rosters.add_draft("W1", ROSTER, by="t", at=NOW)
        unit.rosters.publish("W1", MARCH, version, by="t", at=NOW)
    with pytest.raises(Conflict, match="no draft"):
        unit.rosters.publish("W1", MARCH, twice, by="t", at=NOW)


def test_the_published_roster_holds_on_a_date_before_any_newer_draft(unit: SqlUnitOfWork) -> None:
    assert unit.rosters.at("W1", FIRST) is None
    for _ in range(3):
        unit.rosters.add_draft("W1", ROSTER, by="t", at=NOW)
    assert [r and r.version for r in (unit.rosters.at("W1", MARCH.last),)] == [3]
    unit.rosters.publish("W1", MARCH, 2, by="t", at=NOW)
    held = unit.rosters.at("W1", MARCH.last)
    assert held is not None
    assert held.version == 2
    assert unit.rosters.at("W1", MARCH.last + timedelta(days=1)) is None


CHANGES = {
    "a day that was free": (CellChange("009", SECOND, None, DAY, "t", NOW), {("009", SECOND): DAY}),
    "another shift": (
        CellChange("001", FIRST, DAY, RosterCell("X"), "t", NOW),
        {("001", FIRST): RosterCell("X")},
    ),
    "a day taken away": (CellChange("001", FIRST, DAY, None, "t", NOW), {("001", FIRST): None}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_recorded_change_changes_just_its_cell(unit: SqlUnitOfWork, name: str) -> None:
    change, expected = CHANGES[name]
    unit.rosters.add_draft("W1", ROSTER, by="t", at=NOW)
    unit.rosters.record_changes("W1", MARCH, 1, [change])
    cells = {**ROSTER.cells, **expected}
    roster = unit.rosters.latest("W1", MARCH)
    assert roster is not None
    assert roster.cells == {key: cell for key, cell in cells.items() if cell is not None}
    assert unit.rosters.changes("W1", MARCH, 1) == (change,)


def test_changes_are_kept_in_order_over_several_records(unit: SqlUnitOfWork) -> None:
    unit.rosters.add_draft("W1", ROSTER, by="t", at=NOW)
    there, back = CHANGE, replace(CHANGE, old=None, new=DAY)
    unit.rosters.record_changes("W1", MARCH, 1, [there, back])
    unit.rosters.record_changes("W1", MARCH, 1, [there])
    assert unit.rosters.changes("W1", MARCH, 1) == (there, back, there)


REFUSED = {
    "somebody changed the cell": replace(CHANGE, old=RosterCell("NIGHT")),
    "only its lock differs": replace(CHANGE, old=replace(DAY, is_locked=False)),
    "outside the period": replace(CHANGE, day=date(2026, 4, 1), old=None, new=DAY),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_change_that_does_not_fit_is_refused(unit: SqlUnitOfWork, name: str) -> None:
    unit.rosters.add_draft("W1", ROSTER, by="t", at=NOW)
    with pytest.raises(Conflict):
        unit.rosters.record_changes("W1", MARCH, 1, [REFUSED[name]])


def test_a_superseded_version_does_not_change(unit: SqlUnitOfWork) -> None:
    for version in (1, 2):
        unit.rosters.add_draft("W1", ROSTER, by="t", at=NOW)
        unit.rosters.publish("W1", MARCH, version, by="t", at=NOW)
    with pytest.raises(Conflict, match="superseded"):
        unit.rosters.record_changes("W1", MARCH, 1, [CHANGE])


def test_cover_is_replaced_as_a_whole(unit: SqlUnitOfWork) -> None:
    unit.rosters.add_draft("W1", ROSTER, by="t", at=NOW)
    unit.rosters.save_cover("W1", MARCH, 1, COVER, ZONES)
    unit.rosters.save_cover("W1", MARCH, 1, COVER[1:], ())
    assert unit.rosters.cover("W1", MARCH, 1) == (COVER[1:], ())


def test_a_roster_of_an_unknown_ward_or_version_is_said_in_words(unit: SqlUnitOfWork) -> None:
    with pytest.raises(NotFound, match="no ward"):
        unit.rosters.add_draft("W9", ROSTER, by="t", at=NOW)
    with pytest.raises(NotFound, match="no version 5"):
        unit.rosters.cover("W1", MARCH, 5)


def test_the_newest_run_of_a_purpose_is_given(unit: SqlUnitOfWork) -> None:
    later = replace(RUN, seed=8)
    for run in (RUN, later, replace(RUN, purpose="teams")):
        unit.runs.add("W1", run, at=NOW)
    assert unit.runs.latest("W1", "roster") == later
    assert unit.runs.latest("W1", "beds") is None
