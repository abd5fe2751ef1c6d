"""Why a nurse has what she has on a day: the rules that bear on it, and what anything else would cost."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from wardteam.domain.calendar import Period
from wardteam.domain.roster import SolveStatus
from wardteam.domain.rules import Severity
from wardteam.errors import BadInput, Finding, Message, Named
from wardteam.services.cell_reasons import present, reasons
from wardteam.services.ports import UnitOfWorkFactory
from wardteam.services.way_priced import PricedWay, priced_way
from wardteam.services.why_scene import Scene, scene_of
from wardteam_solver.check import Violation
from wardteam_solver.problem import OFF
from wardteam_solver.words import nurse_name, say

if TYPE_CHECKING:
    from wardteam_solver.explain.alternatives import Answer

MOST_MISSED = 8


class AnswerStatus(StrEnum):
    """How far one alternative is known."""

    BARRED = "barred"
    FOUND = "found"
    PROVEN = "proven"
    NOT_FOUND = "not_found"
    IMPOSSIBLE = "impossible"


STATUS_WORDS = {
    AnswerStatus.BARRED: Message("barred by a rule"),
    AnswerStatus.FOUND: Message("cheapest found so far"),
    AnswerStatus.PROVEN: Message("proven cheapest"),
    AnswerStatus.NOT_FOUND: Message("no way found in this time"),
    AnswerStatus.IMPOSSIBLE: Message("confirmed impossible"),
}


@dataclass(frozen=True)
class RuleHere:
    """A rule that bears on the cell: what it is, how it weighs, and which alternatives would break it."""

    rule: str
    title: Message
    source: Message
    severity: Severity
    weight: int
    by: tuple[Named | Message, ...]
    example: Message


@dataclass(frozen=True)
class Alternative:
    """Something else in the cell: what breaks if nothing else changes, and the cheapest way out."""

    code: str
    name: Named | Message
    status: AnswerStatus
    if_alone: Message
    broken: tuple[Message, ...]
    way: PricedWay | None
    text: Message
    seconds: float


@dataclass(frozen=True)
class WhyThis:
    """The answer for one cell. `reasons` hold whatever the cell is; `missed` is what it costs already.

    `alternatives` are sorted by their price, those without a way out last.
    """

    staff_no: str
    nurse: Named
    day: date
    version: int
    code: str
    name: Named | Message
    reasons: tuple[Message, ...]
    rules: tuple[RuleHere, ...]
    missed: tuple[Message, ...]
    alternatives: tuple[Alternative, ...]
    status: SolveStatus
    seconds: float


Watcher = Callable[[WhyThis], None]


def why_this(
    units: UnitOfWorkFactory,
    ward: str,
    period: Period | None,
    staff_no: str,
    day: date,
    *,
    version: int | None = None,
    seconds: float = 2.0,
    workers: int = 2,
    should_stop: Callable[[], bool] = lambda: False,
    tell: Watcher = lambda _: None,
) -> WhyThis:
    """Explain one cell of a stored roster.

    Parameters
    ----------
    staff_no
        Staff number or name.
    seconds
        Wall time for all of it, reading included.
    tell
        Told of each better answer; the first comes before any solve.

    Raises
    ------
    NotFound
        If there is no such roster.
    BadInput
        If the nurse, the day or the time can't be meant.
    """
    refuse_no_time(seconds)
    began = time.monotonic()
    scene = scene_of(units, ward, period, version=version)
    left = max(seconds / 2, seconds - (time.monotonic() - began))
    return why_in(scene, staff_no, day, seconds=left, workers=workers, should_stop=should_stop, tell=tell)


def why_in(
    scene: Scene,
    staff_no: str,
    day: date,
    *,
    seconds: float = 2.0,
    workers: int = 2,
    should_stop: Callable[[], bool] = lambda: False,
    tell: Watcher = lambda _: None,
) -> WhyThis:
    """Explain one cell of a roster that is laid out already; see `why_this`."""
    from wardteam_solver.explain.alternatives import Inquiry

    refuse_no_time(seconds)
    cell = (scene.nurse(staff_no), scene.day(day))
    inquiry = Inquiry(scene.matrix, scene.grid, scene.kept(day), seconds, workers, should_stop=should_stop)
    inquiry.tell = lambda answers: tell(_worded(scene, cell, answers))
    answers = inquiry.ask([{cell: options} for options in _others(scene, cell)])
    return _worded(scene, cell, answers)


def refuse_no_time(seconds: float) -> None:
    """Refuse a time limit that leaves no time.

    Raises
    ------
    BadInput
        If it is 0 or less.
    """
    if seconds <= 0:
        problem = Message("The time limit must be above 0 seconds.")
        raise BadInput((Finding("--seconds", problem, value=f"{seconds:g}"),))


def _others(scene: Scene, cell: tuple[int, int]) -> list[frozenset[int]]:
    """Give what else the cell could hold, shift by shift, whatever the post; off last."""
    held = int(scene.grid[cell])
    shifts = [options for options in scene.problem.by_code.values() if held not in options]
    return shifts if held == OFF else [*shifts, frozenset({OFF})]


def _worded(scene: Scene, cell: tuple[int, int], answers: list[Answer]) -> WhyThis:
    from wardteam_solver.explain.bearing import missed_here

    nurse, day = cell
    problem = scene.problem
    code, name = present(scene, cell)
    found = [_alternative(scene, cell, answer) for answer in answers]
    statuses = [answer.status for answer in answers]
    is_done = all(s in (SolveStatus.OPTIMAL, SolveStatus.INFEASIBLE) for s in statuses)
    return WhyThis(
        staff_no=problem.people[nurse].key,
        nurse=nurse_name(problem, nurse),
        day=problem.date_of(day),
        version=scene.roster.version,
        code=code,
        name=name,
        reasons=tuple(reasons(scene, cell)),
        rules=_rules(scene, answers),
        missed=tuple(
            say(problem, v)
            for v in missed_here(scene.matrix, scene.grid, nurse, day)
            if v.rule.severity is not Severity.WARN
        )[:MOST_MISSED],
        alternatives=tuple(sorted(found, key=lambda a: (a.way is None, a.way.points if a.way else 0))),
        status=SolveStatus.OPTIMAL if is_done else SolveStatus.FEASIBLE,
        seconds=round(sum(answer.seconds for answer in answers), 3),
    )


def _alternative(scene: Scene, cell: tuple[int, int], answer: Answer) -> Alternative:
    nurse, day = cell
    option = min(answer.cells[cell])
    who, on = nurse_name(scene.problem, nurse), scene.problem.date_of(day)
    name = scene.option_name(option)
    told = answer.against or tuple(v for v in answer.alone.broken if v.rule.severity is not Severity.WARN)
    broken = tuple(say(scene.problem, violation) for violation in told)
    way = None
    if answer.grid is not None:
        way = priced_way(scene, answer.grid, nurse, is_proven=answer.is_best)
    return Alternative(
        code=scene.option_code(option),
        name=name,
        status=status_of(answer),
        if_alone=_if_alone(who, on, name, broken, is_off=option == OFF),
        broken=broken,
        way=way,
        text=way.text if way else without_way(status_of(answer)),
        seconds=round(answer.seconds, 3),
    )


def status_of(answer: Answer) -> AnswerStatus:
    """Say how far an answer got."""
    if answer.against:
        return AnswerStatus.BARRED
    if answer.is_impossible:
        return AnswerStatus.IMPOSSIBLE
    if answer.grid is None:
        return AnswerStatus.NOT_FOUND
    return AnswerStatus.PROVEN if answer.is_best else AnswerStatus.FOUND


def without_way(status: AnswerStatus) -> Message:
    """Say why there is no way out, without claiming more than is known."""
    match status:
        case AnswerStatus.BARRED:
            return Message("A hard rule stands against it, whatever else changes.")
        case AnswerStatus.IMPOSSIBLE:
            return Message("Impossible with the locked and frozen cells as they are; two solves confirm it.")
        case _:
            return Message("No way out was found in this time; that doesn't mean that there is none.")


def _if_alone(
    who: Named, on: date, shift: Named | Message, broken: tuple[Message, ...], *, is_off: bool
) -> Message:
    """Say what breaks first where only the cell changes."""
    if is_off and broken:
        return Message(
            "If {nurse} were off on {day} and nothing else changed: {breach}",
            nurse=who,
            day=on,
            breach=broken[0],
        )
    if is_off:
        return Message("If {nurse} were off on {day}, no rule would be missed more.", nurse=who, day=on)
    if broken:
        text = "If {nurse} had {shift} on {day} and nothing else changed: {breach}"
        return Message(text, nurse=who, day=on, shift=shift, breach=broken[0])
    text = "If {nurse} had {shift} on {day}, no rule would be missed more."
    return Message(text, nurse=who, day=on, shift=shift)


def _rules(scene: Scene, answers: list[Answer]) -> tuple[RuleHere, ...]:
    """Gather by rule what the alternatives would break, in the order of the rules."""
    found: dict[str, tuple[Violation, list[Named | Message]]] = {}
    for answer in answers:
        (options,) = answer.cells.values()
        for violation in answer.against or answer.alone.broken:
            _, by = found.setdefault(violation.rule.code, (violation, []))
            name = scene.option_name(min(options))
            if name not in by:
                by.append(name)
    order = [rule.code for rule in scene.matrix.rules]
    return tuple(_rule_here(scene, *found[code]) for code in order if code in found)


def _rule_here(scene: Scene, violation: Violation, by: list[Named | Message]) -> RuleHere:
    rule = violation.rule
    return RuleHere(
        rule=rule.code,
        title=Message(rule.title),
        source=Message(rule.source),
        severity=rule.severity,
        weight=rule.weight if rule.severity is Severity.SOFT else 0,
        by=tuple(by),
        example=say(scene.problem, violation),
    )
