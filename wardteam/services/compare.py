"""Compare two periods of a ward by the plan: bells, arrival times, satisfaction and awareness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wardteam.domain.calendar import Period
from wardteam.domain.study import Duration, Exclusion, MeasureKind, StudyPeriod, StudyPlan
from wardteam.errors import BadInput, Finding, Message, Named
from wardteam.services.bell_log import ledger
from wardteam.services.call_days import in_span
from wardteam.services.period_records import PeriodRecords, arrival_times, period_records
from wardteam.services.quality_data import QualityData
from wardteam.stats.comparison import Comparison, LedgerStep, MeasureComparison
from wardteam.stats.counts import Share
from wardteam.stats.figures import decimal
from wardteam.stats.measures import arrival_measure, bells_measure, conclude, share_measure
from wardteam.stats.missing_bounds import worst_case_bounds
from wardteam.stats.results import Unanswerable, fingerprint

NO_CONTROL = Message(
    "The design has no control group: what changed is associated with the new care model, "
    "and other changes of the same time may have caused it."
)
TREND = Message("Two periods cannot tell an effect from a trend that was under way before.")
BALANCE = Message(
    "Fewer bells are not better by themselves; calls that nobody came to are shown beside them."
)
SEASONS = Message("The two periods cover different calendar months: a season may look like an effect.")
REVERSED = Message(
    "The intervention period lies before the baseline: no course before the change can be carried on."
)
OVERLAP = "The periods overlap: {first} and {second} both hold {day}. Choose periods that share no date."
WORST = (
    "Whatever those without a valid answer would have said, the difference lies from {low} to {high} points."
)
GAPS = (
    "On {days} days the call log holds no call while patients were there; they are left out as not recorded."
)
FREE = Named("自选时期的比较", "periods chosen freely")
ALL_BELLS = Message("Call bells, infusion calls included")
DURATION_NAMES = {
    Duration.ANSWER: Message("Time to the answer (call to answer)"),
    Duration.CLEARING: Message("Time to the clearing (call to clearing)"),
}


def compare(data: QualityData) -> Comparison:
    """Compare baseline and intervention by the plan: one primary measure, Holm over the others."""
    return compare_periods(data.plan, period_records(data), outside_calls(data))


def free_plan(plan: StudyPlan, baseline: Period, intervention: Period) -> StudyPlan:
    """Give a plan of other periods, for a comparison that nobody planned; it is not locked.

    Raises
    ------
    BadInput
        Where the periods share a date.
    """
    check_apart(baseline, intervention)
    first, second = (
        replace(period, span=span)
        for period, span in ((plan.baseline, baseline), (plan.intervention, intervention))
    )
    return replace(
        plan, code="", name=FREE, baseline=first, intervention=second, locked_at=None, locked_by=""
    )


def with_periods(data: QualityData, baseline: Period | None, intervention: Period | None) -> QualityData:
    """Give the data with two periods that nobody planned in place of the plan's, or as they are without any.

    Raises
    ------
    BadInput
        Where one of the two is missing, or they share a date.
    """
    if baseline is None and intervention is None:
        return data
    if baseline is None or intervention is None:
        problem = Message("Both --baseline and --intervention are needed, or neither.")
        raise BadInput((Finding("--baseline" if baseline is None else "--intervention", problem),))
    return replace(data, plan=free_plan(data.plan, baseline, intervention), plan_versions=())


def check_apart(baseline: Period, intervention: Period) -> None:
    """Refuse periods that share a date, in words."""
    shared = max(baseline.first, intervention.first)
    if shared <= min(baseline.last, intervention.last):
        first, second = (f"{p.first}..{p.last}" for p in (baseline, intervention))
        problem = Message(OVERLAP, first=first, second=second, day=shared.isoformat())
        raise BadInput((Finding("", problem, value=f"{first} {second}"),))


def compare_periods(
    plan: StudyPlan, records: tuple[PeriodRecords, PeriodRecords], outside: int = 0
) -> Comparison:
    """Compare what two periods hold; `outside` counts the calls of neither."""
    baseline, intervention = records
    measures = conclude(
        (
            _bells(plan, records),
            _arrival(plan, records),
            _share(MeasureKind.SATISFACTION, records),
            _share(MeasureKind.AWARENESS, records),
        ),
        plan.primary,
    )
    hashes = [result.data_hash for m in measures for result in (m.naive, m.right) if result]
    lines = ledger(baseline.log, intervention.log)
    return Comparison(
        baseline=baseline.period,
        intervention=intervention.period,
        measures=measures,
        ledger=lines,
        outside=outside,
        unanswered=_unanswered(records),
        infusion_per_100=_infusion(records),
        flows=(baseline.asked.flow, intervention.asked.flow),
        limits=_limits(baseline.period, intervention.period),
        data_hash=fingerprint(measures=hashes, ledger=[[n.step, n.baseline, n.intervention] for n in lines]),
    )


def _bells(plan: StudyPlan, records: Sequence[PeriodRecords]) -> MeasureComparison:
    first, second = (one.daily(one.log.is_bell) for one in records)
    measure = bells_measure(first, second, test=plan.bell_test)
    gaps = sum(len(one.gaps) for one in records)
    if gaps:
        measure = replace(measure, remarks=(*measure.remarks, Message(GAPS, days=gaps)))
    is_apart = Exclusion.INFUSION_CALLS in plan.exclusions
    return measure if is_apart else replace(measure, label=ALL_BELLS)


def _arrival(plan: StudyPlan, records: Sequence[PeriodRecords]) -> MeasureComparison:
    first, second = (arrival_times(one.log, plan.duration) for one in records)
    measure = arrival_measure(first, second, test=plan.arrival_test)
    return replace(measure, label=DURATION_NAMES.get(plan.duration))


def _share(kind: MeasureKind, records: Sequence[PeriodRecords]) -> MeasureComparison:
    measure = share_measure(kind, *(one.asked.share(kind) for one in records))
    remark = worst_case_remark(kind, records)
    return replace(measure, remarks=(*measure.remarks, remark)) if remark else measure


def worst_case_remark(kind: MeasureKind, records: Sequence[PeriodRecords]) -> Message | None:
    """Say between which bounds the difference lies whatever the missing would have answered."""
    first, second = (one.asked.share_of_issued(kind) for one in records)
    if first is None or second is None or not first.missing + second.missing:
        return None
    try:
        bounds = worst_case_bounds(first, second)
    except Unanswerable:
        return None
    return Message(WORST, low=decimal(100 * bounds.low), high=decimal(100 * bounds.high))


def _unanswered(records: Sequence[PeriodRecords]) -> tuple[Share, Share] | None:
    first, second = ((one.log.taken[LedgerStep.UNANSWERED], len(one.log.calls)) for one in records)
    return (Share(*first), Share(*second)) if first[1] and second[1] else None


def _infusion(records: Sequence[PeriodRecords]) -> tuple[float, float] | None:
    first, second = (one.daily(one.log.is_patients & one.log.is_infusion) for one in records)
    return None if first is None or second is None else (100 * first.rate, 100 * second.rate)


def outside_calls(data: QualityData) -> int:
    """Count the calls that lie in neither period."""
    spans = (data.plan.baseline.span, data.plan.intervention.span)
    return len(data.calls) - sum(len(in_span(data.calls, span)) for span in spans)


def _limits(baseline: StudyPeriod, intervention: StudyPeriod) -> tuple[Message, ...]:
    months = [{day.month for day in period.span} for period in (baseline, intervention)]
    season = () if months[0] == months[1] else (SEASONS,)
    order = (REVERSED,) if intervention.span.first < baseline.span.first else ()
    return (NO_CONTROL, TREND, *season, *order, BALANCE)
