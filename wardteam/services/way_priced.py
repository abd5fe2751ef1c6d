"""A way out with its price: who moves, what each stage and rule costs after, and how that is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from wardteam.errors import Message, Named
from wardteam.services.why_scene import Scene
from wardteam_solver.check import Checker, Verdict
from wardteam_solver.matrix import Grid
from wardteam_solver.rules import Stage
from wardteam_solver.words import nurse_name


@dataclass(frozen=True)
class RulePrice:
    """By how many points one rule costs more (or less, below zero) than at present."""

    rule: str
    title: Message
    stage: str
    points: int


@dataclass(frozen=True)
class Move:
    """A cell that changes: from what to what. `is_own` marks the cells of the nurse who is asked about."""

    staff_no: str
    nurse: Named
    day: date
    old_code: str
    old: Named | Message
    new_code: str
    new: Named | Message
    is_own: bool


@dataclass(frozen=True)
class PricedWay:
    """The cheapest roster found, against the present one.

    `points` is the sum over `by_rule` and over `stages`; `is_proven` says that nothing cheaper exists.
    """

    points: int
    stages: Mapping[str, int]
    by_rule: tuple[RulePrice, ...]
    moves: tuple[Move, ...]
    people: tuple[Named, ...]
    is_proven: bool
    text: Message


def priced_way(scene: Scene, grid: Grid, owner: int, *, is_proven: bool) -> PricedWay:
    """Compare a roster with the present one, counted by the checker."""
    checker = Checker(scene.matrix)
    before, after = checker.check(scene.grid), checker.recheck(grid)
    by_rule = price_changes(before, after)
    moves = _moves(scene, grid, owner)
    people = tuple(dict.fromkeys(m.nurse for m in moves if not m.is_own and m.old_code != m.new_code))
    points = after.cost - before.cost
    stages = {s.name.lower(): after.stage_cost(s) - before.stage_cost(s) for s in Stage}
    own = len([move for move in moves if move.is_own])
    posts = tuple(dict.fromkeys(m.nurse for m in moves if not m.is_own))
    way = _way_message(points, by_rule, people=people, posts=posts, has_own=own > 1)
    text = Message("Proven: {way}." if is_proven else "As far as found: {way}.", way=way)
    return PricedWay(points, stages, by_rule, moves, people, is_proven, text)


def price_changes(before: Verdict, after: Verdict) -> tuple[RulePrice, ...]:
    """Give each rule whose cost differs, the dearest first; the differences add up to that of the costs."""
    found: dict[str, RulePrice] = {}
    for sign, verdict in ((-1, before), (1, after)):
        for violation in verdict.violations:
            rule = violation.rule
            so_far = found[rule.code].points if rule.code in found else 0
            points = so_far + sign * violation.cost
            found[rule.code] = RulePrice(rule.code, Message(rule.title), rule.stage.name.lower(), points)
    return tuple(sorted((p for p in found.values() if p.points), key=lambda p: -p.points))


def _way_message(
    points: int,
    by_rule: tuple[RulePrice, ...],
    *,
    people: tuple[Named, ...],
    posts: tuple[Named, ...],
    has_own: bool,
) -> Message:
    """Say who moves, and what it costs or gains by rule."""
    rules = tuple(Message("{rule} {points}", rule=p.title, points=f"{p.points:+d}") for p in by_rule)
    price = _price(points, rules)
    if people:
        return Message("the cheapest way out moves {people} and {price}", people=people, price=price)
    if posts:
        text = "the cheapest way out only gives {people} another post and {price}"
        return Message(text, people=posts, price=price)
    if has_own:
        return Message("the cheapest way out changes only her own days and {price}", price=price)
    return Message("nothing else need change, and it {price}", price=price)


def _price(points: int, rules: tuple[Message, ...]) -> Message:
    if points > 0:
        return Message("costs {points} points: {rules}", points=points, rules=rules)
    if points < 0:
        return Message("gains {points} points: {rules}", points=-points, rules=rules)
    return Message("costs nothing")


def _moves(scene: Scene, grid: Grid, owner: int) -> tuple[Move, ...]:
    """Give the cells that change, the owner's first, then by nurse and day."""
    problem = scene.problem
    places = [(int(n), int(d)) for n, d in np.argwhere(grid != scene.grid)]
    moves = []
    for nurse, day in sorted(places, key=lambda place: (place[0] != owner, place)):
        old, new = int(scene.grid[nurse, day]), int(grid[nurse, day])
        is_same = scene.option_code(old) == scene.option_code(new)
        name = scene.option_with_post if is_same else scene.option_name
        moves.append(
            Move(
                staff_no=problem.people[nurse].key,
                nurse=nurse_name(problem, nurse),
                day=problem.date_of(day),
                old_code=scene.option_code(old),
                old=name(old),
                new_code=scene.option_code(new),
                new=name(new),
                is_own=nurse == owner,
            )
        )
    return tuple(moves)
