"""The rooms beside the roster and their order in its own navigation."""

from __future__ import annotations

from flask import request, url_for

from wardteam.domain.calendar import Period
from wardteam.errors import Message
from wardteam_web.context import pages, ward
from wardteam_web.planned import current_period

ROSTER_PAGES: tuple[tuple[str, Message], ...] = (
    ("roster.show", Message("Roster")),
    ("conflicts.show", Message("Conflicts")),
    ("prices.show", Message("What each rule costs")),
    ("repair.show", Message("Somebody is off")),
    ("swaps.listing", Message("Swaps")),
    ("change_notice.show", Message("Notice of changes")),
    ("fairness.show", Message("Fairness")),
    ("demand.show", Message("Demand from need")),
)
OF_A_PERIOD = frozenset({"roster", "conflicts", "prices", "change_notice"})
"""Rooms that show one period: the one at hand, else the one that holds today."""
ROSTER_ROOMS = frozenset((*(endpoint.partition(".")[0] for endpoint, _ in ROSTER_PAGES), "why"))
"""Blueprints that show the navigation of the roster."""


def roster_pages() -> tuple[tuple[str, Message, bool], ...]:
    """Give each room's address and label, and whether this page belongs to it."""
    period = _period()
    here = "roster" if request.blueprint == "why" else request.blueprint
    found = []
    for endpoint, label in ROSTER_PAGES:
        room = endpoint.partition(".")[0]
        if room not in OF_A_PERIOD:
            found.append((url_for(endpoint), label, room == here))
        elif period is not None:
            found.append((url_for(endpoint, period=period), label, room == here))
    return tuple(found)


def _period() -> Period | None:
    given = (request.view_args or {}).get("period")
    if isinstance(given, Period):
        return given
    code, port = ward().code, pages()
    return current_period(port.periods(code), port.today(code))
