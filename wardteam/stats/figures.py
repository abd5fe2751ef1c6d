"""Figures as journals print them: P to three decimals, shares with their counts, no P = 0.000."""

from __future__ import annotations

from wardteam.errors import Message
from wardteam.stats.counts import Share

LEAST_DENOMINATOR = 20


def decimal(value: float, digits: int = 1) -> str:
    """Print a figure with so many decimals and a true minus sign; what rounds to 0 has none.

    >>> decimal(-15.66), decimal(-0.04), decimal(0.125, 2)
    ('−15.7', '0.0', '0.12')
    """
    return f"{value:z.{digits}f}".replace("-", "−")


def p_figure(p: float) -> str:
    """Print P with its sign of relation.

    >>> p_figure(0.0004), p_figure(0.00416415), p_figure(1.0)
    ('<0.001', '=0.004', '=1.000')
    """
    return "<0.001" if p < 0.001 else f"={p:.3f}"


def p_words(p: float, *, adjusted: bool = False) -> Message:
    """Give P as a clause of a sentence."""
    if adjusted:
        return Message("Holm-adjusted P{relation}", relation=p_figure(p))
    return Message("P{relation}", relation=p_figure(p))


def share_figure(share: Share) -> str:
    """Print a share as count and percentage; no percentage on a denominator below 20.

    >>> share_figure(Share(162, 200)), share_figure(Share(7, 15))
    ('162/200 (81.0%)', '7/15')
    """
    if share.n < LEAST_DENOMINATOR:
        return f"{share.events}/{share.n}"
    return f"{share.events}/{share.n} ({100 * share.value:.1f}%)"
