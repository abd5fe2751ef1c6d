"""Why a swap is refused, in words that a nurse may read: her own rules, and never another's reason."""

from __future__ import annotations

from collections.abc import Sequence

from wardteam.domain.swaps import SwapDuty
from wardteam.domain.ward import WardBook
from wardteam.errors import Message, Named
from wardteam.services.swap_effect import Effect
from wardteam.services.swap_standing import name_of

NOT_POSSIBLE = Message("This exchange is not possible under the ward's rules.")
NOBODY = "Under the ward's rules no colleague can take {duties}; the head nurse can look for another way."
UNABLE = "Under the ward's rules this exchange is not possible with {names}."
BREAKS = "This exchange is not possible: {breaches}"


def told(effect: Effect, reader: str, *, is_head: bool = False) -> Message:
    """Say what forbids an exchange; a nurse hears of the ward and of herself, the head nurse of all."""
    breaches = [b for b in (*effect.hard, *effect.short) if is_head or set(b.about) <= {reader}]
    if not breaches:
        return NOT_POSSIBLE
    return Message(BREAKS, breaches=tuple(breach.words for breach in breaches))


def refusal(book: WardBook, unable: Sequence[str], gives: Sequence[SwapDuty]) -> Message:
    """Say that those who were asked can't take the duties, or that nobody can."""
    if unable:
        return Message(UNABLE, names=tuple(name_of(book, one) for one in unable))
    return Message(NOBODY, duties=named_duties(book, gives))


def named_duties(book: WardBook, duties: Sequence[SwapDuty]) -> tuple[Message, ...]:
    """Name duties by date and shift."""
    names = {shift.code: Named(shift.name, shift.name_en) for shift in book.shifts}
    text = "{shift} on {day}"
    return tuple(Message(text, shift=names.get(d.code, Named(d.code)), day=d.day) for d in duties)
