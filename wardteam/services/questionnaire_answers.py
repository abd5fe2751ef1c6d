"""Checks answers against the items of their version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wardteam.domain.questionnaires import QuestionnaireVersion
from wardteam.errors import BadInput, Finding, Message


def check_answers(version: QuestionnaireVersion, answers: Sequence[int | None]) -> None:
    """Refuse answers that aren't one for each item, None or a number that the item offers.

    Raises
    ------
    BadInput
        With every wrong answer, by the item's code.
    """
    findings = tuple(wrong_answers(version, answers))
    if findings:
        raise BadInput(findings)


def wrong_answers(
    version: QuestionnaireVersion, answers: Sequence[int | None], *, file: str = "", row: int | None = None
) -> Iterator[Finding]:
    """Find the answers that can't be given."""
    if len(answers) != len(version.items):
        text = "One answer to each of the {count} items was expected, got {given}."
        yield Finding(file, Message(text, count=len(version.items), given=len(answers)), row=row)
        return
    for item, answer in zip(version.items, answers, strict=True):
        if answer is not None and answer not in item.answers:
            problem = Message("One of these was expected: {choices}.", choices=item.answers)
            yield Finding(file, problem, row=row, column=item.code, value=str(answer))
