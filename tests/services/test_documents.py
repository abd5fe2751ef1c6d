from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from wardteam.domain.beds import Bed, Cover, HolderKind, NursingGrade, Ownership, Room, Stay, Zone
from wardteam.domain.calendar import Calendar, Period
from wardteam.domain.defaults import DEFAULT_DEMANDS, DEFAULT_SHIFTS
from wardteam.domain.people import Education, Nurse, Restriction, RestrictionKind, StaffKind, Title
from wardteam.domain.plans import Move, TeamPlan
from wardteam.domain.roster import Roster, RosterCell, SolveRecord, SolveStatus
from wardteam.domain.shifts import DayKind, Leave, LeaveKind, Post
from wardteam.domain.teams import Membership, Role, Team
from wardteam.domain.ward import Ward, WardBook
from wardteam.domain.wishes import Wish, WishKind
from wardteam.i18n import translator
from wardteam.services.documents import (
    noticeboard,
    pocket_card,
    pocket_cards,
    roster_sheet,
    teams_report,
)

MONDAY = date(2026, 6, 15)
WEEK = Period(MONDAY, MONDAY + timedelta(days=6))
CODES = {
    "D": "DAY", "C": "STRAIGHT", "P": "EVENING", "N": "NIGHT", "R": "ON_CALL",
    "O": "off", "X": "post_night", "s": "sick", "a": "annual", "l": "time_in_lieu",
    "h": "public_holiday", "m": "maternity", "t": "antenatal",
}  # fmt: skip


def nurse(staff_no: str, title: Title = Title.NURSE, years: int = 3, **more: object) -> Nurse:
    since = date(2026 - years, 1, 1)
    plain = Nurse(staff_no, f"护{staff_no}", date(1998, 1, 1), title, since, since, Education.COLLEGE)
    return replace(plain, name_en=f"Nurse {staff_no}", **more)


def member(staff_no: str, role: Role = Role.MEMBER) -> Membership:
    return Membership(staff_no, 1, role, date(2026, 1, 1))


BOOK = WardBook(
    Ward("W", "内科", "Medicine"),
    nurses=(
        nurse("S1", kind=StaffKind.STUDENT),
        nurse("A3"),
        nurse("A2", Title.SENIOR_NURSE, 5),
        nurse("A1", Title.NURSE_IN_CHARGE, 12, photo_consent=date(2026, 1, 1)),
        nurse("H1", Title.ASSOCIATE_CHIEF, 20, kind=StaffKind.HEAD_NURSE),
    ),
    rooms=(Room("1", 1),),
    beds=(Bed("01", "1"), Bed("02", "1", NursingGrade.FIRST), Bed("03", "1")),
    shifts=DEFAULT_SHIFTS,
    demands=DEFAULT_DEMANDS,
    teams=(Team(1, "责任一组", "Team 1"),),
    memberships=(member("A3"), member("A2", Role.DEPUTY), member("A1", Role.LEADER)),
    ownerships=tuple(Ownership(bed, "A1", date(2026, 1, 1)) for bed in ("01", "02")),
    calendar=Calendar(((date(2026, 6, 19), "端午节"),)),
    period=WEEK,
)


def roster(**rows: str) -> Roster:
    cells = {
        (staff_no, day): RosterCell(CODES[code])
        for staff_no, row in rows.items()
        for day, code in zip(WEEK, row, strict=True)
    }
    return Roster(WEEK, cells, version=2, made_at=datetime(2026, 6, 1, tzinfo=UTC))


def row_of(book: WardBook, plan: Roster, staff_no: str, *, posted: bool = False):
    return next(r for r in roster_sheet(book, plan, posted=posted).rows if r.staff_no == staff_no)


def symbols(book: WardBook, plan: Roster, staff_no: str, *, posted: bool) -> str:
    return " ".join(cell.symbol[0] for cell in row_of(book, plan, staff_no, posted=posted).cells)


def test_rows_stand_by_head_nurse_team_with_its_leader_first_then_guests() -> None:
    sheet = roster_sheet(BOOK, roster(), posted=False)
    assert [row.staff_no for row in sheet.rows] == ["H1", "A1", "A2", "A3", "S1"]
    assert [row.number for row in sheet.rows] == [1, 2, 3, 4, 5]


def test_days_know_weekends_and_holidays() -> None:
    kinds = [day.kind for day in roster_sheet(BOOK, roster(), posted=False).days]
    assert kinds == [DayKind.WORKDAY] * 4 + [DayKind.HOLIDAY] + [DayKind.WEEKEND] * 2


