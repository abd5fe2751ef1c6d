"""Single nurses under many rules at once, and every roster of one costed through the matrix alone."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from tests.solver.samples import EVERY_RULE, random_problem
from wardteam.domain.rules import RuleSetting, Severity
from wardteam_solver.benchmarks import curtois_rules, inrc2, inrc2_reading
from wardteam_solver.benchmarks.inrc2_reading import Range
from wardteam_solver.columns.machine import Floats
from wardteam_solver.matrix import OPEN, Grid, Matrix, lay_out
from wardteam_solver.problem import OFF
from wardteam_solver.rules import WARD_RULES, Rule


@dataclass(frozen=True)
class Nurse:
    """A matrix of one nurse, and prices of her cells, (days, options + 1): OFF last, infinite if closed."""

    name: str
    matrix: Matrix
    price: Floats


def ward_nurse(seed: int, days: int, open_options: int) -> Nurse:
    """Draw a nurse of the ward with tail, leave, bans, locks, wishes and shares, under some of all rules."""
    rng = random.Random(seed)
    problem = random_problem(rng, people=1, days=days)
    hers = tuple(share for share in problem.fair_shares if share.nurse == 0)
    problem = replace(problem, fair_shares=hers, owned_beds={0: 2})
    rules = EVERY_RULE if seed % 2 else WARD_RULES
    chosen = [soft_or_hard(rng, rule, hard=0.12) for rule in rng.sample(rules, rng.randint(5, len(rules)))]
    return priced_nurse(f"ward {seed}", lay_out(problem, chosen), rng, open_options)


def soft_or_hard(rng: random.Random, rule: Rule, hard: float) -> Rule:
    """Set a rule soft or as a warning at a drawn weight, or by chance hard."""
    severity = Severity.HARD if rng.random() < hard else rng.choice((Severity.SOFT,) * 5 + (Severity.WARN,))
    return rule.with_setting(RuleSetting(rule.code, severity, rng.randint(1, 9)))


def curtois_nurse(seed: int, days: int, open_options: int = 3) -> Nurse:
    """Draw an employee of Curtois and Qu's format."""
    rng = random.Random(seed)
    lengths = {"E": rng.choice((480, 360)), "L": 480, "N": rng.choice((480, 600))}
    after = {"E": (), "L": ("E",), "N": ("E", "L")}
    contract = curtois_rules.Contract(
        most_minutes=480 * days * 5 // 7,
        least_minutes=480 * (days * 5 // 7 - rng.randint(2, 4)),
        longest_run=rng.randint(3, 5),
        shortest_run=rng.randint(1, 3),
        shortest_off=rng.randint(1, 2),
        most_weekends=rng.randint(0, max(1, days // 7)),
    )
    wished = rng.sample(range(days), days // 2)
    instance = curtois_rules.Instance(
        days=days,
        shifts={code: curtois_rules.Shift(length, after[code]) for code, length in lengths.items()},
        staff={"A": curtois_rules.Employee({"E": days, "L": days, "N": rng.randint(0, days // 2)}, contract)},
        days_off=[("A", rng.randrange(days))],
        wishes=[
            curtois_rules.Wish("A", day, rng.choice("ELN"), rng.randint(1, 3), rng.random() < 0.5)
            for day in wished
        ],
    )
    benchmark = curtois_rules.express("one", instance)
    return priced_nurse(f"Curtois {seed}", lay_out(benchmark.problem, benchmark.rules), rng, open_options)


def inrc_nurse(seed: int, weeks: int, open_options: int = 3) -> Nurse:
    """Draw a nurse of the second competition with a past."""
    rng = random.Random(seed)
    shifts = {"Early": Range(1, 5), "Late": Range(rng.randint(1, 3), 4), "Night": Range(2, rng.randint(3, 5))}
    contract = inrc2_reading.Contract(
        Range(rng.randint(2, 4) * weeks, rng.randint(4, 6) * weeks),
        Range(rng.randint(1, 3), rng.randint(3, 5)),
        Range(rng.randint(1, 3), rng.randint(3, 4)),
        rng.randint(0, weeks),
        rng.random() < 0.5,
    )
    scenario = inrc2_reading.Scenario(
        "one", weeks, ["A"], shifts, {"Early": [], "Late": ["Early"], "Night": ["Early", "Late"]},
        {"full": contract}, {"one": inrc2_reading.Nurse("full", ("A",))},
    )  # fmt: skip
    same, last = rng.randint(1, 3), rng.choice(("None", *shifts))
    off = rng.randint(1, 4) if last == "None" else 0
    past = inrc2_reading.Past(
        rng.randint(0, 3), rng.randint(0, 1), last, same if not off else 0, same + 1 if not off else 0, off
    )
    week = inrc2_reading.Week(unwanted=[("one", rng.choice(("Any", *shifts)), day) for day in (1, 4)])
    benchmark = inrc2.express("one", scenario, {"one": past}, [week] * weeks)
    return priced_nurse(f"INRC-II {seed}", lay_out(benchmark.problem, benchmark.rules), rng, open_options)


def priced_nurse(name: str, matrix: Matrix, rng: random.Random, open_options: int) -> Nurse:
    """Draw whole prices; a few options are open a day."""
    width = len(matrix.problem.options)
    price = np.full((matrix.problem.day_count, width + 1), inf)
    for row in price:
        for option in (*rng.sample(range(width), min(open_options, width)), width):
            row[option] = rng.randint(-25, 15)
    return Nurse(name, matrix, price)


def without_rows(matrix: Matrix, rows: Iterable[int]) -> Matrix:
    """Give a matrix in which some rows ask for nothing."""
    low, high = matrix.low.copy(), matrix.high.copy()
    low[list(rows)], high[list(rows)] = -OPEN, OPEN
    return replace(matrix, low=low, high=high)


def every_roster(nurse: Nurse) -> Grid:
    """Give every roster whose cells are all open, (rosters, days)."""
    width = nurse.price.shape[1] - 1
    days = [
        [OFF if option == width else option for option in np.flatnonzero(np.isfinite(row)).tolist()]
        for row in nurse.price
    ]
    return np.asarray(list(itertools.product(*days)), dtype=np.int64)


def own_costs(matrix: Matrix, rosters: Grid) -> Floats:
    """Give what each roster of one nurse costs, (rosters); infinite where it breaks a hard row."""
    where, day = np.nonzero(rosters != OFF)
    values = np.zeros((len(rosters), matrix.column_count), dtype=np.float32)
    values[where, day * len(matrix.problem.options) + rosters[where, day]] = 1
    for place, parts in enumerate(matrix.parts, start=matrix.cell_count):
        values[:, place] = values[:, [cell for part in parts for cell in part]].any(axis=1)
    table = np.zeros((matrix.column_count, matrix.row_count), dtype=np.float32)
    table[matrix.entry_column, matrix.entry_row] = matrix.entry_coefficient
    sums = values @ table
    costs = np.maximum(matrix.low - sums, 0) * matrix.below + np.maximum(sums - matrix.high, 0) * matrix.above
    is_broken = (costs[:, matrix.is_hard] > 0).any(axis=1)
    return np.where(is_broken, inf, costs[:, ~matrix.is_hard].sum(axis=1))


def prices_of(nurse: Nurse, rosters: Grid) -> Floats:
    """Give what the cells of each roster are priced at, (rosters)."""
    return np.asarray(nurse.price[np.arange(rosters.shape[1]), rosters].sum(axis=1))
