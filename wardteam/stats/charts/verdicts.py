"""The two verdicts of "Making Data Count": what the newest point says, and whether the target is in reach."""

from __future__ import annotations

from collections.abc import Sequence

from wardteam.stats.charts.types import Assurance, Better, ChartPoint, RunTest, Signal, Variation


def variation(newest: ChartPoint, side: int, better: Better) -> Variation:
    """Judge the newest point: common cause without a signal, else by the side of the centre it lies on.

    As NHSRplotthedots: a falling point that is still above the mean lies on the upper side.
    """
    if newest.signals:
        return _directed(side, better)
    return Variation.UNKNOWN if newest.upper is None else Variation.COMMON_CAUSE


def run_variation(test: RunTest, newest_side: int, better: Better) -> Variation:
    """Judge a run chart's newest phase by Anhøj's tests, and by the side its newest run lies on."""
    if not test.n:
        return Variation.UNKNOWN
    return _directed(newest_side, better) if test.is_signal else Variation.COMMON_CAUSE


def trend_side(values: Sequence[float]) -> int:
    """Say which way the newest step went, for a point of a trend that lies on the centre itself."""
    before, last = values[-2:]
    return (last > before) - (last < before)


def is_trend(point: ChartPoint) -> bool:
    """Whether a trend is among the point's signals."""
    return Signal.TREND in point.signals


def assurance(newest: ChartPoint, target: float | None, better: Better) -> Assurance:
    """Say whether the process, within its limits at the newest point, will reach the target."""
    if target is None:
        return Assurance.NO_TARGET
    if better is Better.NEITHER or newest.lower is None or newest.upper is None:
        return Assurance.UNKNOWN
    if newest.lower <= target <= newest.upper:
        return Assurance.HIT_OR_MISS
    is_above = newest.lower > target
    return Assurance.WILL_REACH if is_above == (better is Better.HIGHER) else Assurance.WILL_MISS


def _directed(side: int, better: Better) -> Variation:
    if better is Better.NEITHER or not side:
        return Variation.SPECIAL_CAUSE
    is_better = (side > 0) == (better is Better.HIGHER)
    return Variation.IMPROVEMENT if is_better else Variation.CONCERN
