"""One period held against the plan's targets, measure by measure, in words."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam.domain.study import MeasureKind, StudyPeriod
from wardteam.errors import Message
from wardteam.services.compare import DURATION_NAMES, NO_CONTROL
from wardteam.services.period_records import PeriodRecords, arrival_times, records_of
from wardteam.services.quality_data import QualityData
from wardteam.services.study_plans import aim_words
from wardteam.stats.comparison import MEASURE_NAMES, LedgerStep
from wardteam.stats.figures import p_words, share_figure
from wardteam.stats.ratios import FEW_POINTS, WEEK
from wardteam.stats.results import Interval, Result, Unanswerable
from wardteam.stats.targets import logs_against, rate_against, share_against

PER = 100.0
REACHED = (
    "{measure}: {figure} against a target of {aim} (95% CI {low} to {high}; {p}). The interval lies on "
    "the good "
    "side of the target: it is reached."
)
MISSED = (
    "{measure}: {figure} against a target of {aim} (95% CI {low} to {high}; {p}). The interval lies on "
    "the wrong "
    "side of the target: it is missed."
)
OPEN = (
    "{measure}: {figure} against a target of {aim} (95% CI {low} to {high}; {p}). The interval holds the "
    "target: "
    "whether it is reached can't be told."
)
NO_TARGET = "{measure}: the plan names no target."
NO_FIGURES = "{measure}: there are not enough records to hold against a target of {aim}."
ONE_PERIOD = Message("One period alone says nothing of change: a course or a comparison does.")


@dataclass(frozen=True)
class TargetLine:
    """A measure against its target; `result` is None where there is no target or too little data."""

    kind: MeasureKind
    target: float | None
    result: Result | None
    sentence: Message
    remarks: tuple[Message, ...] = ()


@dataclass(frozen=True)
class TargetComparison:
    """One period against the targets, with the ledger of its call log and what can't be said."""

    period: StudyPeriod
    lines: tuple[TargetLine, ...]
    ledger: tuple[tuple[LedgerStep, int], ...]
    limits: tuple[Message, ...]


def compare_with_target(data: QualityData, period: StudyPeriod | None = None) -> TargetComparison:
    """Hold a period, the plan's intervention by default, against the plan's targets."""
    records = records_of(data, period or data.plan.intervention)
    return TargetComparison(
        period=records.period,
        lines=tuple(_line(data, records, kind) for kind in MeasureKind),
        ledger=tuple((step, records.log.taken[step]) for step in LedgerStep),
        limits=(ONE_PERIOD, NO_CONTROL),
    )


def _line(data: QualityData, records: PeriodRecords, kind: MeasureKind) -> TargetLine:
    target = data.plan.targets.get(kind)
    name = _name(data, kind)
    if target is None:
        return TargetLine(kind, None, None, Message(NO_TARGET, measure=name))
    try:
        result = _tested(kind, data, records, target)
    except Unanswerable as refusal:
        missing = Message(NO_FIGURES, measure=name, aim=aim_words(kind, target))
        return TargetLine(kind, target, None, missing, (refusal.message,))
    if result is None or result.interval is None or result.p is None:
        return TargetLine(kind, target, None, Message(NO_FIGURES, measure=name, aim=aim_words(kind, target)))
    words = _verdict(kind, result.interval, target)
    low, high = (_figure(kind, bound) for bound in (result.interval.low, result.interval.high))
    figure = _shown(kind, records, result)
    sentence = Message(
        words,
        measure=name,
        figure=figure,
        aim=aim_words(kind, target),
        low=low,
        high=high,
        p=p_words(result.p),
    )
    return TargetLine(kind, target, result, sentence, (result.reason, *result.warnings))


def _name(data: QualityData, kind: MeasureKind) -> Message:
    if kind is MeasureKind.ARRIVAL:
        return DURATION_NAMES.get(data.plan.duration, MEASURE_NAMES[kind])
    return MEASURE_NAMES[kind]


def _verdict(kind: MeasureKind, interval: Interval, target: float) -> str:
    is_share = kind in (MeasureKind.SATISFACTION, MeasureKind.AWARENESS)
    if interval.low <= target <= interval.high:
        return OPEN
    return REACHED if (interval.low > target) is is_share else MISSED


def _figure(kind: MeasureKind, value: float) -> str:
    if kind in (MeasureKind.SATISFACTION, MeasureKind.AWARENESS):
        return f"{100 * value:.1f}%"
    return f"{value:.1f}"


def _shown(kind: MeasureKind, records: PeriodRecords, result: Result) -> Message | str:
    share = records.asked.share(kind) if kind in (MeasureKind.SATISFACTION, MeasureKind.AWARENESS) else None
    if share is not None:
        return share_figure(share)
    estimate = _figure(kind, result.estimate or 0.0)
    if kind is MeasureKind.BELLS:
        return Message("{rate} per 100 patient-days", rate=estimate)
    return Message("a geometric mean of {seconds} s", seconds=estimate)


def _tested(kind: MeasureKind, data: QualityData, records: PeriodRecords, target: float) -> Result | None:
    match kind:
        case MeasureKind.BELLS:
            return _bells(records, target)
        case MeasureKind.ARRIVAL:
            times = arrival_times(records.log, data.plan.duration)
            return logs_against(times.stay_logs(), target) if times.by_stay else None
        case _:
            share = records.asked.share(kind)
            return None if share is None else share_against(share, target)


def _bells(records: PeriodRecords, target: float) -> Result | None:
    days = records.daily(records.log.is_bell)
    if days is None:
        return None
    points = days.pooled(WEEK) if len(days.counts) >= WEEK * FEW_POINTS else days
    return rate_against(points, target, per=PER)
