"""Suitable partners: every exchange that keeps the rules, found as by trying all of them."""

import random
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from tests.services.swap_kit import CODES, NOW, PATTERNS, PERIOD, book, day, roster
from wardteam.domain.roster import RosterCell
from wardteam.domain.shifts import Demand, Leave, LeaveKind, Post
from wardteam.services.apply_changes import new_breaches
from wardteam.services.problem import cells_from, grid_from
from wardteam.services.swap_effect import effect_of
from wardteam.services.swap_partners import suitable_partners
from wardteam.services.swap_scene import SwapScene, scene_of
from wardteam_solver.check import Checker
from wardteam_solver.problem import OFF
from wardteam_solver.rules import Stage


def scene(ward_book=None, month=None) -> SwapScene:
    return scene_of(ward_book or book(), month or roster(), NOW)


def by_trying_all(seen: SwapScene, giver: int, given: tuple[int, ...]):
    """Exchange the cells with everybody, alone or with any other days in a row, in any posts."""
    problem, grid = seen.problem, seen.grid
    before = Checker(seen.matrix).check(grid)
    windows = [tuple(range(d, d + len(given))) for d in range(problem.day_count - len(given) + 1)]
    best = {}
    for partner, returned in product(problem.everyone, [(), *windows]):
        if partner == giver or set(returned) & set(given):
            continue
        if returned and any(grid[partner, list(given)] != OFF):
            continue
        if returned and (
            any(grid[partner, list(returned)] == OFF) or any(grid[giver, list(returned)] != OFF)
        ):
            continue
        if any(shift(problem, grid[partner, d]) == shift(problem, grid[giver, d]) for d in given):
            continue
        for after in exchanged(problem, grid, giver, partner, (*given, *returned)):
            verdict = Checker(seen.matrix).check(after)
            is_short = verdict.stage_cost(Stage.SHORTAGE) > before.stage_cost(Stage.SHORTAGE)
            if is_short or new_breaches(seen.matrix, grid, after):
                continue
            takes = tuple(d for d in returned or given if grid[partner, d] != OFF)
            key = problem.people[partner].key, tuple(problem.date_of(d) for d in takes)
            best[key] = min(best.get(key, 1 << 40), verdict.cost - before.cost)
    return best


def exchanged(problem, grid, giver, partner, days):
    cells = [(n, d, grid[o, d]) for d in days for n, o in ((giver, partner), (partner, giver))]
    same = [
        [k for k in range(-1, len(problem.options)) if shift(problem, k) == shift(problem, x[2])]
        for x in cells
    ]
    for options in product(*same):
        after = grid.copy()
        for (n, d, _), option in zip(cells, options, strict=True):
            after[n, d] = option
        yield after


def shift(problem, option) -> int:
    return OFF if option == OFF else problem.options[option][0]


@pytest.mark.parametrize("seed", range(6))
def test_the_ranking_is_what_trying_every_exchange_finds(seed):
    draw = random.Random(seed)
    patterns = {who: "".join(draw.choice("A-CPN--B-") for _ in PERIOD) for who in PATTERNS}
    posts = Demand("DAY", 1, 1, post=Post.RESPONSIBLE, per_team=True)
    ward = replace(book(), demands=(*book().demands, posts))
    seen = scene(ward, roster(patterns))
    found = 0
    for giver, length in product(range(3), (1, 2)):
        for first in range(0, len(PERIOD) - length, 3):
            given = tuple(range(first, first + length))
            if any(seen.grid[giver, d] == OFF for d in given):
                continue
            proposals = suitable_partners(seen, seen.problem.people[giver].key, [day(d) for d in given])
            told = {(p.partner, tuple(duty.day for duty in p.takes)): p.price for p in proposals}
            assert told == by_trying_all(seen, giver, given)
            assert [p.rank for p in proposals] == sorted(p.rank for p in proposals)
            found += len(told)
    assert found > 20


def test_the_price_and_cells_of_a_proposal_are_those_of_its_effect():
    seen = scene()
    for proposal in suitable_partners(seen, "W001", [day(0)]):
        both = seen.nurse("W001"), seen.nurse(proposal.partner)
        effect = effect_of(seen, both, proposal.choices)
        assert effect.is_allowed
        assert effect.price == proposal.price
        assert effect.price == sum(b.price for n in effect.nurses for b in n.bent) + sum(
            b.price for b in effect.ward
        )
        after = grid_from(seen.problem, {**seen.roster.cells, **effect.cells})
        assert np.array_equal(after, seen.changed(proposal.choices))


def test_her_own_team_comes_first_and_who_is_on_call_is_marked():
    proposals = suitable_partners(scene(), "W001", [day(0)])
    teams = [proposal.is_same_team for proposal in proposals]
    assert teams == sorted(teams, reverse=True)
    on_call = [proposal for proposal in proposals if proposal.is_on_call]
    assert [proposal.partner for proposal in on_call] == ["W005"]
    assert on_call[0].takes[0].code == "ON_CALL"


def test_who_may_not_work_the_shift_is_not_listed():
    assert "W006" not in {proposal.partner for proposal in suitable_partners(scene(), "W001", [day(0)])}


def test_leave_locks_and_days_that_are_over_are_left_alone():
    month = roster()
    assert "W002" in {p.partner for p in suitable_partners(scene(), "W001", [day(0)])}
    leave = replace(book(), leaves=(Leave("W002", LeaveKind.SICK, day(0), day(0)),))
    locked = dict(month.cells) | {("W002", day(0)): RosterCell("off", is_locked=True)}
    for seen in (scene(leave), scene(month=replace(month, cells=locked))):
        assert "W002" not in {p.partner for p in suitable_partners(seen, "W001", [day(0)])}
    frozen = scene(month=replace(month, frozen_until=day(8)))
    assert suitable_partners(frozen, "W001", [day(0)]) == ()
    assert all(duty.day > day(8) for p in suitable_partners(frozen, "W003", [day(9)]) for duty in p.takes)


def test_the_day_after_a_night_moves_with_the_night():
    month = roster({**PATTERNS, "W002": "-Nx-----------"})
    seen = scene(month=month)
    proposal = next(
        p for p in suitable_partners(seen, "W002", [day(1)]) if p.partner == "W001" and not p.takes
    )
    cells = effect_of(seen, (1, 0), proposal.choices).cells
    assert {key: cell.code for key, cell in cells.items()} == {
        ("W001", day(1)): "NIGHT",
        ("W001", day(2)): "post_night",
        ("W002", day(1)): "off",
        ("W002", day(2)): "off",
    }
    assert cells_from(seen.problem, seen.changed(proposal.choices), {})[("W001", day(2))].code == CODES["x"]


def test_hours_counts_and_the_strip_say_what_changes_for_each():
    seen = scene()
    proposal = next(
        p for p in suitable_partners(seen, "W001", [day(0)]) if p.partner == "W002" and not p.takes
    )
    effect = effect_of(seen, (seen.nurse("W001"), seen.nurse("W002")), proposal.choices)
    giver, taker = effect.of("W001"), effect.of("W002")
    assert (giver.minutes, taker.minutes) == (-480, 480)
    assert [(str(c.measure), c.before, c.after) for c in taker.counts] == [("evenings", 1, 2)]
    assert [d.day for d in giver.strip if d.is_changed] == [day(0)]
    assert taker.strip[0].after.symbol == ("中", "P")
