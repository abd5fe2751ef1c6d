"""The form in which people correct how a call system's columns and words are read."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from wardteam.domain.calls import CallField, CallMapping, CallReason, CallSource, ClockOffset, EndedBy
from wardteam.errors import Finding, Message
from wardteam.exchange.call_log.guess import JOINER

E = TypeVar("E", bound=StrEnum)
Sent = Mapping[str, str]
MOST_WORDS = 60
MOST_OFFSETS = 12
DATE_FORMATS = (
    ("", Message("found out from the file")),
    ("dmy", Message("day first: 05/01 is the fifth of January")),
    ("mdy", Message("month first: 05/01 is the first of May")),
)
ENCODINGS = ("", "utf-8", "gb18030", "utf-16")
BAD_OFFSET = Message("A moment and a number of seconds were expected.")
MEANINGS: dict[CallField, type[StrEnum]] = {
    CallField.REASON: CallReason,
    CallField.SOURCE: CallSource,
    CallField.ENDED_BY: EndedBy,
}


@dataclass(frozen=True)
class SentMapping:
    """The mapping that a form says, with what could not be read of it."""

    mapping: CallMapping
    findings: tuple[Finding, ...] = ()


def split_column(mapping: CallMapping, field: CallField) -> tuple[str, str]:
    """Give the column of dates, empty where there is none of its own, and the field's column."""
    date_column, joiner, column = mapping.columns.get(field, "").rpartition(JOINER)
    return (date_column, column) if joiner else ("", column)


def sent_mapping(before: CallMapping, headings: tuple[str, ...], sent: Sent, zone: ZoneInfo) -> SentMapping:
    """Read a mapping from a form; what the form doesn't name stays as it was."""
    findings: list[Finding] = []
    offsets = tuple(_offsets(sent, zone, findings))
    mapping = replace(
        before,
        columns=_columns(headings, sent),
        reasons=_words(before.reasons, CallField.REASON, CallReason, sent),
        sources=_words(before.sources, CallField.SOURCE, CallSource, sent),
        ended_by=_words(before.ended_by, CallField.ENDED_BY, EndedBy, sent),
        date_format=sent.get("date_format", ""),
        zone=sent.get("zone", "").strip(),
        encoding=sent.get("encoding", ""),
        offsets=offsets,
    )
    return SentMapping(mapping, tuple(findings))


def meaning_of(mapping: CallMapping, field: CallField, word: str) -> str:
    """Give what a word of the system means by a mapping, empty where nobody said."""
    words: Mapping[CallField, Mapping[str, StrEnum]] = {
        CallField.REASON: mapping.reasons,
        CallField.SOURCE: mapping.sources,
        CallField.ENDED_BY: mapping.ended_by,
    }
    found = words[field].get(word)
    return "" if found is None else found.value


def _columns(headings: tuple[str, ...], sent: Sent) -> dict[CallField, str]:
    columns = {f: sent.get(f"column-{f.value}", "") for f in CallField}
    date_column = sent.get("dates", "")
    if date_column in headings and columns[CallField.PLACED] in headings:
        placed = f"{date_column}{JOINER}{columns[CallField.PLACED]}"
        return {f: placed if f is CallField.PLACED else h for f, h in columns.items() if h in headings}
    return {field: heading for field, heading in columns.items() if heading in headings}


def _words(before: Mapping[str, E], field: CallField, kind: type[E], sent: Sent) -> dict[str, E]:
    words = dict(before)
    known = {member.value for member in kind}
    for place in range(MOST_WORDS):
        word, meant = (sent.get(f"{part}-{field.value}-{place}", "") for part in ("word", "meant"))
        if word and meant in known:
            words[word] = kind(meant)
        elif word:
            words.pop(word, None)
    return words


def _offsets(sent: Sent, zone: ZoneInfo, findings: list[Finding]) -> Iterator[ClockOffset]:
    for place in range(MOST_OFFSETS):
        since, seconds = (sent.get(f"{part}-{place}", "").strip() for part in ("since", "seconds"))
        if not since and not seconds:
            continue
        try:
            moment, number = datetime.fromisoformat(since), float(seconds)
        except ValueError:
            moment, number = None, math.nan
        if moment is None or not math.isfinite(number):
            findings.append(Finding("", BAD_OFFSET, value=f"{since} {seconds}".strip()))
        else:
            yield ClockOffset(moment if moment.tzinfo else moment.replace(tzinfo=zone), number)
