"""The figures of a chart on their way in: checked, missing ones counted, the rest divided into phases."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from wardteam.errors import Message
from wardteam.stats.charts.types import ChartKind
from wardteam.stats.results import Unanswerable
from wardteam.stats.samples import finite_value, whole_count

LEAST_POINTS = 3
"""Fewer points than this are no chart, and set no limits."""

SHARES = frozenset({ChartKind.P, ChartKind.PP})
PER_EXPOSURE = frozenset({ChartKind.U, ChartKind.UP})
COUNTS = SHARES | PER_EXPOSURE | {ChartKind.C, ChartKind.G}
OF_SUBGROUPS = frozenset({ChartKind.XBAR, ChartKind.S})
PLAIN = frozenset({ChartKind.RUN, ChartKind.I, ChartKind.MR})

TOO_FEW = "A chart needs {least} points or more; got {count}."
NOT_WHOLE = "{label}: a count must be a whole number, 0 or more; got {value}."
NOT_POSITIVE_TIME = (
    "{label}: a time between events must be more than 0; got {value}. Events at the same moment need a "
    "finer clock, or a chart of counts."
)
MORE_THAN_ALL = "{label}: {events} with the outcome are more than the {n} of the denominator."
BAD_DENOMINATOR = "{label}: a denominator must be more than 0; got {value}."
NO_DENOMINATOR = "{label}: there are events, but no denominator."
NEEDS_DENOMINATORS = Message("This chart needs denominators: how many there were, or how much exposure.")
TAKES_NO_DENOMINATORS = Message(
    "This chart takes no denominators; where they differ, use a P or P' chart for shares, a U or U' chart "
    "for events by exposure."
)
NEEDS_SUBGROUPS = Message("An Xbar or S chart needs the measurements of each subgroup.")


@dataclass(frozen=True)
class Reading:
    """One point before the multiplier: its place among the labels, raw figure, plotted value, denominator.

    `gaps` counts the missing points before it; two readings with the same count are neighbours.
    """

    place: int
    label: str
    raw: float
    value: float
    denominator: float | None = None
    sd: float = 0.0
    gaps: int = 0
    is_excluded: bool = False
    is_frozen: bool = False

    @property
    def sets_limits(self) -> bool:
        """Whether the limits are made from it."""
        return not (self.is_excluded or self.is_frozen)


@dataclass(frozen=True)
class Given:
    """What was given for a chart, by label; `subgroups` only for Xbar and S."""

    kind: ChartKind
    labels: Sequence[str]
    values: Sequence[float | None]
    denominators: Sequence[float | None] | None = None
    subgroups: Sequence[Sequence[float | None]] | None = None

    def __post_init__(self) -> None:
        figures = self.subgroups if self.kind in OF_SUBGROUPS else self.values
        if figures is None:
            raise Unanswerable(NEEDS_SUBGROUPS)
        for others in (figures, self.denominators):
            if others is not None and len(others) != len(self.labels):
                raise ValueError(f"{len(self.labels)} labels stand against {len(others)} figures")
        needs = self.kind in SHARES | PER_EXPOSURE
        if needs and self.denominators is None:
            raise Unanswerable(NEEDS_DENOMINATORS)
        if self.denominators is not None and not needs and self.kind not in PLAIN:
            raise Unanswerable(TAKES_NO_DENOMINATORS)

    def reading(self, place: int) -> Reading | None:
        """Give one point, None where it is missing.

        Raises
        ------
        Unanswerable
            Where the figure is none that such a chart can hold.
        """
        label = self.labels[place]
        if self.kind in OF_SUBGROUPS:
            return _of_subgroup(self.kind, place, label, (self.subgroups or ())[place])
        value = _known(self.values[place])
        denominator = None if self.denominators is None else _known(self.denominators[place])
        if value is None:
            return None
        if self.kind in COUNTS:
            _check_count(label, value)
        if self.kind is ChartKind.T and value <= 0:
            raise Unanswerable(Message(NOT_POSITIVE_TIME, label=label, value=value))
        if self.kind in SHARES | PER_EXPOSURE:
            return _of_denominator(self.kind, place, label, value, denominator)
        return Reading(place, label, value, value, denominator)

    def figures(self) -> dict[str, object]:
        """Give the typed figures that the data hash is made from."""
        return {
            "kind": self.kind.value,
            "labels": list(self.labels),
            "values": [_known(v) for v in self.values],
            "denominators": None if self.denominators is None else [_known(d) for d in self.denominators],
            "subgroups": None if self.subgroups is None else [[_known(v) for v in g] for g in self.subgroups],
        }


def checked_readings(
    given: Given, starts: Sequence[int], freeze: int | None, excluded: frozenset[int]
) -> list[Reading]:
    """Give all points that are there, in order, with what they count for.

    `starts` are the places where phases begin, the first being 0; of each phase the first `freeze`
    places set its limits.
    """
    found: list[Reading] = []
    gaps = 0
    for place in range(len(given.labels)):
        reading = given.reading(place)
        if reading is None:
            gaps += 1
            continue
        start = max(s for s in starts if s <= place)
        found.append(
            Reading(
                place,
                reading.label,
                reading.raw,
                reading.value,
                reading.denominator,
                reading.sd,
                gaps,
                is_excluded=place in excluded,
                is_frozen=freeze is not None and place - start >= freeze,
            )
        )
    count = sum(not reading.is_excluded for reading in found)
    if count < LEAST_POINTS:
        raise Unanswerable(Message(TOO_FEW, least=LEAST_POINTS, count=count))
    return found


def by_phase(readings: Sequence[Reading], starts: Sequence[int]) -> list[tuple[Reading, ...]]:
    """Divide the points at the places where phases begin; a phase may be empty."""
    ends = [*starts[1:], math.inf]
    return [tuple(r for r in readings if a <= r.place < b) for a, b in zip(starts, ends, strict=True)]


def _known(value: float | None) -> float | None:
    if value is None or math.isnan(value):
        return None
    return float(finite_value(value))


def _check_count(label: str, value: float) -> None:
    if value < 0 or not float(value).is_integer():
        raise Unanswerable(Message(NOT_WHOLE, label=label, value=value))
    whole_count(int(value))


def _of_denominator(
    kind: ChartKind, place: int, label: str, count: float, denominator: float | None
) -> Reading | None:
    if denominator is None or denominator == 0:
        if count:
            raise Unanswerable(Message(NO_DENOMINATOR, label=label))
        return None
    if denominator < 0:
        raise Unanswerable(Message(BAD_DENOMINATOR, label=label, value=denominator))
    if kind in SHARES and count > denominator:
        raise Unanswerable(Message(MORE_THAN_ALL, label=label, events=int(count), n=denominator))
    return Reading(place, label, count, count / denominator, denominator)


def _of_subgroup(kind: ChartKind, place: int, label: str, given: Sequence[float | None]) -> Reading | None:
    known = [value for value in map(_known, given) if value is not None]
    if len(known) < 2:
        return None
    mean, sd = math.fsum(known) / len(known), statistics.stdev(known)
    value = mean if kind is ChartKind.XBAR else sd
    return Reading(place, label, mean, value, float(len(known)), sd)
