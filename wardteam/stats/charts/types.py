"""What a run or control chart holds: points, limits by phase, signals, verdicts; plain data to draw."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wardteam.errors import Message


class ChartKind(StrEnum):
    """The charts; a prime is Laney's correction for over- or under-dispersion."""

    RUN = "run"
    I = "i"  # noqa: E741  # the chart's own name
    MR = "mr"
    XBAR = "xbar"
    S = "s"
    P = "p"
    PP = "pp"
    U = "u"
    UP = "up"
    C = "c"
    G = "g"
    T = "t"


class Signal(StrEnum):
    """Why a point, or a phase, is more than common cause."""

    OUTSIDE = "outside"
    SHIFT = "shift"
    TREND = "trend"
    NEAR_LIMIT = "near_limit"
    LONG_RUN = "long_run"
    FEW_CROSSINGS = "few_crossings"


class Better(StrEnum):
    """Which direction is improvement."""

    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"


class Variation(StrEnum):
    """The verdict on the newest points."""

    COMMON_CAUSE = "common_cause"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    SPECIAL_CAUSE = "special_cause"
    UNKNOWN = "unknown"


class Assurance(StrEnum):
    """Whether the process, as it runs, will reach the target."""

    WILL_REACH = "will_reach"
    WILL_MISS = "will_miss"
    HIT_OR_MISS = "hit_or_miss"
    NO_TARGET = "no_target"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ChartPoint:
    """One point with the centre line and limits that hold at it; None where there is none.

    `denominator` is the subgroup's size or exposure. An excluded point is drawn, sets no limit and
    raises no signal. `is_frozen` tells that it is judged by limits from a baseline without it.
    """

    label: str
    value: float
    centre: float | None
    lower: float | None = None
    upper: float | None = None
    phase: int = 0
    denominator: float | None = None
    signals: tuple[Signal, ...] = ()
    is_excluded: bool = False
    is_frozen: bool = False


@dataclass(frozen=True)
class RunTest:
    """Anhøj's two tests on one phase: longest run and crossings, with their limits; `n` off the median."""

    phase: int
    n: int
    longest_run: int
    longest_run_limit: int
    crossings: int
    crossings_limit: int

    @property
    def is_signal(self) -> bool:
        """Whether the phase holds more than random variation."""
        return self.longest_run > self.longest_run_limit or self.crossings < self.crossings_limit


@dataclass(frozen=True)
class ControlChart:
    """A chart: its points in order, run tests by phase, verdicts, Laney's sigma, warnings, and a data hash.

    `missing` counts the given points that had no value.
    """

    kind: ChartKind
    points: tuple[ChartPoint, ...]
    run_tests: tuple[RunTest, ...]
    better: Better
    variation: Variation
    assurance: Assurance
    target: float | None
    sigma_z: float | None
    missing: int
    rule: Message
    warnings: tuple[Message, ...]
    data_hash: str
