"""The fairness ledger (公平账): what each nurse got, her fair share, what is carried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from wardteam.domain.calendar import Period


class Measure(StrEnum):
    """What the ledger counts. Wishes count what was granted, overtime hours above the norm of a period."""

    NIGHTS = "nights"
    EVENINGS = "evenings"
    WEEKENDS = "weekends"
    HOLIDAYS = "holidays"
    WISHES = "wishes"
    WISH_POINTS = "wish_points"
    OVERTIME = "overtime"
    CALLS = "calls"

    @property
    def is_burden(self) -> bool:
        """Whether more of it is worse for her."""
        return self not in (Measure.WISHES, Measure.WISH_POINTS)


@dataclass(frozen=True)
class LedgerLine:
    """One entry: what she got of a measure in a period, and her fair share of it.

    `period` is None for the opening balance, whose difference stands in `got`. `asked` is what she asked
    for, where the measure is of wishes. A line that lies before the ward's memory `counts` no more.
    """

    period: Period | None
    got: float
    share: float = 0.0
    asked: int = 0
    counts: bool = True

    @property
    def difference(self) -> float:
        """What she got above her share."""
        return self.got - self.share

    @property
    def refused(self) -> float:
        """What she asked for and did not get."""
        return self.asked - self.got


@dataclass(frozen=True)
class LedgerAccount:
    """All lines of one nurse and measure, oldest first."""

    staff_no: str
    measure: Measure
    lines: tuple[LedgerLine, ...]

    @property
    def got(self) -> float:
        """What she got in the periods that count."""
        return sum(line.got for line in self._counted if line.period is not None)

    @property
    def share(self) -> float:
        """Her fair share in the periods that count."""
        return sum(line.share for line in self._counted)

    @property
    def refused(self) -> float:
        """What she asked for in vain in the periods that count."""
        return sum(line.refused for line in self._counted if line.period is not None)

    @property
    def balance(self) -> float:
        """What is carried: the opening and every period's difference, as far back as memory reaches."""
        return sum(line.difference for line in self._counted)

    def running(self) -> tuple[float, ...]:
        """Give the balance after each line."""
        sums, total = [], 0.0
        for line in self.lines:
            total += line.difference if line.counts else 0.0
            sums.append(total)
        return tuple(sums)

    def before(self, period: Period) -> LedgerAccount:
        """Give the account without this period's line."""
        return LedgerAccount(
            self.staff_no, self.measure, tuple(line for line in self.lines if line.period != period)
        )

    @property
    def _counted(self) -> tuple[LedgerLine, ...]:
        return tuple(line for line in self.lines if line.counts)


@dataclass(frozen=True)
class Spread:
    """How far the nurses' balances lie apart: largest less smallest, and the standard deviation (n)."""

    nurses: int
    range: float
    deviation: float

    @staticmethod
    def of(balances: Iterable[float]) -> Spread:
        """Measure some balances; nothing is spread by nothing."""
        found = tuple(balances)
        if not found:
            return Spread(0, 0.0, 0.0)
        mean = sum(found) / len(found)
        return Spread(
            len(found), max(found) - min(found), sqrt(sum((x - mean) ** 2 for x in found) / len(found))
        )


@dataclass(frozen=True)
class Ledger:
    """Every account of a ward, by nurse in the book's order; `periods` are its rosters', oldest first.

    `draft` is the newest of the periods where its roster is not published yet.
    """

    periods: tuple[Period, ...]
    accounts: tuple[LedgerAccount, ...]
    draft: Period | None = None

    def account(self, staff_no: str, measure: Measure) -> LedgerAccount:
        """Give a nurse's account; an empty one where nothing is written of her."""
        found = (a for a in self.accounts if a.staff_no == staff_no and a.measure is measure)
        return next(found, LedgerAccount(staff_no, measure, ()))

    def of(self, measure: Measure) -> tuple[LedgerAccount, ...]:
        """Give the accounts of a measure."""
        return tuple(account for account in self.accounts if account.measure is measure)

    @property
    def nurses(self) -> tuple[str, ...]:
        """Staff numbers of those who have an account, in order."""
        return tuple(dict.fromkeys(account.staff_no for account in self.accounts))

    def spread(self, measure: Measure, *, without: Period | None = None) -> Spread:
        """Measure the spread of what is carried, over those who share in the measure.

        With `without`, as it was before that period.
        """
        shared = (a for a in self.of(measure) if a.share > 0 or a.got > 0)
        return Spread.of((a if without is None else a.before(without)).balance for a in shared)
