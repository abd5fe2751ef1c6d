"""How far a sheet is, in words, and figures of the flow with their share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from wardteam.domain.questionnaires import QuestionnaireSheet, QuestionnaireVersion
from wardteam.errors import Message
from wardteam.services.questionnaires import invalid_because

LEAST_OF = 20
"""No percentages on a smaller denominator."""
NOT_VALID = Message("not valid: {reason}")
PLAIN = {
    "issued": Message("issued, not returned"),
    "returned": Message("returned, valid"),
    "unknown": Message("returned, of an unknown version"),
}


class Show(StrEnum):
    """Which sheets are listed."""

    ALL = "all"
    OPEN = "open"
    INVALID = "invalid"
    DIFFERING = "differing"


SHOWN = {
    Show.ALL: Message("all sheets"),
    Show.OPEN: Message("not returned yet"),
    Show.INVALID: Message("returned, not valid"),
    Show.DIFFERING: Message("with differences to settle"),
}


@dataclass(frozen=True)
class SheetState:
    """A sheet's state in words; `is_bad` where somebody has to look at it."""

    words: Message
    is_bad: bool = False


def sheet_state(versions: Mapping[str, QuestionnaireVersion], sheet: QuestionnaireSheet) -> SheetState:
    """Say how far a sheet is."""
    if not sheet.is_returned:
        return SheetState(PLAIN["issued"])
    if sheet.version not in versions:
        return SheetState(PLAIN["unknown"], is_bad=True)
    if sheet.differences:
        return SheetState(SHOWN[Show.DIFFERING], is_bad=True)
    reason = invalid_because(versions[sheet.version], sheet)
    if reason is not None:
        return SheetState(Message(NOT_VALID.text, reason=reason), is_bad=True)
    return SheetState(PLAIN["returned"])


def is_shown(
    show: Show, versions: Mapping[str, QuestionnaireVersion]
) -> Callable[[QuestionnaireSheet], bool]:
    """Give whether a sheet belongs to a list."""

    def holds(sheet: QuestionnaireSheet) -> bool:
        if show is Show.ALL:
            return True
        if show is Show.OPEN:
            return not sheet.is_returned
        if show is Show.DIFFERING:
            return bool(sheet.differences)
        version = versions.get(sheet.version)
        return sheet.is_returned and (version is None or invalid_because(version, sheet) is not None)

    return holds


def with_share(count: int, of: int) -> str:
    """Give a count with its percentage, without one on a small denominator.

    >>> with_share(19, 20), with_share(9, 10)
    ('19 (95.0%)', '9')
    """
    return f"{count} ({100 * count / of:.1f}%)" if of >= LEAST_OF else str(count)
