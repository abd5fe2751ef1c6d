"""The chance that a call waits longer than a target, and the fewest nurses that keep it low."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardteam.errors import Message
from wardteam.stats.results import Unanswerable

Array = NDArray[np.float64]
POINTS = 64
"""Equally likely points by which the spread of a rate is summed."""
MOST_NURSES = 200
OUT_OF_REACH = Message(
    "Even {nurses} nurses don't keep the chance of waiting longer than {minutes} minutes below {chance}."
)


@dataclass(frozen=True)
class WaitRule:
    """What a call finds on the ward, and what it may at most wait.

    Parameters
    ----------
    target_minutes, chance
        At most this share of the calls (above 0, below 1) may wait longer than the target for a free nurse.
    busy_share
        Share of her time on duty (0 to 1) for which a nurse is tied up with planned care.
    care_minutes
        Mean minutes of one piece of planned care, which is finished before a call is gone to.
    """

    target_minutes: float = 5.0
    chance: float = 0.1
    busy_share: float = 0.6
    care_minutes: float = 5.0

    def __post_init__(self) -> None:
        if not self.target_minutes > 0 or not self.care_minutes > 0:
            raise ValueError(f"minutes must be more than 0, got {self}")
        if not 0 < self.chance < 1:
            raise ValueError(f"a chance lies between 0 and 1, got {self.chance}")
        if not 0 <= self.busy_share <= 1:
            raise ValueError(f"a share lies between 0 and 1, got {self.busy_share}")


def all_busy(load: Array, nurses: int) -> Array:
    """Give Erlang C: the chance that a call finds all nurses busy, 1 where the load is too much for them.

    `load` is the offered work in nurses (arrivals a minute times mean minutes). B(0) = 1,
    B(n) = aB(n-1) / (n + aB(n-1)), C = nB / (n - a(1 - B)) (Erlang 1917; Cooper 1981, section 3.4).

    >>> round(float(all_busy(np.array(2.0), 3)), 4)
    0.4444
    """
    blocked = np.ones_like(load)
    for n in range(1, nurses + 1):
        blocked = load * blocked / (n + load * blocked)
    room = nurses - load * (1 - blocked)
    return np.where(load < nurses, nurses * blocked / np.where(load < nurses, room, 1.0), 1.0)


def chance_at_rate(calls: Array, nurses: int, call_minutes: Array, rule: WaitRule) -> Array:
    """Give the chance that a call waits longer than the target, at given calls an hour.

    M/M/n with two streams: calls go before planned care, and nothing begun is broken off. With equal
    mean minutes of both, P(W > T) = C(n, a) exp(-(n/m - l)T), l calls a minute (Davis 1966; Kella and
    Yechiali 1985); with unequal ones 1/m is taken as the mean of 1/call and 1/care over the work in hand,
    which is an approximation. Planned care is laid on each nurse alike: a = calls' work + n times the busy
    share; where it fills her whole time it is put off, and calls still go first.
    """
    if nurses < 1:
        return np.ones(np.broadcast_shapes(calls.shape, call_minutes.shape))
    rate = calls / 60
    of_calls = rate * call_minutes
    of_care = nurses * rule.busy_share
    load = of_calls + of_care
    some = np.where(load > 0, load, 1.0)
    freed = nurses * (of_calls / call_minutes + of_care / rule.care_minutes) / some
    spare = np.where(load > 0, freed - rate, np.inf)
    waits = all_busy(load, nurses) * np.exp(-np.maximum(spare, 0) * rule.target_minutes)
    return np.where(spare > 0, waits, 1.0)


def chance_of_waiting(calls: Array, nurses: int, call_minutes: Array, alpha: Array, rule: WaitRule) -> Array:
    """Give the same for a rate that differs from day to day: a Gamma-Poisson mixture.

    Daily counts with variance m + alpha m² are Poisson with Gamma rates of shape 1/alpha (Greenwood and
    Yule 1920). A call meets busy days more often than quiet ones: the rate that it meets is Gamma with
    shape 1/alpha + 1 and scale alpha m. The mean over it is taken at 64 equally likely points.
    """
    from scipy.special import gammaincinv

    calls, call_minutes, alpha = np.broadcast_arrays(calls, call_minutes, alpha)
    is_spread = alpha > 1e-9
    steady = chance_at_rate(calls, nurses, call_minutes, rule)
    if not is_spread.any():
        return steady
    shape = 1 / np.where(is_spread, alpha, 1.0) + 1
    places = (np.arange(POINTS) + 0.5) / POINTS
    rates = gammaincinv(shape[..., None], places) * (np.where(is_spread, alpha, 0.0) * calls)[..., None]
    mixed = chance_at_rate(rates, nurses, call_minutes[..., None], rule).mean(axis=-1)
    return np.where(is_spread, mixed, steady)


def fewest_nurses(calls: Array, call_minutes: Array, alpha: Array, rule: WaitRule) -> NDArray[np.int64]:
    """Give the fewest nurses on duty that keep the chance at or below the rule's; arrays are broadcast.

    Raises
    ------
    Unanswerable
        Where 200 nurses would not be enough.
    """
    calls, call_minutes, alpha = np.broadcast_arrays(calls, call_minutes, alpha)
    found = np.zeros(calls.shape, dtype=np.int64)
    for nurses in range(1, MOST_NURSES + 1):
        left = found == 0
        waits = chance_of_waiting(calls[left], nurses, call_minutes[left], alpha[left], rule)
        found[left] = np.where(waits <= rule.chance, nurses, 0)
        if found.all():
            return found
    raise Unanswerable(
        Message(
            OUT_OF_REACH.text,
            nurses=MOST_NURSES,
            minutes=f"{rule.target_minutes:g}",
            chance=f"{100 * rule.chance:g}%",
        )
    )
