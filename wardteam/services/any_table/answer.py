"""What a statistic of any table answers: the chosen method, all results beside it, warnings, data hash."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from wardteam.errors import Message
from wardteam.stats.charts.types import ControlChart
from wardteam.stats.funnel_types import Funnel
from wardteam.stats.interrupted_types import InterruptedSeries
from wardteam.stats.results import Result, Unanswerable

R = TypeVar("R")

NAMES = {
    "newcombe_difference": "newcombe_risk_difference",
    "welch_t_log": "geometric_mean_ratio",
    "quasi_poisson_difference": "rate_difference",
}
"""Results that are known by what they estimate rather than by their method's code."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One result: a stable name, words for people, and the figures that apply.

    `groups` are the groups it speaks of, in the order of the comparison (differences are second minus
    first), `n` and `missing` stand for each of them; `is_through_infinity` tells
    that the interval is everything outside its bounds. `limits` are no confidence interval but what a figure
    is held against, by name: lower_limit, upper_limit, limit (either side of 0), low_95, high_95, low_998,
    high_998; `verdict` is the code of what comes of it.
    """

    name: str
    words: Message
    statistic: float | None = None
    df: tuple[float, ...] = ()
    p: float | None = None
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    groups: tuple[str, ...] = ()
    n: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    symbol: str = ""
    note: Message | None = None
    is_through_infinity: bool = False
    estimand: str = ""
    limits: Mapping[str, float] = field(default_factory=dict)
    verdict: str = ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The answer to one question; `results` begin with the chosen method."""

    method: str
    words: Message
    n: int
    missing: int
    results: tuple[Line, ...]
    warnings: tuple[Message, ...]
    reason: Message
    data_sha256: str
    chart: ControlChart | Funnel | InterruptedSeries | None = None


def line(result: Result, groups: Sequence[str] = (), *, note: Message | None = None) -> Line:
    """Turn a result into a line."""
    interval = result.interval
    return Line(
        name=NAMES.get(result.method.code, result.method.code),
        words=result.method.name,
        statistic=result.statistic,
        df=result.df,
        p=result.p,
        estimate=result.estimate,
        ci_low=None if interval is None else interval.low,
        ci_high=None if interval is None else interval.high,
        groups=tuple(groups),
        n=result.n,
        missing=result.missing,
        symbol=result.method.symbol,
        note=note,
        is_through_infinity=interval is not None and interval.is_through_infinity,
        estimand=str(result.estimand.value),
    )


@dataclass
class Gathering:
    """Gathers lines and warnings; what has no answer is told as a warning and stops nothing."""

    lines: list[Line] = field(default_factory=list)
    warnings: list[Message] = field(default_factory=list)

    def warn(self, *messages: Message) -> None:
        """Note warnings, each once."""
        self.warnings += [m for m in messages if m not in self.warnings]

    def add(
        self, statistic: Callable[[], Result], groups: Sequence[str] = (), *, note: Message | None = None
    ) -> Result | None:
        """Add a result where there is one; with a note, its warnings are left out."""
        result = self.attempt(statistic)
        if result is not None:
            self.lines.append(line(result, groups, note=note))
            if note is None:
                self.warn(*result.warnings)
        return result

    def attempt(self, work: Callable[[], R]) -> R | None:
        """Do what may have no answer."""
        try:
            return work()
        except Unanswerable as refusal:
            self.warn(refusal.message)
            return None

    def answer(self, chosen: Result, groups: Sequence[str], *, sha256: str, n: int, missing: int) -> Answer:
        """Put the chosen result first and everything else behind it."""
        first = line(chosen, groups)
        rest = [other for other in self.lines if (other.name, other.groups) != (first.name, first.groups)]
        return Answer(
            method=chosen.method.code,
            words=chosen.method.name,
            n=n,
            missing=missing,
            results=(first, *rest),
            warnings=tuple(dict.fromkeys((*chosen.warnings, *self.warnings))),
            reason=chosen.reason,
            data_sha256=sha256,
        )
