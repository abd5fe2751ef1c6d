"""One nurse's period as weeks from Monday to Sunday, and how many of each shift she has."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from wardteam.domain.documents import LegendEntry, PocketCard, SheetCell, SheetDay


@dataclass(frozen=True)
class CalendarDay:
    """One square: the day, what she does, its legend, and who is on with her."""

    day: SheetDay
    cell: SheetCell
    legend: LegendEntry | None
    mates: tuple[str, ...]


Week = tuple[CalendarDay | None, ...]


def calendar_weeks(card: PocketCard) -> tuple[Week, ...]:
    """Lay the days out in weeks of seven; None fills the squares outside the period."""
    squares: list[CalendarDay | None] = [None] * card.period.first.weekday()
    squares += _squares(card)
    squares += [None] * (-len(squares) % 7)
    return tuple(tuple(squares[i : i + 7]) for i in range(0, len(squares), 7))


def duty_counts(card: PocketCard) -> tuple[tuple[LegendEntry, int], ...]:
    """Count each symbol of the legend that she has at least once."""
    counts = Counter(cell.symbol for cell in card.cells)
    return tuple((entry, counts[entry.symbol]) for entry in card.legend if counts[entry.symbol])


def _squares(card: PocketCard) -> list[CalendarDay | None]:
    legend = {entry.symbol: entry for entry in card.legend}
    mates = card.mates or ((),) * len(card.days)
    lines = zip(card.days, card.cells, mates, strict=True)
    return [CalendarDay(day, cell, legend.get(cell.symbol), with_her) for day, cell, with_her in lines]
