"""Cleaning of the call log: every row that a step takes is counted, none is dropped in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from wardteam.domain.beds import Stay
from wardteam.domain.calendar import Period
from wardteam.domain.calls import CallReason, CallSource, EndedBy
from wardteam.domain.study import Duration, Exclusion
from wardteam.services.call_columns import COLUMNS, ENDINGS, REASONS, SOURCES, CallColumns
from wardteam.services.call_days import day_places, in_span
from wardteam.services.call_stays import with_stays
from wardteam.stats.comparison import LedgerLine, LedgerStep

ONE_PRESS_SECONDS = 10.0
FLAG_SECONDS = 3600.0
MOMENT_OF = {Duration.ANSWER: "answered", Duration.ARRIVAL: "arrived", Duration.CLEARING: "cleared"}
Mask = NDArray[np.bool_]
N = TypeVar("N", bound=np.generic)


@dataclass(frozen=True, eq=False)
class CleanLog:
    """One period's kept calls in the order of time, and how many each step took or found.

    `exclusions` are the plan's: staff calls, bathroom calls and calls without a stay leave both
    measures, infusion calls the bells alone, arrivals after an hour the times alone.
    """

    span: Period
    calls: CallColumns
    taken: Counter[LedgerStep]
    exclusions: frozenset[Exclusion] = frozenset()

    @cached_property
    def day(self) -> NDArray[np.int64]:
        """Each call's day, counted from the span's first."""
        return day_places(self.calls, self.span)

    @cached_property
    def is_infusion(self) -> Mask:
        """Which calls are about an infusion."""
        return _is(self.calls.reason, REASONS.index(CallReason.INFUSION))

    @cached_property
    def is_patients(self) -> Mask:
        """Which calls belong to the measures at all, by the plan's exclusions."""
        calls = self.calls
        left_out = np.zeros(len(calls), dtype=bool)
        if Exclusion.STAFF_CALLS in self.exclusions:
            left_out |= _is(calls.source, SOURCES.index(CallSource.STAFF))
        if Exclusion.BATHROOM_CALLS in self.exclusions:
            left_out |= _is(calls.source, SOURCES.index(CallSource.BATHROOM))
        if Exclusion.WITHOUT_STAY in self.exclusions:
            left_out |= calls.stay < 0
        return ~left_out

    @cached_property
    def is_bell(self) -> Mask:
        """Which calls count as bells."""
        if Exclusion.INFUSION_CALLS in self.exclusions:
            return self.is_patients & ~self.is_infusion
        return self.is_patients

    @cached_property
    def is_cancelled(self) -> Mask:
        """Which calls the patient ended before anybody came: an outcome that competes with arrival."""
        return np.isnan(self.calls.arrived) & _is(self.calls.ended_by, ENDINGS.index(EndedBy.PATIENT))

    def seconds(self, duration: Duration) -> NDArray[np.float64]:
        """Give each call's seconds from the call to that moment, NaN where it never came."""
        moments: NDArray[np.float64] = getattr(self.calls, MOMENT_OF[duration])
        return moments - self.calls.placed

    def is_timed(self, duration: Duration) -> Mask:
        """Which calls have that time and belong to the measure of times."""
        seconds = self.seconds(duration)
        timed = self.is_patients & ~np.isnan(seconds)
        if duration is not Duration.CLEARING:
            timed &= ~self.is_cancelled
        if Exclusion.OVER_AN_HOUR in self.exclusions:
            timed &= ~(seconds > FLAG_SECONDS)
        return timed


