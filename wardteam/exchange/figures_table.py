"""Any table of figures, CSV or Excel: its headings, and its rows as texts with their numbers in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wardteam.errors import BadInput, Finding, Message
from wardteam.exchange.call_log.book_file import BookRows
from wardteam.exchange.call_log.text_file import Row, TextRows, check_text, find_delimiter, fingerprint
from wardteam.exchange.container import refuse
from wardteam.exchange.words import normal

BOOK_STARTS = (b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1"))
"""The first bytes of Excel files, new and old; the name's ending may lie."""

UNKNOWN_COLUMN = "There is no such column; the file has: {columns}."
TWICE = "Several columns are called so; each column that is used needs a name of its own."
BROKEN_ROW = Message("A quotation mark stays open in this row; it can't be read.")
LONG_ROW = "The row has {count} cells under {headings} headings; a cell may hold the separator."


@dataclass(frozen=True)
class FiguresTable:
    """A table: one row of headings, then rows of texts; `sha256` is of the file's bytes."""

    file: str
    headings: tuple[str, ...]
    numbers: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    sha256: str

    def __len__(self) -> int:
        return len(self.rows)

    def texts(self, name: str) -> list[str]:
        """Give a column's texts as they stand in the file.

        Raises
        ------
        BadInput
            Where no column has that name, or several have.
        """
        place = self.place(name)
        return [row[place] for row in self.rows]

    def place(self, name: str) -> int:
        """Give the place of a column by its name; case, width and spaces don't matter."""
        exact = [i for i, heading in enumerate(self.headings) if heading == name]
        found = exact or [i for i, heading in enumerate(self.headings) if normal(heading) == normal(name)]
        if not found:
            problem = Message(UNKNOWN_COLUMN, columns=tuple(h for h in self.headings if h))
            raise BadInput((Finding(self.file, problem, value=name),))
        if len(found) > 1:
            raise BadInput((Finding(self.file, Message(TWICE), value=name),))
        return found[0]

    def check_columns(self, names: Iterable[str]) -> None:
        """Refuse all names at once that no column has.

        Raises
        ------
        BadInput
            With a finding for each.
        """
        found: list[Finding] = []
        for name in names:
            try:
                self.place(name)
            except BadInput as refusal:
                found.extend(refusal.findings)
        if found:
            raise BadInput(tuple(found))


def read_figures(path: Path) -> FiguresTable:
    """Read a table; the first row that isn't blank holds the headings.

    Text is UTF-8, GB18030 or UTF-16, its columns parted by comma, semicolon, tab or bar.

    Raises
    ------
    BadInput
        Where the file is empty, no table, damaged, or a row can't be read.
    """
    mark = fingerprint(path)
    rows = iter(_rows(path, mark.encoding))
    _, headings, is_whole = next(rows, (0, [], True))
    if not any(headings) or not is_whole:
        refuse(path.name, Message("A row of headings was expected first; there is none."))
    names = tuple(heading.strip().lstrip("\ufeff") for heading in headings)
    body = list(rows)
    _check_rows(path.name, names, body)
    if not body:
        refuse(path.name, Message("The table has headings, but no row of figures."))
    width = len(names)
    return FiguresTable(
        path.name,
        names,
        tuple(number for number, _, _ in body),
        tuple(tuple([*cells, *[""] * (width - len(cells))][:width]) for _, cells, _ in body),
        mark.sha256,
    )


def _rows(path: Path, encoding: str) -> Iterator[Row]:
    with path.open("rb") as source:
        start = source.read(8)
    if start.startswith(BOOK_STARTS):
        yield from BookRows(path)
        return
    check_text(path, encoding)
    for number, cells, is_whole in TextRows(path, encoding, find_delimiter(path, encoding)):
        if any(cell.strip() for cell in cells):
            yield number, cells, is_whole


def _check_rows(file: str, headings: Sequence[str], rows: Sequence[Row]) -> None:
    found = [Finding(file, BROKEN_ROW, row=number) for number, _, is_whole in rows if not is_whole]
    for number, cells, _ in rows:
        if any(cell.strip() for cell in cells[len(headings) :]):
            problem = Message(LONG_ROW, count=len(cells), headings=len(headings))
            found.append(Finding(file, problem, row=number))
    if found:
        raise BadInput(tuple(sorted(found, key=lambda finding: finding.row or 0)))
