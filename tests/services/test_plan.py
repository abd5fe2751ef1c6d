"""Planning a roster: hard rules kept, shortage named, stopping, and why there is none."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.planned import first_plan, fortnight, planned_book, short_plan
from wardteam.domain.calendar import Period
from wardteam.domain.people import Level
from wardteam.domain.roster import RosterCell, SolveStatus
from wardteam.domain.rules import RuleSetting, Severity
from wardteam.domain.shifts import Demand, Leave, LeaveKind, Post
from wardteam.errors import BadInput
from wardteam.i18n import translator
from wardteam.services.plan import plan_roster
from wardteam.services.roster_report import check_cells

BOOK = planned_book()
PERIOD = fortnight(BOOK)


def test_the_roster_keeps_every_hard_rule_without_shortage_and_says_how_it_was_found():
    plan = short_plan()
    assert plan.report.hard == ()
    assert plan.report.shortages == ()
    assert plan.report.figures["nights_spread"] == _nights_spread(plan.roster)
    assert [stage.name for stage in plan.record.stages] == ["shortage", "fairness", "wishes", "quality"]
    assert all(stage.bound <= stage.objective for stage in plan.record.stages)
    assert plan.record.seed == 1
    assert check_cells(BOOK, PERIOD, plan.roster.cells).cost == plan.report.cost


def _nights_spread(roster) -> int:
    barred = {r.staff_no for r in BOOK.restrictions if r.kind in ("pregnancy", "nursing_mother", "no_nights")}
    away = {
        n.staff_no
        for n in BOOK.nurses
        if sum(leave.includes(day) for leave in BOOK.leaves for day in PERIOD if leave.staff_no == n.staff_no)
        > 7
    }
    nights = {n.staff_no: 0 for n in BOOK.staff(PERIOD.first) if n.staff_no not in barred | away}
    for (staff_no, _), cell in roster.cells.items():
        if cell.code == "NIGHT" and staff_no in nights:
            nights[staff_no] += 1
    return max(nights.values()) - min(nights.values())


def test_the_head_nurse_works_on_working_days_and_is_not_counted():
    head = next(n for n in BOOK.nurses if n.kind == "head_nurse")
    cells = short_plan().roster.cells
    codes = {day.weekday(): cells[(head.staff_no, day)].code for day in PERIOD}
    assert codes == {0: "DAY", 1: "DAY", 2: "DAY", 3: "DAY", 4: "DAY", 5: "off", 6: "off"}
    assert cells[(head.staff_no, PERIOD.first)].post is Post.NONE


def test_a_hand_edit_that_breaks_a_rule_is_named_with_nurse_and_date():
    cells = dict(short_plan().roster.cells)
    (staff_no, day), _ = next(
        item for item in cells.items() if item[1].code == "NIGHT" and item[0][1] < PERIOD.last
    )
    cells[(staff_no, day + timedelta(days=1))] = RosterCell("EVENING")
    found = check_cells(BOOK, PERIOD, cells)
    words = " ".join(translator("zh")(message) for message in found.hard)
    assert not found.is_valid
    assert BOOK.nurse(staff_no).name in words


def test_a_locked_cell_survives_a_new_run():
    key = next(
        k for k, c in short_plan().roster.cells.items() if c.code == "off" and k[0] != BOOK.nurses[0].staff_no
    )
    locked = {key: RosterCell("off", is_locked=True)}
    plan = first_plan(BOOK, locked=locked)
    assert plan.roster.cells[key] == locked[key]


def test_stopping_keeps_the_best_so_far():
    began = time.monotonic()
    seen = []

    def should_stop() -> bool:
        return bool(seen)

    plan = plan_roster(BOOK, PERIOD, seconds=60, should_stop=should_stop, tell=seen.append)
    assert plan.record.status is SolveStatus.STOPPED
    assert plan.roster is not None
    assert plan.report.hard == ()
    assert time.monotonic() - began < 60


def test_a_ward_short_of_staff_gets_a_roster_that_names_what_is_missing():
    demands = (*BOOK.demands, Demand("NIGHT", 30, 30, days=(PERIOD.first + timedelta(days=3),)))
    plan = first_plan(replace(BOOK, demands=demands))
    assert plan.report.hard == ()
    assert any("12月4日" in translator("zh")(message) for message in plan.report.shortages)
    assert plan.report.figures["shortage_nurses"] > 0


def test_an_impossible_ward_is_told_which_rules_clash_and_on_which_day():
    day = PERIOD.first + timedelta(days=5)
    seniors = [p for p in BOOK.staff(PERIOD.first) if _level(p) >= Level.N2]
    leaves = tuple(Leave(n.staff_no, LeaveKind.STUDY, day, day) for n in seniors)
    plan = plan_roster(replace(BOOK, leaves=(*BOOK.leaves, *leaves)), PERIOD, seconds=5)
    assert plan.roster is None
    assert plan.record.status is SolveStatus.INFEASIBLE
    assert "seniority" in plan.conflict.rules
    assert "12月6日" in translator("zh")(plan.conflict.text)
    assert plan.conflict.ways


def _level(nurse):
    from wardteam.domain.ladder import ladder_level

    return ladder_level(nurse, PERIOD.first)


def test_a_rule_that_is_switched_off_is_not_kept():
    settings = (RuleSetting("free_weekend", Severity.OFF), RuleSetting("staffing", Severity.HARD))
    found = check_cells(replace(BOOK, rule_settings=settings), PERIOD, {})
    codes = " ".join(str(message) for message in found.hard)
    assert "too few" in codes
    assert all(cost.rule != "free_weekend" for cost in found.soft)


@pytest.mark.parametrize("days", [6, 43])
def test_a_period_too_short_or_too_long_is_refused_in_words(days):
    period = Period(PERIOD.first, PERIOD.first + timedelta(days=days - 1))
    with pytest.raises(BadInput) as refused:
        plan_roster(BOOK, period, seconds=1)
    assert "7" in str(refused.value.findings[0].problem)


def test_everything_that_is_missing_is_named_at_once():
    empty = replace(BOOK, nurses=(), shifts=(), demands=(), memberships=(), ownerships=(), beds=(), stays=())
    with pytest.raises(BadInput) as refused:
        plan_roster(empty, PERIOD, seconds=0)
    told = " ".join(str(finding.problem) for finding in refused.value.findings)
    assert len(refused.value.findings) == 4
    assert all(word in told for word in ("seconds", "nurses", "shifts", "staff"))
