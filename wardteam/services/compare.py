"""Compare two periods of a ward: bells, arrival times, satisfaction and awareness."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from wardteam.domain.beds import Stay
from wardteam.domain.calendar import Period
from wardteam.domain.quality import BellCall, CallReason, QualityRecords, Questionnaire, StudyPeriod
from wardteam.errors import Message
from wardteam.services.bell_log import CleanLog, clean_log, ledger
from wardteam.stats.comparison import Comparison, LedgerStep, MeasureKind, QuestionnaireFlow
from wardteam.stats.counts import Share
from wardteam.stats.measures import ArrivalTimes, arrival_measure, bells_measure, conclude, share_measure
from wardteam.stats.ratios import DailyCounts
from wardteam.stats.results import fingerprint

NO_CONTROL = Message(
    "The design has no control group: what changed is associated with the new care model, "
    "and other changes of the same time may have caused it."
)
TREND = Message("Two periods cannot tell an effect from a trend that was under way before.")
BALANCE = Message(
    "Fewer bells are not better by themselves; calls that nobody came to are shown beside them."
)
SEASONS = Message("The two periods cover different calendar months: a season may look like an effect.")


def compare(
    records: QualityRecords, *, stays: Sequence[Stay] = (), primary: MeasureKind = MeasureKind.BELLS
) -> Comparison:
    """Compare baseline and intervention by the plan: one primary measure, Holm over the others.

    `stays` finds the stay of calls that name none, by bed and moment.
    """
    periods = (records.baseline, records.intervention)
    logs = [clean_log(records.calls, period.span, stays) for period in periods]
    answers = [_valid(records.questionnaires, period.span) for period in periods]
    census = {day.day: day.total for day in records.patient_days}
    measures = conclude(
        (
            bells_measure(*(_daily_bells(log, p.span, census) for log, p in zip(logs, periods, strict=True))),
            arrival_measure(*(_arrival_times(log) for log in logs)),
            share_measure(
                MeasureKind.SATISFACTION, *(_share(q.is_satisfied for q in valid) for valid in answers)
            ),
            share_measure(MeasureKind.AWARENESS, *(_share(q.is_aware for q in valid) for valid in answers)),
        ),
        primary,
    )
    hashes = [result.data_hash for m in measures for result in (m.naive, m.right) if result]
    lines = ledger(logs[0], logs[1])
    return Comparison(
        baseline=records.baseline,
        intervention=records.intervention,
        measures=measures,
        ledger=lines,
        outside=sum(not any(call.placed.date() in p.span for p in periods) for call in records.calls),
        unanswered=_unanswered(logs),
        infusion_per_100=_infusion(logs, periods, census),
        flows=(_flow(records, answers, 0), _flow(records, answers, 1)),
        limits=_limits(*periods),
        data_hash=fingerprint(measures=hashes, ledger=[[n.step, n.baseline, n.intervention] for n in lines]),
    )


def _daily_bells(log: CleanLog, span: Period, census: dict[date, int]) -> DailyCounts | None:
    by_day = Counter(call.placed.date() for call in log.calls if call.reason is not CallReason.INFUSION)
    days = [day for day in span if census.get(day, 0) > 0]
    if not log.calls or len(days) < 2:
        return None
    exposures = tuple(float(census[day]) for day in days)
    return DailyCounts(tuple(by_day[day] for day in days), exposures, len(span) - len(days))


def _arrival_times(log: CleanLog) -> ArrivalTimes:
    by_stay: defaultdict[str, list[float]] = defaultdict(list)
    everything: list[float] = []
    unmatched = 0
    for call in log.calls:
        seconds = call.arrival_seconds
        if seconds is None:
            continue
        everything.append(seconds)
        if call.stay:
            by_stay[call.stay].append(seconds)
        else:
            unmatched += 1
    return ArrivalTimes(tuple(everything), {stay: tuple(s) for stay, s in by_stay.items()}, unmatched)


def _valid(questionnaires: Iterable[Questionnaire], span: Period) -> list[Questionnaire]:
    return [q for q in questionnaires if q.is_valid and q.asked_on in span]


def _share(answers: Iterable[bool | None]) -> Share | None:
    given = list(answers)
    return Share.of(given) if any(answer is not None for answer in given) else None


def _unanswered(logs: Sequence[CleanLog]) -> tuple[Share, Share] | None:
    first, second = ((log.taken[LedgerStep.UNANSWERED], len(log.calls)) for log in logs)
    return (Share(*first), Share(*second)) if first[1] and second[1] else None


def _infusion(
    logs: Sequence[CleanLog], periods: Sequence[StudyPeriod], census: dict[date, int]
) -> tuple[float, float] | None:
    rates = []
    for log, period in zip(logs, periods, strict=True):
        days = {day for day in period.span if census.get(day, 0) > 0}
        if not days:
            return None
        rates.append(100 * _infusion_calls(log.calls, days) / sum(census[day] for day in days))
    return rates[0], rates[1]


def _infusion_calls(calls: Iterable[BellCall], days: set[date]) -> int:
    return sum(call.reason is CallReason.INFUSION and call.placed.date() in days for call in calls)


def _flow(
    records: QualityRecords, answers: Sequence[Sequence[Questionnaire]], which: int
) -> QuestionnaireFlow:
    return QuestionnaireFlow(records.issued[which], records.returned[which], len(answers[which]))


def _limits(baseline: StudyPeriod, intervention: StudyPeriod) -> tuple[Message, ...]:
    months = [{day.month for day in period.span} for period in (baseline, intervention)]
    season = () if months[0] == months[1] else (SEASONS,)
    return (NO_CONTROL, TREND, *season, BALANCE)
