"""What changed from one version of a record to the next: every field of its form, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from wardteam.errors import Message
from wardteam.services.quality_ports import PastVersion
from wardteam_web.forms import FieldSpec, Kind
from wardteam_web.records.ground import Ground
from wardteam_web.records.page import RecordPage

CHANGE = "{field}: {before} → {after}"
NOTHING, YES, NO = Message("nothing"), Message("yes"), Message("no")


def version_changes(
    page: RecordPage[Any], ground: Ground, versions: Sequence[PastVersion[Any]]
) -> dict[int, tuple[Message, ...]]:
    """Give what each version changed of the last one that stood, by its number; versions oldest first."""
    found: dict[int, tuple[Message, ...]] = {}
    before = None
    for version in versions:
        if version.record is None:
            continue
        if before is not None:
            found[version.revision] = _changes(page, ground, before, version.record)
        before = version.record
    return found


def _changes(page: RecordPage[Any], ground: Ground, before: object, after: object) -> tuple[Message, ...]:
    old, new = page.fill(before), page.fill(after)
    return tuple(
        Message(
            CHANGE,
            field=spec.label,
            before=_words(spec, old.get(spec.name)),
            after=_words(spec, new.get(spec.name)),
        )
        for spec in page.fields(ground, after)
        if _plain(old.get(spec.name)) != _plain(new.get(spec.name))
    )


def _plain(value: object) -> object:
    return None if value == "" else value


def _words(spec: FieldSpec, value: object) -> str | Message:
    """Put a field's value into words; a choice that is offered no more stands as it was kept."""
    if spec.kind is Kind.CHECK:
        return YES if value else NO
    if value is None or value == "":
        return NOTHING
    if spec.kind is Kind.CHOICE:
        return dict(spec.choices).get(str(value), str(value))
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:g}" if isinstance(value, float) else str(value)