def test_the_head_nurse_sees_every_kind_of_leave_and_the_posted_sheet_none() -> None:
    plan = roster(A3="DOXsalh", A2="mmmttOO")
    assert symbols(BOOK, plan, "A3", posted=False) == "白 休 下 病 年 补 公"
    assert symbols(BOOK, plan, "A3", posted=True) == "白 休 下 假 假 休 休"
    assert symbols(BOOK, plan, "A2", posted=True) == "假 假 假 假 假 休 休"


def test_nothing_of_a_posted_sheet_tells_sick_from_annual_leave() -> None:
    sheets = [
        roster_sheet(
            replace(BOOK, leaves=(Leave("A3", kind, MONDAY, MONDAY),)),
            roster(A3=f"{code}DDDOOO"),
            posted=True,
        )
        for kind, code in ((LeaveKind.SICK, "s"), (LeaveKind.ANNUAL, "a"))
    ]
    assert sheets[0] == sheets[1]


def test_personal_and_annual_leave_give_the_same_posted_sheet_and_card() -> None:
    plan = roster(A3="DDsaOOO")
    thursday = MONDAY + timedelta(days=3)
    kinds = (LeaveKind.PERSONAL, LeaveKind.ANNUAL)
    books = [replace(BOOK, leaves=(Leave("A3", kind, thursday, thursday),)) for kind in kinds]
    plans = [replace(plan, cells={**plan.cells, ("A3", thursday): RosterCell(kind.value)}) for kind in kinds]
    seen = list(zip(books, plans, strict=True))
    sheets = [roster_sheet(book, plan, posted=True) for book, plan in seen]
    assert sheets[0] == sheets[1]
    cards = [pocket_card(book, plan, (), "A3", posted=True) for book, plan in seen]
    assert cards[0] == cards[1]
    assert cards[0].standard_minutes is None
    own = [pocket_card(book, plan, (), "A3").standard_minutes for book, plan in seen]
    assert own[0] != own[1]


def test_balances_of_annual_leave_are_the_head_nurses_alone() -> None:
    book = replace(BOOK, nurses=(nurse("A3", annual_leave_days=5),))
    days = [row_of(book, roster(), "A3", posted=posted).annual_leave_days for posted in (False, True)]
    assert days == [5, 0]


@pytest.mark.parametrize("kind", list(RestrictionKind))
def test_a_restriction_changes_nothing_on_a_posted_sheet(kind: RestrictionKind) -> None:
    shift = "NIGHT" if kind is RestrictionKind.NO_SHIFT else ""
    restricted = replace(BOOK, restrictions=(Restriction("A3", kind, shift=shift),))
    plan = roster(A3="DDDDOOO")
    assert roster_sheet(restricted, plan, posted=True) == roster_sheet(BOOK, plan, posted=True)
    assert roster_sheet(restricted, plan, posted=False) != roster_sheet(BOOK, plan, posted=False)


@pytest.mark.parametrize(
    ("restriction", "chinese"),
    [
        (Restriction("A3", RestrictionKind.PREGNANCY, event_date=date(2026, 9, 1)), "孕期，预产期9月1日"),
        (Restriction("A3", RestrictionKind.NURSING_MOTHER, end=date(2026, 8, 1)), "哺乳期至8月1日"),
        (Restriction("A3", RestrictionKind.NO_SHIFT, shift="NIGHT"), "不上夜班"),
        (Restriction("A3", RestrictionKind.NO_NIGHTS), "免夜班"),
    ],
)
def test_remarks_name_restrictions_for_the_head_nurse(restriction: Restriction, chinese: str) -> None:
    book = replace(
        BOOK, restrictions=(restriction, replace(restriction, staff_no="A2", end=date(2026, 1, 1)))
    )
    (remark,) = row_of(book, roster(), "A3").remarks
    assert translator("zh")(remark) == chinese
    assert row_of(book, roster(), "A2").remarks == ()


def test_hours_balance_and_night_hours_are_counted() -> None:
    book = replace(BOOK, nurses=(nurse("A3", hours_balance_minutes=-60),))
    row = row_of(book, roster(A3="DPNXRDC"), "A3")
    assert row.worked_minutes == 5 * 480
    assert row.standard_minutes == 4 * 480
    assert row.night_minutes == 120 + 360
    assert (row.balance_minutes, row.balance_after_minutes) == (480, 420)


