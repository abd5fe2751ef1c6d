"""Invented questionnaires: ten items of satisfaction and ten of knowledge from each inpatient asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from wardteam.demo.words import VERSION
from wardteam.domain.calendar import Period
from wardteam.domain.questionnaires import Invalid, Mode, QuestionnaireSheet

VALID = 200
ITEMS = 10
MISSING = 0.01
ITEM_TONES = np.array((0.15, 0.05, -0.1, 0.2, 0.0, -0.05, 0.1, -0.15, 0.0, -0.2))
MODES = (Mode.FACE_TO_FACE, Mode.PAPER, Mode.QR)
MODE_SHARES = (0.6, 0.25, 0.15)
ENTERED_TWICE = 0.25
"""Share of the paper sheets that two people keyed in, their differences settled."""
BROKEN_OFF = 3
OTHER_REASONS = (Invalid.ANSWERED_TWICE, Invalid.NOT_A_PATIENT, Invalid.CONTRADICTORY)


@dataclass(frozen=True)
class Attitude:
    """How a period's patients answer on average: on the 1-5 scale, and as log-odds of knowing an item."""

    satisfaction: float
    knowledge: float


BASELINE = Attitude(satisfaction=4.32, knowledge=2.15)
INTERVENTION = Attitude(satisfaction=4.55, knowledge=2.75)


@dataclass(frozen=True)
class Asked:
    """Whom a sheet is given to: the stay and its team, on a date of it."""

    day: date
    stay: str
    team: str


def make_sheets(
    span: Period, attitude: Attitude, issued: int, invalid: int, rng: np.random.Generator
) -> tuple[QuestionnaireSheet, ...]:
    """Ask 200 patients who answer validly, a few whose sheets can't be used, and some who return none.

    Stays, modes and interviewers are filled in by `with_circumstances`.
    """
    count = VALID + invalid
    scores = _satisfaction(attitude, count, rng)
    known = _knowledge(attitude, count, rng)
    is_missing = rng.random((2, count, ITEMS)) < MISSING
    days = np.sort(rng.integers(0, len(span), count))
    spoilt = sorted(rng.choice(count, invalid, replace=False).tolist())
    answers = np.concatenate([scores, known.astype(np.float64)], axis=1)
    answers[np.concatenate(list(is_missing), axis=1)] = np.nan
    sheets = [_returned(span, n, int(days[n]), answers[n]) for n in range(count)]
    for turn, place in enumerate(spoilt):
        sheets[place] = _spoilt(sheets[place], turn)
    return (*sheets, *(_unreturned(span, n) for n in range(count, issued)))


def with_circumstances(
    sheets: Sequence[QuestionnaireSheet],
    asked: Sequence[Asked],
    interviewers: Sequence[str],
    rng: np.random.Generator,
) -> tuple[QuestionnaireSheet, ...]:
    """Say how each sheet was answered, whose it is, who asked, and who keyed it a second time."""
    modes = rng.choice(len(MODES), size=len(sheets), p=MODE_SHARES)
    people = rng.integers(0, len(interviewers), (len(sheets), 2))
    is_second = rng.random(len(sheets)) < ENTERED_TWICE
    found = []
    for sheet, one, mode, pair, twice in zip(
        sheets, asked, modes.tolist(), people.tolist(), is_second.tolist(), strict=True
    ):
        chosen = replace(sheet, mode=MODES[mode], stay=one.stay, team=one.team)
        if MODES[mode] is not Mode.QR:
            chosen = replace(chosen, interviewer=interviewers[pair[0]])
        if MODES[mode] is Mode.PAPER and twice and sheet.is_returned:
            chosen = replace(chosen, second=sheet.answers, second_by=interviewers[pair[1]])
        found.append(chosen)
    return tuple(found)


def _code(span: Period, place: int) -> str:
    return f"Q{span.first.year % 100}-{place + 1:04d}"


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


def _returned(span: Period, place: int, day: int, answers: NDArray[np.float64]) -> QuestionnaireSheet:
    asked_on = span.first + timedelta(days=day)
    given = tuple(None if np.isnan(answer) else int(answer) for answer in answers)
    return QuestionnaireSheet(_code(span, place), asked_on, VERSION, Mode.PAPER, asked_on, given)


def _spoilt(sheet: QuestionnaireSheet, turn: int) -> QuestionnaireSheet:
    """Break every other one off after three items; the rest are refused for another reason."""
    if turn % 2 == 0:
        rest = (None,) * (2 * ITEMS - BROKEN_OFF)
        return replace(sheet, answers=(*sheet.answers[:BROKEN_OFF], *rest), invalid=Invalid.TOO_FEW)
    return replace(sheet, invalid=OTHER_REASONS[turn // 2 % len(OTHER_REASONS)])


def _unreturned(span: Period, place: int) -> QuestionnaireSheet:
    day = span.first + timedelta(days=place * 37 % len(span))
    return QuestionnaireSheet(_code(span, place), day, VERSION, Mode.PAPER)