def clean_log(
    calls: CallColumns, span: Period, *, stays: Sequence[Stay] = (), exclusions: Collection[Exclusion] = ()
) -> CleanLog:
    """Clean one period's calls: refuse negative times, drop duplicates, merge presses, find stays."""
    inside = in_span(calls, span)
    sound = inside.rows(~_is_backwards(inside))
    single = sound.rows(_is_first_of_its_kind(sound))
    merged = _merge_presses(single)
    kept = with_stays(merged, stays)
    log = CleanLog(span, kept, Counter(), frozenset(exclusions))
    taken = {
        LedgerStep.RECORDED: len(inside),
        LedgerStep.REFUSED: len(inside) - len(sound),
        LedgerStep.DUPLICATE: len(sound) - len(single),
        LedgerStep.MERGED: len(single) - len(merged),
        LedgerStep.KEPT: len(kept),
        LedgerStep.INFUSION: _count(log.is_infusion),
        LedgerStep.STAFF: _count(_is(kept.source, SOURCES.index(CallSource.STAFF))),
        LedgerStep.BATHROOM: _count(_is(kept.source, SOURCES.index(CallSource.BATHROOM))),
        LedgerStep.CANCELLED: _count(log.is_cancelled),
        LedgerStep.UNANSWERED: _count(np.isnan(kept.arrived)),
        LedgerStep.FLAGGED: _count(log.seconds(Duration.ARRIVAL) > FLAG_SECONDS),
        LedgerStep.WITHOUT_STAY: _count(kept.stay < 0),
    }
    return replace(log, taken=Counter(taken))


def ledger(baseline: CleanLog, intervention: CleanLog) -> tuple[LedgerLine, ...]:
    """Put both periods' counts side by side, in the order of the steps."""
    return tuple(LedgerLine(step, baseline.taken[step], intervention.taken[step]) for step in LedgerStep)


def _is(column: NDArray[np.int8], place: int) -> Mask:
    return np.equal(column, place)


def _count(mask: Mask) -> int:
    return int(np.count_nonzero(mask))


def _is_backwards(calls: CallColumns) -> Mask:
    moments = (calls.answered, calls.arrived, calls.cleared)
    found: Mask = np.logical_or.reduce([moment < calls.placed for moment in moments])
    return found


def _is_first_of_its_kind(calls: CallColumns) -> Mask:
    """Tell the first of rows that are the same in every column."""
    is_first = np.ones(len(calls), dtype=bool)
    order = np.lexsort((calls.placed, calls.bed))
    is_same = _same_as_before(calls.bed[order]) & _same_as_before(calls.placed[order])
    seen: set[bytes] = set()
    for place in order[is_same | np.r_[is_same[1:], False]].tolist():
        row = b"|".join(getattr(calls, name)[place].tobytes() for name in COLUMNS)
        is_first[place] = row not in seen
        seen.add(row)
    return is_first


def _merge_presses(calls: CallColumns) -> CallColumns:
    """Join presses of one bed that follow within 10 s of one another; staff calls are no presses."""
    if not len(calls):
        return calls
    is_staff = _is(calls.source, SOURCES.index(CallSource.STAFF))
    ordered = calls.rows(np.lexsort((calls.placed, is_staff, calls.bed)))
    is_staff = _is(ordered.source, SOURCES.index(CallSource.STAFF))
    is_again = _same_as_before(ordered.bed) & (ordered.bed >= 0) & ~is_staff & _same_as_before(is_staff)
    is_again[1:] &= np.diff(ordered.placed) <= ONE_PRESS_SECONDS
    starts = np.flatnonzero(~is_again)
    joined = replace(
        ordered.rows(starts),
        answered=np.fmin.reduceat(ordered.answered, starts),
        arrived=np.fmin.reduceat(ordered.arrived, starts),
        cleared=np.fmax.reduceat(ordered.cleared, starts),
        stay=_first_known(ordered.stay, ordered.stay >= 0, starts),
        staff=_first_known(ordered.staff, ordered.staff >= 0, starts),
        reason=_first_known(ordered.reason, ~_is(ordered.reason, REASONS.index(CallReason.UNKNOWN)), starts),
        ended_by=_first_known(
            ordered.ended_by, ~_is(ordered.ended_by, ENDINGS.index(EndedBy.UNKNOWN)), starts
        ),
    )
    return joined.rows(np.argsort(joined.placed, kind="stable"))


def _same_as_before(column: NDArray[np.generic]) -> Mask:
    is_same = np.zeros(len(column), dtype=bool)
    is_same[1:] = column[1:] == column[:-1]
    return is_same


def _first_known(column: NDArray[N], is_known: Mask, starts: NDArray[np.int64]) -> NDArray[N]:
    """Give the first known value of each group, the first of all where none is known."""
    places = np.where(is_known, np.arange(len(column)), len(column))
    firsts = np.minimum.reduceat(places, starts)
    return column[np.where(firsts < len(column), firsts, starts)]
