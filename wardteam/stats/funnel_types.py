"""What a funnel plot holds: units with their limits and verdicts; never a ranking."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wardteam.errors import Message


class FunnelKind(StrEnum):
    """What is plotted: shares, events per exposure, or observed over expected."""

    PROPORTION = "proportion"
    RATE = "rate"
    RATIO = "ratio"


class FunnelVerdict(StrEnum):
    """Where a unit lies."""

    INSIDE = "inside"
    BEYOND_95 = "beyond_95"
    BEYOND_998 = "beyond_998"
    TOO_SMALL = "too_small"


@dataclass(frozen=True)
class FunnelUnit:
    """One unit: events of a denominator (n, exposure or expected), with its value and own limits."""

    name: str
    events: float
    denominator: float
    value: float
    low_95: float
    high_95: float
    low_998: float
    high_998: float
    verdict: FunnelVerdict


@dataclass(frozen=True)
class FunnelCurve:
    """The limits along the axis of denominators, for drawing."""

    denominators: tuple[float, ...]
    low_95: tuple[float, ...]
    high_95: tuple[float, ...]
    low_998: tuple[float, ...]
    high_998: tuple[float, ...]


@dataclass(frozen=True)
class Funnel:
    """A funnel: its units in the order given, target line, over-dispersion, curve for drawing.

    `phi` is the dispersion of the winsorised z scores and `tau2` the between-unit variance that was
    added to the limits (0 where none was needed or asked for).
    """

    kind: FunnelKind
    units: tuple[FunnelUnit, ...]
    target: float
    phi: float
    tau2: float
    curve: FunnelCurve
    least_denominator: float
    multiplier: float
    rule: Message
    warnings: tuple[Message, ...]
    data_hash: str
