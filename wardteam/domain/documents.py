"""What the sheet, the noticeboard and the cards show, before any language or layout is chosen.

Services fill these; reports, exchange and the web only render them, so that paper, Excel and
screen can't differ. Texts that exist in two languages come as (Chinese, English) pairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from wardteam.domain.beds import HolderKind, NursingGrade
from wardteam.domain.calendar import Period
from wardteam.domain.people import Level, StaffKind, Title
from wardteam.domain.roster import RosterStatus, SolveRecord
from wardteam.domain.shifts import DayKind, Post, ShiftKind
from wardteam.domain.teams import Role, Team
from wardteam.domain.ward import Ward
from wardteam.errors import Message

Pair = tuple[str, str]
"""A text in Chinese and in English."""


@dataclass(frozen=True)
class SheetDay:
    """One date column."""

    day: date
    kind: DayKind
    holiday: str = ""


@dataclass(frozen=True)
class SheetCell:
    """One cell as shown. `wish` is None where nothing was wished, else whether it was granted.

    `is_uncounted` marks a duty that staff by shift leave out: an assistant's, a guest's, the head nurse's.
    `helps` names another team that she helps that day.
    """

    symbol: Pair
    code: str
    colour: str = "#ffffff"
    text_colour: str = "#1a1a1a"
    kind: ShiftKind | None = None
    post: Post = Post.NONE
    minutes: int = 0
    night_minutes: int = 0
    wish: bool | None = None
    is_locked: bool = False
    is_uncounted: bool = False
    helps: Pair = ("", "")


@dataclass(frozen=True)
class SheetRow:
    """One person's line. All minutes are whole minutes; `beds` are those she owns.

    On a posted sheet there is nothing owed, carried or left of leave: these are 0 and not shown.
    """

    staff_no: str
    number: int
    name: Pair
    kind: StaffKind
    title: Title
    level: Level
    service_years: int
    team: int | None
    role: Role | None
    beds: tuple[str, ...]
    cells: tuple[SheetCell, ...]
    worked_minutes: int
    standard_minutes: int
    night_minutes: int
    balance_before_minutes: int
    annual_leave_days: int = 0
    remarks: tuple[Message, ...] = ()
    holiday_minutes: int = 0

    @property
    def balance_minutes(self) -> int:
        """Balance of the period: worked less standard, and less what is paid apart for public holidays."""
        return self.worked_minutes - self.holiday_minutes - self.standard_minutes

    @property
    def balance_after_minutes(self) -> int:
        """Balance carried out of the period."""
        return self.balance_before_minutes + self.balance_minutes


@dataclass(frozen=True)
class SheetTotal:
    """Staff on one shift by day, beside the minimum and the wished number."""

    shift: str
    symbol: Pair
    name: Pair
    staff: tuple[int, ...]
    minimum: tuple[int, ...]
    wished: tuple[int, ...]


@dataclass(frozen=True)
class LegendEntry:
    """A symbol with its meaning; `times` is empty for days without duty.

    `minutes` and `night_minutes` are a shift's standard ones; None where the maker did not say.
    """

    symbol: Pair
    name: Pair
    times: str
    colour: str
    text_colour: str = "#1a1a1a"
    minutes: int | None = None
    night_minutes: int | None = None


@dataclass(frozen=True)
class RosterSheet:
    """The roster sheet. On a posted one, kinds of leave, restrictions and reasons don't appear at all."""

    ward: Ward
    period: Period
    version: int
    status: RosterStatus
    made_at: datetime | None
    is_posted: bool
    days: tuple[SheetDay, ...]
    rows: tuple[SheetRow, ...]
    totals: tuple[SheetTotal, ...]
    legend: tuple[LegendEntry, ...]
    teams: tuple[Team, ...]
    shortages: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()
    wishes_granted: int = 0
    wishes_asked: int = 0


