"""The comparison of two periods on the screen: a line for each measure, the rest on paper."""

from __future__ import annotations

from wardteam.cli.screen import Screen
from wardteam.stats.comparison import Comparison


def show_comparison(screen: Screen, comparison: Comparison) -> None:
    """Say each measure in its sentence, and what the comparison can't tell."""
    for measure in comparison.measures:
        screen.line("{measure}: {sentence}", measure=measure.name, sentence=measure.sentence)
        screen.list(measure.remarks)
    screen.line("What the comparison can't tell:")
    screen.list(comparison.limits)
