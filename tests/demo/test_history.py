"""Last month's tail keeps the hard rules, by a check that shares nothing with the generator."""

from collections import Counter
from datetime import date, timedelta
from itertools import groupby, pairwise

import pytest

from wardteam.demo import demo_ward
from wardteam.domain.ladder import ladder_level
from wardteam.domain.people import Level, RestrictionKind
from wardteam.domain.shifts import Post
from wardteam.domain.ward import WardBook

DAYS = tuple(date(2026, 11, 3) + timedelta(days=i) for i in range(28))
LETTERS = {"DAY": "D", "STRAIGHT": "C", "EVENING": "P", "NIGHT": "N", "post_night": "X", "off": "O"}
DUTY = "DCPN"


@pytest.fixture(scope="module", params=[7, 1, 2, 3, 2026])
def book(request: pytest.FixtureRequest) -> WardBook:
    return demo_ward(request.param)


def rows(book: WardBook) -> dict[str, str]:
    """Give each nurse's 28 days as letters; any leave is L."""
    staff = [n.staff_no for n in book.staff(DAYS[-1])]
    return {s: "".join(LETTERS.get(book.history[s, d].code, "L") for d in DAYS) for s in staff}


def runs(row: str) -> list[tuple[bool, int]]:
    return [(is_duty, len(list(group))) for is_duty, group in groupby(c in DUTY for c in row)]


def broken(row: str) -> set[str]:
    """Name the hard rules that a row of 28 letters, Tuesday to Monday, breaks."""
    found = set()
    if any(is_duty and length > 6 for is_duty, length in runs(row)):
        found.add("more than six days in a row")
    if "NNNN" in row:
        found.add("more than three nights")
    for today, tomorrow in pairwise(row):
        if today == "P" and tomorrow in "DC":
            found.add("less than 11 hours of rest")
        if today == "N" and tomorrow not in "NX":
            found.add("duty or rest instead of the post-night day")
        if today == "X" and tomorrow not in "OL":
            found.add("no day off after the nights")
        if today not in "N" and tomorrow == "X":
            found.add("a post-night day without a night")
    weekends = [row[i : i + 2] for i in range(4, 28, 7)]
    if not any(set(pair) <= set("OL") for pair in weekends):
        found.add("no free weekend in four")
    return found


KEPT = "DDDDOO" + "DPPODDD" + "OONNXOO" + "DDDDDOO" + "D"


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("DDDDDDD" + KEPT[7:], "more than six days in a row"),
        ("NNNNXOO" + KEPT[7:], "more than three nights"),
        ("PDOOOOO" + KEPT[7:], "less than 11 hours of rest"),
        ("NDOOOOO" + KEPT[7:], "duty or rest instead of the post-night day"),
        ("NXDOOOO" + KEPT[7:], "no day off after the nights"),
        ("OXOOOOO" + KEPT[7:], "a post-night day without a night"),
        ("ODDDDOD" + "ODDDDOD" * 3, "no free weekend in four"),
    ],
)
def test_the_check_sees_each_broken_rule(row: str, rule: str):
    assert rule in broken(row)
    assert broken(KEPT) == set()


def test_every_nurse_keeps_the_hard_rules(book: WardBook):
    assert {staff_no: broken(row) for staff_no, row in rows(book).items() if broken(row)} == {}


def test_every_nurse_has_a_cell_on_every_day_and_a_post_on_the_day_shift_alone(book: WardBook):
    assert len(book.history) == 44 * 28
    assert all((cell.post is Post.NONE) == (cell.code != "DAY") for cell in book.history.values())


def crews(book: WardBook) -> list[tuple[date, str, list[str]]]:
    staff = [n.staff_no for n in book.staff(DAYS[-1])]
    codes = ("DAY", "STRAIGHT", "EVENING", "NIGHT")
    return [(d, c, [s for s in staff if book.history[s, d].code == c]) for d in DAYS for c in codes]


def test_double_staffed_shifts_have_two_or_more_with_a_senior_and_one_beginner_at_most(book: WardBook):
    for day, code, crew in crews(book):
        if code == "DAY":
            continue
        nurses = [book.nurse(s) for s in crew]
        assert 2 <= len(crew) <= 4, (day, code)
        assert any(ladder_level(n, day) >= Level.N2 for n in nurses), (day, code)
        assert sum(n.service_years(day) < 1 for n in nurses) <= 1, (day, code)


def test_a_first_year_nurse_has_a_preceptor_on_her_shift(book: WardBook):
    for day, code, crew in crews(book):
        nurses = [book.nurse(s) for s in crew]
        if any(n.service_years(day) < 1 for n in nurses):
            assert any(n.is_preceptor for n in nurses), (day, code)


def test_the_expecting_and_the_nursing_work_no_evening_or_night(book: WardBook):
    for restriction in book.restrictions:
        if restriction.kind is not RestrictionKind.SUPERVISED:
            assert not set(rows(book)[restriction.staff_no]) & set("PN")


def test_each_day_has_about_the_staff_wished_and_one_leader_a_team_at_most(book: WardBook):
    for day in DAYS:
        cells = [(s, book.history[s, day]) for s in rows(book)]
        on_day = [s for s, cell in cells if cell.code == "DAY"]
        leaders = [book.membership(s, day).team for s, cell in cells if cell.post is Post.LEADER]
        assert len(on_day) >= 15
        assert len(leaders) == len(set(leaders))
        assert len(leaders) >= 4


def test_nights_are_spread(book: WardBook):
    nights = Counter(row.count("N") for row in rows(book).values())
    assert max(nights) <= 4
    assert sum(count for n, count in nights.items() if n > 2) <= 4


def test_leave_of_the_month_before_stands_in_the_history(book: WardBook):
    codes = Counter(cell.code for cell in book.history.values())
    assert codes["maternity"] == 28
    assert 20 <= codes["annual"] <= 35
    assert codes["antenatal"] == 2
