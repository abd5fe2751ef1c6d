"""Why a wish was not granted: what granting it would have taken, for the head nurse or for the nurse."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from wardteam.domain.calendar import Period
from wardteam.domain.rules import Severity
from wardteam.errors import BadInput, Finding, Message, Named
from wardteam.services.cell_reasons import refused, wish_text
from wardteam.services.ports import UnitOfWorkFactory
from wardteam.services.way_priced import PricedWay, priced_way
from wardteam.services.why import AnswerStatus, refuse_no_time, status_of, without_way
from wardteam.services.why_scene import Scene, scene_of
from wardteam_solver.problem import OFF, Problem, Request
from wardteam_solver.words import nurse_name, say

if TYPE_CHECKING:
    from wardteam_solver.explain.alternatives import Answer


class DecidedBy(StrEnum):
    """What stood against a wish."""

    LAST_MONTH = "last_month"
    HARD_RULE = "hard_rule"
    SHORTAGE = "shortage"
    FAIRNESS = "fairness"
    WISHES = "wishes"
    NOTHING_BEFORE = "nothing_before"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class RefusedWish:
    """A wish that the roster doesn't grant.

    `remembered` of its `points` are there because her wishes were refused before. `if_alone` is what breaks
    where her cell alone changes; `way` the cheapest roster found that grants it.
    """

    staff_no: str
    nurse: Named
    day: date
    wish: Message
    points: int
    remembered: int
    decided_by: DecidedBy
    decision: Message
    if_alone: tuple[Message, ...]
    status: AnswerStatus
    way: PricedWay | None
    text: Message
    seconds: float


@dataclass(frozen=True)
class WhyNot:
    """All refused wishes that were asked for, and how many were asked and granted in all."""

    version: int
    asked: int
    granted: int
    refused: tuple[RefusedWish, ...]


Watcher = Callable[[WhyNot], None]


def why_not(
    units: UnitOfWorkFactory,
    ward: str,
    period: Period | None = None,
    staff_no: str | None = None,
    day: date | None = None,
    *,
    version: int | None = None,
    seconds: float = 4.0,
    workers: int = 2,
    should_stop: Callable[[], bool] = lambda: False,
    tell: Watcher = lambda _: None,
) -> WhyNot:
    """Say for each refused wish what granting it would have taken.

    Parameters
    ----------
    staff_no, day
        Narrow it to one nurse (by staff number or name), to one day, or to one wish.
    seconds
        Wall time for all of it, reading included.

    Raises
    ------
    NotFound
        If there is no such roster.
    BadInput
        If the nurse or day can't be meant, or she wished for nothing there, or the time is 0 or less.
    """
    refuse_no_time(seconds)
    began = time.monotonic()
    scene = scene_of(units, ward, period, version=version)
    left = max(seconds / 2, seconds - (time.monotonic() - began))
    return why_not_in(scene, staff_no, day, seconds=left, workers=workers, should_stop=should_stop, tell=tell)


def why_not_in(
    scene: Scene,
    staff_no: str | None = None,
    day: date | None = None,
    *,
    seconds: float = 4.0,
    workers: int = 2,
    should_stop: Callable[[], bool] = lambda: False,
    tell: Watcher = lambda _: None,
) -> WhyNot:
    """Explain refused wishes of a roster that is laid out already; see `why_not`."""
    from wardteam_solver.explain.alternatives import Inquiry

    refuse_no_time(seconds)
    meant = _meant(scene, staff_no, day)
    asked = [request for request in refused(scene) if request in meant]
    inquiry = Inquiry(scene.matrix, scene.grid, scene.kept(), seconds, workers, should_stop=should_stop)

    def worded(answers: list[Answer]) -> WhyNot:
        told = tuple(_refused(scene, *pair) for pair in zip(asked, answers, strict=True))
        return WhyNot(scene.roster.version, len(meant), len(meant) - len(asked), told)

    inquiry.tell = lambda answers: tell(worded(answers))
    return worded(inquiry.ask([granting(scene.problem, request) for request in asked]))


def granting(problem: Problem, request: Request) -> dict[tuple[int, int], frozenset[int]]:
    """Give the cells that grant a wish, with what they may hold; a wished day off bars the night before."""
    everything = frozenset(range(len(problem.options)))
    cell = (request.nurse, request.day)
    if request.wants:
        return {cell: request.options}
    if not request.is_day_off:
        return {cell: (everything - request.options) | {OFF}}
    if not request.day:
        return {cell: frozenset({OFF})}
    before = (request.nurse, request.day - 1)
    return {cell: frozenset({OFF}), before: (everything - problem.overnight) | {OFF}}


def _meant(scene: Scene, staff_no: str | None, day: date | None) -> list[Request]:
    """Give the wishes that are asked about."""
    nurse = None if staff_no is None else scene.nurse(staff_no)
    place = None if day is None else scene.day(day)
    found = [r for r in scene.problem.requests if nurse in (None, r.nurse) and place in (None, r.day)]
    if not found and (nurse is not None or place is not None):
        shown = "" if nurse is None else scene.problem.people[nurse].key
        value = " ".join(filter(None, (shown, "" if day is None else day.isoformat())))
        text = "No wish is known for this; a wish of {first} to {last} was expected."
        period = scene.roster.period
        raise BadInput((Finding("NURSE", Message(text, first=period.first, last=period.last), value=value),))
    return found


def _refused(scene: Scene, request: Request, answer: Answer) -> RefusedWish:
    problem = scene.problem
    way = None
    if answer.grid is not None and not _is_past(problem, request):
        way = priced_way(scene, answer.grid, request.nurse, is_proven=answer.is_best)
    status = AnswerStatus.BARRED if _is_past(problem, request) else status_of(answer)
    decided_by = _decided_by(problem, request, status, way)
    told = answer.against or tuple(v for v in answer.alone.broken if v.rule.severity is not Severity.WARN)
    return RefusedWish(
        staff_no=problem.people[request.nurse].key,
        nurse=nurse_name(problem, request.nurse),
        day=problem.date_of(request.day),
        wish=wish_text(scene, request),
        points=request.points,
        remembered=request.remembered,
        decided_by=decided_by,
        decision=DECISIONS[decided_by],
        if_alone=tuple(say(problem, violation) for violation in told),
        status=status,
        way=way,
        text=way.text if way else without_way(status),
        seconds=round(answer.seconds, 3),
    )


def _is_past(problem: Problem, request: Request) -> bool:
    """Whether last month's last night takes the wished first day off."""
    if not (request.is_day_off and request.day == 0 and problem.tail_length):
        return False
    last = problem.tail[request.nurse][-1]
    return last != OFF and problem.shifts[last].is_duty and problem.shifts[last].ends_next_day


