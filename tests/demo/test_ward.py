"""The demo ward is the same for a seed, believable, and within the limits that the project promises."""

from collections import Counter
from datetime import date, timedelta

import pytest

from wardteam.demo import demo_ward
from wardteam.domain.ladder import ladder_level, may_deputise, may_lead
from wardteam.domain.people import Education, Level, Nurse, RestrictionKind, StaffKind, Title
from wardteam.domain.shifts import LeaveKind
from wardteam.domain.teams import Role
from wardteam.domain.ward import WardBook
from wardteam.domain.wishes import WishKind

FIRST = date(2026, 12, 1)
YEARS_TO_SENIOR = {
    Education.SECONDARY: 5,
    Education.COLLEGE: 3,
    Education.BACHELOR: 1,
    Education.MASTER: 1,
}
YEARS_TO_IN_CHARGE = {Education.COLLEGE: 9, Education.BACHELOR: 5, Education.MASTER: 3}
YOUNGEST_START = {
    Education.SECONDARY: 18,
    Education.COLLEGE: 19,
    Education.BACHELOR: 21,
    Education.MASTER: 23,
}
BEYOND_GB2312 = {"珺", "喆"}  # both are among the 8105 standard characters


@pytest.fixture(scope="module", params=[7, 1, 2026])
def book(request: pytest.FixtureRequest) -> WardBook:
    return demo_ward(request.param)


def leave_days(book: WardBook, kind: LeaveKind | None = None) -> int:
    chosen = [leave for leave in book.leaves if kind in (None, leave.kind)]
    return sum(leave.includes(day) for leave in chosen for day in book.period or ())


def test_the_same_seed_gives_the_same_ward_and_another_seed_another():
    assert demo_ward(7) == demo_ward(7)
    assert demo_ward(7) != demo_ward(8)


def test_the_staff_is_44_of_ages_21_to_36_with_a_mean_of_about_25(book: WardBook):
    ages = [nurse.age(FIRST) for nurse in book.staff(FIRST)]
    assert len(ages) == 44
    assert (min(ages), max(ages)) == (21, 36)
    assert 24.5 <= sum(ages) / len(ages) <= 26
    assert Counter(n.kind for n in book.nurses) == {
        StaffKind.WARD: 44,
        StaffKind.HEAD_NURSE: 1,
        StaffKind.STUDENT: 1,
        StaffKind.TRAINEE: 1,
        StaffKind.BORROWED: 1,
    }


def test_numbers_and_names_are_unique_and_can_be_printed(book: WardBook):
    assert len({n.staff_no for n in book.nurses}) == len({n.name for n in book.nurses}) == 48
    for nurse in book.nurses:
        rare = {sign for sign in nurse.name if sign not in BEYOND_GB2312}
        "".join(rare).encode("gb2312")
        assert nurse.name_en.isascii()
        assert " " in nurse.name_en
        assert nurse.strengths or nurse.kind in (StaffKind.STUDENT, StaffKind.TRAINEE, StaffKind.BORROWED)


def years_between(since: date, until: date) -> int:
    return until.year - since.year - ((until.month, until.day) < (since.month, since.day))


def title_is_earned(nurse: Nurse) -> bool:
    if nurse.title is Title.NURSE:
        return nurse.title_since == nurse.service_since
    needed = YEARS_TO_SENIOR if nurse.title is Title.SENIOR_NURSE else YEARS_TO_IN_CHARGE
    return years_between(nurse.service_since, nurse.title_since) >= needed[nurse.education]


def test_titles_agree_with_age_education_and_dates(book: WardBook):
    for nurse in book.staff(FIRST):
        assert title_is_earned(nurse), nurse
        assert nurse.age(nurse.service_since) >= YOUNGEST_START[nurse.education], nurse
        assert nurse.joined is not None
        assert nurse.service_since <= nurse.joined <= date(2026, 11, 23)


