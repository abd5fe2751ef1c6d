"""The language in which every rule is written: sums of facts that must lie between low and high.

A rule says nothing about solving and nothing about checking. It lists limits; `matrix` lays them
out once, and `cpsat`, `check`, `explain` and the search read that one layout.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

Options = frozenset[int]
"""Indexes of (shift, post) pairs, see `Problem.options`."""


class On(NamedTuple):
    """The nurse works one of these options on this day: 0 or 1. Days before 0 are last month's tail."""

    nurse: int
    day: int
    options: Options


class AnyOf(NamedTuple):
    """At least one of these holds: 0 or 1."""

    facts: tuple[On, ...]


Fact = On | AnyOf
Term = tuple[int, Fact]


class About(NamedTuple):
    """What a limit is about, for words and for finding conflicts: indexes into the problem.

    Where the limit counts minutes, `unit_minutes` says how many its unit has, and words show hours;
    `offset` is what words add to the limit's numbers where the facts count from another zero.
    """

    nurses: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    shift: str = ""
    team: int | None = None
    detail: str = ""
    unit_minutes: int = 0
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Limit:
    """The sum of `terms` lies between `low` and `high` (None: open on that side).

    Missing it by n units costs n x `below` or n x `above` x the rule's weight where the rule is
    soft. `merge` marks overlapping windows of one fact, which people are told only once.
    """

    terms: tuple[Term, ...]
    low: int | None
    high: int | None
    about: About = field(default_factory=About)
    below: int = 1
    above: int = 1
    merge: bool = False

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError("a limit needs a low or a high end")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"a limit's low end {self.low} lies above its high end {self.high}")


Limits = Iterator[Limit]


def at_most(terms: tuple[Term, ...], high: int, about: About, *, cost: int = 1, merge: bool = False) -> Limit:
    """Limit a sum from above."""
    return Limit(terms, None, high, about, above=cost, merge=merge)


def at_least(terms: tuple[Term, ...], low: int, about: About, *, cost: int = 1) -> Limit:
    """Limit a sum from below."""
    return Limit(terms, low, None, about, below=cost)
