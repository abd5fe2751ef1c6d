"""What a new book of the ward would change, sheet by sheet, in sentences for the head nurse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from wardteam.domain.ward import WardBook
from wardteam.errors import Message, Named
from wardteam.exchange.findings import shown
from wardteam.exchange.grid import Value
from wardteam.exchange.sheets import SHEETS
from wardteam.exchange.sheets.history import HISTORY
from wardteam.exchange.tables import Column, Record, SheetSpec
from wardteam.i18n import Language

MOST_NAMES = 12
MOST_FIELDS = 20

_LABELS: Mapping[str, tuple[str, ...]] = {
    "teams": ("number", "name"),
    "nurses": ("name",),
    "earlier_teams": ("staff_no", "start"),
    "beds": ("bed",),
    "earlier_owners": ("bed", "start"),
    "stays": ("code",),
    "shifts": ("name",),
    "demand": ("shift", "day_kind", "post"),
    "leave": ("staff_no", "kind", "start"),
    "wishes": ("staff_no", "day"),
    "restrictions": ("staff_no", "kind"),
    "pairs": ("first", "second"),
    "rules": ("rule",),
    "holidays": ("day", "name"),
    "balances": ("staff_no", "measure"),
}
_NAMED_BY_NUMBER = frozenset({"staff_no", "first", "second", "owner"})

Key = tuple[object, ...]


def difference(old: WardBook | None, new: WardBook) -> tuple[Message, ...]:
    """Say what differs: lines added, gone and changed by sheet, with names; a new ward by its counts."""
    if old is None:
        return tuple(_contents(new))
    names = {nurse.staff_no: nurse.name for book in (old, new) for nurse in book.nurses}
    found = [message for spec in SHEETS for message in _sheet_difference(spec, old, new, names)]
    return (*found, *_history_difference(old, new))


def _contents(book: WardBook) -> Iterator[Message]:
    yield Message("A new ward: {ward}.", ward=Named(book.ward.name, book.ward.name_en))
    for spec in SHEETS:
        count = len(list(spec.records(book)))
        if count and not spec.is_transposed:
            yield Message("{sheet}: {count} lines.", sheet=_title(spec), count=count)
    if book.history:
        yield Message("{sheet}: {count} cells.", sheet=_title(HISTORY), count=len(book.history))


def _title(spec: SheetSpec) -> Named:
    return Named(spec.zh, spec.en)


def _sheet_difference(
    spec: SheetSpec, old: WardBook, new: WardBook, names: Mapping[str, str]
) -> Iterator[Message]:
    before, after = _by_key(spec, old), _by_key(spec, new)
    gone = [_label(spec, before[key], names) for key in before if key not in after]
    added = [_label(spec, after[key], names) for key in after if key not in before]
    if added:
        yield _listed("{sheet}: {count} added: {names}.", spec, added)
    if gone:
        yield _listed("{sheet}: {count} no longer there: {names}.", spec, gone)
    changes = [
        change
        for key in before.keys() & after.keys()
        for change in _field_changes(spec, before[key], after[key], names)
    ]
    ordered = sorted(changes, key=str)
    yield from ordered[:MOST_FIELDS]
    if len(ordered) > MOST_FIELDS:
        rest = len(ordered) - MOST_FIELDS
        yield Message("{sheet}: {count} more values changed.", sheet=_title(spec), count=rest)


def _by_key(spec: SheetSpec, book: WardBook) -> dict[Key, Record]:
    """Give a sheet's lines by what makes them unique; lines without that are known by all they say."""
    fields = spec.unique[0] if spec.unique else tuple(c.field for c in spec.columns if not c.is_computed)
    if spec.is_transposed:
        fields = ()
    if spec.key == "beds":
        fields = ("room", "bed")
    rows: dict[Key, Record] = {}
    for record in spec.records(book):
        key = tuple(repr(record.get(field)) for field in fields)
        while key in rows:
            key = (*key, "again")
        rows[key] = record
    return rows


def _label(spec: SheetSpec, record: Record, names: Mapping[str, str]) -> Named:
    fields = [spec.column(name) for name in _LABELS[spec.key]]
    return Named(
        " ".join(filter(None, (_in_words(c, record.get(c.field), "zh", names) for c in fields))),
        " ".join(filter(None, (_in_words(c, record.get(c.field), "en", names) for c in fields))),
    )


def _in_words(column: Column, item: object, language: Language, names: Mapping[str, str]) -> str:
    if item is None or item == "":
        return ""
    if column.field in _NAMED_BY_NUMBER:
        return names.get(str(item), str(item))
    value: Value = column.kind.write(item, language)
    return value.isoformat() if type(value) is date else shown(value)


def _listed(text: str, spec: SheetSpec, labels: list[Named]) -> Message:
    names: tuple[object, ...] = tuple(labels)
    if len(labels) > MOST_NAMES:
        rest = Message("{count} more", count=len(labels) - MOST_NAMES)
        names = (*labels[:MOST_NAMES], rest)
    return Message(text, sheet=_title(spec), count=len(labels), names=names)


def _field_changes(
    spec: SheetSpec, before: Record, after: Record, names: Mapping[str, str]
) -> Iterator[Message]:
    for column in _inputs(spec.columns):
        old, new = before.get(column.field), after.get(column.field)
        if old == new:
            continue
        field = Named(column.zh, column.en)
        change = {"field": field, "old": _value(column, old, names), "new": _value(column, new, names)}
        if spec.is_transposed:
            yield Message("{sheet}: {field} {old} becomes {new}.", sheet=_title(spec), **change)
        else:
            label = _label(spec, after, names)
            yield Message(
                "{sheet}, {line}: {field} {old} becomes {new}.", sheet=_title(spec), line=label, **change
            )


def _inputs(columns: Iterable[Column]) -> Iterator[Column]:
    return (column for column in columns if not column.is_computed)


def _value(column: Column, item: object, names: Mapping[str, str]) -> Named | Message:
    texts = _in_words(column, item, "zh", names), _in_words(column, item, "en", names)
    return Named(*texts) if any(texts) else Message("(empty)")


def _history_difference(old: WardBook, new: WardBook) -> Iterator[Message]:
    before, after = old.history, new.history
    counts = {
        "added": sum(key not in before for key in after),
        "removed": sum(key not in after for key in before),
        "changed": sum(key in after and after[key] != cell for key, cell in before.items()),
    }
    if any(counts.values()):
        text = "{sheet}: {added} cells added, {changed} changed, {removed} removed."
        yield Message(text, sheet=_title(HISTORY), **counts)