def test_there_is_a_choice_of_leaders_and_deputies_and_five_are_in_their_first_year(book: WardBook):
    staff = book.staff(FIRST)
    levels = Counter(ladder_level(n, FIRST) for n in staff)
    assert sum(may_lead(n, FIRST) for n in staff) >= 7
    assert sum(may_deputise(n, FIRST) and not may_lead(n, FIRST) for n in staff) >= 7
    assert levels[Level.N0] == 5
    assert sum(levels[level] for level in Level if level >= Level.N2) >= 18
    assert sum(n.is_preceptor for n in staff) >= 10
    assert all(ladder_level(n, FIRST) >= Level.N2 for n in staff if n.is_preceptor)


def test_most_but_not_all_may_be_pictured_and_one_took_the_consent_back(book: WardBook):
    staff = book.staff(FIRST)
    assert 35 <= sum(n.may_be_pictured(FIRST) for n in staff) < 44
    assert sum(n.photo_consent_withdrawn is not None for n in staff) == 1
    assert any(n.photo_consent is None for n in staff)


def test_fifty_beds_lie_in_sixteen_rooms_and_46_are_taken(book: WardBook):
    sizes = Counter(Counter(bed.room for bed in book.beds).values())
    assert sum(size * rooms for size, rooms in sizes.items()) == 50
    assert set(sizes) == {1, 2, 3, 4}
    assert sizes[1] == sizes[2] == 1
    assert sorted(room.position for room in book.rooms) == list(range(1, 17))
    assert len({stay.bed for stay in book.stays}) == len(book.stays) == 46
    assert Counter(stay.grade.value for stay in book.stays) == {"special": 2, "I": 12, "II": 23, "III": 9}
    assert any(stay.minimum_level >= Level.N2 for stay in book.stays)


def test_last_quarters_teams_hold_40_nurses_and_are_a_little_uneven(book: WardBook):
    sizes = Counter(m.team for m in book.memberships)
    assert sorted(sizes.values()) == [7, 8, 8, 8, 9]
    for team in book.teams:
        roles = Counter(m.role for m in book.memberships if m.team == team.number)
        assert (roles[Role.LEADER], roles[Role.DEPUTY]) == (1, 1)
    leaders = [book.nurse(m.staff_no) for m in book.memberships if m.role is Role.LEADER]
    deputies = [book.nurse(m.staff_no) for m in book.memberships if m.role is Role.DEPUTY]
    assert all(may_lead(n, FIRST) for n in leaders)
    assert all(may_deputise(n, FIRST) for n in deputies)
    teamless = {n.staff_no for n in book.staff(FIRST)} - {m.staff_no for m in book.memberships}
    assert len(teamless) == 4
    assert {
        n.staff_no for n in book.nurses if n.staff_no in teamless and n.joined > date(2026, 9, 30)
    } <= teamless


def test_pairs_name_ward_nurses_and_ask_for_nothing_twice(book: WardBook):
    staff = {n.staff_no for n in book.staff(FIRST)}
    pairs = [{pair.first, pair.second} for pair in book.pairs]
    assert 3 <= len(pairs) <= 5
    assert all(pair <= staff for pair in pairs)
    assert all(pair not in pairs[:i] for i, pair in enumerate(pairs))


def test_about_70_days_of_leave_fall_on_16_nurses(book: WardBook):
    assert 65 <= leave_days(book) <= 75
    assert leave_days(book, LeaveKind.MATERNITY) == 31
    assert 14 <= len({leave.staff_no for leave in book.leaves}) <= 18
    for leave in book.leaves:
        if leave.kind is LeaveKind.ANNUAL:
            days = (leave.end - leave.start).days + 1
            assert days <= book.nurse(leave.staff_no).annual_leave_days
            assert all(book.calendar.is_working_day(leave.start + timedelta(days=i)) for i in range(days))