@dataclass(frozen=True)
class NurseCard:
    """A nurse as the noticeboard presents her. `photo` is None without a consent that holds."""

    staff_no: str
    name: Pair
    title: Title
    level: Level
    service_years: int
    role: Role | None
    strengths: Pair
    photo: bytes | None = None


@dataclass(frozen=True)
class BoardBed:
    """A bed on one day with its owner and the nurse who holds it; no patient's name.

    `load` is its workload in quarter-hours a shift; an empty bed counts with its usual grade.
    """

    bed: str
    room: str
    grade: NursingGrade
    is_occupied: bool
    owner: NurseCard | None
    holder: NurseCard | None
    kind: HolderKind | None
    is_over_cap: bool = False
    surname_masked: str = ""
    load: int = 0


@dataclass(frozen=True)
class BoardTeam:
    """A team with leader, deputy, members and its beds of the day."""

    team: Team
    leader: NurseCard | None
    deputy: NurseCard | None
    members: tuple[NurseCard, ...]
    beds: tuple[BoardBed, ...]


@dataclass(frozen=True)
class DutyLine:
    """Who works a shift on the day, each with her zone of beds (empty where beds are held by owners).

    `uncounted` of them are beyond the staff that the roster sheet counts, as assistants and guests are.
    """

    shift: str
    symbol: Pair
    name: Pair
    times: str
    colour: str
    nurses: tuple[tuple[NurseCard, tuple[str, ...]], ...]
    uncounted: int = 0

    @property
    def counted(self) -> int:
        """Staff of the shift as the roster sheet counts them."""
        return len(self.nurses) - self.uncounted


@dataclass(frozen=True)
class Noticeboard:
    """The ward on one day: the noticeboard (公告栏), and the day view of the web pages."""

    ward: Ward
    day: date
    day_kind: DayKind
    head_nurse: NurseCard | None
    teams: tuple[BoardTeam, ...]
    duty: tuple[DutyLine, ...]
    feedback_url: str = ""
    made_at: datetime | None = None
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True)
class PocketCard:
    """One nurse's own month: her cells, her beds, her team, her hours.

    `standard_minutes` is None on a posted card: what she owes would tell paid leave from unpaid.
    """

    ward: Ward
    period: Period
    nurse: NurseCard
    team: Team | None
    beds: tuple[str, ...]
    days: tuple[SheetDay, ...]
    cells: tuple[SheetCell, ...]
    mates: tuple[tuple[str, ...], ...]
    legend: tuple[LegendEntry, ...]
    worked_minutes: int
    standard_minutes: int | None
    made_at: datetime | None = None
    holiday_minutes: int = 0

    @property
    def balance_minutes(self) -> int | None:
        """Balance of the period, as on the sheet; None on a posted card."""
        if self.standard_minutes is None:
            return None
        return self.worked_minutes - self.holiday_minutes - self.standard_minutes


@dataclass(frozen=True)
class BalanceRow:
    """One attribute over the teams: its name, a figure for each team, and max less min."""

    attribute: Message
    figures: tuple[float, ...]
    spread: float
    decimals: int = 1


@dataclass(frozen=True)
class OwnerCap:
    """How much a nurse may own: `least` patients (beds, where `counts_beds`) to `most` beds."""

    least: int
    most: int
    counts_beds: bool = False


@dataclass(frozen=True)
class TeamsReport:
    """How fairly the teams are composed, whose beds are whose, and why each leader and deputy qualifies.

    `since` is the date from which the teams stand so, where it isn't `on`; `caps` are by staff number.
    """

    ward: Ward
    on: date
    teams: tuple[BoardTeam, ...]
    balance: tuple[BalanceRow, ...]
    reasons: Mapping[str, tuple[Message, ...]]
    moves: tuple[Message, ...] = ()
    record: SolveRecord | None = None
    notes: tuple[Message, ...] = field(default=())
    since: date | None = None
    unowned: tuple[BoardBed, ...] = ()
    caps: Mapping[str, OwnerCap] = field(default_factory=dict)
