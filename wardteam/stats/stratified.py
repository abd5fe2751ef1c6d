"""Two shares compared over strata: pooled odds ratio, Cochran-Mantel-Haenszel, and whether strata agree."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wardteam.errors import Message
from wardteam.stats import methods
from wardteam.stats.counts import Share
from wardteam.stats.distributions import chi2_tail, normal_quantile
from wardteam.stats.results import (
    Estimand,
    Interval,
    Method,
    Result,
    Unanswerable,
    check_level,
    fingerprint,
)

Stratum = tuple[Share, Share]
REASON = Message("The groups differ in their mix: like is compared with like, stratum by stratum.")
AGREE_REASON = Message("One pooled odds ratio describes the strata only where theirs agree.")
NO_STRATUM = Message("No stratum has both groups and both answers: there is nothing to pool.")
NO_RATIO = Message("The pooled odds ratio has no value: the outcome is all on one side.")
ONE_STRATUM = Message("Only one stratum tells anything: whether strata agree cannot be tested.")
WITHOUT_WORTH = "Strata with only one answer or one group: {count}; they tell nothing of the difference."
STRATA_DIFFER = Message("The strata's odds ratios differ: one pooled odds ratio describes them badly.")


@dataclass(frozen=True)
class _Table:
    """One stratum as a, b (second group with, without) and c, d (first group with, without)."""

    a: int
    b: int
    c: int
    d: int

    @property
    def n(self) -> int:
        return self.a + self.b + self.c + self.d

    @property
    def expected(self) -> float:
        return (self.a + self.b) * (self.a + self.c) / self.n

    @property
    def variance(self) -> float:
        rows, columns = (self.a + self.b) * (self.c + self.d), (self.a + self.c) * (self.b + self.d)
        return rows * columns / (self.n**2 * (self.n - 1))


def mantel_haenszel(strata: Sequence[Stratum], *, level: float = 0.95) -> tuple[Result, ...]:
    """Compare second with first over strata of (first, second).

    Returns
    -------
    The pooled odds ratio (Mantel and Haenszel 1959) with its interval (Robins, Breslow and Greenland
    1986), the test without and with continuity correction (as R's mantelhaen.test), and, where two
    strata or more tell something, Breslow and Day's test with Tarone's adjustment (1985).

    Raises
    ------
    Unanswerable
        If no stratum has both answers.
    """
    check_level(level)
    tables = [t for first, second in strata if (t := _table(first, second)).variance > 0]
    if not tables:
        raise Unanswerable(NO_STRATUM)
    frame = _Frame(tuple(strata), len(strata) - len(tables))
    agreement = tuple(_agreement(frame, tables))
    pooled = _pooled(frame, tables, level, does_differ=any(result.is_significant for result in agreement))
    return (pooled, _cochran(frame, tables, 0.0), _cochran(frame, tables, 0.5), *agreement)


@dataclass(frozen=True)
class _Frame:
    """What all results of one call share: group sizes, missing answers and the hash."""

    strata: tuple[Stratum, ...]
    worthless: int

    def result(self, method: Method, reason: Message, warnings: tuple[Message, ...] = ()) -> Result:
        """Give a bare result to be filled."""
        return Result(
            method=method,
            n=(sum(first.n for first, _ in self.strata), sum(second.n for _, second in self.strata)),
            missing=(
                sum(first.missing for first, _ in self.strata),
                sum(second.missing for _, second in self.strata),
            ),
            reason=reason,
            warnings=warnings,
            data_hash=fingerprint(strata=[[a.figures(), b.figures()] for a, b in self.strata]),
        )


def _table(first: Share, second: Share) -> _Table:
    return _Table(second.events, second.others, first.events, first.others)


def _pooled(frame: _Frame, tables: Sequence[_Table], level: float, *, does_differ: bool) -> Result:
    top, bottom = _sums(tables)
    found = []
    if frame.worthless:
        found.append(Message(WITHOUT_WORTH, count=frame.worthless))
    if len(tables) == 1:
        found.append(ONE_STRATUM)
    if does_differ:
        found.append(STRATA_DIFFER)
    if not (top and bottom):
        return frame.result(methods.MANTEL_HAENSZEL, REASON, (*found, NO_RATIO))
    factor = math.exp(normal_quantile(level) * _log_error(tables))
    return replace(
        frame.result(methods.MANTEL_HAENSZEL, REASON, tuple(found)),
        estimand=Estimand.ODDS_RATIO,
        estimate=top / bottom,
        interval=Interval(top / bottom / factor, top / bottom * factor, level),
    )


def _sums(tables: Sequence[_Table]) -> tuple[float, float]:
    return math.fsum(t.a * t.d / t.n for t in tables), math.fsum(t.b * t.c / t.n for t in tables)


def _log_error(tables: Sequence[_Table]) -> float:
    """Give the standard error of the pooled log odds ratio after Robins, Breslow and Greenland."""
    top, bottom = _sums(tables)
    parts = []
    for t in tables:
        p, q = (t.a + t.d) / t.n, (t.b + t.c) / t.n
        r, s = t.a * t.d / t.n, t.b * t.c / t.n
        parts += [p * r / (2 * top**2), (p * s + q * r) / (2 * top * bottom), q * s / (2 * bottom**2)]
    return math.sqrt(math.fsum(parts))


def _cochran(frame: _Frame, tables: Sequence[_Table], correction: float) -> Result:
    """Give (|sum(a - E(a))| - correction)² / sum(var(a)), 1 df; no correction where it would overshoot."""
    excess = abs(math.fsum(t.a - t.expected for t in tables))
    excess -= correction if excess >= correction else 0.0
    chi2 = excess**2 / math.fsum(t.variance for t in tables)
    method = methods.COCHRAN_CORRECTED if correction else methods.COCHRAN
    return replace(frame.result(method, REASON), statistic=chi2, df=(1.0,), p=chi2_tail(chi2))


def _agreement(frame: _Frame, tables: Sequence[_Table]) -> Iterator[Result]:
    """Test whether the strata have one odds ratio; nothing where there is but one, or none to pool."""
    top, bottom = _sums(tables)
    if len(tables) < 2 or not (top and bottom):
        return
    fits = [_fitted(t, top / bottom) for t in tables]
    variances = [
        1 / math.fsum(1 / cell for cell in (a, t.a + t.b - a, t.a + t.c - a, t.d - t.a + a))
        for t, a in zip(tables, fits, strict=True)
    ]
    excesses = [t.a - a for t, a in zip(tables, fits, strict=True)]
    chi2 = math.fsum(e * e / v for e, v in zip(excesses, variances, strict=True))
    chi2 = max(0.0, chi2 - math.fsum(excesses) ** 2 / math.fsum(variances))
    df = len(tables) - 1
    bare = frame.result(methods.BRESLOW_DAY, AGREE_REASON)
    yield replace(bare, statistic=chi2, df=(float(df),), p=chi2_tail(chi2, df))


def _fitted(t: _Table, ratio: float) -> float:
    """Give the count a that the stratum's margins have at this odds ratio."""
    row, column = t.a + t.b, t.a + t.c
    if abs(ratio - 1) < 1e-9:
        return t.expected
    quadratic, linear = 1 - ratio, t.n - row - column + ratio * (row + column)
    root = math.sqrt(linear**2 + 4 * quadratic * ratio * row * column)
    return (root - linear) / (2 * quadratic)
