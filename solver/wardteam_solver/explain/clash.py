"""What an explanation hands out: the limits that clash, in words, and the ways out with their price."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wardteam.errors import Message
from wardteam_solver.limits import Limit


class WayKind(StrEnum):
    """What a way out changes."""

    UNLOCK = "unlock"
    LIFT_LEAVE = "lift_leave"
    BORROW = "borrow"
    BEND = "bend"
    SWITCH_OFF = "switch_off"


@dataclass(frozen=True)
class Step:
    """One change of a way: its kind, what it says, and which rules and (nurse, day) cells it is about."""

    kind: WayKind
    text: Message
    rules: tuple[str, ...]
    cells: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Way:
    """A change that was tried and resolves the clash; of several steps where no single one is enough.

    `amount` is how much is bent (cells, days of leave, duties, units of a rule) and `points` its price on
    one scale, so that ways compare. `is_enough` is whether a whole roster was found with it; where not,
    it resolves this clash, and another remains.
    """

    steps: tuple[Step, ...]
    amount: int
    points: int
    is_enough: bool

    @property
    def kind(self) -> WayKind:
        """What its first step changes."""
        return self.steps[0].kind

    @property
    def text(self) -> Message:
        """Say all its steps, sentence after sentence."""
        said = self.steps[0].text
        for step in self.steps[1:]:
            said = Message("{sentence} {further}", sentence=said, further=step.text)
        return said


@dataclass(frozen=True)
class Clash:
    """Limits that can't hold together, confirmed by two solves.

    `is_minimal` is whether the rest was found possible without each single one of the `facts`: for each
    of them there is a roster that keeps all the others.
    """

    text: Message
    facts: tuple[Message, ...]
    rules: tuple[str, ...]
    limits: tuple[Limit, ...]
    is_minimal: bool
    ways: tuple[Way, ...] = ()

    @property
    def nurses(self) -> tuple[int, ...]:
        """Indexes of the nurses it is about."""
        return tuple(sorted({n for limit in self.limits for n in limit.about.nurses}))

    @property
    def days(self) -> tuple[int, ...]:
        """Indexes of the days it is about."""
        return tuple(sorted({d for limit in self.limits for d in limit.about.days}))
