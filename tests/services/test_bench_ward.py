"""Measuring the ward's own roster: what is derived from figures, and the smallest ward searched for real."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from wardteam.domain.calendar import Period
from wardteam.domain.roster import SolveStatus, StageResult
from wardteam.services.bench_search import Reached
from wardteam.services.bench_ward import (
    Found,
    Qualities,
    Target,
    WardCase,
    WardRun,
    generated_cases,
    run_engine,
    search_targets,
    targets,
    ward_run,
)
from wardteam.services.continuity import Continuity
from wardteam.services.roster_report import check_cells
from wardteam_solver.benchmarks.sizes import large_ward
from wardteam_solver.benchmarks.wards import generated_ward
from wardteam_solver.rules import Stage


def reached(
    *costs: int, bounds: tuple[int, ...] = (), soft_bound: int | None = None, hard: int = 0
) -> Reached:
    stages = tuple(
        StageResult(stage.name.lower(), SolveStatus.FEASIBLE, cost, bound, 1.0, 1.0)
        for stage, cost, bound in zip(Stage, costs, bounds, strict=False)
    )
    return Reached(SolveStatus.FEASIBLE, 0, costs, 60.0, 110.0, 1.0, stages, soft_bound=soft_bound)


WORTH = Qualities(96.0, 96.5, 2, Continuity(90, 100, 120, 66, 90, 0))
AWAY = Continuity(84, 100, 120, 59, 85, 1)
GOOD = WardRun(
    name="a ward",
    nurses=44,
    beds=50,
    teams=5,
    days=31,
    seed=0,
    is_short=True,
    staged=reached(3000, 40, 60, 900, bounds=(3000, 0, 20, 50), soft_bound=920),
    qualities=WORTH,
    weighted=reached(4000, 400, 300, 1300),
)
ENGINE = GOOD.staged
assert ENGINE is not None


def missed(found: tuple[Target, ...]) -> set[str]:
    return {target.name for target in found if not target.is_met}


def test_figures_of_a_run_leave_out_the_shortage_that_nobody_can_avoid() -> None:
    assert GOOD.gap == pytest.approx(80 / 1000)
    assert GOOD.ratio == pytest.approx(1000 / 3000)
    assert GOOD.wish_points_short == pytest.approx(0.5)
    assert missed(targets([GOOD])) == set()


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({"staged": replace(ENGINE, hard=1)}, {"valid", "minimal", "gap"}),
        ({"staged": replace(ENGINE, costs=(4000, 40, 60, 900))}, {"minimal", "gap"}),
        ({"staged": replace(ENGINE, soft_bound=899)}, {"gap"}),
        ({"staged": replace(ENGINE, soft_bound=None)}, {"gap"}),
        ({"weighted": reached(3000, 40, 60, 1200)}, {"ratio"}),
        ({"qualities": replace(WORTH, wishes_percent=95.4)}, {"wishes"}),
        ({"qualities": replace(WORTH, wishes_percent=0.0)}, {"wishes"}),
        (
            {"qualities": replace(WORTH, continuity=Continuity(84, 100, 120, 59, 85, 1))},
            {"own_days", "own_beds", "cover"},
        ),
    ],
)
def test_each_target_is_missed_by_its_own_figure(changed: dict[str, object], names: set[str]) -> None:
    assert missed(targets([replace(GOOD, **changed)])) == names


def test_a_ward_without_a_roster_misses_everything_that_it_should_count_in() -> None:
    lost = replace(GOOD, staged=None, qualities=None)
    assert {"valid", "minimal", "gap", "ratio"} <= missed(targets([GOOD, lost]))
    assert missed(targets([replace(GOOD, weighted=None), GOOD])) == set()
    assert missed(targets([])) >= {"gap", "ratio", "wishes", "own_days", "own_beds", "cover"}


def test_months_that_were_not_reached_are_missed() -> None:
    assert missed(search_targets([GOOD])) == set()
    assert missed(search_targets([GOOD], 2)) == {"valid", "minimal"}


def test_three_in_ten_generated_wards_are_short_of_staff_and_the_wards_are_always_the_same() -> None:
    first, second, third = generated_cases(3, 5)
    assert [case.is_short for case in (first, second, third)] == [False, False, True]
    assert {case.seed for case in (first, second, third)} == {5}
    assert len(third.book.leaves) > len(third.book.staff(third.period.first)) // 6
    assert next(generated_cases(1, 6)).book == first.book


@pytest.mark.parametrize("nurses", [30, 100])
def test_a_large_ward_hides_a_roster_that_keeps_every_rule(nurses: int) -> None:
    ward = large_ward(nurses)
    report = check_cells(ward.book, ward.period, ward.hidden)
    assert len(ward.book.staff(ward.period.first)) == nurses
    assert (report.hard, report.shortages) == ((), ())


@cache
def small_case() -> WardCase:
    """Give four days of a ward whose hidden roster is made in a moment."""
    ward = generated_ward(6)
    first = ward.period.first
    return WardCase(ward.name, ward.book, Period(first, first + timedelta(days=3)))


@cache
def found() -> Found:
    made = run_engine(small_case(), 6.0, 2)
    assert made is not None
    return made


def test_a_roster_of_the_engine_is_counted_as_check_counts_it() -> None:
    case, made = small_case(), found()
    report = check_cells(case.book, case.period, made.roster.cells)
    assert made.reached.hard == len(report.hard) == 0
    assert made.reached.costs == tuple(report.stage_costs[stage] for stage in Stage)
    assert [stage.name for stage in made.reached.stages] == [stage.name.lower() for stage in Stage]
    assert all(bound <= cost for bound, cost in zip(made.reached.bounds, made.reached.costs, strict=True))
    wishes = report.figures["wishes_granted_percent"]
    assert made.qualities.wishes_percent == pytest.approx(wishes)
    assert made.qualities.continuity.short_days == 0
    assert made.reached.soft_bound is None or made.reached.soft_bound <= made.reached.soft


def test_a_run_tells_the_size_of_its_ward() -> None:
    run = ward_run(small_case(), found())
    assert (run.nurses, run.beds, run.teams, run.days) == (40, 48, 4, 4)
    assert run.is_valid
    assert (run.weighted, run.ratio) == (None, None)
    assert not ward_run(small_case(), None).is_valid
