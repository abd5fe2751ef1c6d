"""`wardteam calls import` and `mapping`: the guess shown and corrected, the import with its ledger."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from wardteam.cli.call_mapping_words import with_columns, with_words
from wardteam.cli.session import Session
from wardteam.domain.calls import CallImport, CallMapping, ImportStep
from wardteam.errors import Conflict, Stopped
from wardteam.exchange.call_log.guess import headings_of

if TYPE_CHECKING:
    from wardteam.bootstrap.wiring import Installation
    from wardteam.services.call_import import FileHead

_AGREE = "Import the calls by these columns, and remember them?"


@dataclass(frozen=True)
class Order:
    """What is to be imported: which ward's file, by which mapping, and where refused rows go."""

    ward: str
    path: Path
    mapping: CallMapping
    refused: Path


def run(
    session: Session,
    *,
    file: Path,
    mapping: str | None,
    columns: Sequence[str],
    words: Sequence[str],
    dates: str | None,
    zone: str | None,
    encoding: str | None,
    refused: Path | None,
    ward: str | None,
    yes: bool,
    as_json: bool,
) -> int:
    """Guess, show, ask once, remember, import."""
    from wardteam.services.call_import import check_mapping, kept_mappings, read_head

    head = read_head(file, encoding or "")
    with session.open() as installation:
        code = session.ward(installation, ward)
        kept = kept_mappings(installation.units, code)
        chosen = _chosen(head, kept, mapping)
        chosen = replace(
            chosen,
            date_format=chosen.date_format if dates is None else dates,
            zone=chosen.zone if zone is None else zone,
            encoding=chosen.encoding if encoding is None else encoding,
        )
        chosen = with_words(with_columns(chosen, columns), words)
        check_mapping(head, chosen)
        is_known = chosen in kept
        if not as_json and not is_known:
            _show(session, installation, code, head, chosen)
        if not (yes or is_known or _is_agreed(session)):
            click.echo(session.say("Nothing was changed; --yes applies the changes."), err=True)
            return Conflict.exit_code
        target = refused or file.with_name(f"{file.stem}-refused.csv")
        found = _import(session, installation, Order(code, file, chosen, target), is_quiet=as_json)
    _tell(session, found, target, as_json=as_json)
    return Stopped.exit_code if "stopped_at_row" in found.notes else 0


def run_mappings(session: Session, *, ward: str | None, as_json: bool) -> None:
    """Show every kept mapping."""
    from wardteam.services.call_import import kept_mappings

    with session.open() as installation:
        kept = kept_mappings(installation.units, session.ward(installation, ward))
    if as_json:
        session.screen.json({"mappings": kept})
        return
    if not kept:
        session.screen.line(
            "No columns of a call system are remembered yet; `wardteam calls import FILE` remembers them."
        )
    for mapping in kept:
        session.screen.heading("{code}, of {day}", code=mapping.code, day=mapping.day.isoformat())
        session.screen.table(("Field", "Column"), list(mapping.columns.items()))


def _chosen(head: FileHead, kept: Sequence[CallMapping], name: str | None) -> CallMapping:
    from wardteam.services.call_import import guess_mapping

    if name is None:
        return guess_mapping(head, kept)
    named = next((mapping for mapping in kept if mapping.code == name), None)
    return named or replace(guess_mapping(head), code=name)


def _show(
    session: Session, installation: Installation, ward: str, head: FileHead, mapping: CallMapping
) -> None:
    screen = session.screen
    screen.line("{file}: columns read as", file=head.file)
    rows = [(field, heading, _first(head, heading)) for field, heading in mapping.columns.items()]
    screen.table(("Field", "Column", "First value"), rows)
    left = tuple(heading for heading in head.headings if heading not in headings_of(mapping))
    if left:
        screen.warn("Columns that are not read: {columns}", columns=left)
    _show_sample(session, installation, ward, head, mapping)


def _show_sample(
    session: Session, installation: Installation, ward: str, head: FileHead, mapping: CallMapping
) -> None:
    from wardteam.services.call_import import preview, words_of

    shown = preview(installation.units, ward, head, mapping, installation.clock())
    zone = session.book(installation, ward).settings.zone
    screen = session.screen
    if shown.calls:
        screen.line("The first calls, as they would be kept:")
        moments = [(c.placed, c.answered, c.arrived, c.cleared) for c in shown.calls]
        when = [
            ["" if m is None else f"{m.astimezone(zone):%Y-%m-%d %H:%M:%S}" for m in row] for row in moments
        ]
        rows = [(call.bed, call.reason, *row) for call, row in zip(shown.calls, when, strict=True)]
        headings = (
            "moment of the call",
            "moment of the answer",
            "moment of the arrival",
            "moment of the clearing",
        )
        screen.table(("Bed", "reason of the call", *headings), rows)
    for step, count in shown.refused.items():
        screen.warn("{count} of the first {rows} rows: {step}", count=count, rows=len(head.rows), step=step)
    screen.list(words_of(shown.notes))


def _when(moment: datetime | None, zone: ZoneInfo) -> str:
    return "" if moment is None else f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def _first(head: FileHead, heading: str) -> str:
    values = head.values(heading) if heading in head.headings else ()
    return values[0] if values else ""


def _is_agreed(session: Session) -> bool:
    return session.is_interactive() and click.confirm(session.say(_AGREE))


def _import(session: Session, installation: Installation, order: Order, *, is_quiet: bool) -> CallImport:
    """Remember the mapping and import; Ctrl-C ends the import after the rows at hand."""
    from wardteam.services.call_import import import_calls, keep_mapping

    units, clock, by = installation.units, installation.clock, session.user
    mapping = keep_mapping(units, order.ward, order.mapping, by=by, clock=clock)
    with _asked_to_stop() as asked:

        def progress(step: str, figures: Mapping[str, object]) -> bool:  # noqa: ARG001  # a Progress
            if not is_quiet:
                session.screen.line("  {rows} rows, {percent}%", **figures)
            return bool(asked)

        return import_calls(
            units,
            order.ward,
            order.path,
            mapping,
            by=by,
            clock=clock,
            refused_path=order.refused,
            progress=progress,
            language=session.language,
        )


@contextmanager
def _asked_to_stop() -> Iterator[list[int]]:
    """Collect Ctrl-C instead of dying of it."""
    asked: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)


def _tell(session: Session, found: CallImport, refused: Path, *, as_json: bool) -> None:
    from wardteam.services.call_import import note_messages

    count = sum(number for step, number in found.ledger.items() if step.is_refusal)
    file = str(refused) if count else None
    if as_json:
        ledger = {step.value: number for step, number in found.ledger.items()}
        span = {"first": found.first, "last": found.last}
        answer = {"file": found.file, "code": found.code, "ledger": ledger, **span}
        session.screen.json({**answer, "notes": note_messages(found), "refused_file": file})
        return
    session.screen.table(("Rows", "Number"), [(s, found.ledger.get(s, 0)) for s in _told(found)], right=(1,))
    session.screen.list(note_messages(found))
    if file is not None:
        session.screen.warn("Refused rows: {count}; each with its reason in {file}", count=count, file=file)


def _told(found: CallImport) -> tuple[ImportStep, ...]:
    return tuple(step for step in ImportStep if step in found.ledger or step is ImportStep.READ)
