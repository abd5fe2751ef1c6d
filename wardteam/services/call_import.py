"""Imports call systems' files: streamed in chunks, each kept at once, with a ledger that adds up.

A chunk is a transaction of its own, so that a long import blocks no other writer. Calls are found by
their codes; an import that was stopped, or broken off, is completed by importing the file once more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from wardteam.domain.calls import BellCall, CallImport, CallMapping, ImportStep
from wardteam.domain.ward import WardBook
from wardteam.exchange.call_log.deciding import check_mapping, decide
from wardteam.exchange.call_log.guess import guess_mapping
from wardteam.exchange.call_log.head import FileHead, open_rows, read_head
from wardteam.exchange.call_log.refused import RefusedRows
from wardteam.exchange.call_log.rows import Refusal, RowReader
from wardteam.exchange.call_log.text_file import Row
from wardteam.i18n import Language
from wardteam.services.call_mappings import keep_mapping, kept_mappings
from wardteam.services.call_notes import STOPPED, note_messages, words_of
from wardteam.services.ports import Clock, Progress, UnitOfWorkFactory
from wardteam.services.quality_ports import CallsTaken

__all__ = [
    "FileHead",
    "Preview",
    "check_mapping",
    "guess_mapping",
    "import_calls",
    "keep_mapping",
    "kept_mappings",
    "note_messages",
    "preview",
    "read_head",
    "words_of",
]

CHUNK = 10_000
MOST_PREVIEWED = 5


@dataclass(frozen=True)
class Preview:
    """The sample of a file under a mapping: its first calls, what would be refused of it, and notes."""

    calls: tuple[BellCall, ...]
    refused: Mapping[ImportStep, int]
    notes: Mapping[str, int]


def preview(
    units: UnitOfWorkFactory, ward: str, head: FileHead, mapping: CallMapping, now: datetime
) -> Preview:
    """Read the sample by a mapping, keeping nothing.

    Raises
    ------
    BadInput
        Where the mapping doesn't fit the file, or the order of its dates can't be told.
    """
    reader = _reader(_book(units, ward), head, mapping, now)
    calls: list[BellCall] = []
    refused: Counter[ImportStep] = Counter()
    for cells in head.rows:
        try:
            calls.append(reader.read(list(cells)))
        except Refusal as refusal:
            refused[refusal.step] += 1
    return Preview(tuple(calls[:MOST_PREVIEWED]), dict(refused), reader.notes)


def import_calls(
    units: UnitOfWorkFactory,
    ward: str,
    path: Path,
    mapping: CallMapping,
    *,
    by: str,
    clock: Clock,
    refused_path: Path | None = None,
    progress: Progress | None = None,
    language: Language = "zh",
) -> CallImport:
    """Import a file of calls; importing it again changes nothing.

    Parameters
    ----------
    refused_path
        Where refused rows are written with their reasons, in `language`; not made where there is none.
    progress
        Told of the rows and the share of the file; where it asks to stop, the calls read so far are
        kept, and the ledger's note `stopped_at_row` names the last row read.

    Raises
    ------
    BadInput
        Where the file is no table, the mapping doesn't fit it, or its dates are ambiguous.
    """
    head = read_head(path, mapping.encoding)
    reader = _reader(_book(units, ward), head, mapping, clock())
    with RefusedRows(refused_path, head.headings, language) as refused:
        run = _Run(units, ward, reader, refused)
        stopped_at = run.work(head, progress or _nobody_asks)
    return _close(run, head, {STOPPED: stopped_at} if stopped_at else {}, by=by, at=clock())


@dataclass
class _Run:
    """An import while it goes on: the ledger, and the first and last moment taken."""

    units: UnitOfWorkFactory
    ward: str
    reader: RowReader
    refused: RefusedRows
    ledger: Counter[ImportStep] = field(default_factory=Counter)
    first: datetime | None = None
    last: datetime | None = None

    def work(self, head: FileHead, progress: Progress) -> int:
        """Take all rows after the headings; give the row at which it was stopped, 0 where it wasn't."""
        source = open_rows(head.path, head.encoding, head.delimiter)
        rows = (row for row in source if row[0] > head.header_row)
        for chunk in _chunks(rows):
            self._take(chunk)
            figures = {"rows": self.ledger[ImportStep.READ], "percent": round(100 * source.share)}
            if progress("reading", figures) and source.share < 1:
                return chunk[-1][0]
        return 0

    def _take(self, chunk: list[Row]) -> None:
        calls: list[BellCall] = []
        origins: defaultdict[str, list[Row]] = defaultdict(list)
        self.ledger[ImportStep.READ] += len(chunk)
        for row in chunk:
            number, cells, is_whole = row
            try:
                call = self.reader.read(cells, is_whole=is_whole)
            except Refusal as refusal:
                self._refuse(number, refusal.step, refusal.value, cells)
                continue
            calls.append(call)
            origins[call.code].append(row)
        if calls:
            self._note_span(calls)
            self._count(self._keep(calls), origins)

    def _keep(self, calls: list[BellCall]) -> CallsTaken:
        with self.units() as unit:
            taken = unit.calls.take(self.ward, calls)
            unit.commit()
        return taken

    def _count(self, taken: CallsTaken, origins: Mapping[str, list[Row]]) -> None:
        self.ledger[ImportStep.ADDED] += taken.added
        self.ledger[ImportStep.COMPLETED] += taken.completed
        self.ledger[ImportStep.KNOWN] += taken.known
        for code in taken.contradictions:
            number, cells, _ = origins[code].pop()
            self._refuse(number, ImportStep.CONTRADICTION, code, cells)

    def _refuse(self, number: int, step: ImportStep, value: str, cells: list[str]) -> None:
        self.ledger[step] += 1
        if step.is_refusal:
            self.refused.add(number, step, value, cells)

    def _note_span(self, calls: list[BellCall]) -> None:
        placed = [call.placed for call in calls]
        self.first = min(placed) if self.first is None else min(self.first, *placed)
        self.last = max(placed) if self.last is None else max(self.last, *placed)


def _close(run: _Run, head: FileHead, notes: dict[str, int], *, by: str, at: datetime) -> CallImport:
    """Keep the ledger; one that only says that all is known doesn't replace the first one."""
    with run.units() as unit:
        zone = unit.books.get(run.ward).book.settings.zone
        result = CallImport(
            code=head.sha256,
            day=at.astimezone(zone).date(),
            file=head.file,
            ledger={step: run.ledger[step] for step in ImportStep if run.ledger[step]},
            notes=run.reader.notes | notes,
            first=run.first,
            last=run.last,
        )
        earlier = unit.captured.find(run.ward, CallImport, head.sha256)
        is_news = run.ledger[ImportStep.ADDED] or run.ledger[ImportStep.COMPLETED]
        if earlier is None or is_news or STOPPED in earlier.record.notes:
            unit.captured.put_many(run.ward, [result], by=by, at=at)
            unit.commit()
    return result


def _nobody_asks(step: str, figures: Mapping[str, object]) -> bool:  # noqa: ARG001  # a Progress
    return False


def _book(units: UnitOfWorkFactory, ward: str) -> WardBook:
    with units() as unit:
        return unit.books.get(ward).book


def _reader(book: WardBook, head: FileHead, mapping: CallMapping, now: datetime) -> RowReader:
    check_mapping(head, mapping)
    return RowReader(head.headings, mapping, book, now=now, reading=decide(head, mapping))


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    chunk: list[Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
