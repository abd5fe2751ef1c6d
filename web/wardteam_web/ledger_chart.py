"""The ledger's pictures: a bar from zero for a balance, and what she got beside her share, month by month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wardteam.domain.ledger import LedgerAccount, LedgerLine, Measure

HALF = 30.0
HEIGHT = 64.0
STEP = 46.0
BAR = 22.0
LEFT = 10.0
GAP = 4.0
NUMBER = 16.0
"""Room for a number: above a bar, and its height with that room."""


@dataclass(frozen=True)
class Drift:
    """A balance as a bar from the middle line at x = 30; `tone` tells who is owed: her, or by her."""

    x: float
    width: float
    tone: str


@dataclass(frozen=True)
class MonthBar:
    """One period: the bar of what she got with its number, and the height of her share's line."""

    line: LedgerLine
    x: float
    y: float
    height: float
    share_y: float

    @property
    def number_y(self) -> float:
        """Where the number stands: on the bar, above the share's line where that would cross it."""
        is_crossed = self.y - NUMBER <= self.share_y <= self.y
        return (self.share_y if is_crossed else self.y) - GAP


def drift(balance: float, most: float, measure: Measure) -> Drift:
    """Draw a balance against the ward's largest one, which fills its half."""
    width = round(HALF * min(abs(balance) / most, 1.0), 1) if most else 0.0
    is_owed = (balance > 0) is measure.is_burden
    return Drift(round(HALF - width, 1) if balance < 0 else HALF, width, "owed" if is_owed else "owes")


def largest(accounts: Iterable[LedgerAccount]) -> float:
    """Give the largest balance of some accounts, without its sign."""
    return max((abs(account.balance) for account in accounts), default=0.0)


def month_bars(account: LedgerAccount) -> tuple[MonthBar, ...]:
    """Lay out an account's periods from left to right; the highest bar or share fills the height."""
    lines = [line for line in account.lines if line.period is not None]
    top = max((max(line.got, line.share) for line in lines), default=0.0) or 1.0
    bars = []
    for place, line in enumerate(lines):
        height = round(HEIGHT * line.got / top, 1)
        share_y = round(HEIGHT * (1 - line.share / top), 1)
        bars.append(MonthBar(line, LEFT + place * STEP, round(HEIGHT - height, 1), height, share_y))
    return tuple(bars)


def months_width(account: LedgerAccount) -> float:
    """Give the width of an account's picture."""
    return 2 * LEFT + STEP * sum(line.period is not None for line in account.lines) - (STEP - BAR)
