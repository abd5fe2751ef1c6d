"""The checker over both formats against counters that know nothing of it, on random rosters."""

from __future__ import annotations

import pytest

from tests.solver.public import count_curtois, count_inrc2
from tests.solver.public.instances import DATA, SHARED, Case, curtois, inrc2, needs_shared, random_rosters
from wardteam_solver.benchmarks.results import curtois_csv, inrc2_files
from wardteam_solver.check import Verdict
from wardteam_solver.matrix import Grid

SMALL = DATA / "small.txt"
COVER = {"minimum"}


def nurses_with_breaches(case: Case, verdict: Verdict) -> set[str]:
    people = case.benchmark.problem.people
    found = {n for v in verdict.hard if v.rule.code not in COVER for n in v.limit.about.nurses}
    return {people[n].key for n in found}


def agrees_on_curtois(case: Case, grid: Grid) -> bool:
    """Compare one roster, and say whether anybody in it keeps every rule."""
    broken, cost = count_curtois.count(case.text(0), curtois_csv(case.benchmark, grid))
    verdict = case.verdict(grid)
    assert nurses_with_breaches(case, verdict) == {text.split()[0] for text in broken}
    assert verdict.is_valid == (not broken)
    assert verdict.cost == cost
    return len(nurses_with_breaches(case, verdict)) < len(grid)


def agrees_on_inrc2(case: Case, grid: Grid) -> None:
    assert case.name is not None
    files = inrc2_files(case.name, case.benchmark, grid)
    weeks = [case.text(place) for place in range(2, len(case.files))]
    broken, cost = count_inrc2.count(case.text(0), case.text(1), weeks, list(files.values()))
    verdict = case.verdict(grid)
    people = {person.key for person in case.benchmark.problem.people}
    of_nurses = {text.split()[0] for text in broken} & people
    assert nurses_with_breaches(case, verdict) == of_nurses
    short = [text for text in broken if text.split()[0] not in people]
    assert len([v for v in verdict.hard if v.rule.code in COVER]) == len(short)
    by_kind: dict[str, int] = {}
    for violation in verdict.violations:
        kind = KINDS[next(start for start in KINDS if violation.rule.code.startswith(start))]
        by_kind[kind] = by_kind.get(kind, 0) + violation.cost
    assert {k: c for k, c in by_kind.items() if c} == {k: c for k, c in cost.items() if c}


KINDS = {
    "minimum": "",
    "skills": "",
    "successions": "",
    "optimum": "cover",
    "undesired": "undesired",
    "longest_work": "work",
    "shortest_work": "work",
    "longest_off": "off",
    "shortest_off": "off",
    "longest_shift": "same",
    "shortest_shift": "same",
    "total": "total",
    "weekends": "weekends",
    "whole_weekends": "whole",
}


@pytest.mark.parametrize("seed", range(3))
def test_checker_and_counter_agree_on_shift_scheduling(seed: int) -> None:
    case = curtois(SMALL)
    kept = [agrees_on_curtois(case, grid) for grid in random_rosters(case.benchmark, 120, seed)]
    assert any(kept)


@pytest.mark.parametrize("weeks", ["3-0", "0-3", "3-3"])
def test_checker_and_counter_agree_on_the_competition(weeks: str) -> None:
    case = inrc2(DATA / "n004w2", f"n004w2_0_{weeks}")
    for grid in random_rosters(case.benchmark, 150, len(weeks)):
        agrees_on_inrc2(case, grid)


def test_an_empty_roster_is_counted_too() -> None:
    case = curtois(SMALL)
    agrees_on_curtois(case, case.matrix.empty_grid())
    case = inrc2(DATA / "n004w2", "n004w2_0_3-0")
    agrees_on_inrc2(case, case.matrix.empty_grid())


@needs_shared
@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6, 7, 9, 11, 14])
def test_checker_and_counter_agree_on_published_shift_scheduling(number: int) -> None:
    case = curtois(SHARED / "curtois" / f"Instance{number}.txt")
    for grid in random_rosters(case.benchmark, 2, number):
        agrees_on_curtois(case, grid)


@needs_shared
@pytest.mark.parametrize(
    "name", ["n005w4_0_1-2-3-3", "n021w4_2_1-8-0-4", "n030w4_1_6-2-9-1", "n040w4_2_6-1-0-6"]
)
def test_checker_and_counter_agree_on_published_competition_instances(name: str) -> None:
    case = inrc2(SHARED / "inrc2" / name.split("_")[0], name)
    for grid in random_rosters(case.benchmark, 2, 1):
        agrees_on_inrc2(case, grid)
