"""What every statistic hands back: one result object, or a refusal in words; never a NaN."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass, field
from enum import StrEnum

from wardteam.errors import Message, WardteamError


class Unanswerable(WardteamError):
    """The figures are wrong, or allow no such statistic; the message says which and why."""

    exit_code = 2


class Estimand(StrEnum):
    """What an estimate estimates; differences are second minus first, ratios second over first."""

    MEAN_DIFFERENCE = "mean_difference"
    GEOMETRIC_MEAN_RATIO = "geometric_mean_ratio"
    RATE_RATIO = "rate_ratio"
    SHARE = "share"
    SHARE_DIFFERENCE = "share_difference"
    ODDS_RATIO = "odds_ratio"
    NUMBER_NEEDED = "number_needed_to_treat"
    PHI = "phi"
    MEDIAN_DIFFERENCE = "median_difference"
    LOCATION_SHIFT = "location_shift"
    SUPERIORITY = "probability_of_superiority"
    STANDARDISED_DIFFERENCE = "standardised_difference"
    ALPHA = "alpha"
    RATE = "rate"
    MEAN = "mean"
    GEOMETRIC_MEAN = "geometric_mean"
    NONE = "none"
    RISK_RATIO = "risk_ratio"
    RATE_DIFFERENCE = "rate_difference"
    CRAMERS_V = "cramers_v"
    TREND_RATIO = "trend_ratio"
    LEVEL_RATIO = "level_ratio"
    SLOPE_RATIO = "slope_ratio"
    EFFECT_RATIO = "effect_ratio"
    TREND_DIFFERENCE = "trend_difference"
    LEVEL_DIFFERENCE = "level_difference"
    SLOPE_DIFFERENCE = "slope_difference"
    EFFECT_DIFFERENCE = "effect_difference"


@dataclass(frozen=True)
class Method:
    """A method by its stable code, its name for people, and the symbol of its statistic."""

    code: str
    name: Message
    symbol: str = ""


@dataclass(frozen=True)
class Interval:
    """A two-sided confidence interval.

    Where `is_through_infinity` holds (a number needed to treat whose difference may be 0), the
    interval is everything outside: from `high` up to infinity and from minus infinity to `low`.
    """

    low: float
    high: float
    level: float = 0.95
    is_through_infinity: bool = False

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low <= self.high):
            raise ValueError(f"an interval needs low <= high, both finite, got {self.low} and {self.high}")
        check_level(self.level)

    def holds(self, value: float) -> bool:
        """Whether the value lies in the interval."""
        if self.is_through_infinity:
            return value <= self.low or value >= self.high
        return self.low <= value <= self.high


@dataclass(frozen=True, kw_only=True)
class Result:
    """One statistic with all that is needed to show, judge and repeat it.

    `n` and `missing` stand per group; `reason` is the rule that chose the method; `data_hash` is
    the SHA-256 of the figures it was computed from.
    """

    method: Method
    n: tuple[int, ...]
    missing: tuple[int, ...]
    reason: Message
    data_hash: str
    estimand: Estimand = Estimand.NONE
    estimate: float | None = None
    interval: Interval | None = None
    statistic: float | None = None
    df: tuple[float, ...] = ()
    p: float | None = None
    warnings: tuple[Message, ...] = field(default=())

    def __post_init__(self) -> None:
        for figure in (self.estimate, self.statistic, self.p, *self.df):
            if figure is not None and not math.isfinite(figure):
                raise ValueError(f"a result holds finite figures only, got {figure} ({self.method.code})")

    @property
    def is_significant(self) -> bool:
        """Whether P lies below 0.05, two-sided."""
        return self.p is not None and self.p < 0.05


def check_level(level: float) -> None:
    """Refuse a confidence level that is not strictly between 0 and 1."""
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, got {level}")


def fingerprint(**figures: object) -> str:
    """Give the SHA-256 of typed figures in canonical JSON (sorted keys, no blanks).

    >>> fingerprint(events=[1, 2], totals=[3, 4]) == fingerprint(totals=[3, 4], events=[1, 2])
    True
    """
    text = json.dumps(figures, sort_keys=True, separators=(",", ":"), allow_nan=False, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
