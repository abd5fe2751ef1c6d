"""A way out drawn as a small strip: a line for each nurse, a column for each day that changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardteam.domain.documents import Pair
from wardteam.domain.shifts import LeaveKind
from wardteam.domain.ward import WardBook
from wardteam.errors import Message, Named
from wardteam.services.way_priced import Move, PricedWay


@dataclass(frozen=True)
class StripCell:
    """A changed cell: the symbols before and after, the colour after, and both in full words."""

    old: Pair
    new: Pair
    colour: str
    old_name: Named | Message
    new_name: Named | Message

    @property
    def is_post(self) -> bool:
        """Whether only the post of the shift changes."""
        return self.old == self.new


@dataclass(frozen=True)
class StripLine:
    """One nurse's changed cells, by day; None where nothing changes."""

    nurse: Named
    is_own: bool
    cells: tuple[StripCell | None, ...]


@dataclass(frozen=True)
class Strip:
    """The changed cells of a way out."""

    days: tuple[date, ...]
    lines: tuple[StripLine, ...]


def strip_of(book: WardBook, way: PricedWay) -> Strip:
    """Arrange a way's moves."""
    days = tuple(sorted({move.day for move in way.moves}))
    staff = dict.fromkeys(move.staff_no for move in way.moves)
    return Strip(days, tuple(_line(book, way, staff_no, days) for staff_no in staff))


def strip_colours(book: WardBook) -> tuple[str, ...]:
    """Give the colours that strips can show."""
    return tuple(shift.colour for shift in book.shifts)


def _line(book: WardBook, way: PricedWay, staff_no: str, days: tuple[date, ...]) -> StripLine:
    own = {move.day: move for move in way.moves if move.staff_no == staff_no}
    first = next(iter(own.values()))
    return StripLine(first.nurse, first.is_own, tuple(_cell(book, own.get(day)) for day in days))


def _cell(book: WardBook, move: Move | None) -> StripCell | None:
    if move is None:
        return None
    shift = next((s for s in book.shifts if s.code == move.new_code), None)
    colour = shift.colour if shift else ""
    return StripCell(_symbol(book, move.old_code), _symbol(book, move.new_code), colour, move.old, move.new)


def _symbol(book: WardBook, code: str) -> Pair:
    shift = next((s for s in book.shifts if s.code == code), None)
    return (shift.symbol, shift.symbol_en) if shift else LeaveKind(code).symbols
