"""Part 1, the cover: the four measures with their icons and a sentence each, and the limits of inference."""

from __future__ import annotations

from collections.abc import Iterator

from wardteam.domain.study import SHARES, MeasureKind
from wardteam.errors import Message
from wardteam.services.against_target import compare_with_target
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.charting import newest_words
from wardteam.services.quality_report.series import bells_series, bells_words, medians_series, medians_words
from wardteam.services.study_plans import aim_words, looked_before, plan_changes
from wardteam.stats.charts.types import Assurance, Variation
from wardteam.stats.comparison import (
    MeasureComparison,
    RateDescription,
    ShareDescription,
    TimeDescription,
)
from wardteam.stats.figures import share_figure
from wardteam.stats.plots import Words
from wardteam.stats.report import Block, Bullets, Heading, Paragraph, Part, Tone, VerdictLine, Verdicts
from wardteam.stats.sentences import plain

SIMPLE_LOWER = {
    MeasureKind.BELLS: (
        "Patients rang less often than before: {after} instead of {before} calls for every 100 days in bed."
    ),
    MeasureKind.ARRIVAL: (
        "Nurses came sooner than before: half of the calls were reached within {after} instead of "
        "{before} seconds."
    ),
    MeasureKind.SATISFACTION: "Fewer of those asked were satisfied: {after} instead of {before}.",
    MeasureKind.AWARENESS: (
        "Fewer of those asked knew what they had been taught: {after} instead of {before}."
    ),
}
SIMPLE_HIGHER = {
    MeasureKind.BELLS: (
        "Patients rang more often than before: {after} instead of {before} calls for every 100 days in bed."
    ),
    MeasureKind.ARRIVAL: (
        "Nurses came later than before: half of the calls were reached within {after} instead of {before} "
        "seconds."
    ),
    MeasureKind.SATISFACTION: "More of those asked were satisfied: {after} instead of {before}.",
    MeasureKind.AWARENESS: "More of those asked knew what they had been taught: {after} instead of {before}.",
}
SIMPLE_UNCLEAR = {
    MeasureKind.BELLS: "Whether patients rang more or less often than before, the records can't tell.",
    MeasureKind.ARRIVAL: "Whether nurses came sooner or later than before, the records can't tell.",
    MeasureKind.SATISFACTION: (
        "Whether more or fewer patients were satisfied than before, the answers can't tell."
    ),
    MeasureKind.AWARENESS: (
        "Whether patients knew more or less than before of what they had been taught, the answers can't tell."
    ),
}
NO_PROOF = Message(
    "All this happened at the same time as the change of the care model; it does not prove that the "
    "change did it."
)


ICONS = Message(
    "The icons judge the newest point of each measure's control chart in parts 3 to 5; the sentences compare "
    "whole periods. The two may differ."
)
SIGNALS = {
    Variation.IMPROVEMENT: "{measure}: the newest point, {label} ({figure}), is a signal of improvement.",
    Variation.CONCERN: "{measure}: the newest point, {label} ({figure}), is a signal of concern.",
}
PART_6 = Message("Part 6 shows the courses.")
BELLS_ALIKE = Message(
    "Seen against the way the calls were already going, the records can't tell whether they took another "
    "course."
)
WAITS_ALIKE = Message(
    "Seen against the way the waits were already going, the records can't tell whether they took another "
    "course."
)


def cover_part(analysis: Analysis) -> Part:
    """Give the verdict on the four measures, what limits it, and the same in plain language."""
    blocks: tuple[Block, ...] = (
        Verdicts(tuple(_line(analysis, measure) for measure in analysis.comparison.measures)),
        Paragraph((ICONS, *_signals(analysis)), Tone.NOTE),
        *_warnings(analysis),
        *_against_course(analysis),
        _in_plain_words(analysis),
        *_against_targets(analysis),
        Heading(Message("What these figures can't tell")),
        Bullets(analysis.comparison.limits),
    )
    return Part(1, Message("Verdict"), blocks)


