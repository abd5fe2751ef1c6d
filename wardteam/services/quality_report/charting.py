"""A course as a figure of the report: title, caption with n, periods, changeover and rule, and its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from wardteam.domain.study import StudyPlan
from wardteam.errors import Message
from wardteam.services.quality_report.courses import Course
from wardteam.services.quality_report.wording import number, period_words
from wardteam.stats.charts.types import ChartKind, ChartPoint, ControlChart
from wardteam.stats.counts import Share
from wardteam.stats.figures import share_figure
from wardteam.stats.plots import ChartPlot, Words
from wardteam.stats.report import Block, Figure, Paragraph, Tone
from wardteam.stats.results import Unanswerable

T = TypeVar("T")
NO_CHART = "{title}: no chart. {reason}"
LEAST_FOR_PERCENT = 20


def course_figure(
    course: Course,
    plan: StudyPlan,
    *,
    code: str,
    title: Message,
    unit: Words,
    is_half: bool = False,
    is_share: bool = False,
) -> Figure | Paragraph:
    """Draw a course, or say why there is nothing to draw."""
    chart = course.chart
    if chart is None:
        return refusal(title, course.why_not)
    plot = ChartPlot(
        chart,
        unit,
        phases=_phases(course, plan),
        changeover=course.changeover_label,
        is_share=is_share,
    )
    return Figure(
        code,
        plot,
        title,
        caption=(*_caption(chart, plan), *chart.warnings),
        alternative=_alternative(course, chart, title, is_share=is_share),
        is_half=is_half,
    )


def refusal(title: Message, reason: Message | None) -> Paragraph:
    """Say in the place of a chart or a table why it is not there."""
    words = reason or Message("there are not enough records")
    return Paragraph((Message(NO_CHART, title=title, reason=words),), Tone.NOTE)


def attempted(make: Callable[[], T]) -> tuple[T | None, Message | None]:
    """Run a statistic; give its result, or the words of its refusal."""
    try:
        return make(), None
    except Unanswerable as refused:
        return None, refused.message


def said_once(drawn: Sequence[Block]) -> Iterator[Block]:
    """Give figures, and below them once the warnings that several captions would repeat.

    A caption's first two sentences, n with the period and the rule, stay with every figure.
    """
    counts = Counter(words for one in drawn if isinstance(one, Figure) for words in one.caption[2:])
    repeated = tuple(words for words, count in counts.items() if count > 1)
    for one in drawn:
        if isinstance(one, Figure):
            yield replace(one, caption=tuple(words for words in one.caption if words not in repeated))
        else:
            yield one
    if repeated:
        yield Paragraph(repeated, Tone.NOTE)


def _phases(course: Course, plan: StudyPlan) -> tuple[Words, ...]:
    known = {label for point, label in zip(course.points, course.labels, strict=True) if point.is_after}
    charted = [point.label in known for point in course.chart.points] if course.chart else []
    names = (plan.baseline.named,) if not all(charted) else ()
    return (*names, plan.intervention.named) if any(charted) else names


def _caption(chart: ControlChart, plan: StudyPlan) -> tuple[Words, ...]:
    periods = Message(
        "n = {points} points ({missing} more without a value); {baseline}, {intervention}.",
        points=len(chart.points),
        missing=chart.missing,
        baseline=period_words(plan.baseline),
        intervention=period_words(plan.intervention),
    )
    change = Message("Changeover: {day}.", day=plan.changeover.isoformat())
    if any(point.phase for point in chart.points):
        change = Message(
            "Changeover: {day}; centre and limits start anew there.", day=plan.changeover.isoformat()
        )
    return (periods, change, chart.rule)


def _alternative(course: Course, chart: ControlChart, title: Message, *, is_share: bool) -> tuple[Words, ...]:
    first, last = chart.points[0], chart.points[-1]
    span = Message(
        "{title}: {points} points from {first} to {last}.",
        title=title,
        points=len(chart.points),
        first=first.label,
        last=last.label,
    )
    newest = Message("The newest value is {value}.", value=_value(last, course, is_share=is_share))
    signals = Message(
        "{count} points signal more than common cause.", count=sum(bool(p.signals) for p in chart.points)
    )
    return (span, *_centres(chart, is_share=is_share), newest, signals)


def _centres(chart: ControlChart, *, is_share: bool) -> tuple[Message, ...]:
    last_of_phase = {point.phase: point for point in chart.points}
    centres = [point.centre for point in last_of_phase.values()]
    shown = [f"{100 * c:.1f}%" if is_share else number(c, _digits(chart)) for c in centres if c is not None]
    if len(shown) == 2:
        return (
            Message(
                "The centre is {before} before and {after} after the changeover.",
                before=shown[0],
                after=shown[1],
            ),
        )
    return (Message("The centre is {centre}.", centre=shown[0]),) if shown else ()


def _value(point: ChartPoint, course: Course, *, is_share: bool) -> str:
    of = course.point(point.label)
    if is_share and of is not None and of.value is not None and of.denominator:
        return share_figure(Share(round(of.value), round(of.denominator)))
    return number(point.value, 2 if course.kind is ChartKind.PP else 1)


def newest_words(course: Course, *, is_share: bool) -> str:
    """Print the newest charted value: a share with its counts, else the plotted figure."""
    if course.chart is None:
        raise ValueError("a course without a chart has no newest point")
    return _value(course.chart.points[-1], course, is_share=is_share)


def _digits(chart: ControlChart) -> int:
    return 2 if chart.kind is ChartKind.PP else 1
