"""The answers of a sheet as radio groups: one an item, with no answer among the choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wardteam.domain.questionnaires import Item, ItemKind, QuestionnaireVersion
from wardteam.errors import Message
from wardteam.i18n import Translator

NO_ANSWER = Message("no answer")
YES, NO = Message("Yes"), Message("No")
KNOWN, NOT_KNOWN = Message("knows it"), Message("does not know it")


@dataclass(frozen=True)
class Choice:
    """One answer that can be given: what is sent, what is shown, and the key that picks it."""

    value: str
    words: str
    key: str


@dataclass(frozen=True)
class AnswerLine:
    """One item with its choices, the answer chosen so far, and the name of its group."""

    name: str
    number: int
    item: Item
    choices: tuple[Choice, ...]
    chosen: str


def answer_lines(
    version: QuestionnaireVersion, answers: Sequence[int | None], sent: Mapping[str, str], t: Translator
) -> tuple[AnswerLine, ...]:
    """Give every item with the answer sent, else the one kept."""
    lines = []
    for place, item in enumerate(version.items):
        kept = answers[place] if place < len(answers) else None
        chosen = sent.get(group_name(place), "" if kept is None else str(kept))
        lines.append(AnswerLine(group_name(place), place + 1, item, choices_of(item, t), chosen))
    return tuple(lines)


def sent_answers(version: QuestionnaireVersion, sent: Mapping[str, str]) -> tuple[int | None, ...]:
    """Give the answers that a form sent, None where an item was left out or holds no number."""
    return tuple(answer_from(sent.get(group_name(place), "")) for place in range(len(version.items)))


def answer_from(text: str) -> int | None:
    """Read one answer; anything but a short whole number is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def group_name(place: int) -> str:
    """Give the name of an item's radio group."""
    return f"item-{place}"


def choices_of(item: Item, t: Translator) -> tuple[Choice, ...]:
    """Give the choices of an item, the one for no answer last."""
    none = Choice("", t(NO_ANSWER), "-")
    if item.choices:
        named = enumerate(item.choices, start=1)
        return (*(Choice(str(n), f"{n} {t.show(name)}", str(n)) for n, name in named), none)
    if item.answers == (0, 1):
        yes, no = (KNOWN, NOT_KNOWN) if item.kind is ItemKind.KNOWLEDGE else (YES, NO)
        return Choice("1", t(yes), "1"), Choice("0", t(no), "0"), none
    return (*(Choice(str(n), str(n), str(n)) for n in item.answers), none)


def answer_words(item: Item, answer: int | None, t: Translator) -> str:
    """Say an answer in words."""
    value = "" if answer is None else str(answer)
    return next((choice.words for choice in choices_of(item, t) if choice.value == value), value)
