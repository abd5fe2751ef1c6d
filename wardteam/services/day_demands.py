"""Which of the ward's demands hold on a date, and for which teams."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wardteam.domain.shifts import Demand, Post
from wardteam.domain.ward import WardBook


def demands_on(book: WardBook, day: date) -> tuple[Demand, ...]:
    """Give each shift's and post's demand of a date: the one that names the day most closely wins."""
    chosen: dict[tuple[str, Post, bool, int | None], tuple[int, Demand]] = {}
    for demand in book.demands:
        closeness = _closeness(book, demand, day)
        key = (demand.shift, demand.post, demand.per_team, demand.team)
        if closeness and closeness >= chosen.get(key, (0, demand))[0]:
            chosen[key] = (closeness, demand)
    return tuple(demand for _, demand in chosen.values())


def asked_teams(demand: Demand, today: Iterable[Demand], teams: Iterable[int]) -> tuple[int, ...]:
    """Give the teams that a demand for each team counts for: one with its own number is left out."""
    if demand.team is not None:
        return (demand.team,) if demand.team in teams else ()
    place = (demand.shift, demand.post)
    own = {other.team for other in today if (other.shift, other.post) == place}
    return tuple(team for team in teams if team not in own)


def asked_in_all(demands: Iterable[Demand], team_count: int) -> tuple[tuple[Demand, int], ...]:
    """Give each demand of a date with how often it counts: once, or once for each team that it is for."""
    today = tuple(demands)
    alone = [(d.shift, d.post) for d in today if d.team is not None]
    return tuple(
        (d, team_count - alone.count((d.shift, d.post)) if d.per_team and d.team is None else 1)
        for d in today
    )


def _closeness(book: WardBook, demand: Demand, day: date) -> int:
    if demand.days:
        return 4 if day in demand.days else 0
    if demand.weekdays:
        return 3 if day.weekday() in demand.weekdays else 0
    if demand.day_kind is not None:
        return 2 if book.calendar.kind(day) is demand.day_kind else 0
    return 1
