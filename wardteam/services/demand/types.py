"""The proposal of demand as data: lines by shift and kind of day, staffing compared, and the week's hours."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam.domain.calendar import Period
from wardteam.domain.shifts import DayKind, Shift
from wardteam.errors import Message
from wardteam.services.demand.asked import ShiftAsk
from wardteam.services.demand.assumptions import Assumptions
from wardteam.services.demand.evidence import PatientNeed
from wardteam.services.demand.needs import ShiftNeed
from wardteam.services.demand.staffing import Staffed
from wardteam.stats.call_rates import CallNeeds


@dataclass(frozen=True)
class DemandLine:
    """One shift on one kind of day: the numbers of its row as they are and as proposed.

    `minimum` and `wished` are in the row's own unit (for each team where it says so); `need` counts all
    nurses on the shift.
    """

    kind: DayKind
    ask: ShiftAsk
    need: ShiftNeed
    minimum: int
    wished: int

    @property
    def key(self) -> str:
        """A name of the line, unique within the proposal."""
        return f"{self.ask.shift.code}-{self.kind.value}"

    @property
    def is_changed(self) -> bool:
        """Whether it proposes other numbers than the present ones."""
        return (self.minimum, self.wished) != (self.ask.row.minimum, self.ask.row.wished)

    @property
    def is_fewer(self) -> bool:
        """Whether one of its numbers is lower than the present one."""
        return self.minimum < self.ask.row.minimum or self.wished < self.ask.row.wished


@dataclass(frozen=True)
class KindProposal:
    """What one kind of day needs, and what calls would wait by the present, the proposed and the real staff.

    `observed` is the share of answered calls that in fact waited longer than the target, and their number.
    """

    kind: DayKind
    day_count: int
    patients: PatientNeed | None
    calls: CallNeeds | None
    lines: tuple[DemandLine, ...]
    present: Staffed
    proposed: Staffed
    worked: Staffed | None
    observed: tuple[float, int] | None
    notes: tuple[Message, ...]

    @property
    def is_thin(self) -> bool:
        """Whether too few days stand behind it to accept it unseen."""
        return self.calls is None or self.calls.is_thin or self.patients is None


@dataclass(frozen=True)
class WeekdayNeed:
    """What one weekday (0 = Monday) outside public holidays shows, and the nurses it needs by shift."""

    weekday: int
    days: int
    patients: PatientNeed | None
    calls_a_day: float | None
    nurses: tuple[tuple[Shift, int], ...]


@dataclass(frozen=True)
class Weekly:
    """Paid nurse-hours a week under the present and the proposed demand, and what the contracts give.

    `available` is a week's share of the hours owed over `span`, less paid leave that is granted by now.
    """

    present_minimum: float
    present_wished: float
    proposed_minimum: float
    proposed_wished: float
    available: float
    span: Period


@dataclass(frozen=True)
class DemandProposal:
    """Everything that the page and the command show; `revision` is the book's that it was made from."""

    ward: str
    span: Period
    assumed: Assumptions
    kinds: tuple[KindProposal, ...]
    weekdays: tuple[WeekdayNeed, ...]
    weekly: Weekly
    notes: tuple[Message, ...]
    revision: int
    data_hash: str

    @property
    def lines(self) -> tuple[DemandLine, ...]:
        """The lines of all kinds of day."""
        return tuple(line for kind in self.kinds for line in kind.lines)
