"""What the charts say beside their figures: signals, verdicts, and numbers in one language."""

from __future__ import annotations

import math
import re

from wardteam.i18n import Translator
from wardteam.stats.charts.types import Assurance, Signal, Variation
from wardteam.stats.plots import Words

MOST_DECIMALS = 8
SIGNAL_WORDS: dict[Signal, str] = {
    Signal.OUTSIDE: "outside the limits",
    Signal.SHIFT: "shift: a run on one side of the centre line",
    Signal.TREND: "trend: a run in one direction",
    Signal.NEAR_LIMIT: "two of three near a limit",
    Signal.LONG_RUN: "unusually long run",
    Signal.FEW_CROSSINGS: "unusually few crossings of the median",
}
SIGNAL_KEYS: dict[Signal, str] = {
    Signal.OUTSIDE: "beyond a limit",
    Signal.SHIFT: "shift",
    Signal.TREND: "trend",
    Signal.NEAR_LIMIT: "near a limit",
    Signal.LONG_RUN: "long run",
    Signal.FEW_CROSSINGS: "few crossings",
}
VARIATION_WORDS: dict[Variation, str] = {
    Variation.COMMON_CAUSE: "common-cause variation, no change to be seen",
    Variation.IMPROVEMENT: "special-cause variation, improvement",
    Variation.CONCERN: "special-cause variation, concern",
    Variation.SPECIAL_CAUSE: "special-cause variation, neither better nor worse by itself",
    Variation.UNKNOWN: "variation can't be judged yet",
}
ASSURANCE_WORDS: dict[Assurance, str] = {
    Assurance.WILL_REACH: "the target will be reached as the process runs",
    Assurance.WILL_MISS: "the target will be missed as the process runs",
    Assurance.HIT_OR_MISS: "the target may be hit or missed at random",
    Assurance.NO_TARGET: "no target set",
    Assurance.UNKNOWN: "the target can't be judged yet",
}


def figure_words(value: float, *, is_share: bool = False) -> str:
    """Write a figure with the decimals that its size deserves (three digits below 1), shares in percent.

    >>> figure_words(1234.5), figure_words(12.34), figure_words(-0.1234), figure_words(0.805, is_share=True)
    ('1234', '12.3', '−0.123', '80.5%')
    """
    if is_share:
        return f"{100 * value:.{2 if 0 < abs(value) < 0.01 else 1}f}%".replace("-", "−")
    size = abs(value)
    small = 3 if size >= 0.1 or size == 0 else min(2 - math.floor(math.log10(size)), MOST_DECIMALS)
    decimals = 0 if size >= 1000 else 1 if size >= 10 else 2 if size >= 1 else small
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−")


def tick_words(value: float, *, is_share: bool = False) -> str:
    """Write an axis' figure as short as it goes."""
    text = f"{100 * value:.6g}%" if is_share else f"{value:.6g}"
    return text.replace("-", "−")


def show(words: Words, t: Translator) -> str:
    """Put a label into words, on one line."""
    return re.sub(r"\s+", " ", t.show(words)).strip()
