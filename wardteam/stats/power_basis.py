"""What planning a sample needs: the answer's shape, checks of what is assumed, and the search for n."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from wardteam.errors import Message
from wardteam.stats.results import Unanswerable
from wardteam.stats.samples import LARGEST

LARGEST_SIZE = 1e9
NO_EFFECT = Message("Power needs an effect to look for: the two groups are assumed to be alike.")
NOT_A_SHARE = Message("{name} must lie between 0 and 1; got {value}.")
NOT_POSITIVE = Message("{name} must be a finite number above 0; got {value}.")
OUT_OF_REACH = Message("No sample of any practical size reaches this power.")
TOO_SMALL = Message("{name} must be 2 or more; got {value}.")
NAMES = {
    "alpha": Message("The significance level alpha"),
    "power": Message("The power"),
    "share": Message("A share"),
    "icc": Message("The intracluster correlation"),
    "superiority": Message("The probability of superiority"),
    "sd": Message("The standard deviation"),
    "n": Message("The number in a group"),
    "pairs": Message("The number of pairs"),
    "clusters": Message("The number of clusters in a group"),
    "size": Message("The clusters' size"),
    "rate": Message("A rate"),
    "exposure": Message("The exposure"),
    "dispersion": Message("The dispersion"),
}


@dataclass(frozen=True)
class Power:
    """The power at a size: `n` a group (pairs, clusters, or exposure), and what was assumed.

    Where the size was asked for, `n` is rounded up (exposures aside), `exact` is not, and `power` is
    the one that was asked for.
    """

    power: float
    n: tuple[float, ...]
    exact: float
    alpha: float
    assumed: Message


def effect(value: float) -> float:
    """Give an effect back; refuse none, and what is no number."""
    if not abs(value) <= LARGEST:
        raise Unanswerable(Message("A measurement must be a finite number; got {value}.", value=value))
    if value == 0:
        raise Unanswerable(NO_EFFECT)
    return value


def positive(**figures: float) -> None:
    """Refuse figures, by name, that are not finite and above 0."""
    for name, value in figures.items():
        if not 1 / LARGEST <= value <= LARGEST:
            raise Unanswerable(Message(NOT_POSITIVE.text, name=NAMES[name], value=value))


def inside(**figures: float) -> None:
    """Refuse figures, by name, that do not lie strictly between 0 and 1."""
    for name, value in figures.items():
        if not 0 < value < 1:
            raise Unanswerable(Message(NOT_A_SHARE.text, name=NAMES[name], value=value))


def several(**counts: int) -> None:
    """Refuse counts, by name, below 2."""
    for name, value in counts.items():
        if value < 2:
            raise Unanswerable(Message(TOO_SMALL.text, name=NAMES[name], value=value))


def solve(power_at: Callable[[float], float], power: float, *, start: float) -> float:
    """Give the size from `start` on at which power is reached, by doubling and bisection."""
    if power_at(start) >= power:
        return start
    low, high = start, 2 * start
    while power_at(high) < power:
        low, high = high, 2 * high
        if high > LARGEST_SIZE:
            raise Unanswerable(OUT_OF_REACH)
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if power_at(middle) < power else (low, middle)
    return high


def whole(power: float, exact: float, alpha: float, assumed: Message, *, groups: int = 2) -> Power:
    """Give the answer to a question of size, rounded up."""
    if not exact <= LARGEST_SIZE:
        raise Unanswerable(OUT_OF_REACH)
    return Power(power, (math.ceil(exact - 1e-9),) * groups, exact, alpha, assumed)
