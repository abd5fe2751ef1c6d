"""Which answer of a column of answers is the outcome that is counted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wardteam.errors import Finding, Message
from wardteam.exchange.figure_columns import Columns, narrowed, to_number
from wardteam.services.any_table.groups import refuse

YES = frozenset(
    (
        "1",
        "yes",
        "y",
        "true",
        "是",
        "有",
        "对",
        "√",
        "满意",
        "知晓",
        "合格",
        "阳性",
        "发生",
        "positive",
        "event",
    )
)
NO = frozenset(("0", "no", "n", "false", "否", "无", "错", "×", "negative", "none"))
_DENIAL = re.compile(r"^(not\b|no\b|non|un|dis|in|without|不|未|非|无|没)", re.IGNORECASE)
MOST_ANSWERS = 10

NOT_0_OR_1 = Message("0 or 1 was expected, as in other rows.")
COUNTED = "Counted as the outcome: {event}. Another answer is named with --event."
NO_SUCH_ANSWER = "The outcome {event} does not occur; the column has: {answers}."
TOO_MANY = (
    "The column has {count} different values: an outcome has a few answers. Means of measurements are "
    "compared by `stats means`; counts need --exposure or --denominator."
)
NO_ANSWER = Message("The column has no answer at all: every row is missing.")


def answers_of(columns: Columns, outcome: str) -> list[str | None]:
    """Read a column of answers; 1.0 and 1 are one answer.

    Raises
    ------
    BadInput
        Where there is none, or so many different ones that they must be measurements.
    """
    answers = [None if a is None else _whole(a) for a in columns.names(outcome)]
    kinds = list(dict.fromkeys(a for a in answers if a is not None))
    if not kinds:
        refuse(columns, outcome, NO_ANSWER)
    if {"0", "1"} <= set(kinds):
        for row, answer in zip(columns.table.numbers, answers, strict=True):
            if answer is not None and to_number(narrowed(answer)) is None:
                columns.findings.append(
                    Finding(columns.table.file, NOT_0_OR_1, row=row, column=outcome, value=answer)
                )
    elif len(kinds) > MOST_ANSWERS:
        refuse(columns, outcome, Message(TOO_MANY, count=len(kinds)))
    return answers


def choose_event(
    columns: Columns, outcome: str, kinds: Sequence[str], wanted: str | None
) -> tuple[str, tuple[Message, ...]]:
    """Give the answer that is counted: the one named, yes or 1, else the one that denies nothing.

    A guess is told as a warning.
    """
    if wanted is not None:
        found = next((k for k in kinds if k.casefold() == narrowed(wanted).casefold()), None)
        if found is None:
            refuse(columns, outcome, Message(NO_SUCH_ANSWER, event=wanted, answers=tuple(kinds)))
        return found, ()
    sure = [kind for kind in kinds if narrowed(kind).casefold() in YES]
    if len(sure) == 1:
        return sure[0], ()
    left = [kind for kind in kinds if narrowed(kind).casefold() not in NO]
    positive = [kind for kind in left if not _DENIAL.match(kind)] or left or list(kinds)
    event = sorted(positive)[-1]
    return event, (Message(COUNTED, event=event),)


def _whole(answer: str) -> str:
    number = to_number(narrowed(answer))
    return answer if number is None or abs(number) > 1e9 or not number.is_integer() else str(int(number))
