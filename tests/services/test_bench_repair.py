"""The measurement of repair: absences that really open a gap, counted as they are, targets told."""

from dataclasses import replace
from datetime import datetime

import pytest

from tests.services.swap_kit import PERIOD, book, clock, day, roster
from tests.services.test_repair import UNRANKED, USUAL, needed
from wardteam.domain.roster import RosterStatus
from wardteam.domain.rules import RuleSetting, Severity
from wardteam.services.bench_repair import RepairFigures, RepairRun, measure, repairs_of
from wardteam.services.repair_effects import Scene

GAPS = ((0, "EVENING"), (4, "STRAIGHT"), (5, "EVENING"), (7, "STRAIGHT"), (11, "EVENING"))
RUN = RepairRun("W001", "2026-12-07", 1, 0.2, 3, True, 1, 0, 0, 0)

SINGLE = (
    *UNRANKED,
    RuleSetting("double_staffing", Severity.OFF),
    RuleSetting("clock_staffing", Severity.OFF),
)
"""So that a shift lacks somebody only where its own demand says so."""


def scene(**given):
    demands = (*USUAL, *(needed(*gap) for gap in GAPS))
    ward = book(demands=demands, rule_settings=SINGLE, **given)
    return Scene(ward, replace(roster(), status=RosterStatus.PUBLISHED), (), clock())


def test_each_run_is_an_absence_that_opens_a_gap():
    runs = list(repairs_of(scene(), count=3, seed=1))
    assert len(runs) == 3
    assert all(run.options and run.is_proven and run.hard == 0 for run in runs)
    assert all(run.changed_cells >= 1 and run.short_by == 0 for run in runs)
    spans = [(datetime.fromisoformat(run.first).date(), run.days) for run in runs]
    assert all(any(0 <= (day(number) - first).days < days for number, _ in GAPS) for first, days in spans)


def test_the_same_seed_draws_the_same_absences():
    drawn = [[(run.staff_no, run.first) for run in repairs_of(scene(), count=2, seed=5)] for _ in range(2)]
    assert drawn[0] == drawn[1]


def test_a_ward_that_needs_nobody_has_no_such_absence():
    idle = scene()
    idle = replace(idle, book=replace(idle.book, demands=USUAL))
    with pytest.raises(ValueError, match="below its minimum"):
        list(repairs_of(idle, count=1, seed=0))


def test_a_roster_is_planned_and_then_mended():
    ward = scene().book
    (run,) = measure(ward, PERIOD, count=1, seed=0, seconds=2)
    assert run.hard == 0
    assert run.options


def test_targets_are_missed_by_any_hard_rule_or_too_many_changes():
    good = RepairFigures((RUN,) * 20)
    assert good.is_reached
    assert good.proven_percent == 100
    for wrong in ({"hard": 1}, {"short_by": 5}, {"is_proven": False}):
        figures = RepairFigures((*(RUN,) * 10, *(replace(RUN, **wrong),) * 2))
        assert not figures.is_reached, wrong
    assert not RepairFigures((replace(RUN, changed_cells=3),) * 3).is_reached
