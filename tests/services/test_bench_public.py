"""What is reported of a public instance comes from the roster's cells, whatever a search says of itself."""

from __future__ import annotations

import pytest

from tests.solver.public.instances import DATA
from wardteam.domain.roster import SolveStatus, StageResult
from wardteam.services.bench_public import load_curtois, solve_public
from wardteam_solver.matrix import Matrix
from wardteam_solver.search import planner
from wardteam_solver.search.planner import Outcome

SMALL = load_curtois(DATA / "small.txt")


def boasting(objective: int, bound: int, status: SolveStatus, *, is_empty: bool = False):
    """Give a search that says it found something better than its roster is."""

    def find_roster(matrix: Matrix, budget) -> Outcome:
        stage = StageResult("quality", status, objective, bound, 0.0, 0.0)
        return Outcome(None if is_empty else matrix.empty_grid(), status, [stage], 0.1)

    return find_roster


def test_a_roster_that_breaks_hard_rules_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planner, "find_roster", boasting(1, 1, SolveStatus.OPTIMAL))
    solved = solve_public(SMALL, seconds=1)
    assert solved.grid is None
    assert (solved.result.objective, solved.result.status) == (None, SolveStatus.UNKNOWN)
    assert solved.result.seconds_to_first is None


def test_a_search_that_says_impossible_alone_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planner, "find_roster", boasting(0, 0, SolveStatus.INFEASIBLE, is_empty=True))
    assert solve_public(SMALL, seconds=1).result.status is SolveStatus.UNKNOWN


def test_being_stopped_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planner, "find_roster", boasting(0, 0, SolveStatus.UNKNOWN, is_empty=True))
    assert solve_public(SMALL, seconds=1, should_stop=lambda: True).result.status is SolveStatus.STOPPED


def test_optimal_is_only_what_the_counted_cost_equals() -> None:
    solved = solve_public(SMALL, seconds=2)
    result = solved.result
    assert solved.grid is not None
    assert result.objective is not None
    assert result.bound is not None
    assert result.bound <= result.objective
    assert (result.status is SolveStatus.OPTIMAL) == (result.bound == result.objective)
