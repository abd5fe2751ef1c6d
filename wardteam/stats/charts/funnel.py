"""Funnel plots: units of different sizes against one target, never against each other, never ranked.

phi is the mean square of the z scores, winsorised by 10% at each end; where it exceeds
1 + 2 sqrt(2 / units), tau² (DerSimonian and Laird, additive) widens the limits (Spiegelhalter 2005,
Quality and Safety in Health Care 14:347-351).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from wardteam.errors import Message
from wardteam.stats.charts.funnel_limits import Band, band, score, weight
from wardteam.stats.charts.readings import BAD_DENOMINATOR, MORE_THAN_ALL, NOT_WHOLE
from wardteam.stats.funnel_types import Funnel, FunnelCurve, FunnelKind, FunnelUnit, FunnelVerdict
from wardteam.stats.results import Unanswerable, fingerprint
from wardteam.stats.samples import finite_value, whole_count

WINSORISED = 0.1
FEW_UNITS = 10
CURVE_POINTS = 100
MOST_APART = 1e12
HARDLY_ANY = 1e-9
TOO_FAR_APART = Message(
    "The denominators lie too far apart, or are too small, to be held against one target."
)

NO_UNIT = Message("A funnel plot needs two units or more.")
BAD_TARGET = "The target of a funnel plot of shares lies between 0 and 1; got {value}."
NO_EVENT = Message("No unit has an event, and no target is given: there is nothing to compare with.")
BAD_RATE_TARGET = "The target of a funnel plot of rates must be more than 0; got {value}."
CHANCE = (
    "With {units} units the 95% limits flag an innocent one {percent}% of the time; only what lies beyond "
    "the 99.8% limits is a signal."
)
FEW = "Over-dispersion is judged from only {units} units; it is hardly known."
WIDENED = (
    "The units vary more than chance (dispersion {phi}): the limits are widened by the variance between "
    "units (Spiegelhalter)."
)
SMALL = "Units too small to be judged, with denominators below {least}: {count}."
RULES = {
    FunnelKind.PROPORTION: Message(
        "Funnel plot of shares: 95% and 99.8% limits about the target on the arcsine scale, as FunnelPlotR."
    ),
    FunnelKind.RATE: Message(
        "Funnel plot of rates: 95% and 99.8% limits about the target, exact by Poisson."
    ),
    FunnelKind.RATIO: Message(
        "Funnel plot of observed over expected: 95% and 99.8% limits about the target, exact by Poisson."
    ),
}
WIDENED_RULES = {
    FunnelKind.PROPORTION: RULES[FunnelKind.PROPORTION],
    FunnelKind.RATE: Message(
        "Funnel plot of rates: 95% and 99.8% limits about the target on the square-root scale, "
        "as FunnelPlotR."
    ),
    FunnelKind.RATIO: Message(
        "Funnel plot of observed over expected: 95% and 99.8% limits about the target on the square-root "
        "scale, as FunnelPlotR."
    ),
}


def funnel(
    kind: FunnelKind,
    names: Sequence[str],
    events: Sequence[float],
    denominators: Sequence[float],
    *,
    target: float | None = None,
    overdispersion: bool = True,
    least_denominator: float = 20,
    multiplier: float = 1.0,
) -> Funnel:
    """Hold units against a target with limits for each one's size; order as given.

    `denominators` are n (PROPORTION), exposures (RATE) or expected events (RATIO); `target` is before
    the multiplier, all events over all denominators where None.

    Raises
    ------
    Unanswerable
        Fewer than two units, counts that are none, denominators of 0, no event at all.
    """
    _check(kind, names, events, denominators)
    line = _target(kind, events, denominators, target)
    _check_reach(line, denominators)
    judged = [(e, n) for e, n in zip(events, denominators, strict=True) if n >= least_denominator]
    phi, between = _dispersion(kind, line, judged)
    tau2 = between if overdispersion else 0.0
    figures = {"events": [float(e) for e in events], "denominators": [float(n) for n in denominators]}
    return Funnel(
        kind=kind,
        units=tuple(
            _unit(name, e, n, band(kind, line, n, tau2), multiplier, least=least_denominator)
            for name, e, n in zip(names, events, denominators, strict=True)
        ),
        target=multiplier * line,
        phi=phi,
        tau2=tau2,
        curve=_curve(kind, line, tau2, denominators, multiplier),
        least_denominator=least_denominator,
        multiplier=multiplier,
        rule=(WIDENED_RULES if tau2 else RULES)[kind],
        warnings=_warnings(len(names), len(judged), least_denominator, phi if tau2 else None),
        data_hash=fingerprint(kind=kind.value, names=list(names), target=target, **figures),
    )


def _check(
    kind: FunnelKind, names: Sequence[str], events: Sequence[float], denominators: Sequence[float]
) -> None:
    if not len(names) == len(events) == len(denominators):
        raise ValueError(f"{len(names)} names, {len(events)} events, {len(denominators)} denominators")
    if len(names) < 2:
        raise Unanswerable(NO_UNIT)
    for name, count, size in zip(names, events, denominators, strict=True):
        if finite_value(count) < 0 or not float(count).is_integer():
            raise Unanswerable(Message(NOT_WHOLE, label=name, value=count))
        whole_count(int(count))
        if finite_value(size) <= 0:
            raise Unanswerable(Message(BAD_DENOMINATOR, label=name, value=size))
        if kind is FunnelKind.PROPORTION and count > size:
            raise Unanswerable(Message(MORE_THAN_ALL, label=name, events=int(count), n=size))


def _target(
    kind: FunnelKind, events: Sequence[float], denominators: Sequence[float], given: float | None
) -> float:
    if given is None:
        found = math.fsum(events) / math.fsum(denominators)
        if not found:
            raise Unanswerable(NO_EVENT)
        return found
    if kind is FunnelKind.PROPORTION and not 0 <= given <= 1:
        raise Unanswerable(Message(BAD_TARGET, value=given))
    if kind is not FunnelKind.PROPORTION and finite_value(given) <= 0:
        raise Unanswerable(Message(BAD_RATE_TARGET, value=given))
    return given


def _check_reach(line: float, denominators: Sequence[float]) -> None:
    if 0 < line * min(denominators) < HARDLY_ANY or max(denominators) > MOST_APART * min(denominators):
        raise Unanswerable(TOO_FAR_APART)


def _dispersion(
    kind: FunnelKind, target: float, judged: Sequence[tuple[float, float]]
) -> tuple[float, float]:
    """Give phi, and tau² where phi lies above what chance allows, else 0."""
    count = len(judged)
    if count < 2:
        return 1.0, 0.0
    scores = _winsorised([score(kind, target, e, n) for e, n in judged])
    phi = math.fsum(z * z for z in scores) / count
    if phi <= 1 + 2 * math.sqrt(2 / count):
        return phi, 0.0
    weights = [weight(kind, target, n) for _, n in judged]
    spread = math.fsum(weights) - math.fsum(w * w for w in weights) / math.fsum(weights)
    return phi, max(0.0, (count * phi - (count - 1)) / spread)


def _winsorised(scores: Sequence[float]) -> list[float]:
    """Draw the outermost 10% at each end in to their quantiles (type 7, as R)."""
    ordered = sorted(scores)
    low, high = _quantile(ordered, WINSORISED), _quantile(ordered, 1 - WINSORISED)
    return [min(max(z, low), high) for z in scores]


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _unit(
    name: str, events: float, size: float, plain: Band, multiplier: float, *, least: float
) -> FunnelUnit:
    value, limits = multiplier * events / size, plain.times(multiplier)
    return FunnelUnit(
        name,
        events,
        size,
        value,
        limits.low_95,
        limits.high_95,
        limits.low_998,
        limits.high_998,
        FunnelVerdict.TOO_SMALL if size < least else _verdict(value, limits),
    )


def _verdict(value: float, limits: Band) -> FunnelVerdict:
    if not limits.low_998 <= value <= limits.high_998:
        return FunnelVerdict.BEYOND_998
    return FunnelVerdict.INSIDE if limits.low_95 <= value <= limits.high_95 else FunnelVerdict.BEYOND_95


def _curve(
    kind: FunnelKind, target: float, tau2: float, denominators: Sequence[float], multiplier: float
) -> FunnelCurve:
    first, last = min(denominators) / 2, max(denominators) * 1.1
    ratio = (last / first) ** (1 / (CURVE_POINTS - 1))
    sizes = [first * ratio**step for step in range(CURVE_POINTS)]
    bands = [band(kind, target, size, tau2).times(multiplier) for size in sizes]
    return FunnelCurve(
        tuple(sizes),
        tuple(b.low_95 for b in bands),
        tuple(b.high_95 for b in bands),
        tuple(b.low_998 for b in bands),
        tuple(b.high_998 for b in bands),
    )


def _warnings(units: int, judged: int, least: float, widened_by: float | None) -> tuple[Message, ...]:
    found = [Message(CHANCE, units=judged, percent=f"{100 * (1 - 0.95**judged):.0f}")] if judged else []
    if units > judged:
        found.append(Message(SMALL, count=units - judged, least=least))
    if widened_by is not None:
        found.append(Message(WIDENED, phi=f"{widened_by:.2f}"))
    if 0 < judged < FEW_UNITS:
        found.append(Message(FEW, units=judged))
    return tuple(found)
