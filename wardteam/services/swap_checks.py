"""Who may take which step of a swap, and which duties can be offered at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wardteam.domain.people import StaffKind
from wardteam.domain.swaps import Swap, SwapDuty
from wardteam.domain.ward import WardBook
from wardteam.errors import Conflict, Message
from wardteam.services.swap_scene import SwapScene
from wardteam.services.swap_standing import name_of


def duties_of(scene: SwapScene, staff_no: str, days: Sequence[date]) -> tuple[SwapDuty, ...]:
    """Give her duties of the days; Conflict where she has none, or one that can't be exchanged."""
    nurse = scene.nurse(staff_no)
    found = []
    for day in sorted(set(days)):
        duty = scene.duty(nurse, scene.day(day)) if nurse is not None and day in scene.roster.period else None
        if nurse is None or duty is None:
            text = "{nurse} has no duty on {day} in the published roster."
            raise Conflict(Message(text, nurse=name_of(scene.book, staff_no), day=day))
        if not scene.may_change(nurse, scene.day(day)):
            text = "The duty on {day} can't be exchanged: it is locked, frozen or has begun."
            raise Conflict(Message(text, day=day))
        found.append(duty)
    return tuple(found)


def refuse_another(book: WardBook, by: str, staff_no: str) -> None:
    """Refuse to act for somebody else."""
    if by != staff_no:
        text = "Only {nurse} herself does this; choose her name as the writer first."
        raise Conflict(Message(text, nurse=name_of(book, staff_no)))


def refuse_a_nurse(book: WardBook, by: str) -> None:
    """Refuse the ward's nurses; whoever works on the command line answers for the ward's files anyway."""
    kind = next((nurse.kind for nurse in book.nurses if nurse.staff_no == by), None)
    if kind not in (None, StaffKind.HEAD_NURSE):
        raise Conflict(Message("The head nurse approves or refuses this."))


def refuse_twice(swaps: Sequence[Swap], staff_no: str, gives: Sequence[SwapDuty]) -> None:
    """Refuse to offer a duty that stands in an open offer already."""
    for swap in swaps:
        same = {duty.day for duty in gives} & {duty.day for duty in swap.gives}
        if swap.is_open and swap.staff_no == staff_no and same:
            text = "The duty on {day} is offered already, as {code}."
            raise Conflict(Message(text, day=min(same), code=swap.code))
