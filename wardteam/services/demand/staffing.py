"""Nurses present by the clock under a plan or as worked, and what calls would wait with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from wardteam.domain.shifts import ShiftKind
from wardteam.services.demand.asked import ShiftAsk
from wardteam.services.demand.evidence import Measured
from wardteam.services.duty_hours import DutyHours, Floats
from wardteam.stats.waiting import chance_of_waiting

HOURS = 24


@dataclass(frozen=True)
class Staffed:
    """Nurses in each hour of the clock, with the chance that its calls wait too long, and a day's mean.

    Within an hour the weaker half-hour counts; `chances` is empty and `overall` None without calls.
    """

    nurses: tuple[float, ...]
    chances: tuple[float, ...] = ()
    overall: float | None = None


def planned_staff(asks: Sequence[ShiftAsk], nurses: Sequence[int], seen: Measured) -> Staffed:
    """Give what a plan with so many nurses on each shift would do."""
    present = sum((ask.slots * n for ask, n in zip(asks, nurses, strict=True)), np.zeros(2 * HOURS))
    weakest = present.reshape(HOURS, 2).min(axis=1)
    return _staffed(weakest[None, :], _busy_by_hour(asks, nurses, seen), seen)


def worked_staff(
    duty: DutyHours,
    days: Sequence[date],
    asks: Sequence[ShiftAsk],
    past_midnight: NDArray[np.bool_],
    seen: Measured,
) -> Staffed | None:
    """Give what the published rosters did on these days; None where none is known."""
    rows = []
    for day in days:
        same, following = duty.half_hours(day), duty.half_hours(day + timedelta(days=1))
        if same is not None and following is not None:
            by_hour = [half.reshape(HOURS, 2).min(axis=1) for half in (same, following)]
            rows.append(np.where(past_midnight, by_hour[1], by_hour[0]))
    if not rows:
        return None
    return _staffed(np.array(rows), _busy_by_hour(asks, _mean_nurses(duty, days, asks), seen), seen)


def _mean_nurses(duty: DutyHours, days: Sequence[date], asks: Sequence[ShiftAsk]) -> list[float]:
    chosen = frozenset(days) & duty.columns
    on = [d.shift for d in duty.duties if d.day in chosen]
    return [on.count(ask.shift.code) / max(len(chosen), 1) for ask in asks]


def _busy_by_hour(asks: Sequence[ShiftAsk], nurses: Sequence[float], seen: Measured) -> Floats:
    """Give the share of their time for which the nurses of each hour are tied up with planned care.

    The care of a kind of shift is laid on its nurses alike; who overlaps brings her own shift's share.
    """
    care = seen.patients.hours if seen.patients else 0.0
    hours = dict.fromkeys(ShiftKind, 0.0)
    for ask, n in zip(asks, nurses, strict=True):
        hours[ask.shift.kind] += n * ask.hours
    weights, busy = np.zeros(HOURS), np.zeros(HOURS)
    for ask, n in zip(asks, nurses, strict=True):
        kind = ask.shift.kind
        share = min(care * seen.assumed.care_share(kind) / hours[kind], 1.0) if hours[kind] else 0.0
        present = n * ask.slots.reshape(HOURS, 2).mean(axis=1)
        weights += present
        busy += present * share
    return np.where(weights > 0, busy / np.where(weights > 0, weights, 1.0), 0.0)


def _staffed(present: Floats, busy: Floats, seen: Measured) -> Staffed:
    """Average over rows of days; each hour's chance is that of its whole number of nurses."""
    means = tuple(present.mean(axis=0).tolist())
    calls = seen.calls
    if calls is None:
        return Staffed(means)
    rates = np.array([hour.calls for hour in calls.hours])
    chances = np.zeros(HOURS)
    minutes, alpha = np.array(calls.mean_minutes), np.array(calls.alpha)
    for hour in range(HOURS):
        rule = seen.assumed.rule(float(busy[hour]))
        counted, times = np.unique(np.floor(present[:, hour]).astype(np.int64), return_counts=True)
        found = [float(chance_of_waiting(rates[hour], int(n), minutes, alpha, rule)) for n in counted]
        chances[hour] = float(np.average(found, weights=times))
    overall = float((rates * chances).sum() / rates.sum()) if rates.sum() else None
    return Staffed(means, tuple(chances.tolist()), overall)
