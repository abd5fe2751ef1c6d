"""Cleaning of the call log: every row that a step takes is counted, none is dropped in silence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from wardteam.domain.beds import Stay
from wardteam.domain.calendar import Period
from wardteam.domain.quality import BellCall, CallReason
from wardteam.stats.comparison import LedgerLine, LedgerStep

ONE_PRESS = timedelta(seconds=10)
FLAG_SECONDS = 3600


@dataclass(frozen=True)
class CleanLog:
    """One period's kept calls in order of bed and time, and how many each step took or found."""

    calls: tuple[BellCall, ...]
    taken: Counter[LedgerStep]


def clean_log(calls: Iterable[BellCall], span: Period, stays: Sequence[Stay] = ()) -> CleanLog:
    """Clean one period's calls: refuse negative times, drop duplicates, merge presses, find stays."""
    inside = [call for call in calls if call.placed.date() in span]
    sound = [call for call in inside if not _is_backwards(call)]
    single = list({replace(call, code=""): call for call in reversed(sound)}.values())
    merged = _merge_presses(sorted(single, key=lambda call: (call.bed, call.placed)))
    kept = _with_stays(merged, stays)
    taken = Counter(
        {
            LedgerStep.RECORDED: len(inside),
            LedgerStep.REFUSED: len(inside) - len(sound),
            LedgerStep.DUPLICATE: len(sound) - len(single),
            LedgerStep.MERGED: len(single) - len(merged),
            LedgerStep.KEPT: len(kept),
            LedgerStep.INFUSION: sum(call.reason is CallReason.INFUSION for call in kept),
            LedgerStep.UNANSWERED: sum(call.arrived is None for call in kept),
            LedgerStep.FLAGGED: sum((call.arrival_seconds or 0) > FLAG_SECONDS for call in kept),
            LedgerStep.WITHOUT_STAY: sum(not call.stay for call in kept),
        }
    )
    return CleanLog(tuple(kept), taken)


def ledger(baseline: CleanLog, intervention: CleanLog) -> tuple[LedgerLine, ...]:
    """Put both periods' counts side by side, in the order of the steps."""
    return tuple(LedgerLine(step, baseline.taken[step], intervention.taken[step]) for step in LedgerStep)


def _is_backwards(call: BellCall) -> bool:
    moments = (call.answered, call.arrived, call.cleared)
    return any(moment is not None and moment < call.placed for moment in moments)


def _merge_presses(calls: Sequence[BellCall]) -> list[BellCall]:
    merged: list[BellCall] = []
    last_press: BellCall | None = None
    for call in calls:
        if last_press and call.bed == last_press.bed and call.placed - last_press.placed <= ONE_PRESS:
            merged[-1] = _joined(merged[-1], call)
        else:
            merged.append(call)
        last_press = call
    return merged


def _joined(first: BellCall, again: BellCall) -> BellCall:
    return replace(
        first,
        answered=min((m for m in (first.answered, again.answered) if m), default=None),
        arrived=min((m for m in (first.arrived, again.arrived) if m), default=None),
        cleared=max((m for m in (first.cleared, again.cleared) if m), default=None),
        stay=first.stay or again.stay,
    )


def _with_stays(calls: Iterable[BellCall], stays: Sequence[Stay]) -> list[BellCall]:
    by_bed: defaultdict[str, list[Stay]] = defaultdict(list)
    for stay in stays:
        by_bed[stay.bed].append(stay)
    return [call if call.stay else replace(call, stay=_stay_of(call, by_bed[call.bed])) for call in calls]


def _stay_of(call: BellCall, stays: Iterable[Stay]) -> str:
    return next((stay.code for stay in stays if stay.is_in_bed(call.placed)), "")
