"""The quarter's nursing-sensitive indicators, each with numerator, denominator and the rows behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wardteam.domain.calendar import Period
from wardteam.errors import Message


class RowSide(StrEnum):
    """Which side of the fraction a source row belongs to."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


@dataclass(frozen=True)
class SourceRow:
    """One row behind an indicator: its date (None where it has none), what it is, and what it adds."""

    side: RowSide
    day: date | None
    what: Message | str
    value: float


class IndicatorUnit(StrEnum):
    """In what an indicator is told; the value is numerator over denominator times `times`."""

    PERCENT = "percent"
    PER_MILLE = "per_mille"
    RATIO = "ratio"
    HOURS = "hours"

    @property
    def times(self) -> float:
        """By what the fraction is multiplied."""
        return {IndicatorUnit.PERCENT: 100.0, IndicatorUnit.PER_MILLE: 1000.0}.get(self, 1.0)


@dataclass(frozen=True)
class Indicator:
    """One indicator of the quarterly return. What can't be answered has no value, and `missing` says why.

    `numerator` and `denominator` are None where they aren't known; `notes` qualify a value that is given.
    """

    code: str
    name: Message
    formula: Message
    unit: IndicatorUnit
    numerator: float | None = None
    denominator: float | None = None
    rows: tuple[SourceRow, ...] = ()
    missing: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def value(self) -> float | None:
        """The indicator itself; None where something is missing."""
        if self.missing or self.numerator is None or not self.denominator:
            return None
        return self.unit.times * self.numerator / self.denominator


@dataclass(frozen=True)
class IndicatorTable:
    """All indicators of a quarter, told until a date (the quarter's last, or yesterday)."""

    quarter: Period
    until: date
    indicators: tuple[Indicator, ...]
    notes: tuple[Message, ...] = ()

    def indicator(self, code: str) -> Indicator:
        """Give one indicator by its code; KeyError where there is none."""
        for indicator in self.indicators:
            if indicator.code == code:
                return indicator
        raise KeyError(code)
