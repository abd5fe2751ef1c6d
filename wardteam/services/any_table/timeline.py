"""Rows put in order of time, those of one time brought together, and the place of a changeover."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from wardteam.errors import BadInput, Finding, Message
from wardteam.exchange.figure_columns import Moments, narrowed, to_moment, to_number
from wardteam.stats.results import Unanswerable

REORDERED = Message("The rows were put in order of time.")
MONTH = re.compile(r"\d{4}-\d{2}")
GAPS = "Times without any row, taken as missing: {count}."
OUTSIDE = "The changeover must lie within the data, after {first} and not after {last}."
NOT_A_CHANGEOVER = Message("A date such as 2026-12-01, or a number as in the column of times, was expected.")
MOST_POINTS = 20_000
STEPS = ((80, 4.0), (26, 12.0), (6, 52.18))
"""Least days between points, and how many such points a year has."""
TOO_MANY_POINTS = (
    "This would take {count} points; the most is {most}. Bring the rows together by day, week or month, and "
    "see whether a time lies far from the others."
)
NEEDS_TIME = Message("A changeover needs the column of times: --time.")


@dataclass(frozen=True)
class Timeline:
    """Points in order: label, key, and the places of their rows in the table."""

    labels: tuple[str, ...]
    keys: tuple[float, ...]
    rows: tuple[tuple[int, ...], ...]
    are_dates: bool
    is_reordered: bool

    @property
    def usual_step(self) -> float:
        """The usual distance of neighbouring times, in seconds for dates; 0 for a single one."""
        steps = [b - a for a, b in itertools.pairwise(self.keys)]
        return statistics.median(steps) if steps else 0.0

    @property
    def points_a_year(self) -> float:
        """How many points a year has: 365.25, 52.18, 12 or 4 by the step of dates; 12 for plain numbers."""
        days = self.usual_step / 86400
        return next((a_year for least, a_year in STEPS if days >= least), 365.25) if self.are_dates else 12.0

    @property
    def warnings(self) -> tuple[Message, ...]:
        """Say that the rows stood in another order, and how many times have no row."""
        gaps = sum(not rows for rows in self.rows)
        told = (Message(GAPS, count=gaps),) if gaps else ()
        return (REORDERED, *told) if self.is_reordered else told


def by_time(moments: Moments | None, count: int) -> Timeline:
    """Give one point a time, in order; without times every row is a point, numbered from 1."""
    if moments is None:
        numbers = range(count)
        labels = tuple(str(i + 1) for i in numbers)
        return Timeline(labels, tuple(map(float, numbers)), tuple((i,) for i in numbers), False, False)
    rows: dict[float, list[int]] = {}
    for place, key in enumerate(moments.keys):
        rows.setdefault(key, []).append(place)
    keys = sorted(rows)
    return Timeline(
        tuple(moments.labels[rows[key][0]] for key in keys),
        tuple(keys),
        tuple(tuple(rows[key]) for key in keys),
        moments.are_dates,
        list(moments.keys) != sorted(moments.keys),
    )


def without_gaps(timeline: Timeline) -> Timeline:
    """Add a point without rows wherever a time of an even course has none, so that trends keep their pace."""
    usual = timeline.usual_step
    steps = [b - a for a, b in itertools.pairwise(timeline.keys)]
    check_count(1 + (timeline.keys[-1] - timeline.keys[0]) / usual if usual else 1)
    labels, keys, rows = [timeline.labels[0]], [timeline.keys[0]], [timeline.rows[0]]
    for place, step in enumerate(steps, start=1):
        before = keys[-1]
        for missed in range(1, round(step / usual)):
            keys.append(before + missed * usual)
            labels.append(_label(keys[-1], labels[0], are_dates=timeline.are_dates))
            rows.append(())
        labels.append(timeline.labels[place])
        keys.append(timeline.keys[place])
        rows.append(timeline.rows[place])
    return replace(timeline, labels=tuple(labels), keys=tuple(keys), rows=tuple(rows))


def check_count(count: float) -> None:
    """Refuse more points than a chart can show or a series can be fitted to.

    Raises
    ------
    Unanswerable
        Above 20,000.
    """
    if count > MOST_POINTS:
        raise Unanswerable(Message(TOO_MANY_POINTS, count=round(count), most=MOST_POINTS))


def _label(key: float, like: str, *, are_dates: bool) -> str:
    """Give the label of a time without rows, as a month where the others are months."""
    if not are_dates:
        return f"{key:g}"
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=key)
    if MONTH.fullmatch(like):
        return f"{moment + timedelta(days=10):%Y-%m}"
    return moment.date().isoformat()


def place_of(changeover: str, timeline: Timeline, time: str | None) -> int:
    """Give the place of the first point at or after a changeover.

    Raises
    ------
    BadInput
        Where it is no time, or no point lies on one of its sides.
    """
    if time is None:
        raise BadInput((Finding("--changeover", NEEDS_TIME, value=changeover),))
    moment, number = to_moment(changeover), to_number(narrowed(changeover))
    key = (moment.timestamp_key if moment else None) if timeline.are_dates else number
    if key is None:
        raise BadInput((Finding("--changeover", NOT_A_CHANGEOVER, value=changeover),))
    place = sum(k < key for k in timeline.keys)
    if not 0 < place < len(timeline.keys):
        problem = Message(OUTSIDE, first=timeline.labels[0], last=timeline.labels[-1])
        raise BadInput((Finding("--changeover", problem, value=changeover),))
    return place


def summed(values: Sequence[float | None], rows: Sequence[int]) -> float | None:
    """Give the sum of a point's rows, None where all are missing."""
    known = [value for place in rows if (value := values[place]) is not None]
    return sum(known) if known else None


def both_known(
    values: Sequence[float | None], sizes: Sequence[float | None] | None
) -> tuple[list[float | None], list[float | None] | None]:
    """Take rows that lack the figure or its denominator as missing in both."""
    if sizes is None:
        return list(values), None
    pairs = [
        (None, None) if value is None or size is None else (value, size)
        for value, size in zip(values, sizes, strict=True)
    ]
    return [value for value, _ in pairs], [size for _, size in pairs]
