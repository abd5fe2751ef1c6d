"""What a captured record is checked against: the ward's book, today, and the records kept before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from wardteam.domain.ward import WardBook
from wardteam.errors import Finding, Message
from wardteam.exchange.call_log.beds import BedBook
from wardteam.exchange.words import normal, plain_name
from wardteam.services.ports import UnitOfWork

_TEAM = Message("A team of the ward was expected.")
_BED = Message("A bed of the ward was expected.")
_NURSE = Message("A staff number of the ward was expected.")
_EMPTY = Message("This must not be empty.")
_MEANT = "{problem} Perhaps {meant} was meant."


@dataclass(frozen=True)
class Scene:
    """One check's surroundings; findings name the record's field as their column.

    `by` is who keeps the record, empty where nobody in particular does.
    """

    unit: UnitOfWork
    book: WardBook
    today: date
    by: str = ""

    @property
    def ward(self) -> str:
        """The ward's code."""
        return self.book.ward.code

    def team(self, field: str, value: str) -> Iterator[Finding]:
        """Refuse a team that the ward doesn't have, by number or name; an empty one is none."""
        teams = {
            normal(n): str(t.number) for t in self.book.teams for n in (t.number, t.name, t.name_en) if n
        }
        if value and normal(value) not in teams:
            yield found(field, _meant(_TEAM, _close(normal(value), teams)), value)

    def bed(self, field: str, value: str) -> Iterator[Finding]:
        """Refuse a bed that the ward doesn't have; another spelling is offered."""
        beds = [bed.code for bed in self.book.beds]
        if value and value not in beds:
            yield found(field, _meant(_BED, BedBook(beds).find(value)), value)

    def nurse(self, field: str, value: str, *, is_needed: bool = False) -> Iterator[Finding]:
        """Refuse a staff number that nobody has; where a name stands instead, her number is offered."""
        if not value:
            if is_needed:
                yield found(field, _EMPTY)
            return
        numbers = [nurse.staff_no for nurse in self.book.nurses]
        if value not in numbers:
            named = [n.staff_no for n in self.book.nurses if plain_name(value) in _names(n.name, n.name_en)]
            close = named if len(named) == 1 else get_close_matches(value, numbers, 1)
            yield found(field, _meant(_NURSE, next(iter(close), None)), value)

    def past(self, field: str, day: date) -> Iterator[Finding]:
        """Refuse a date that hasn't come."""
        if day > self.today:
            yield found(field, Message("A date that has come was expected."), day.isoformat())


def found(field: str, problem: Message, value: object = "") -> Finding:
    """Make a finding about a field of the record."""
    return Finding("", problem, column=field, value=str(value))


def needed(field: str, value: str) -> Iterator[Finding]:
    """Refuse an empty text."""
    if not value.strip():
        yield found(field, _EMPTY)


def whole(field: str, value: int, most: int) -> Iterator[Finding]:
    """Refuse a number that is negative or absurd."""
    if not 0 <= value <= most:
        problem = Message("A whole number from {low} to {high} was expected.", low=0, high=most)
        yield found(field, problem, value)


def not_before(field: str, day: date | None, first: date) -> Iterator[Finding]:
    """Refuse a date before another."""
    if day is not None and day < first:
        problem = Message("A date on or after {first} was expected.", first=first.isoformat())
        yield found(field, problem, day.isoformat())


def _names(*names: str) -> set[str]:
    return {plain_name(name) for name in names if name}


def _close(value: str, known: dict[str, str]) -> str | None:
    match = get_close_matches(value, known, 1)
    return known[match[0]] if match else None


def _meant(problem: Message, meant: str | None) -> Message:
    return problem if meant is None else Message(_MEANT, problem=problem, meant=meant)


def repeated(values: Iterable[str]) -> tuple[str, ...]:
    """Give the values that occur twice."""
    return tuple(value for value, count in Counter(values).items() if count > 1)
