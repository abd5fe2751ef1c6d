"""Working days and days off for invented instances: fortnights that keep the rules on runs, put in a row."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import NamedTuple

FORTNIGHT = 14


class RunRule(NamedTuple):
    """Longest and shortest run of work, shortest run of days off."""

    longest: int
    shortest: int
    shortest_off: int


Bits = tuple[bool, ...]
Run = tuple[bool, int]
"""Work or off, and how many days."""


class _Kind(NamedTuple):
    """What matters of a fortnight for its neighbours: first and last run, and its number of shifts."""

    head: Run
    tail: Run
    shifts: int


def work_days(chance: Random, rule: RunRule, fortnights: int, shifts: tuple[int, int]) -> list[bool]:
    """Give days worked and off: at most one weekend worked in each fortnight, shifts between the two.

    Raises
    ------
    ValueError
        If there is no such row.
    """
    days: list[bool] = []
    tail: Run | None = None
    for place in range(fortnights):
        left, kinds = fortnights - place - 1, _kinds(rule)
        least, span = shifts[0] - sum(days), shifts[1] - shifts[0]
        fitting = [
            kind
            for kind in kinds
            if _joins(tail, kind.head, rule) and _can_end(rule, kind.tail, left, least - kind.shifts, span)
        ]
        if not fitting:
            raise ValueError(f"{shifts} shifts don't fit into {fortnights} fortnights under {rule}")
        kind = chance.choices(fitting, [len(kinds[kind]) for kind in fitting])[0]
        days += chance.choice(kinds[kind])
        tail = kind.tail
    return days


@cache
def _can_end(rule: RunRule, tail: Run, left: int, least: int, span: int) -> bool:
    """Whether so many more fortnights can follow this run with `least` to `least + span` shifts."""
    if not left:
        return least <= 0 <= least + span
    if least + span < 0 or least > left * FORTNIGHT:
        return False
    return any(
        _joins(tail, kind.head, rule) and _can_end(rule, kind.tail, left - 1, least - kind.shifts, span)
        for kind in _kinds(rule)
    )


@cache
def _kinds(rule: RunRule) -> dict[_Kind, list[Bits]]:
    """Give all fortnights whose inner runs keep the rule, by kind."""
    found: dict[_Kind, list[Bits]] = {}
    for number in range(1 << FORTNIGHT):
        bits = tuple(bool(number >> day & 1) for day in range(FORTNIGHT))
        runs = _runs(bits)
        if len(runs) > 1 and _is_kept(bits, runs, rule):
            found.setdefault(_Kind(runs[0], runs[-1], sum(bits)), []).append(bits)
    return found


def _is_kept(bits: Bits, runs: list[Run], rule: RunRule) -> bool:
    if (bits[5] or bits[6]) and (bits[12] or bits[13]):
        return False
    if any(is_on and length > rule.longest for is_on, length in runs):
        return False
    return all(length >= (rule.shortest if is_on else rule.shortest_off) for is_on, length in runs[1:-1])


def _joins(tail: Run | None, head: Run, rule: RunRule) -> bool:
    """Whether the runs on both sides of a seam keep the rule; the horizon's first run is exempt."""
    if tail is None:
        return True
    least = {True: rule.shortest, False: rule.shortest_off}
    if tail[0] != head[0]:
        return tail[1] >= least[tail[0]] and head[1] >= least[head[0]]
    together = tail[1] + head[1]
    return together >= least[tail[0]] and (not tail[0] or together <= rule.longest)


def _runs(bits: Bits) -> list[Run]:
    runs: list[Run] = []
    for bit in bits:
        if runs and runs[-1][0] == bit:
            runs[-1] = (bit, runs[-1][1] + 1)
        else:
            runs.append((bit, 1))
    return runs
