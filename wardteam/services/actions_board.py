"""The board of corrective actions: what is late, to be done, done but not verified, and verified."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from wardteam.domain.calendar import Period
from wardteam.domain.control import Action


@dataclass(frozen=True)
class ActionsBoard:
    """Actions by how far they are: all that wait, whatever their date, and those verified in a span."""

    overdue: tuple[Action, ...]
    to_do: tuple[Action, ...]
    done: tuple[Action, ...]
    verified: tuple[Action, ...]


def actions_board(actions: Sequence[Action], span: Period, today: date) -> ActionsBoard:
    """Lay out the board: what waits by due date, what was verified in the span newest first."""
    waiting = _by_due(action for action in actions if action.done_on is None)
    verified = [a for a in actions if a.verified_on is not None and a.verified_on in span]
    return ActionsBoard(
        overdue=tuple(action for action in waiting if action.is_overdue(today)),
        to_do=tuple(action for action in waiting if not action.is_overdue(today)),
        done=_by_due(a for a in actions if a.done_on is not None and a.verified_on is None),
        verified=tuple(sorted(verified, key=lambda a: (a.verified_on or today, a.code), reverse=True)),
    )


def _by_due(actions: Iterable[Action]) -> tuple[Action, ...]:
    return tuple(sorted(actions, key=lambda action: (action.due, action.code)))
