"""A ward of 44 invented nurses that fills every page, without storage, services or solver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property

from tests.web.fake_facts import (
    CALENDAR,
    CODES,
    COMPARISON,
    CYCLES,
    GIVEN,
    GIVEN_EN,
    GRADES,
    MINIMUM,
    PERIOD,
    PICTURE,
    PINYIN,
    RUNS,
    SHIFTS,
    STRENGTHS,
    SURNAMES,
    TODAY,
    WARD,
    WISHED,
)
from wardteam.domain.beds import HolderKind
from wardteam.domain.calendar import Period
from wardteam.domain.defaults import DEFAULT_SHIFTS
from wardteam.domain.documents import (
    BalanceRow,
    BoardBed,
    BoardTeam,
    DutyLine,
    LegendEntry,
    Noticeboard,
    NurseCard,
    PocketCard,
    RosterSheet,
    SheetCell,
    SheetDay,
    SheetRow,
    SheetTotal,
    TeamsReport,
)
from wardteam.domain.people import Level, StaffKind, Title
from wardteam.domain.roster import RosterStatus, SolveRecord
from wardteam.domain.shifts import LeaveKind, Post, Shift
from wardteam.domain.teams import Role, Team
from wardteam.domain.ward import Ward
from wardteam.errors import Message
from wardteam.i18n import Language
from wardteam_web import Comparison, Document, DocumentRequest


def symbols(shift: Shift) -> tuple[str, str]:
    """Give a shift's two symbols."""
    return shift.symbol, shift.symbol_en


def times(shift: Shift) -> str:
    """Write a shift's times."""
    return ", ".join(
        f"{s.start_minute // 60:02}:{s.start_minute % 60:02}–{s.end_minute // 60:02}:{s.end_minute % 60:02}"
        for s in shift.segments
    )


