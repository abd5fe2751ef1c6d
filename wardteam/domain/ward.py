"""The ward's book: everything known about a ward that teams, beds and rosters are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from wardteam.domain.beds import Bed, NursingGrade, Ownership, Room, Stay
from wardteam.domain.calendar import Calendar, Period
from wardteam.domain.people import Nurse, Restriction, StaffKind
from wardteam.domain.roster import CellKey, RosterCell
from wardteam.domain.rules import RuleSetting
from wardteam.domain.shifts import Demand, Leave, Shift
from wardteam.domain.teams import Membership, Pair, Team
from wardteam.domain.wishes import Wish


@dataclass(frozen=True)
class CapSettings:
    """How many beds a nurse may own (base) and hold on a day (cover), as (least, most)."""

    leader_base: tuple[int, int] = (1, 2)
    responsible_base: tuple[int, int] = (3, 4)
    leader_cover_most: int = 4
    responsible_cover_most: int = 5


@dataclass(frozen=True)
class LedgerSettings:
    """How fairness and hours are carried from period to period.

    The book's balances stand at the beginning of `since` (None: of the book's period); rosters before
    it don't count. Fairness looks back `memory_months` (0: not at all; hours are carried always).
    `wish_points` is what a nurse may distribute over her wishes of a period (0: as many as she likes).
    With `barred_owe`, who may not work nights or evenings is measured against the same share of them.
    """

    since: date | None = None
    memory_months: int = 12
    wish_points: int = 20
    barred_owe: bool = False


@dataclass(frozen=True)
class WardSettings:
    """Dated ward data that is neither a person nor a shift.

    `grade_loads` is the workload of a patient of grade special, I, II and III, in quarter-hours a shift.
    `frozen_days` counts from the day of publishing (0: only what is past is frozen); a change less than
    `notice_days` ahead is at short notice. `call_in_price` and `borrow_price` are what it costs, in points
    of disturbance, to call in who is on call, and to borrow a nurse from another ward.
    """

    team_count: int = 5
    caps: CapSettings = CapSettings()
    owners_by_team: int = 3
    time_zone: str = "Asia/Shanghai"
    nights_booked_on_morning: bool = False
    summer: tuple[tuple[int, int], tuple[int, int]] = ((5, 1), (9, 30))
    handover_minutes: int = 15
    feedback_url: str = ""
    grade_loads: tuple[int, int, int, int] = (10, 6, 3, 2)
    frozen_days: int = 0
    notice_days: int = 3
    call_in_price: int = 2
    borrow_price: int = 40
    ledger: LedgerSettings = LedgerSettings()

    def load(self, grade: NursingGrade) -> int:
        """Give the workload of a patient of this grade."""
        return self.grade_loads[list(NursingGrade).index(grade)]

    @property
    def zone(self) -> ZoneInfo:
        """The ward's time zone."""
        return ZoneInfo(self.time_zone)


@dataclass(frozen=True)
class Ward:
    """A ward (病区) by its stable code, with its names."""

    code: str
    name: str
    name_en: str
    hospital: str = ""
    hospital_en: str = ""


@dataclass(frozen=True)
class WardBook:
    """The ward's book. Frozen: a change makes a new book, and the difference can be shown.

    `history` holds last month's tail (and any older cells); `balances` what the fairness ledger
    carries over, by measure (`domain.ledger.Measure`) and staff number: whole numbers as entered,
    fractions where `services.ledger` carried them into a later period.
    """

    ward: Ward
    settings: WardSettings = WardSettings()
    nurses: tuple[Nurse, ...] = ()
    rooms: tuple[Room, ...] = ()
    beds: tuple[Bed, ...] = ()
    stays: tuple[Stay, ...] = ()
    shifts: tuple[Shift, ...] = ()
    demands: tuple[Demand, ...] = ()
    leaves: tuple[Leave, ...] = ()
    wishes: tuple[Wish, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    pairs: tuple[Pair, ...] = ()
    teams: tuple[Team, ...] = ()
    memberships: tuple[Membership, ...] = ()
    ownerships: tuple[Ownership, ...] = ()
    rule_settings: tuple[RuleSetting, ...] = ()
    calendar: Calendar = Calendar()
    history: Mapping[CellKey, RosterCell] = field(default_factory=dict)
    balances: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    period: Period | None = None

    @property
    def ledger_since(self) -> date | None:
        """The date at whose beginning the book's balances stand."""
        return self.settings.ledger.since or (self.period.first if self.period else None)

    def staff(self, on: date) -> tuple[Nurse, ...]:
        """Give the nurses who count as the ward's staff on a date, in the book's order."""
        return tuple(n for n in self.nurses if n.kind is StaffKind.WARD and n.works_here(on))

    def nurse(self, staff_no: str) -> Nurse:
        """Give the nurse with this staff number; KeyError where there is none."""
        for nurse in self.nurses:
            if nurse.staff_no == staff_no:
                return nurse
        raise KeyError(staff_no)

    def shift(self, code: str) -> Shift:
        """Give the shift with this code; KeyError where there is none."""
        for shift in self.shifts:
            if shift.code == code:
                return shift
        raise KeyError(code)

    def membership(self, staff_no: str, on: date) -> Membership | None:
        """Give her membership of a team on a date, if any."""
        return next((m for m in self.memberships if m.staff_no == staff_no and m.holds(on)), None)

    def owner(self, bed: str, on: date) -> str | None:
        """Give the staff number of the bed's owner on a date, if any."""
        return next((o.staff_no for o in self.ownerships if o.bed == bed and o.holds(on)), None)