DECISIONS = {
    DecidedBy.LAST_MONTH: Message("Last month's last night reaches into this day."),
    DecidedBy.HARD_RULE: Message("A hard rule decided it."),
    DecidedBy.SHORTAGE: Message("Staffing decided it: with the wish granted, a shift would be short."),
    DecidedBy.FAIRNESS: Message(
        "Fairness decided it: duties or granted wishes would be spread less evenly over all nurses."
    ),
    DecidedBy.WISHES: Message("Other wishes decided it: granting it refuses others of as many points."),
    DecidedBy.NOTHING_BEFORE: Message(
        "No earlier stage stands against it: the search did not find this way in its time."
    ),
    DecidedBy.UNKNOWN: Message("What decided it is not known: no way to grant it was found in this time."),
}


def _decided_by(problem: Problem, request: Request, status: AnswerStatus, way: PricedWay | None) -> DecidedBy:
    """Say which stage gets worse first where the wish is granted: the earliest one decides."""
    if _is_past(problem, request):
        return DecidedBy.LAST_MONTH
    if status in (AnswerStatus.BARRED, AnswerStatus.IMPOSSIBLE):
        return DecidedBy.HARD_RULE
    if way is None:
        return DecidedBy.UNKNOWN
    if way.stages["shortage"] > 0:
        return DecidedBy.SHORTAGE
    if way.stages["fairness"] > 0:
        return DecidedBy.FAIRNESS
    return DecidedBy.WISHES if way.stages["wishes"] >= 0 else DecidedBy.NOTHING_BEFORE