def test_at_least_40_percent_of_about_120_wishes_are_for_weekends_or_holidays(book: WardBook):
    off_days = [w for w in book.wishes if w.day.weekday() >= 5 or book.calendar.is_holiday(w.day)]
    assert 115 <= len(book.wishes) <= 125
    assert len(off_days) / len(book.wishes) >= 0.40
    assert {w.points for w in book.wishes} == {1, 2, 3}
    assert sum(w.kind is WishKind.OFF for w in book.wishes) > len(book.wishes) / 2


def test_fifteen_nurses_wish_for_one_weekend_and_a_course_crowds_one_evening(book: WardBook):
    weekend = [w for w in book.wishes if w.day in (date(2026, 12, 19), date(2026, 12, 20))]
    evening = Counter(w.day for w in book.wishes if w.kind is WishKind.ON and w.shift == "EVENING")
    most = max(d.maximum for d in book.demands if d.shift == "EVENING" and d.maximum is not None)
    assert len(weekend) == len({w.staff_no for w in weekend}) == 15
    assert max(evening.values()) > most


def test_one_nurse_asks_for_an_evening_and_the_day_shift_after_it(book: WardBook):
    on = {(w.staff_no, w.day, w.shift) for w in book.wishes if w.kind is WishKind.ON}
    assert any((s, d + timedelta(days=1), "DAY") in on for s, d, shift in on if shift == "EVENING")


def test_no_wish_falls_on_leave_or_doubles_another_or_asks_for_a_barred_shift(book: WardBook):
    keys = [(w.staff_no, w.day) for w in book.wishes]
    barred = {r.staff_no for r in book.restrictions}
    assert len(keys) == len(set(keys))
    for wish in book.wishes:
        assert wish.day in book.period
        assert not any(le.staff_no == wish.staff_no and le.includes(wish.day) for le in book.leaves)
        assert wish.kind is WishKind.OFF or wish.staff_no not in barred


def test_restrictions_hold_through_december(book: WardBook):
    kinds = Counter(r.kind for r in book.restrictions if r.holds(FIRST) and r.holds(date(2026, 12, 31)))
    assert kinds == {
        RestrictionKind.PREGNANCY: 1,
        RestrictionKind.NURSING_MOTHER: 1,
        RestrictionKind.SUPERVISED: 5,
    }
    pregnancy = next(r for r in book.restrictions if r.kind is RestrictionKind.PREGNANCY)
    mother = next(r for r in book.restrictions if r.kind is RestrictionKind.NURSING_MOTHER)
    # Seven months are 28 of 40 weeks, so twelve weeks before the due date.
    assert pregnancy.event_date - timedelta(weeks=12) <= FIRST
    assert pregnancy.event_date > date(2026, 12, 31)
    assert mother.event_date > date(2025, 12, 31)


def test_the_calendar_knows_the_national_day_and_new_year_in_chinese(book: WardBook):
    names = book.calendar.holiday_names
    assert names[date(2026, 10, 1)] == "国庆节"
    assert names[date(2027, 1, 1)] == "元旦"
    assert book.calendar.is_working_day(date(2026, 10, 10))
    assert book.calendar.working_days(book.period) == 23


def test_balances_are_small_and_sum_to_zero(book: WardBook):
    assert set(book.balances) == {"nights", "evenings", "weekends", "wishes"}
    for values in book.balances.values():
        assert sum(values.values()) == 0
        assert set(values.values()) <= {-2, -1, 0, 1, 2}
        assert len(values) == 44


def test_the_staff_exceeds_the_minimum_and_not_by_much_the_wished_number(book: WardBook):
    minimum = wished = 0
    for day in book.period:
        for demand in book.demands:
            if demand.day_kind in (None, book.calendar.kind(day)):
                minimum += demand.minimum * (5 if demand.per_team else 1)
                wished += demand.wished * (5 if demand.per_team else 1)
    supply = 44 * book.calendar.working_days(book.period) - sum(
        leave.includes(day) and book.calendar.is_working_day(day)
        for leave in book.leaves
        for day in book.period
    )
    assert (minimum, wished) == (651, 789)
    assert 1.05 * wished < supply < 1.3 * wished
