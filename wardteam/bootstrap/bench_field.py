"""How finished runs stand against what is published: gaps, bounds, and what other solvers reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median_low

from wardteam.bootstrap.bench_all import Engine, Run
from wardteam_solver.benchmarks.published import BY_NAME, Published


@dataclass(frozen=True)
class Row:
    """One instance: our median over the seeds, the best proven bound, and what others have.

    `gap` is (ours - best known) / best known, `distance` (ours - bound) / ours, both as shares; None where
    one of the two is missing. A seed without a valid roster counts as the worst.
    """

    instance: str
    seeds: int
    seconds: float
    published: Published
    ours: int | None
    bound: int | None
    plain: int | None
    cpu_seconds: float
    seconds_to_first: float | None
    peak_mb: int | None

    @property
    def gap(self) -> float | None:
        """How far we are from the best known value."""
        best = self.published.best
        return None if self.ours is None or not best else (self.ours - best) / best

    @property
    def distance(self) -> float | None:
        """How far the proven bound is from what we have."""
        if self.ours is None or self.bound is None:
            return None
        return (self.ours - self.bound) / max(1, self.ours)


def rows(runs: Iterable[Run]) -> tuple[Row, ...]:
    """Give one row an instance, in the order of the runs."""
    by_name: dict[str, list[Run]] = {}
    for run in runs:
        by_name.setdefault(run.result.instance, []).append(run)
    return tuple(_row(name, found) for name, found in by_name.items())


def _row(name: str, runs: Sequence[Run]) -> Row:
    ours = [run for run in runs if run.engine is Engine.OURS]
    plain = [run.result.objective for run in runs if run.engine is Engine.PLAIN]
    bounds = [run.result.bound for run in ours if run.result.bound is not None]
    firsts = [run.result.seconds_to_first for run in ours if run.result.seconds_to_first is not None]
    objectives = [float("inf") if (o := run.result.objective) is None else o for run in ours]
    middle = median_low(objectives) if objectives else float("inf")
    peaks = [run.peak_mb for run in ours if run.peak_mb is not None]
    return Row(
        instance=name,
        seeds=len(ours),
        seconds=fmean(run.result.seconds for run in ours or runs),
        published=BY_NAME.get(name, Published(name)),
        ours=None if middle == float("inf") else int(middle),
        bound=max(bounds, default=None),
        plain=plain[0] if plain else None,
        cpu_seconds=fmean(run.result.cpu_seconds for run in ours or runs),
        seconds_to_first=max(firsts, default=None),
        peak_mb=max(peaks, default=None),
    )


def contradictions(runs: Sequence[Run]) -> tuple[str, ...]:
    """Give the instances of which a proven bound lies above a known roster's cost: one of them is wrong."""
    costs = {name: one.best for name, one in BY_NAME.items() if one.best is not None}
    for run in runs:
        name, cost = run.result.instance, run.result.objective
        if cost is not None:
            costs[name] = min(cost, costs.get(name, cost))
    names = [run.result.instance for run in runs if _is_above(run.result.bound, costs, run.result.instance)]
    return tuple(dict.fromkeys(names))


def _is_above(bound: int | None, costs: Mapping[str, int], name: str) -> bool:
    return bound is not None and name in costs and bound > costs[name]


def mean(shares: Iterable[float | None]) -> float | None:
    """Give the mean of what is known."""
    known = [share for share in shares if share is not None]
    return fmean(known) if known else None
