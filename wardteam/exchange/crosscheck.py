"""What several lines of the ward's workbook must say together: one leader a team, one patient a bed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import combinations
from typing import Any

from wardteam.domain.shifts import LeaveKind
from wardteam.domain.teams import Role
from wardteam.errors import Message
from wardteam.exchange.tables import Line, Record
from wardteam.exchange.words import normal

Clash = tuple[Line, str, Message]
"""The line and field where a clash is shown, and what is wrong."""

Span = tuple[Any, Any]  # two dates or two moments; the second is None while it lasts


def clashes(lines: dict[str, list[Line]]) -> Iterator[Clash]:
    """Find what whole lines of the workbook contradict in each other."""
    whole = {key: [line for line in found if line.is_whole] for key, found in lines.items()}
    places = [*_in_teams(whole.get("nurses", [])), *whole.get("earlier_teams", [])]
    owners = [*_owned(whole.get("beds", [])), *whole.get("earlier_owners", [])]
    yield from _two_leaders(places)
    yield from _two_teams(places)
    yield from _overlapping(owners, "bed", _dates, Message("The bed has another owner at that time."))
    yield from _overlapping(
        whole.get("stays", []), "bed", _moments, Message("Another patient lies in the bed at that time.")
    )
    yield from _room_positions(whole.get("beds", []))
    yield from _shift_symbols(whole.get("shifts", []))
    yield from _two_demands(whole.get("demand", []))


def _in_teams(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        record = line.record
        if record["team"] is not None:
            start = record["team_since"] or record["joined"] or record["service_since"]
            yield Line(line.sheet, record | {"start": start, "end": None}, line.places)


def _owned(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        if line.record["owner"] is not None and line.record["bed"] is not None:
            start = line.record["owner_since"] or date.min
            yield Line(line.sheet, line.record | {"start": start, "end": None}, line.places)


def _dates(record: Record) -> Span:
    return record["start"], record["end"]


def _moments(record: Record) -> Span:
    return record["admitted"], record["discharged"]


def _overlap(first: Span, second: Span) -> bool:
    """Whether two spans meet; dates belong to both ends, moments only to the beginning."""
    is_moment = isinstance(first[0], datetime)
    one_way = second[1] is None or (first[0] < second[1] if is_moment else first[0] <= second[1])
    other_way = first[1] is None or (second[0] < first[1] if is_moment else second[0] <= first[1])
    return one_way and other_way


def _overlapping(
    lines: Iterable[Line], group: str, span: Callable[[Record], Span], problem: Message
) -> Iterator[Clash]:
    for first, second in _pairs(lines, group):
        if _overlap(span(first.record), span(second.record)):
            yield second, group, problem


def _pairs(lines: Iterable[Line], group: str) -> Iterator[tuple[Line, Line]]:
    groups: dict[object, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.record[group], []).append(line)
    for members in groups.values():
        yield from combinations(members, 2)


def _two_leaders(places: list[Line]) -> Iterator[Clash]:
    leaders = [line for line in places if line.record["role"] is Role.LEADER]
    for first, second in _pairs(leaders, "team"):
        if first.record["staff_no"] != second.record["staff_no"] and _overlap(
            _dates(first.record), _dates(second.record)
        ):
            number, other = second.record["team"], first.record["staff_no"]
            problem = "Team {team} has a leader at that time already: staff number {staff_no}."
            yield second, "role", Message(problem, team=number, staff_no=other)


def _two_teams(places: list[Line]) -> Iterator[Clash]:
    for first, second in _pairs(places, "staff_no"):
        if _overlap(_dates(first.record), _dates(second.record)):
            yield second, "team", Message("She belongs to another team line at that time.")


def _room_positions(lines: list[Line]) -> Iterator[Clash]:
    positions: dict[str, int] = {}
    for line in lines:
        room, position = line.record["room"], line.record["position"]
        if position is not None and positions.setdefault(room, position) != position:
            problem = "Room {room} has position {position} in another line."
            yield line, "position", Message(problem, room=room, position=positions[room])


def _two_demands(lines: list[Line]) -> Iterator[Clash]:
    """Find lines that ask for the same shift and post on the same dates: which of them holds is unknown."""
    for first, second in _pairs(lines, "shift"):
        one, other = first.record, second.record
        if all(one[field] == other[field] for field in ("post", "per_team", "team")) and _same_dates(
            one, other
        ):
            yield second, "shift", Message("Another line asks for nurses on this shift on the same dates.")


def _same_dates(one: Record, other: Record) -> bool:
    """Whether two lines of demand name some dates in the same way; the closer naming wins otherwise."""
    for field in ("days", "weekdays"):
        if one[field] or other[field]:
            return bool(set(one[field] or ()) & set(other[field] or ()))
    return bool(one["day_kind"] == other["day_kind"])


def _shift_symbols(lines: list[Line]) -> Iterator[Clash]:
    taken = {normal(symbol): kind for kind in LeaveKind for symbol in kind.symbols}
    for line in lines:
        for field in ("symbol", "symbol_en"):
            kind = taken.get(normal(line.record[field]))
            if kind is not None:
                yield line, field, Message("This symbol stands for a leave already: {kind}.", kind=kind)
