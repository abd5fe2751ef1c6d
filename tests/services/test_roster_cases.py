"""The month over a real store: teams, beds, draft, cover, publishing with and without shortage."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.services.planned import UntilFirst, fortnight, planned_book
from wardteam.demo import demo_ward
from wardteam.domain.roster import RosterCell, RosterStatus
from wardteam.errors import Conflict, NotFound
from wardteam.services.roster_cases import (
    check_stored,
    make_beds,
    make_cover,
    make_roster,
    make_teams,
    publish,
    stored_roster,
)
from wardteam.storage.store import create_store


def clock() -> datetime:
    return datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def units(tmp_path):
    store = create_store(f"sqlite:///{tmp_path / 'ward.sqlite3'}")
    yield store
    store.close()


def put(units, book) -> str:
    with units() as unit:
        unit.books.save(book, expected_revision=None, by="test", at=clock())
        unit.commit()
    return book.ward.code


def test_the_month_goes_from_teams_to_a_published_roster(units):
    book = demo_ward(7)
    ward, period = put(units, book), fortnight(book)
    make_teams(units, ward, on=period.first, by="head", clock=clock)
    make_beds(units, ward, on=period.first, by="head", clock=clock)
    plan = make_roster(units, ward, period, seconds=120, by="head", clock=clock, progress=UntilFirst())
    assert plan.roster.version == 1
    with units() as unit:
        covers, zones = unit.rosters.cover(ward, period, 1)
        assert unit.runs.latest(ward, "roster").stages == plan.record.stages
    assert len(covers) == len(book.beds) * len(period)
    assert zones
    assert check_stored(units, ward, period).hard == ()
    published = publish(units, ward, period, 1, by="head", clock=clock, confirmed_shortages=True)
    assert published.status is RosterStatus.PUBLISHED
    assert make_cover(units, ward, period, clock=clock).notes is not None
    with pytest.raises(Conflict):
        publish(units, ward, period, 1, by="head", clock=clock)


def test_a_roster_with_a_hard_breach_is_never_published(units):
    book = planned_book()
    ward, period = put(units, book), fortnight(book)
    plan = make_roster(units, ward, period, seconds=120, by="head", clock=clock, progress=UntilFirst())
    nurse = next(n for n in book.restrictions if n.kind == "pregnancy").staff_no
    cells = {**plan.roster.cells, (nurse, period.first): RosterCell("NIGHT")}
    with units() as unit:
        unit.rosters.add_draft(ward, replace(plan.roster, cells=cells), by="head", at=clock())
        unit.commit()
    with pytest.raises(Conflict, match="hard rules"):
        publish(units, ward, period, 2, by="head", clock=clock, confirmed_shortages=True)
    assert stored_roster(units, ward, period).status is RosterStatus.DRAFT


def test_a_shortage_must_be_confirmed_by_name(units):
    book = planned_book()
    ward, period = put(units, book), fortnight(book)
    plan = make_roster(units, ward, period, seconds=120, by="head", clock=clock, progress=UntilFirst())
    day = next(key for key, cell in plan.roster.cells.items() if cell.code == "DAY" and cell.post == "leader")
    cells = {**plan.roster.cells, day: RosterCell("off")}
    with units() as unit:
        unit.rosters.add_draft(ward, replace(plan.roster, cells=cells), by="head", at=clock())
        unit.commit()
    with pytest.raises(Conflict, match="confirmation"):
        publish(units, ward, period, 2, by="head", clock=clock)
    publish(units, ward, period, 2, by="head", clock=clock, confirmed_shortages=True)


def test_a_roster_that_is_not_there_is_said_so(units):
    book = planned_book()
    ward = put(units, book)
    with pytest.raises(NotFound):
        stored_roster(units, ward, fortnight(book))
