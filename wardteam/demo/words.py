"""The words of the demo's quality records, read from `quality.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from wardteam.domain.control import Checklist, ChecklistItem, ControlArea
from wardteam.domain.questionnaires import Item, ItemKind, QuestionnaireVersion
from wardteam.errors import Named

DECIDED = date(2024, 12, 16)
"""When plan, questionnaire and checklists were settled: before the first period began."""
VERSION = "2025-1"


@dataclass(frozen=True)
class QualityWords:
    """Questionnaire and checklists, and lists of topics by their kinds' values."""

    version: QuestionnaireVersion
    checklists: tuple[Checklist, ...]
    measures: tuple[str, ...]
    notes: tuple[str, ...]
    activities: dict[str, list[str]]
    symposia: dict[str, list[str]]
    events: dict[str, str]


@cache
def quality_words() -> QualityWords:
    """Read the words; the file is UTF-8 whatever the machine's locale says."""
    table = tomllib.loads(files("wardteam.demo").joinpath("quality.toml").read_text(encoding="utf-8"))
    return QualityWords(
        version=_version(table["questionnaire"]),
        checklists=tuple(_checklist(row) for row in table["checklist"]),
        measures=tuple(table["measures"]["audit"]),
        notes=tuple(table["measures"]["note"]),
        activities=table["activities"],
        symposia=table["symposia"],
        events=table["events"],
    )


def _version(table: dict[str, Any]) -> QuestionnaireVersion:  # a table of the file: texts by key
    scales = (
        Item(f"S{n:02d}", Named(*text), ItemKind.LIKERT) for n, text in enumerate(table["satisfaction"], 1)
    )
    known = (
        Item(f"K{n:02d}", Named(*text), ItemKind.KNOWLEDGE, key=1)
        for n, text in enumerate(table["knowledge"], 1)
    )
    return QuestionnaireVersion(VERSION, DECIDED, Named(*table["name"]), (*scales, *known))


def _checklist(table: dict[str, Any]) -> Checklist:  # the same
    items = tuple(
        ChecklistItem(f"{number}", Named(zh, en), float(weight), is_core)
        for number, (zh, en, weight, is_core) in enumerate(table["items"], 1)
    )
    return Checklist(table["code"], DECIDED, Named(*table["name"]), ControlArea(table["area"]), items)
