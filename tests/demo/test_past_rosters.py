"""The rosters of past months: whole, in line with the tail, and with a holder for every bed."""

from collections import Counter
from datetime import date, timedelta
from statistics import mean

import pytest

from wardteam.demo import demo_quality, demo_rosters, demo_ward
from wardteam.demo.on_duty import COVER_FACTOR, OWNER_FACTOR, Duties
from wardteam.demo.past_rosters import PastRoster
from wardteam.domain.beds import HolderKind
from wardteam.domain.calendar import Period
from wardteam.domain.shifts import Post
from wardteam.domain.ward import WardBook

DUTY = ("DAY", "STRAIGHT", "EVENING", "NIGHT")


@pytest.fixture(scope="module", params=[7, 2])
def past(request: pytest.FixtureRequest) -> tuple[WardBook, tuple[PastRoster, ...]]:
    return demo_ward(request.param), demo_rosters(request.param)


def codes(rosters: tuple[PastRoster, ...]) -> dict[str, dict[date, str]]:
    found: dict[str, dict[date, str]] = {}
    for one in rosters:
        for (staff_no, day), cell in one.roster.cells.items():
            found.setdefault(staff_no, {})[day] = cell.code
    return found


def test_four_months_are_published_before_they_begin(past: tuple[WardBook, tuple[PastRoster, ...]]):
    _, rosters = past
    assert [one.roster.period for one in rosters] == [Period.month(2026, month) for month in (8, 9, 10, 11)]
    assert all(one.published_at.date() < one.roster.period.first for one in rosters)


def test_everybody_who_had_joined_has_a_cell_on_every_day(past: tuple[WardBook, tuple[PastRoster, ...]]):
    book, rosters = past
    for one in rosters:
        for day in one.roster.period:
            here = {staff_no for staff_no, on in one.roster.cells if on == day}
            assert here == {nurse.staff_no for nurse in book.staff(day)}


def test_november_says_what_the_history_says(past: tuple[WardBook, tuple[PastRoster, ...]]):
    book, rosters = past
    cells = rosters[-1].roster.cells
    assert {key: cells[key].code for key in book.history} == {k: c.code for k, c in book.history.items()}


def test_nobody_works_more_than_six_days_in_a_row_or_too_soon_after_a_shift(
    past: tuple[WardBook, tuple[PastRoster, ...]],
):
    for staff_no, days in codes(past[1]).items():
        run = 0
        for day in sorted(days):
            run = run + 1 if days[day] in DUTY else 0
            assert run <= 6, (staff_no, day)
            following = days.get(day + timedelta(days=1))
            if following is None:
                continue
            assert days[day] != "NIGHT" or following in ("NIGHT", "post_night"), (staff_no, day)
            assert days[day] != "EVENING" or following not in ("DAY", "STRAIGHT"), (staff_no, day)


def test_every_shift_of_every_day_is_worked(past: tuple[WardBook, tuple[PastRoster, ...]]):
    counts = Counter((day, code) for days in codes(past[1]).values() for day, code in days.items())
    for one in past[1]:
        for day in one.roster.period:
            assert counts[day, "DAY"] >= 13
            assert min(counts[day, code] for code in ("STRAIGHT", "EVENING", "NIGHT")) >= 2


def test_every_bed_is_held_every_day_by_somebody_on_the_day_shift(
    past: tuple[WardBook, tuple[PastRoster, ...]],
):
    book, rosters = past
    for one in rosters:
        held = Counter((cover.day, cover.bed) for cover in one.covers)
        assert set(held) == {(day, bed.code) for day in one.roster.period for bed in book.beds}
        assert set(held.values()) == {1}
        for cover in one.covers:
            cell = one.roster.cells[cover.staff_no, cover.day]
            assert (cell.code, cell.post is not Post.ASSISTANT) == ("DAY", True)
        kinds = Counter(cover.kind for cover in one.covers)
        assert 0.35 < kinds[HolderKind.OWNER] / len(one.covers) < 0.7


def test_owners_come_sooner_and_more_nurses_shorten_the_wait():
    duties, day = Duties(demo_rosters(7)), date(2026, 10, 14)
    owned = next(c.bed for (on, _), c in duties.holders.items() if on == day and not c.is_cover)
    covered = next(c.bed for (on, _), c in duties.holders.items() if on == day and c.is_cover)
    ratio = duties.factor(day, 9, owned) / duties.factor(day, 9, covered)
    assert ratio == pytest.approx(OWNER_FACTOR / COVER_FACTOR)
    by_count = {len(duties.by_hour[d, 3]): duties.factor(d, 3, owned) for d, h in duties.by_hour if h == 3}
    assert sorted(by_count.values(), reverse=True) == [by_count[n] for n in sorted(by_count)]
    assert duties.factor(date(2025, 10, 14), 9, owned) == 1.0


def test_those_who_come_were_on_duty():
    duties = Duties(demo_rosters(7))
    calls = [c for c in demo_quality(7).calls if c.staff and c.placed.date() >= date(2026, 8, 2)]
    assert all(call.staff in duties.by_hour[call.placed.date(), call.placed.hour] for call in calls)
    waits: dict[bool, list[float]] = {True: [], False: []}
    for call in calls:
        held = duties.holders[call.placed.date(), call.bed]
        if call.placed.hour in range(8, 12) and call.arrival_seconds is not None:
            waits[held.is_cover].append(min(call.arrival_seconds, 3600))
    assert mean(waits[False]) < mean(waits[True])