WISHES = [
    ("O", WishKind.OFF, "", True),
    ("a", WishKind.OFF, "", True),
    ("X", WishKind.OFF, "", False),
    ("D", WishKind.OFF, "", False),
    ("D", WishKind.ON, "", True),
    ("R", WishKind.ON, "", False),
    ("P", WishKind.ON, "DAY", False),
    ("D", WishKind.ON, "DAY", True),
    ("N", WishKind.NOT, "NIGHT", False),
    ("O", WishKind.NOT, "NIGHT", True),
]


@pytest.mark.parametrize(("code", "kind", "shift", "is_granted"), WISHES)
def test_a_wish_is_marked_granted_or_not(code: str, kind: WishKind, shift: str, is_granted: bool) -> None:
    book = replace(BOOK, wishes=(Wish("A3", MONDAY, kind, shift),))
    plan = roster(A3=code + "OOOOOO")
    sheet = roster_sheet(book, plan, posted=False)
    assert row_of(book, plan, "A3").cells[0].wish is is_granted
    assert row_of(book, plan, "A3").cells[1].wish is None
    assert (sheet.wishes_granted, sheet.wishes_asked) == (int(is_granted), 1)


def test_totals_count_staff_against_the_days_demand_without_guests() -> None:
    plan = roster(A1="DDDDDDD", A2="NNXOOOO", A3="NOOOOOO", S1="NDDDDDD", H1="DDDDDOO")
    totals = {t.shift: t for t in roster_sheet(BOOK, plan, posted=False).totals}
    assert totals["NIGHT"].staff == (2, 1, 0, 0, 0, 0, 0)
    assert totals["NIGHT"].minimum == (2,) * 7
    assert totals["DAY"].staff == (1,) * 7
    assert totals["DAY"].wished == (4, 4, 4, 4, 3, 3, 3), "one team: its leader and two or three more"
    assert "ON_CALL" not in totals


def test_a_learner_beside_a_bed_holder_and_an_expired_registration_are_not_counted() -> None:
    expired = replace(BOOK.nurse("A2"), registration_until=date(2026, 6, 15))
    book = replace(BOOK, nurses=(*(n for n in BOOK.nurses if n.staff_no != "A2"), expired))
    plan = roster(A1="DDDDDDD", A2="DDDDDDD")
    learner = {("A3", MONDAY): RosterCell("DAY", Post.ASSISTANT)}
    totals = roster_sheet(book, replace(plan, cells={**plan.cells, **learner}), posted=False).totals
    assert next(t for t in totals if t.shift == "DAY").staff == (2, 1, 1, 1, 1, 1, 1)


def test_the_legend_explains_what_is_used_with_the_seasons_times() -> None:
    legend = roster_sheet(BOOK, roster(A3="DNXsOOO"), posted=False).legend
    assert [(e.symbol[0], e.times) for e in legend] == [
        ("白", "08:00–12:00 14:30–18:30"),
        ("夜", "00:00–08:00 (+1)"),
        ("休", ""),
        ("下", ""),
        ("病", ""),
    ]
    posted = roster_sheet(BOOK, roster(A3="DNXsOOO"), posted=True).legend
    assert [entry.symbol[0] for entry in posted] == ["白", "夜", "休", "下", "假"]


def board(covers: tuple[Cover, ...] = (), *, book: WardBook = BOOK, shows_surnames: bool = False):
    zones = (Zone(MONDAY, "NIGHT", "A3", ("01", "02")), Zone(WEEK.last, "NIGHT", "A3", ("03",)))
    photos = {"A1": b"one", "A2": b"two"}
    plan = roster(A1="DOOOOOO", A3="NOOOOOO")
    return noticeboard(book, plan, covers, zones, MONDAY, photos, shows_surnames=shows_surnames)


def test_the_board_shows_leader_deputy_and_members_with_photos_only_by_consent() -> None:
    (team,) = board().teams
    assert (team.leader.staff_no, team.deputy.staff_no) == ("A1", "A2")
    assert [card.staff_no for card in team.members] == ["A3"]
    assert (team.leader.photo, team.deputy.photo) == (b"one", None)
    assert board().head_nurse.staff_no == "H1"


def test_a_withdrawn_consent_takes_the_photo_off_the_board() -> None:
    withdrawn = replace(BOOK.nurse("A1"), photo_consent_withdrawn=MONDAY)
    book = replace(BOOK, nurses=(withdrawn, BOOK.nurse("A2"), BOOK.nurse("A3")))
    assert board(book=book).teams[0].leader.photo is None


