"""Single nurses under limits that no rule of ours would write: any signs, gaps, facts and ends together."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

import numpy as np

from tests.solver.columns.nurses import Nurse, priced_nurse
from tests.solver.samples import random_problem
from wardteam.domain.rules import Severity
from wardteam_solver.columns.machine import Floats
from wardteam_solver.limits import AnyOf, Limit, Limits, On, Options, Term
from wardteam_solver.matrix import lay_out
from wardteam_solver.problem import Problem
from wardteam_solver.rules import Rule

SIGNS = ((1,), (1,), (1, 2, 3), (1, -1), (480, 360, 240), (2,), (-1,))


@dataclass(frozen=True, kw_only=True)
class Drawn(Rule):
    """Limits as they were drawn."""

    drawn: tuple[Limit, ...]

    def limits(self, problem: Problem) -> Limits:
        yield from self.drawn


def odd_nurse(seed: int) -> Nurse:
    """Draw a few days with two or three options open, and up to fourteen limits over them."""
    rng = random.Random(seed)
    problem = replace(random_problem(rng, people=1, days=rng.randint(3, 7)), locks=())
    price = priced_nurse("", lay_out(problem, []), rng, 2 + (seed % 4 == 0)).price
    rules = [
        Drawn(
            code=f"drawn {number}", title="x", words="x", weight=rng.randint(1, 9),
            severity=rng.choice((Severity.HARD, Severity.SOFT, Severity.SOFT)),
            drawn=_limits(rng, problem, price),
        )
        for number in range(rng.randint(2, 7))
    ]  # fmt: skip
    return Nurse(f"odd {seed}", lay_out(problem, rules), price)


def _limits(rng: random.Random, problem: Problem, price: Floats) -> tuple[Limit, ...]:
    """Draw one or two limits, the second one sometimes over the sum of the first."""
    first = _terms(rng, problem, price)
    if rng.random() < 0.5:
        return (_limit(rng, first),)
    return _limit(rng, first), _limit(rng, first if rng.random() < 0.4 else _terms(rng, problem, price))


def _terms(rng: random.Random, problem: Problem, price: Floats) -> tuple[Term, ...]:
    length = rng.choice((2, 3, 4, problem.day_count, problem.day_count))
    start = 0 if length == problem.day_count else rng.randrange(problem.day_count)
    signs, terms = rng.choice(SIGNS), list[Term]()
    for day in range(start, min(start + length, problem.day_count)):
        chance = rng.random()
        if chance < 0.2 and day + 1 < problem.day_count:
            days = range(day, min(day + rng.randint(2, 4), problem.day_count))
            fact = AnyOf(tuple(On(0, each, _options(rng, price, each)) for each in days))
            terms.append((rng.choice(signs), fact))
        elif chance < 0.85:
            terms += [
                (rng.choice(signs), On(0, day, _options(rng, price, day)))
                for _ in range(rng.choice((1, 1, 2)))
            ]
    if problem.tail_length and rng.random() < 0.2:
        terms.append((rng.choice(signs), On(0, -1, _options(rng, price, 0))))
    return tuple(terms) or ((1, On(0, start, _options(rng, price, start))),)


def _options(rng: random.Random, price: Floats, day: int) -> Options:
    """Draw some of a day's open options, at least one."""
    is_open = np.flatnonzero(np.isfinite(price[day][:-1])).tolist()
    return frozenset(option for option in is_open if rng.random() < 0.6) or frozenset(is_open[:1])


def _limit(rng: random.Random, terms: tuple[Term, ...]) -> Limit:
    """Draw ends around what the terms can add up to; one of them may be open."""
    least, most = sum(min(value, 0) for value, _ in terms), sum(max(value, 0) for value, _ in terms)
    low, high = sorted(rng.randint(least - 1, most + 1) for _ in range(2))
    is_open = rng.choice(("low", "high", "neither"))
    return Limit(
        terms,
        None if is_open == "low" else low,
        None if is_open == "high" else high,
        below=rng.randint(0, 3),
        above=rng.randint(0, 3),
    )