def _line(analysis: Analysis, measure: MeasureComparison) -> VerdictLine:
    chart = analysis.course(measure.kind).chart
    target = analysis.plan.targets.get(measure.kind)
    newest = measure.intervention or measure.baseline
    return VerdictLine(
        name=Message("{measure} (primary)", measure=measure.name) if measure.is_primary else measure.name,
        figure=plain(newest) if newest is not None else Message("no records"),
        variation=chart.variation if chart else Variation.UNKNOWN,
        assurance=chart.assurance if chart else _unknown(has_target=target is not None),
        sentence=measure.sentence,
        target="" if target is None else aim_words(measure.kind, target),
    )


def _signals(analysis: Analysis) -> Iterator[Words]:
    """Name the newest point of each measure whose icon is not that of common cause."""
    for measure in analysis.comparison.measures:
        course = analysis.course(measure.kind)
        if course.chart is None or course.chart.variation not in SIGNALS:
            continue
        yield Message(
            SIGNALS[course.chart.variation],
            measure=measure.name,
            label=course.chart.points[-1].label,
            figure=newest_words(course, is_share=measure.kind in SHARES),
        )


def _against_course(analysis: Analysis) -> Iterator[Paragraph]:
    """Say what part 6 found: two periods may differ because of a course that was under way before."""
    bells, _ = bells_series(analysis)
    medians, _ = medians_series(analysis)
    words = [bells_words(bells)] if bells else []
    words += [medians_words(medians)] if medians else []
    if words:
        yield Paragraph((*words, PART_6))


def _courses_simply(analysis: Analysis) -> Iterator[Words]:
    for (series, _), words in (
        (bells_series(analysis), BELLS_ALIKE),
        (medians_series(analysis), WAITS_ALIKE),
    ):
        if series is not None and not series.effect_at_end.is_significant:
            yield words


def _against_targets(analysis: Analysis) -> Iterator[Block]:
    """Hold the intervention period against the plan's targets; nothing where it names none."""
    if analysis.plan.targets:
        found = compare_with_target(analysis.data)
        yield Heading(Message("The intervention period against the targets"))
        yield Bullets(tuple(line.sentence for line in found.lines if line.target is not None))


def _unknown(*, has_target: bool) -> Assurance:
    return Assurance.UNKNOWN if has_target else Assurance.NO_TARGET


def _warnings(analysis: Analysis) -> Iterator[Paragraph]:
    late = looked_before(analysis.data)
    if late is not None:
        yield Paragraph((late,), Tone.WARNING)
    changed = [change for change in plan_changes(analysis.data.plan_versions) if change.is_after_lock]
    if changed:
        words = Message(
            "The plan was changed {count} times after it had been locked; part 9 lists every change with "
            "its reason.",
            count=len(changed),
        )
        yield Paragraph((words,), Tone.WARNING)


def _in_plain_words(analysis: Analysis) -> Paragraph:
    """Say the verdicts for readers who skip tables; where nothing differs, nothing needs a proof."""
    simple = tuple(_simple(analysis))
    differs = any(words.text not in SIMPLE_UNCLEAR.values() for words in simple)
    return Paragraph((*simple, *_courses_simply(analysis), *((NO_PROOF,) if differs else ())), Tone.SIMPLE)


def _simple(analysis: Analysis) -> Iterator[Message]:
    for measure in analysis.comparison.measures:
        p = measure.deciding_p
        if p is None or measure.baseline is None or measure.intervention is None:
            yield Message(SIMPLE_UNCLEAR[measure.kind])
            continue
        before, after = _size(measure.baseline), _size(measure.intervention)
        if p >= 0.05 or before[0] == after[0]:
            yield Message(SIMPLE_UNCLEAR[measure.kind])
            continue
        words = SIMPLE_HIGHER if after[0] > before[0] else SIMPLE_LOWER
        yield Message(words[measure.kind], before=before[1], after=after[1])


def _size(description: RateDescription | TimeDescription | ShareDescription) -> tuple[float, str]:
    match description:
        case RateDescription():
            return description.per_100, f"{description.per_100:.0f}"
        case TimeDescription():
            return description.median, f"{description.median:.0f}"
        case ShareDescription():
            return description.share.value, share_figure(description.share)
