"""The four rules of XmR charts, as NHS England's "Making Data Count" has them: which points break which."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from wardteam.stats.charts.lines import Lines
from wardteam.stats.charts.types import Signal

RUN_LENGTH = 7
"""So many points on one side, or going one way, are more than chance."""


def signals(values: Sequence[float], lines: Sequence[Lines]) -> list[tuple[Signal, ...]]:
    """Give the rules that each point breaks; every point of a shift or trend is marked."""
    found = {
        Signal.OUTSIDE: [is_outside(v, at) for v, at in zip(values, lines, strict=True)],
        Signal.SHIFT: shifts(sides(values, lines)),
        Signal.TREND: trends(values),
        Signal.NEAR_LIMIT: near_limits(values, lines),
    }
    return [tuple(signal for signal, marks in found.items() if marks[i]) for i in range(len(values))]


def sides(values: Sequence[float], lines: Sequence[Lines]) -> list[int]:
    """Say on which side of the centre each point lies: 1 above, -1 below, 0 on it."""
    return [(v > at.centre) - (v < at.centre) for v, at in zip(values, lines, strict=True)]


def is_outside(value: float, at: Lines) -> bool:
    """Whether a point lies beyond a limit; on it is not beyond."""
    return (at.upper is not None and value > at.upper) or (at.lower is not None and value < at.lower)


def shifts(where: Sequence[int]) -> list[bool]:
    """Mark the points of every run of seven or more on one side."""
    return _windows(len(where), RUN_LENGTH, lambda i: abs(sum(where[i : i + RUN_LENGTH])) == RUN_LENGTH)


def trends(values: Sequence[float]) -> list[bool]:
    """Mark the points of every seven or more that rise, or fall, each beyond the one before."""
    steps = [(b > a) - (b < a) for a, b in itertools.pairwise(values)]
    return _windows(
        len(values), RUN_LENGTH, lambda i: abs(sum(steps[i : i + RUN_LENGTH - 1])) == RUN_LENGTH - 1
    )


def near_limits(values: Sequence[float], lines: Sequence[Lines]) -> list[bool]:
    """Mark points beyond two sigma, inside the limits, where two of three on one side are so."""
    where = sides(values, lines)
    near = [_is_near(v, at) for v, at in zip(values, lines, strict=True)]
    of_three = _windows(
        len(values), 3, lambda i: abs(sum(where[i : i + 3])) == 3 and sum(near[i : i + 3]) >= 2
    )
    return [is_near and is_of_three for is_near, is_of_three in zip(near, of_three, strict=True)]


def _is_near(value: float, at: Lines) -> bool:
    if at.near_low is None or at.near_high is None or is_outside(value, at):
        return False
    return value > at.near_high or value < at.near_low


def _windows(count: int, width: int, holds: Callable[[int], bool]) -> list[bool]:
    """Mark every place of every window, given by its first place, of which something holds."""
    marks = [False] * count
    for first in range(count - width + 1):
        if holds(first):
            marks[first : first + width] = [True] * width
    return marks
