"""Borrowing in a repair: a named nurse of another team helps for the day, or another ward lends one.

A nurse of another team stays on the shift that she has that day, so nobody loses a day off; her own team
must keep what it needs without her. What no team can give stays open for a nurse of another ward.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from wardteam.domain.roster import CellKey, RosterCell
from wardteam.domain.shifts import Post
from wardteam.domain.ward import WardBook
from wardteam.errors import Named
from wardteam.services.missing import missing_nurses, short_shifts
from wardteam.services.repair_effects import OpenPost, Option, OptionKind, Scene, describe
from wardteam.services.repair_short import about_team, new_shortages, short_words
from wardteam.services.repair_words import team_name
from wardteam_solver.check import Verdict, Violation, missed
from wardteam_solver.limits import Options
from wardteam_solver.matrix import lay_out
from wardteam_solver.problem import Problem
from wardteam_solver.repair.case import units_missed

if TYPE_CHECKING:
    from wardteam_solver.repair import RepairCase

MOST_HELPERS = 4
TEAM_RULES = frozenset({"staffing", "bed_capacity"})
"""The shortages that a helper changes: hers is still the same shift, so the ward's own stay as they are."""


class Helper(NamedTuple):
    """A nurse (by index) who works for a team on a day, with the option that she gets."""

    nurse: int
    day: int
    option: int
    team: int


def from_another_ward(scene: Scene, case: RepairCase, lost: Mapping[CellKey, RosterCell]) -> Option:
    """Disturb nobody of the ward: the posts stay open for nurses of another ward, each at its price."""
    option = describe(scene, case, case.way(()), lost)
    each = scene.book.settings.borrow_price
    posts = tuple(_open_posts(scene.book, case, new_shortages(case, case.grid)))
    price = each * max(option.missing, 1)
    return replace(option, kind=OptionKind.OTHER_WARD, price=price, open_posts=posts)


def _open_posts(book: WardBook, case: RepairCase, short: Verdict) -> Iterator[OpenPost]:
    shifts = {shift.code: Named(shift.name, shift.name_en) for shift in book.shifts}
    for violation in short_shifts(short):
        about = violation.limit.about
        (day,) = about.days
        post = Post(about.detail) if about.team is not None else Post.NONE
        yield OpenPost(
            day=case.matrix.problem.date_of(day),
            shift=shifts[about.shift],
            post=post,
            team=None if about.team is None else team_name(book, about.team),
            count=violation.amount,
        )


def from_another_team(scene: Scene, case: RepairCase, lost: Mapping[CellKey, RosterCell]) -> Option | None:
    """Name nurses of other teams who help for the day; None where no team is short, or none can spare one."""
    before = new_shortages(case, case.grid)
    search = _Search(case, tuple(sorted({d for v in about_team(before) for d in v.limit.about.days})))
    helpers = search.helpers()
    if not helpers:
        return None
    changes = tuple((h.nurse, h.day, h.option) for h in helpers if case.grid[h.nurse, h.day] != h.option)
    rest = tuple(v for v in before.violations if v.limit.about.team is None)
    short = Verdict((*search.short(helpers), *rest))
    if missing_nurses(short) >= missing_nurses(before) > 0:
        return None
    problem = case.matrix.problem
    helped = {(problem.people[h.nurse].key, problem.date_of(h.day)): h.team for h in helpers}
    option = describe(scene, case, case.way(changes), lost, helped=helped)
    return replace(
        option,
        kind=OptionKind.OTHER_TEAM,
        price=scene.book.settings.borrow_price // 2 * len(helpers),
        missing=missing_nurses(short),
        shortages=short_words(case, short),
    )


