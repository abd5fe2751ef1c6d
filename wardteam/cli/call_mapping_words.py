"""How --set and --word correct the mapping of a call system's columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from wardteam.domain.calls import CallField, CallMapping, CallReason, CallSource, EndedBy
from wardteam.errors import BadInput, Finding, Message

E = TypeVar("E", bound=StrEnum)


def with_columns(mapping: CallMapping, given: Sequence[str]) -> CallMapping:
    """Change a mapping's columns as --set says; every wrong one is told at once."""
    columns, findings = dict(mapping.columns), []
    for text in given:
        name, _, heading = text.partition("=")
        if name not in tuple(CallField):
            expected = Message(
                "One of these was expected: {choices}.", choices=tuple(f.value for f in CallField)
            )
            findings.append(Finding("--set", expected, value=text))
        elif heading:
            columns[CallField(name)] = heading
        else:
            columns.pop(CallField(name), None)
    if findings:
        raise BadInput(tuple(findings))
    return replace(mapping, columns=columns)


def with_words(mapping: CallMapping, given: Sequence[str]) -> CallMapping:
    """Add what --word says a system's words mean; every wrong one is told at once."""
    reasons, sources, endings = dict(mapping.reasons), dict(mapping.sources), dict(mapping.ended_by)
    findings: list[Finding] = []
    for text in given:
        field, _, rest = text.partition(":")
        word, _, meant = rest.rpartition("=")
        match field:
            case "reason":
                _learn(reasons, CallReason, word, meant, findings)
            case "source":
                _learn(sources, CallSource, word, meant, findings)
            case "ended_by":
                _learn(endings, EndedBy, word, meant, findings)
            case _:
                problem = Message(
                    "One of these was expected: {choices}.", choices=("reason", "source", "ended_by")
                )
                findings.append(Finding("--word", problem, value=text))
    if findings:
        raise BadInput(tuple(findings))
    return replace(mapping, reasons=reasons, sources=sources, ended_by=endings)


def _learn(words: dict[str, E], kind: type[E], word: str, meant: str, findings: list[Finding]) -> None:
    known = tuple(member.value for member in kind)
    if meant in known:
        words[word] = kind(meant)
    else:
        problem = Message("One of these was expected: {choices}.", choices=known)
        findings.append(Finding("--word", problem, value=f"{word}={meant}"))
