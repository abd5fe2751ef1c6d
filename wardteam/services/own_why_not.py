"""A nurse's own reading of a refused wish: no other nurse's name, and nobody's reason, hers included.

Whoever sits at the ward's computer can open the page, as long as there are no accounts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from wardteam.errors import Message
from wardteam.services.cell_reasons import refused, wish_text
from wardteam.services.way_priced import PricedWay
from wardteam.services.why_not import RefusedWish, granting, why_not_in
from wardteam.services.why_scene import Scene
from wardteam_solver.check import Violation
from wardteam_solver.words import say

if TYPE_CHECKING:
    from wardteam_solver.problem import Request

OF_HOURS = ("hours", "overtime")
PRIVATE_RULES = frozenset(
    (
        "leave", "leave_entitlement", "pregnancy", "nursing_mother", "registration", "barred_shift",
        "post_skill", "supervision", "locked", *OF_HOURS,
    )
)  # fmt: skip
"""Rules whose very name can tell of somebody's health, leave, restriction or balance."""


@dataclass(frozen=True)
class OwnRefusal:
    """A refused wish as its nurse may read it."""

    day: date
    wish: Message
    decision: Message
    if_alone: tuple[Message, ...]
    text: Message


def own_why_not(
    scene: Scene, staff_no: str, day: date | None = None, *, seconds: float = 2.0, workers: int = 2
) -> tuple[OwnRefusal, ...]:
    """Explain a nurse's refused wishes in words that anybody may read; empty where she has none."""
    nurse = scene.nurse(staff_no)
    place = None if day is None else scene.day(day)
    own = [r for r in refused(scene) if r.nurse == nurse and place in (None, r.day)]
    if not own:
        return ()
    found = why_not_in(scene, staff_no, day, seconds=seconds, workers=workers)
    return tuple(_own(scene, *pair) for pair in zip(own, found.refused, strict=True))


def _own(scene: Scene, request: Request, told: RefusedWish) -> OwnRefusal:
    from wardteam_solver.explain.alone import changed_alone

    alone = changed_alone(scene.matrix, scene.grid, granting(scene.problem, request))
    broken = (violation for violation in alone.broken if violation.cost or violation.is_hard)
    lines = tuple(dict.fromkeys(own_words(scene, request.nurse, violation) for violation in broken))
    return OwnRefusal(
        day=told.day,
        wish=wish_text(scene, request),
        decision=told.decision,
        if_alone=lines,
        text=_way_words(told.way) if told.way else told.text,
    )


def own_words(scene: Scene, nurse: int, violation: Violation) -> Message:
    """Say what would break: of the ward and of herself in full, of a colleague without a name."""
    rule, nurses = violation.rule, violation.limit.about.nurses
    if rule.code in PRIVATE_RULES:
        if nurses == (nurse,) and rule.code in OF_HOURS:
            return Message("Your hours would lie further from those owed.")
        if nurses == (nurse,):
            return Message("A personal rule of yours stands against it; ask the head nurse.")
        return Message("A rule that holds for a colleague would be broken.")
    if nurses in ((), (nurse,)):
        return say(scene.problem, violation)
    return Message("“{rule}” would be missed for a colleague.", rule=Message(rule.title))


def _way_words(way: PricedWay) -> Message:
    """Say how many colleagues would have to change, on which days, at which price."""
    days = tuple(sorted({move.day for move in way.moves if not move.is_own}))
    rules = tuple(_rule_words(way))
    fields = {"points": way.points, "rules": rules}
    if not way.people:
        return Message("Granting it would change the roster's cost by {points} points: {rules}.", **fields)
    text = (
        "Granting it would change the duties of colleagues (number: {count}; {days}) and the roster's cost "
        "by {points} points: {rules}."
    )
    return Message(text, count=len(way.people), days=days, **fields)


def _rule_words(way: PricedWay) -> list[Message]:
    """Give the price by rule; what may not be named is added up under one heading."""
    shown = [p for p in way.by_rule if p.rule not in PRIVATE_RULES]
    rest = sum(p.points for p in way.by_rule if p.rule in PRIVATE_RULES)
    told = [Message("{rule} {points}", rule=p.title, points=f"{p.points:+d}") for p in shown]
    if rest:
        told.append(Message("{rule} {points}", rule=Message("other rules"), points=f"{rest:+d}"))
    return told