@dataclass(frozen=True)
class _Search:
    """Looks for helpers one after another, each the one that leaves the least short."""

    case: RepairCase
    days: tuple[int, ...]

    def helpers(self) -> tuple[Helper, ...]:
        """Give the helpers, none where nothing gets better."""
        chosen: tuple[Helper, ...] = ()
        while len(chosen) < MOST_HELPERS and (short := self.short(chosen)):
            cost = _cost(short)
            tried = [(_cost(self.short((*chosen, one))), one) for one in self._candidates(short[0], chosen)]
            known = {helper.nurse for helper in chosen}
            better = [(left, self._rank(one, known), one) for left, one in tried if left < cost]
            if not better:
                break
            chosen = (*chosen, min(better)[-1])
        return chosen

    def _rank(self, helper: Helper, known: set[int]) -> tuple[bool, bool, int]:
        """Rather one who helps already, whose post stays the same, of a lower level."""
        moves = int(self.case.grid[helper.nurse, helper.day]) != helper.option
        return helper.nurse not in known, moves, self.case.matrix.problem.people[helper.nurse].level

    def _candidates(self, short: Violation, chosen: tuple[Helper, ...]) -> Iterator[Helper]:
        """Give who is on the same shift that day in another team, may hold the post and owns no bed."""
        problem, about = self.case.matrix.problem, short.limit.about
        (day,), team = about.days, about.team
        taken = {(helper.nurse, helper.day) for helper in chosen}
        for option in sorted(_wanted(problem, short)):
            shift, post = problem.options[option]
            for nurse, person in enumerate(problem.people):
                here = int(self.case.grid[nurse, day])
                is_on = here >= 0 and problem.options[here][0] == shift
                is_other = person.team_on(day) not in (None, team) and (nurse, day) not in taken
                is_free = self.case.may_change[nurse, day] and nurse not in problem.owned_beds
                if team is not None and is_on and is_other and is_free and post in person.posts:
                    yield Helper(nurse, day, option, team)

    def short(self, helpers: tuple[Helper, ...]) -> tuple[Violation, ...]:
        """Give what the teams lack on these days beyond what they lacked before the event."""
        case = self.case
        rules = tuple(rule for rule in case.matrix.rules if rule.code in TEAM_RULES)
        matrix = lay_out(_with_help(case.matrix.problem, helpers, self.days), rules)
        grid = case.changed(tuple((h.nurse, h.day, h.option) for h in helpers))
        beyond = units_missed(matrix, grid)
        for row, limit in enumerate(matrix.limits):
            beyond[row] -= self._tolerated.get((matrix.rules[matrix.rule_of[row]].code, limit.about), 0)
        rows = (beyond > 0).nonzero()[0]
        found = missed(matrix, matrix.activity(matrix.point(grid)), rows)
        return tuple(replace(v, amount=int(beyond[row])) for v, row in zip(found, rows, strict=True))

    @property
    def _tolerated(self) -> dict[tuple[str, object], int]:
        matrix = self.case.matrix
        rows = self.case.tolerated.nonzero()[0].tolist()
        key = {row: (matrix.rules[matrix.rule_of[row]].code, matrix.limits[row].about) for row in rows}
        return {key[row]: int(self.case.tolerated[row]) for row in rows}


def _cost(short: tuple[Violation, ...]) -> int:
    return sum(v.amount * v.rule.weight * v.limit.below for v in short)


def _wanted(problem: Problem, short: Violation) -> Options:
    """Give the options that would fill what is short; beds without a holder want a responsible nurse."""
    if short.rule.code == "bed_capacity":
        return problem.with_post(Post.RESPONSIBLE.value)
    return problem.by_code[short.limit.about.shift] & problem.with_post(short.limit.about.detail)


def _with_help(problem: Problem, helpers: tuple[Helper, ...], days: tuple[int, ...]) -> Problem:
    """Give the problem of some days' teams alone, where the helpers count for the team that they help."""
    people = list(problem.people)
    for helper in helpers:
        person = people[helper.nurse]
        people[helper.nurse] = replace(person, helps={**person.helps, helper.day: helper.team})
    needs = (need for need in problem.needs if need.team is not None and need.day in days)
    members = {
        (team, day): tuple(n for n, person in enumerate(people) if person.team_on(day) == team)
        for team in {person.team for person in people}
        for day in days
    }
    return replace(
        problem,
        people=tuple(people),
        needs=tuple(need._replace(people=members[need.team, need.day]) for need in needs),
        bed_needs=tuple(need for need in problem.bed_needs if need.day in days),
    )
