"""The head of a call system's file: what it is written in, its headings, and its first rows as a sample."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from wardteam.errors import Message
from wardteam.exchange.call_log.book_file import BookRows
from wardteam.exchange.call_log.moments import BadMoment, DateOrder, MomentReader
from wardteam.exchange.call_log.text_file import TextRows, check_text, find_delimiter, fingerprint
from wardteam.exchange.call_log.words import HEADINGS
from wardteam.exchange.container import refuse
from wardteam.exchange.words import normal

HEADING_ROWS = 10
SAMPLE_ROWS = 20
_BOOK_MARKS = (b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1"))
_KNOWN_HEADINGS = frozenset(normal(word) for words in HEADINGS.values() for word in words)
_ANY_ZONE = ZoneInfo("UTC")


@dataclass(frozen=True)
class FileHead:
    """What the first look at a file tells.

    `header_row` is the number of the row with the headings, 0 where there is none; `headings` are
    made different from each other, a missing one is # with the column's number. `rows` are samples.
    `encoding` and `delimiter` are empty for a workbook.
    """

    path: Path
    sha256: str
    size: int
    encoding: str
    delimiter: str
    header_row: int
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def file(self) -> str:
        """The file's name."""
        return self.path.name

    def values(self, heading: str) -> tuple[str, ...]:
        """Give the sample's filled values under a heading."""
        place = self.headings.index(heading)
        return tuple(row[place] for row in self.rows if place < len(row) and row[place].strip())


def read_head(path: Path, encoding: str = "") -> FileHead:
    """Look at the head of a .csv, .txt, .xlsx or .xls file, told apart by their content.

    `encoding` is what a person said a text file is written in; it is found out where empty.

    Raises
    ------
    BadInput
        Where the file is empty, holds no rows, or is something else.
    """
    found = fingerprint(path)
    delimiter = ""
    if _is_book(path):
        encoding = ""
    else:
        encoding = _known_encoding(path, encoding) or found.encoding
        check_text(path, encoding)
        delimiter = find_delimiter(path, encoding)
    rows = list(islice(open_rows(path, encoding, delimiter), HEADING_ROWS + SAMPLE_ROWS))
    if not rows:
        refuse(path.name, Message("The file is empty."))
    place = _heading_place([cells for _, cells, _ in rows[:HEADING_ROWS]])
    headings = _named(rows[place][1]) if place is not None else _named([""] * len(rows[0][1]))
    first = 0 if place is None else place + 1
    sample = tuple(tuple(cells) for _, cells, _ in rows[first : first + SAMPLE_ROWS])
    header_row = 0 if place is None else rows[place][0]
    return FileHead(path, found.sha256, found.size, encoding, delimiter, header_row, headings, sample)


def open_rows(path: Path, encoding: str, delimiter: str) -> TextRows | BookRows:
    """Open all rows of a file, titles and headings too; `share` of what it gives says how far it is read."""
    return TextRows(path, encoding, delimiter) if delimiter else BookRows(path)


def _known_encoding(path: Path, given: str) -> str:
    try:
        return codecs.lookup(given).name if given else ""
    except LookupError:
        refuse(
            path.name, Message("An encoding was expected, such as utf-8 or gb18030, got {name}.", name=given)
        )


def _is_book(path: Path) -> bool:
    with path.open("rb") as source:
        return source.read(8).startswith(_BOOK_MARKS)


def _heading_place(rows: Sequence[list[str]]) -> int | None:
    """Find the row with the most known headings, else the first with several cells and no moment."""
    known = [sum(normal(cell) in _KNOWN_HEADINGS for cell in cells) for cells in rows]
    if max(known):
        return known.index(max(known))
    for place, cells in enumerate(rows):
        if sum(bool(cell.strip()) for cell in cells) > 1:
            return None if any(is_moment(cell) for cell in cells) else place
    return 0


def is_moment(text: str) -> bool:
    """Whether a text is a moment in any of the forms that are read, or a time of day."""
    reader = MomentReader(_ANY_ZONE, DateOrder.DAY_FIRST)
    if not any(sign in text for sign in ":时点T") and len(text.strip()) < 10:
        return False
    try:
        reader.later(text.strip(), 0.0)
    except BadMoment:
        return _is_month_first(text)
    return True


def _is_month_first(text: str) -> bool:
    try:
        MomentReader(_ANY_ZONE, DateOrder.MONTH_FIRST).placed(text.strip())
    except BadMoment:
        return False
    return True


def _named(cells: Sequence[str]) -> tuple[str, ...]:
    names: list[str] = []
    for number, cell in enumerate(cells, start=1):
        name = " ".join(cell.split()).strip("\ufeff")
        names.append(name if name and name not in names else f"{name}#{number}")
    return tuple(names)
