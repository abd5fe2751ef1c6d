"""The comparison of two periods on the screen: its periods, a line for each measure, the rest on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wardteam.cli.screen import Screen
from wardteam.domain.study import StudyPeriod
from wardteam.errors import Message
from wardteam.stats.comparison import Comparison

if TYPE_CHECKING:
    from wardteam.services.quality_data import QualityData

FREELY_CHOSEN = Message("These periods were chosen freely, not planned: what they show is exploratory.")
_PROPOSED = Message(
    "There is no plan yet: these periods are proposed, and what they show is exploratory. "
    "`wardteam plan new --baseline A..B --intervention C..D` drafts a plan."
)


def show_comparison(screen: Screen, comparison: Comparison) -> None:
    """Say the two periods, each measure in its sentence, and what the comparison can't tell."""
    show_periods(screen, (comparison.baseline, comparison.intervention))
    for measure in comparison.measures:
        screen.line("{words}", words=measure.sentence)
        screen.list(measure.remarks)
    screen.line("What the comparison can't tell:")
    screen.list(comparison.limits)


def show_periods(screen: Screen, periods: tuple[StudyPeriod, ...]) -> None:
    """Name periods with their dates, one a line."""
    for period in periods:
        first, last = period.span.first.isoformat(), period.span.last.isoformat()
        screen.line("{name}, {first} to {last}", name=period.named, first=first, last=last)


def unplanned(data: QualityData) -> Message | None:
    """Say that nobody planned the periods, or not in time; None where they were declared beforehand."""
    from wardteam.services.compare import FREE
    from wardteam.services.study_plans import looked_before

    if data.plan.code:
        return looked_before(data)
    return FREELY_CHOSEN if data.plan.name == FREE else _PROPOSED
