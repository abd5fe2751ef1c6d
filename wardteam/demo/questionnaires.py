"""Invented questionnaires: ten items of satisfaction and ten of knowledge from each inpatient asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from wardteam.domain.calendar import Period
from wardteam.domain.quality import Questionnaire

VALID = 200
ITEMS = 10
SATISFIED_MEAN = 4.0
"""Satisfied from an average of 4 of 5 (80%) over the items answered."""
AWARE_SHARE = 0.8
MISSING = 0.01
ITEM_TONES = np.array((0.15, 0.05, -0.1, 0.2, 0.0, -0.05, 0.1, -0.15, 0.0, -0.2))


@dataclass(frozen=True)
class Attitude:
    """How a period's patients answer on average: on the 1-5 scale, and as log-odds of knowing an item."""

    satisfaction: float
    knowledge: float


BASELINE = Attitude(satisfaction=4.32, knowledge=2.15)
INTERVENTION = Attitude(satisfaction=4.55, knowledge=2.75)


def make_questionnaires(
    span: Period, attitude: Attitude, invalid: int, rng: np.random.Generator
) -> tuple[Questionnaire, ...]:
    """Ask 200 patients who answer validly and a few whose answers can't be used, in the order of dates."""
    count = VALID + invalid
    scores = _satisfaction(attitude, count, rng)
    known = _knowledge(attitude, count, rng)
    is_missing = rng.random((2, count, ITEMS)) < MISSING
    days = np.sort(rng.integers(0, len(span), count))
    spoilt = set(rng.choice(count, invalid, replace=False).tolist())
    year = span.first.year % 100
    return tuple(
        _one(
            f"Q{year}-{i + 1:03d}",
            span.first + timedelta(days=int(days[i])),
            [None if gone else int(v) for v, gone in zip(scores[i], is_missing[0, i], strict=True)],
            [None if gone else bool(v) for v, gone in zip(known[i], is_missing[1, i], strict=True)],
            is_spoilt=i in spoilt,
        )
        for i in range(count)
    )


def _satisfaction(attitude: Attitude, count: int, rng: np.random.Generator) -> NDArray[np.float64]:
    mood = rng.normal(attitude.satisfaction, 0.36, (count, 1))
    scores: NDArray[np.float64] = np.clip(
        np.rint(mood + ITEM_TONES + rng.normal(0, 0.6, (count, ITEMS))), 1, 5
    )
    return scores


def _knowledge(attitude: Attitude, count: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    odds = rng.normal(attitude.knowledge, 0.75, (count, 1)) + 3 * ITEM_TONES
    known: NDArray[np.bool_] = rng.random((count, ITEMS)) < 1 / (1 + np.exp(-odds))
    return known


def _one(
    code: str, asked_on: date, scores: list[int | None], known: list[bool | None], *, is_spoilt: bool
) -> Questionnaire:
    if is_spoilt:
        # Broken off after three items: too little to classify.
        scores, known = scores[:3] + [None] * (ITEMS - 3), [None] * ITEMS
    given = [score for score in scores if score is not None]
    right = [item for item in known if item is not None]
    return Questionnaire(
        code=code,
        asked_on=asked_on,
        satisfaction_items=tuple(scores),
        knowledge_items=tuple(known),
        is_satisfied=None if is_spoilt else sum(given) >= SATISFIED_MEAN * len(given),
        is_aware=None if is_spoilt else sum(right) >= AWARE_SHARE * len(right),
        is_valid=not is_spoilt,
    )
