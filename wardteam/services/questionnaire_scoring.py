"""Scores returned questionnaires by the rules of their version: items, outcomes, and why one is not valid."""

from __future__ import annotations

from collections.abc import Sequence

from wardteam.domain.questionnaires import (
    Invalid,
    Item,
    ItemKind,
    Questionnaire,
    QuestionnaireSheet,
    QuestionnaireVersion,
)

ROUNDING = 1e-9
"""What binary fractions may miss a threshold by: 4 of 5 is a share of 0.8."""

Answer = int | None


def score(version: QuestionnaireVersion, sheet: QuestionnaireSheet) -> Questionnaire:
    """Give a returned sheet as the analysis sees it; the first entry counts where two differ.

    Items not answered, and those after the last answer, are None. An item of another scale than 1-5
    is brought to it; outcomes are made from the answers as given, by the version's thresholds.
    """
    answers = answers_of(version, sheet)
    pairs = tuple(zip(version.items, answers, strict=True))
    likert = [(item, answer) for item, answer in pairs if item.kind is ItemKind.LIKERT]
    known = [_is_known(item, answer) for item, answer in pairs if item.kind is ItemKind.KNOWLEDGE]
    invalid = invalid_because(version, sheet)
    return Questionnaire(
        code=sheet.code,
        asked_on=sheet.day,
        satisfaction_items=tuple(_on_five(item, answer) for item, answer in likert),
        knowledge_items=tuple(known),
        is_satisfied=_is_satisfied(version, likert),
        is_aware=_is_aware(version, known),
        is_valid=invalid is None,
        invalid=invalid,
        mode=sheet.mode,
        team=sheet.team,
        stay=sheet.stay,
        version=version.code,
    )


def invalid_because(version: QuestionnaireVersion, sheet: QuestionnaireSheet) -> Invalid | None:
    """Say why a returned sheet isn't valid: a reason that somebody gave, too few answers, a contradiction.

    Answers contradict each other where all scale items, reversed ones among them, have the same end
    of the scale ticked.
    """
    if sheet.invalid is not None:
        return sheet.invalid
    answers = answers_of(version, sheet)
    answered = sum(answer is not None for answer in answers)
    if answered + ROUNDING < version.least_answered * len(version.items):
        return Invalid.TOO_FEW
    return Invalid.CONTRADICTORY if _is_contradictory(version, answers) else None


def answers_of(version: QuestionnaireVersion, sheet: QuestionnaireSheet) -> tuple[Answer, ...]:
    """Give one answer an item, None where there is none."""
    count = len(version.items)
    return (*sheet.answers, *([None] * count))[:count]


def _turned(item: Item, answer: int) -> int:
    return item.scale + 1 - answer if item.is_reversed else answer


def _on_five(item: Item, answer: Answer) -> Answer:
    if answer is None or item.scale < 2:
        return answer
    return round(1 + (_turned(item, answer) - 1) * 4 / (item.scale - 1))


def _is_known(item: Item, answer: Answer) -> bool | None:
    return None if answer is None else answer == item.key


def _is_satisfied(version: QuestionnaireVersion, likert: Sequence[tuple[Item, Answer]]) -> bool | None:
    given = [_turned(item, answer) * 5 / item.scale for item, answer in likert if answer is not None]
    return sum(given) / len(given) + ROUNDING >= version.satisfied_mean if given else None


def _is_aware(version: QuestionnaireVersion, known: Sequence[bool | None]) -> bool | None:
    if all(answer is None for answer in known):
        return None
    return sum(answer is True for answer in known) / len(known) + ROUNDING >= version.aware_share


def _is_contradictory(version: QuestionnaireVersion, answers: Sequence[Answer]) -> bool:
    pairs = zip(version.items, answers, strict=True)
    given = [(i, a) for i, a in pairs if i.kind is ItemKind.LIKERT and a is not None]
    if len({item.is_reversed for item, _ in given}) < 2:
        return False
    ends = {(a == 1, a == i.scale) for i, a in given}
    return len(ends) == 1 and any(ends.pop())