@dataclass
class FakePages:
    """Fills the port. `is_empty` is a ward before its first roster."""

    ward_list: tuple[Ward, ...] = (WARD,)
    is_empty: bool = False
    is_broken: bool = False
    today_is: date = TODAY

    def wards(self) -> tuple[Ward, ...]:
        return self.ward_list

    def today(self, ward: str) -> date:
        if self.is_broken:
            raise RuntimeError("planned failure")
        return self.today_is

    def periods(self, ward: str) -> tuple[Period, ...]:
        return () if self.is_empty else (PERIOD, Period.month(2026, 4))

    @cached_property
    def cards(self) -> tuple[NurseCard, ...]:
        return tuple(self._card(i) for i in range(44))

    def _card(self, i: int) -> NurseCard:
        place = i // 5
        title = (Title.NURSE_IN_CHARGE, Title.SENIOR_NURSE, Title.SENIOR_NURSE, Title.NURSE)[min(place, 3)]
        role = {0: Role.LEADER, 1: Role.DEPUTY}.get(place, Role.MEMBER)
        name = SURNAMES[i % 25] + GIVEN[i % 11], f"{PINYIN[i % 25]} {GIVEN_EN[i % 11]}"
        level = (Level.N3, Level.N2, Level.N2, Level.N1, Level.N1, Level.N0)[min(place, 5)]
        years = (13, 8, 6, 4, 3, 2, 2, 1, 0)[place]
        photo = PICTURE if i % 3 else None
        return NurseCard(f"N{i + 1:03}", name, title, level, years, role, STRENGTHS[i % 3], photo)

    @cached_property
    def team_list(self) -> tuple[Team, ...]:
        return tuple(Team(number, f"第{n}组", f"Team {number}") for number, n in enumerate("一二三四五", 1))

    def team_cards(self, team: int) -> tuple[NurseCard, ...]:
        return tuple(card for i, card in enumerate(self.cards) if i % 5 == team - 1)

    def cell(self, i: int, day: date) -> SheetCell:
        cycle = CYCLES[i % 3]
        letter = cycle[(day.toordinal() + i * 5) % len(cycle)]
        if i // 5 == 0 and letter in "PNXC":
            letter = "A" if day.weekday() < 5 else "O"
        wish = None if (i * 7 + day.day) % 11 else letter in "OX"
        if letter in CODES:
            shift = SHIFTS[CODES[letter]]
            post = (
                Post.LEADER
                if letter == "A" and i // 5 == 0
                else Post.RESPONSIBLE
                if letter == "A"
                else Post.NONE
            )
            return SheetCell(
                symbols(shift),
                shift.code,
                shift.colour,
                shift.text_colour,
                shift.kind,
                post,
                shift.minutes,
                shift.night_minutes,
                wish,
                is_locked=(i + day.day) % 37 == 0,
            )
        kind = LeaveKind.OFF if letter == "O" else LeaveKind.POST_NIGHT
        return SheetCell(kind.symbols, kind.value, wish=wish)

    @cached_property
    def days(self) -> tuple[SheetDay, ...]:
        names = CALENDAR.holiday_names
        return tuple(SheetDay(day, CALENDAR.kind(day), names.get(day, "")) for day in PERIOD)

    def beds_of(self, i: int) -> tuple[str, ...]:
        team, place = i % 5, i // 5
        first = team * 10
        spans = {0: (0, 1), 2: (1, 4), 3: (4, 7), 4: (7, 10)}
        start, end = spans.get(place, (0, 0))
        return tuple(f"{first + n + 1:02}" for n in range(start, end))

    def row(self, number: int, i: int) -> SheetRow:
        card = self.cards[i]
        cells = tuple(self.cell(i, day) for day in PERIOD)
        return SheetRow(
            card.staff_no,
            number,
            card.name,
            StaffKind.WARD,
            card.title,
            card.level,
            card.service_years,
            i % 5 + 1,
            card.role,
            self.beds_of(i),
            cells,
            sum(c.minutes for c in cells),
            168 * 60,
            sum(c.night_minutes for c in cells),
            (i % 7 - 3) * 240,
        )

    @cached_property
    def sheet(self) -> RosterSheet:
        order = sorted(range(44), key=lambda i: (i % 5, i))
        rows = tuple(self.row(number, i) for number, i in enumerate(order, 1))
        totals = tuple(self.total(SHIFTS[code], rows) for code in CODES.values())
        return RosterSheet(
            WARD,
            PERIOD,
            3,
            RosterStatus.PUBLISHED,
            datetime(2026, 4, 24, 15, 20, tzinfo=UTC),
            True,
            self.days,
            rows,
            totals,
            self.legend,
            self.team_list,
            self.shortages(totals),
            (Message("A locked cell: no new run changes it"),),
            98,
            121,
        )

    def total(self, shift: Shift, rows: Sequence[SheetRow]) -> SheetTotal:
        staff = tuple(sum(row.cells[k].code == shift.code for row in rows) for k in range(len(PERIOD)))
        flat = (1,) * len(PERIOD)
        least = tuple(MINIMUM[shift.code] * n for n in flat)
        wished = tuple(WISHED[shift.code] * n for n in flat)
        return SheetTotal(shift.code, symbols(shift), (shift.name, shift.name_en), staff, least, wished)

    def shortages(self, totals: Sequence[SheetTotal]) -> tuple[Message, ...]:
        return tuple(
            Message("{count} missing", count=total.minimum[k] - total.staff[k])
            for total in totals
            for k in range(len(PERIOD))
            if total.staff[k] < total.minimum[k]
        )

    @cached_property
    def legend(self) -> tuple[LegendEntry, ...]:
        shifts = (
            LegendEntry(symbols(s), (s.name, s.name_en), times(s), s.colour) for s in DEFAULT_SHIFTS[:4]
        )
        off = LegendEntry(("休", "O"), ("休息", "Day off"), "", "#ffffff")
        return (*shifts, off, LegendEntry(("下", "X"), ("下夜班", "Day after a night"), "", "#ffffff"))

    def roster_sheet(self, ward: str, period: Period, version: int | None = None) -> RosterSheet | None:
        if self.is_empty or period != PERIOD or version not in (None, 3):
            return None
        return self.sheet

    def on(self, shift: str, day: date) -> tuple[int, ...]:
        return tuple(i for i in range(44) if self.cell(i, day).code == shift)

    def board_team(self, team: Team, day: date) -> BoardTeam:
        cards = self.team_cards(team.number)
        present = [i for i in self.on("DAY", day) if i % 5 == team.number - 1]
        beds = tuple(
            self.bed(i, code, present) for i in range(team.number - 1, 44, 5) for code in self.beds_of(i)
        )
        return BoardTeam(team, cards[0], cards[1], cards[2:], tuple(sorted(beds, key=lambda bed: bed.bed)))

    def bed(self, owner: int, code: str, present: Sequence[int]) -> BoardBed:
        number = int(code)
        holder, kind = owner, HolderKind.OWNER
        if owner not in present:
            holder = present[number % len(present)] if present else owner
            kind = HolderKind.LEADER if holder // 5 == 0 else HolderKind.TEAMMATE
        return BoardBed(
            code,
            f"{(number + 1) // 2:02}",
            GRADES[number % 5],
            number % 9 != 0,
            self.cards[owner],
            self.cards[holder],
            kind,
            is_over_cap=number == 14,
            surname_masked=f"{SURNAMES[number % 25]}*",
        )

    def duty(self, shift: Shift, day: date) -> DutyLine:
        people = self.on(shift.code, day)
        beds = [f"{n:02}" for n in range(1, 51)]
        zones = shift.code != "DAY"
        share = -(-len(beds) // max(len(people), 1))
        lines = tuple(
            (self.cards[i], tuple(beds[k * share : (k + 1) * share]) if zones else ())
            for k, i in enumerate(people)
        )
        return DutyLine(
            shift.code, symbols(shift), (shift.name, shift.name_en), times(shift), shift.colour, lines
        )

    def board(self, ward: str, day: date) -> Noticeboard | None:
        if self.is_empty or day not in PERIOD:
            return None
        head = replace(self.cards[0], staff_no="N900", name=("沈玉华", "Shen Yuhua"), role=None)
        return Noticeboard(
            WARD,
            day,
            CALENDAR.kind(day),
            head,
            tuple(self.board_team(team, day) for team in self.team_list),
            tuple(self.duty(SHIFTS[code], day) for code in CODES.values()),
            "https://ward.example/feedback",
            datetime(2026, 5, 13, 20, 0, tzinfo=UTC),
        )

    def teams(self, ward: str) -> TeamsReport | None:
        if self.is_empty:
            return None
        reasons = {
            card.staff_no: (
                Message("{years} years", years=card.service_years),
                Message("Leads the team when the leader is off duty."),
            )
            for card in self.cards[:10]
        }
        balance = (
            BalanceRow(Message("Members"), (9, 9, 9, 9, 8), 1, 0),
            BalanceRow(Message("Years"), (4.2, 4.1, 4.3, 4.0, 4.4), 0.4),
            BalanceRow(Message("Level"), (29, 28, 29, 28, 28), 1, 0),
        )
        boards = tuple(self.board_team(team, TODAY) for team in self.team_list)
        return TeamsReport(WARD, TODAY, boards, balance, reasons, (), RUNS[0])

    def nurse(self, ward: str, staff_no: str, period: Period) -> PocketCard | None:
        found = next((i for i, card in enumerate(self.cards) if card.staff_no == staff_no), None)
        if found is None or period != PERIOD:
            return None
        row = next(row for row in self.sheet.rows if row.staff_no == staff_no)
        mates = tuple(self.mates(found, day) for day in PERIOD)
        return PocketCard(
            WARD,
            PERIOD,
            self.cards[found],
            self.team_list[found % 5],
            row.beds,
            self.days,
            row.cells,
            mates,
            self.legend,
            row.worked_minutes,
            row.standard_minutes,
            self.sheet.made_at,
        )

    def mates(self, i: int, day: date) -> tuple[str, ...]:
        code = self.cell(i, day).code
        if code not in ("EVENING", "NIGHT", "STRAIGHT"):
            return ()
        return tuple(self.cards[j].name[0] for j in self.on(code, day) if j != i)

    def comparison(self, ward: str, language: Language) -> Comparison | None:
        return None if self.is_empty else Comparison(COMPARISON)

    def runs(self, ward: str) -> tuple[SolveRecord, ...]:
        return () if self.is_empty else RUNS

    def document(self, ward: str, request: DocumentRequest) -> Document | None:
        return None if self.is_empty else Document(repr(request).encode(), f"五月 {request.kind.value}")

    def photo(self, ward: str, staff_no: str) -> bytes | None:
        return next((card.photo for card in self.cards if card.staff_no == staff_no), None)
