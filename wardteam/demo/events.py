"""Invented adverse events of both periods, at rates that a ward of this kind knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import count

import numpy as np

from wardteam.demo.questionnaires import Asked
from wardteam.demo.words import quality_words
from wardteam.domain.calendar import Period
from wardteam.domain.census import CatheterKind
from wardteam.domain.control import AdverseEvent, EventKind, EventLevel

EXPECTED = {
    EventKind.FALL: (8.0, 6.0),
    EventKind.PRESSURE_INJURY: (4.0, 3.0),
    EventKind.EXTUBATION: (5.0, 4.0),
    EventKind.MEDICATION: (3.0, 2.0),
    EventKind.EXTRAVASATION: (6.0, 5.0),
    EventKind.ASPIRATION: (1.0, 1.0),
    EventKind.OTHER: (2.0, 2.0),
}
"""How many of each kind a period brings on average, before and with the teams."""
LEVELS = (EventLevel.II, EventLevel.III, EventLevel.IV)
LEVEL_SHARES = (0.1, 0.6, 0.3)
EXTUBATED = (CatheterKind.GASTRIC, CatheterKind.URINARY, CatheterKind.PICC)
BROUGHT_ALONG = 0.3
"""Share of the pressure injuries that patients had when they came."""


def make_events(
    span: Period,
    which: int,
    asked: Mapping[int, Sequence[Asked]],
    beds: Mapping[str, str],
    rng: np.random.Generator,
) -> tuple[AdverseEvent, ...]:
    """Draw the events of a period; `asked` gives the patients of each day, `beds` the bed of a stay."""
    drawn: list[tuple[int, EventKind]] = []
    for kind, expected in EXPECTED.items():
        drawn += [(int(rng.integers(len(span))), kind) for _ in range(int(rng.poisson(expected[which])))]
    numbers = count(1)
    return tuple(
        _event(f"E{span.first.year % 100}-{next(numbers):04d}", span, place, kind, asked[place], beds, rng)
        for place, kind in sorted(drawn, key=lambda one: (one[0], one[1].value))
    )


def _event(
    code: str,
    span: Period,
    place: int,
    kind: EventKind,
    here: Sequence[Asked],
    beds: Mapping[str, str],
    rng: np.random.Generator,
) -> AdverseEvent:
    whose = here[int(rng.integers(len(here)))]
    level = LEVELS[int(rng.choice(len(LEVELS), p=LEVEL_SHARES))]
    is_injury = kind is EventKind.PRESSURE_INJURY
    return AdverseEvent(
        code=code,
        day=span.first + timedelta(days=place),
        kind=kind,
        level=EventLevel.III if is_injury else EventLevel.IV if kind is EventKind.MEDICATION else level,
        team=whose.team,
        bed=beds[whose.stay],
        stay=whose.stay,
        catheter=EXTUBATED[int(rng.integers(len(EXTUBATED)))] if kind is EventKind.EXTUBATION else None,
        stage=int(rng.integers(1, 3)) if is_injury else None,
        is_acquired=not (is_injury and rng.random() < BROUGHT_ALONG),
        description=quality_words().events[kind.value],
    )