def test_every_bed_has_its_holder_of_the_day_and_cover_is_marked() -> None:
    covers = (
        Cover(MONDAY, "01", "A1", HolderKind.OWNER),
        Cover(MONDAY, "02", "A2", HolderKind.DEPUTY, is_over_cap=True),
        Cover(WEEK.last, "01", "A3", HolderKind.TEAMMATE),
    )
    seen = board(covers)
    first, second = seen.teams[0].beds
    assert (first.holder.staff_no, first.kind) == ("A1", HolderKind.OWNER)
    assert (second.owner.staff_no, second.holder.staff_no, second.kind) == ("A1", "A2", HolderKind.DEPUTY)
    assert [translator("en")(note) for note in seen.notes] == [
        "No team holds these beds: 03.",
        "Held above the usual number of beds: 02.",
    ]


def test_a_bed_without_an_owner_stands_with_the_team_that_holds_it() -> None:
    seen = board((Cover(MONDAY, "03", "A2", HolderKind.TEAMMATE),))
    assert [bed.bed for bed in seen.teams[0].beds] == ["01", "02", "03"]


def test_beds_show_the_grade_of_the_stay_and_a_surname_only_on_request() -> None:
    admitted = datetime(2026, 6, 10, 9, tzinfo=BOOK.settings.zone)
    stay = Stay("c1", "01", NursingGrade.SPECIAL, admitted, surname_masked="王*")
    book = replace(BOOK, stays=(stay, replace(stay, bed="02", discharged=admitted)))
    occupied, empty = board(book=book).teams[0].beds
    assert (occupied.grade, occupied.is_occupied, occupied.surname_masked) == (NursingGrade.SPECIAL, True, "")
    assert (empty.grade, empty.is_occupied) == (NursingGrade.FIRST, False)
    assert board(book=book, shows_surnames=True).teams[0].beds[0].surname_masked == "王*"


def test_duty_lines_name_who_works_with_her_zone_of_the_day() -> None:
    duty = board((Cover(MONDAY, "01", "A1", HolderKind.OWNER),)).duty
    assert [(line.shift, [(c.staff_no, beds) for c, beds in line.nurses]) for line in duty] == [
        ("DAY", [("A1", ("01",))]),
        ("NIGHT", [("A3", ("01", "02"))]),
    ]


def test_the_board_counts_as_many_on_a_shift_as_the_sheet_and_names_the_others_apart() -> None:
    plan = roster(A1="DOOOOOO", A2="DOOOOOO", H1="DOOOOOO", S1="DOOOOOO")
    learner = {("A3", MONDAY): RosterCell("DAY", Post.ASSISTANT)}
    plan = replace(plan, cells={**plan.cells, **learner})
    (line,) = noticeboard(BOOK, plan, (), (), MONDAY, {}).duty
    (total,) = (t for t in roster_sheet(BOOK, plan, posted=True).totals if t.shift == "DAY")
    assert line.counted == total.staff[0] == 2
    assert line.uncounted == 3
    cells = {row.staff_no: row.cells[0] for row in roster_sheet(BOOK, plan, posted=True).rows}
    assert {who for who, cell in cells.items() if cell.is_uncounted} == {"A3", "H1", "S1"}


def test_a_pocket_card_holds_her_cells_beds_team_and_mates() -> None:
    card = pocket_card(BOOK, roster(A1="DDsOOOO", A2="DNXOOOO"), (), "A1")
    assert [cell.code for cell in card.cells[:3]] == ["DAY", "DAY", "sick"]
    assert card.beds == ("01", "02")
    assert card.team is not None
    assert card.team.number == 1
    assert card.mates == (("护A2",), (), (), (), (), (), ())
    assert card.nurse.photo is None


def test_cards_are_made_for_those_in_the_roster_in_the_sheets_order() -> None:
    cards = pocket_cards(BOOK, roster(A3="DDDDOOO", A1="DDDDOOO"), ())
    assert [card.nurse.staff_no for card in cards] == ["A1", "A3"]


def test_the_teams_report_puts_the_proposal_into_cards_and_moves() -> None:
    plan = TeamPlan(
        on=MONDAY,
        teams=(1, 2),
        memberships=(
            Membership("A2", 1, Role.LEADER, MONDAY),
            Membership("A1", 2, Role.MEMBER, MONDAY),
        ),
        balance=(),
        reasons={},
        moves=(Move("A1", 1, 2),),
        notes=(),
        record=SolveRecord("teams", SolveStatus.OPTIMAL, (), 0.1, 0.1, seed=1, workers=1),
    )
    report = teams_report(BOOK, plan)
    assert [team.team.number for team in report.teams] == [1, 2]
    assert report.teams[0].leader.staff_no == "A2"
    assert [card.staff_no for card in report.teams[1].members] == ["A1"]
    assert translator("zh")(report.moves[0]) == "护A1：由第 1 组调至第 2 组。"
