"""Questionnaires: versions with their items, the sheets issued, and the answers as the analysis sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wardteam.errors import Named


class ItemKind(StrEnum):
    """What kind of answer an item asks for."""

    LIKERT = "likert"
    YES_NO = "yes_no"
    KNOWLEDGE = "knowledge"


@dataclass(frozen=True)
class Item:
    """One question. Answers are whole numbers: 1 to `scale` (likert), 1 or 0 (yes, no), or a choice from 1.

    `key` is the right choice of a knowledge item; a knowledge item without `choices` is asked aloud
    and marked 1 (known) or 0 (not known) by the interviewer, key 1. `is_reversed` turns a likert scale.
    """

    code: str
    text: Named
    kind: ItemKind
    choices: tuple[Named, ...] = ()
    key: int | None = None
    scale: int = 5
    is_reversed: bool = False

    def __post_init__(self) -> None:
        if self.kind is ItemKind.KNOWLEDGE and self.key not in self.answers:
            raise ValueError(f"knowledge item {self.code} needs a key among {self.answers}, got {self.key}")

    @property
    def answers(self) -> tuple[int, ...]:
        """The answers that can be given."""
        if self.kind is ItemKind.LIKERT:
            return tuple(range(1, self.scale + 1))
        return tuple(range(1, len(self.choices) + 1)) if self.choices else (0, 1)


@dataclass(frozen=True)
class QuestionnaireVersion:
    """A version of the questionnaire, in use from `day`; sheets keep the version they were printed as.

    Satisfied: the mean of the likert items answered is `satisfied_mean` or more (of 5, other scales in
    proportion). Aware: the share of knowledge items known is `aware_share` or more. A sheet is valid
    where at least `least_answered` of its items are answered.
    """

    code: str
    day: date
    name: Named
    items: tuple[Item, ...]
    satisfied_mean: float = 4.0
    aware_share: float = 0.8
    least_answered: float = 0.8
    is_retired: bool = False

    def __post_init__(self) -> None:
        codes = [item.code for item in self.items]
        if not codes or len(set(codes)) != len(codes):
            raise ValueError(f"version {self.code} needs items with different codes, got {codes}")

    def items_of(self, *kinds: ItemKind) -> tuple[Item, ...]:
        """Give the items of these kinds in order."""
        return tuple(item for item in self.items if item.kind in kinds)


class Mode(StrEnum):
    """How a questionnaire is answered."""

    FACE_TO_FACE = "face_to_face"
    PAPER = "paper"
    QR = "qr"


class Invalid(StrEnum):
    """Why a returned questionnaire is not valid (无效)."""

    TOO_FEW = "too_few_answers"
    CONTRADICTORY = "contradictory"
    ANSWERED_TWICE = "answered_twice"
    NOT_A_PATIENT = "not_a_patient"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class QuestionnaireSheet:
    """One sheet: issued (发放), perhaps returned (回收), with its answers by the version's items.

    `second` holds the second entry of a sheet keyed twice; it is None until somebody has keyed it, and
    both agree once the differences are settled. `invalid` is a reason that a person gave.
    """

    code: str
    day: date
    version: str
    mode: Mode
    returned_on: date | None = None
    answers: tuple[int | None, ...] = ()
    interviewer: str = ""
    team: str = ""
    stay: str = ""
    invalid: Invalid | None = None
    second: tuple[int | None, ...] | None = None
    second_by: str = ""
    note: str = ""

    @property
    def is_returned(self) -> bool:
        """Whether it came back."""
        return self.returned_on is not None

    @property
    def differences(self) -> tuple[int, ...]:
        """The places of the items at which the two entries differ."""
        pairs = zip(self.answers, self.second or self.answers, strict=True)
        return tuple(place for place, (first, second) in enumerate(pairs) if first != second)


@dataclass(frozen=True)
class AnswerCode:
    """The one-time code (一次性填写码) of a sheet answered by QR; `code` is the SHA-256 of the secret."""

    code: str
    day: date
    sheet: str
    last_day: date


@dataclass(frozen=True)
class Questionnaire:
    """A returned sheet as the analysis sees it: items on a 1-5 scale, knowledge items right or wrong.

    `is_satisfied` and `is_aware` are the classified outcomes; None where not answered.
    """

    code: str
    asked_on: date
    satisfaction_items: tuple[int | None, ...]
    knowledge_items: tuple[bool | None, ...]
    is_satisfied: bool | None
    is_aware: bool | None
    is_valid: bool = True
    invalid: Invalid | None = None
    mode: Mode = Mode.FACE_TO_FACE
    team: str = ""
    stay: str = ""
    version: str = ""
