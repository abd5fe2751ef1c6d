"""Guesses how a call system's columns are read, from headings that are usual and from what stands below."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from hashlib import sha256

from wardteam.domain.calls import CallField, CallMapping, CallReason, CallSource, EndedBy
from wardteam.exchange.call_log.head import FileHead, is_moment
from wardteam.exchange.call_log.words import (
    ENDING_WORDS,
    HEADINGS,
    REASON_WORDS,
    SOURCE_WORDS,
    meaning,
)
from wardteam.exchange.words import normal

JOINER = " + "
"""Two headings joined so are read as one: a date and a time of day in columns of their own."""

MOMENTS = (CallField.PLACED, CallField.ANSWERED, CallField.ARRIVED, CallField.CLEARED)
_NEVER_CHANGED = date(2000, 1, 1)
_EXACT, _INSIDE, _BY_VALUES = 1000, 500, 200


def guess_mapping(head: FileHead, kept: Sequence[CallMapping] = ()) -> CallMapping:
    """Give a kept mapping whose headings the file has all, the newest of these; else a guess.

    The guess keeps the words of the sample that are known; its date is stamped when it is kept.
    """
    fitting = [m for m in kept if m.columns and set(headings_of(m)) <= set(head.headings)]
    if fitting:
        return max(fitting, key=lambda mapping: (len(mapping.columns), mapping.day))
    columns = _columns(head)
    digest = sha256("\n".join(head.headings).encode()).hexdigest()

    def seen(field: CallField) -> tuple[str, ...]:
        return tuple(dict.fromkeys(head.values(columns[field]))) if field in columns else ()

    return CallMapping(
        code=f"calls-{digest[:6]}",
        day=_NEVER_CHANGED,
        columns=columns,
        reasons={word: reason for word in seen(CallField.REASON) if (reason := reason_of(word))},
        sources={word: source for word in seen(CallField.SOURCE) if (source := source_of(word))},
        ended_by={word: ending for word in seen(CallField.ENDED_BY) if (ending := ending_of(word))},
    )


def reason_of(word: str) -> CallReason | None:
    """Give what a usual word for a reason means."""
    return meaning(word, REASON_WORDS)


def source_of(word: str) -> CallSource | None:
    """Give what a usual word for the place of a call means."""
    return meaning(word, SOURCE_WORDS)


def ending_of(word: str) -> EndedBy | None:
    """Give what a usual word for the end of a call means."""
    return meaning(word, ENDING_WORDS)


def headings_of(mapping: CallMapping) -> tuple[str, ...]:
    """Give the single headings that a mapping names."""
    return tuple(part for heading in mapping.columns.values() for part in heading.split(JOINER))


def _columns(head: FileHead) -> dict[CallField, str]:
    """Give each field the heading that fits best and that no other field fits better."""
    fits = sorted(_fits(head), key=lambda fit: -fit[0])
    columns: dict[CallField, str] = {}
    for _, field, heading in fits:
        if field not in columns and heading not in columns.values():
            columns[field] = heading
    _join_dates(head, columns)
    return {field: columns[field] for field in CallField if field in columns}


def _fits(head: FileHead) -> Iterator[tuple[int, CallField, str]]:
    for heading in head.headings:
        moments = _share(head.values(heading), is_moment)
        for field, words in HEADINGS.items():
            score = _score(heading, words)
            if not score and field is CallField.PLACED and moments == 1:
                score = _BY_VALUES - head.headings.index(heading)
            if score and (field not in MOMENTS or moments is None or moments > 0):
                yield score + _likelier(field, head.values(heading)), field, heading


def _score(heading: str, words: Sequence[str]) -> int:
    text = normal(heading)
    names = [normal(word) for word in words]
    if text in names:
        return _EXACT - names.index(text)
    inside = [len(name) for name in names if len(name) > 2 and name in text]
    return _INSIDE + max(inside) if inside else 0


def _likelier(field: CallField, values: Sequence[str]) -> int:
    """Prefer a column whose values are known words of the field: 类型 may be a reason or a place."""
    tries: dict[CallField, Callable[[str], object]] = {
        CallField.REASON: reason_of,
        CallField.SOURCE: source_of,
        CallField.ENDED_BY: ending_of,
    }
    if field not in tries:
        return 0
    known = _share(values, lambda value: tries[field](value) is not None)
    return round(100 * known) if known is not None else 0


def _share(values: Sequence[str], holds: Callable[[str], bool]) -> float | None:
    return sum(map(holds, values)) / len(values) if values else None


def _join_dates(head: FileHead, columns: dict[CallField, str]) -> None:
    """Where the call's column holds only times of day, put the column of dates before it."""
    placed = columns.get(CallField.PLACED, "")
    times = head.values(placed) if placed else ()
    if not times or any(len(value) > 12 or ":" not in value[:3] for value in times):
        return
    for heading in head.headings:
        dates = head.values(heading)
        if dates and all(is_moment(f"{value} 00:00") and ":" not in value for value in dates):
            columns[CallField.PLACED] = f"{heading}{JOINER}{placed}"
            return
