"""The bars beside each line of the balance table, drawn from zero so that evenness looks even."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam.domain.documents import BalanceRow

HEIGHT = 28.0
BAR_WIDTH = 12.0
STEP = 18.0


@dataclass(frozen=True)
class Bar:
    """One team's bar in the units of the drawing."""

    x: float
    y: float
    height: float


def balance_bars(row: BalanceRow) -> tuple[Bar, ...]:
    """Give a bar a team; the tallest fills the height."""
    top = max((abs(figure) for figure in row.figures), default=0.0) or 1.0
    heights = (HEIGHT * abs(figure) / top for figure in row.figures)
    return tuple(Bar(i * STEP, round(HEIGHT - h, 2), round(h, 2)) for i, h in enumerate(heights))


def chart_width(row: BalanceRow) -> float:
    """Give the width of a row's drawing."""
    return STEP * len(row.figures) - (STEP - BAR_WIDTH)
