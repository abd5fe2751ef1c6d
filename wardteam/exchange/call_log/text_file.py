"""What a text file of calls is written in: its encoding, what parts its columns, and its rows one by one."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from wardteam.errors import Message
from wardteam.exchange.container import refuse

BLOCK = 2**20
DELIMITERS = (",", "\t", ";", "|")
MOST_JOINED = 5
"""A quoted cell may run over so many lines; a quote that is open longer is a stray one."""
MOST_LINE = 2**18
"""A line of more signs is none of a table; it is read in part, and broken."""
BROKEN_SIGN = "�"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Fingerprint:
    """A file's SHA-256 and size, and its encoding, which is empty where it can't be text."""

    sha256: str
    size: int
    encoding: str


Row = tuple[int, list[str], bool]
"""A row: its number in the file (the first is 1), its cells, and whether it is whole."""


def fingerprint(path: Path) -> Fingerprint:
    """Read a file once for its SHA-256 and its encoding.

    Text without a byte order mark is UTF-8 where all of it is, or where it begins as Chinese in UTF-8 and
    only some rows are broken; else it is GB18030.

    Raises
    ------
    BadInput
        Where the file is empty.
    """
    digest, size = hashlib.sha256(), 0
    decoder = codecs.getincrementaldecoder("utf-8")()
    head, is_utf8 = b"", True
    with path.open("rb") as source:
        while block := source.read(BLOCK):
            head = head or block[:4096]
            digest.update(block)
            size += len(block)
            is_utf8 = is_utf8 and _goes_on(decoder, block)
    if not size:
        refuse(path.name, Message("The file is empty."))
    is_utf8 = is_utf8 and not decoder.getstate()[0]
    return Fingerprint(digest.hexdigest(), size, _encoding(head, is_utf8=is_utf8))


def _goes_on(decoder: codecs.IncrementalDecoder, block: bytes) -> bool:
    try:
        decoder.decode(block)
    except UnicodeDecodeError:
        return False
    return True


def _encoding(head: bytes, *, is_utf8: bool) -> str:
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if head.count(0) * 50 > len(head):  # a zero here or there breaks its own row only
        return _wide_encoding(head)
    return "utf-8" if is_utf8 or _begins_as_utf8(head) else "gb18030"


def _begins_as_utf8(head: bytes) -> bool:
    """Whether the first line that isn't plain is Chinese in UTF-8; a word or two might be so by chance."""
    line = next((line for line in head.splitlines() if not line.isascii()), b"")
    try:
        text = line.decode()
    except UnicodeDecodeError:
        return False
    return sum(sign >= "\u2e80" for sign in text) >= 3


def _wide_encoding(head: bytes) -> str:
    """Tell UTF-16 by its many zeros in every other place; anything else with zeros is no text."""
    odd, even = head[1::2].count(0), head[::2].count(0)
    if min(odd, even) * 20 > max(odd, even) or max(odd, even) * 10 < len(head):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def check_text(path: Path, encoding: str) -> None:
    """Refuse what is no text: a picture, a document, a database.

    Raises
    ------
    BadInput
        With what was expected.
    """
    with path.open("rb") as source:
        text = source.read(4096).decode(encoding or "ascii", errors="replace")
    odd = sum(sign == BROKEN_SIGN or (sign < " " and sign not in "\r\n\t\f") for sign in text[:-1])
    if odd * 20 > len(text):
        refuse(path.name, Message("This is neither a text file (.csv, .txt) nor an Excel workbook."))


def find_delimiter(path: Path, encoding: str) -> str:
    """Give the sign that cuts most of the first lines into the same number of cells."""
    with path.open(encoding=encoding, errors="replace") as source:
        lines = [line for line in islice(_bounded(source), 30) if line.strip()]

    def evenness(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines]
        usual = max(set(counts), key=counts.count, default=0)
        return (counts.count(usual), usual) if usual else (0, 0)

    return max(DELIMITERS, key=evenness)


class TextRows:
    """The rows of a text file that aren't blank; a stray quote breaks its own line and no other."""

    def __init__(self, path: Path, encoding: str, delimiter: str) -> None:
        self._path = path
        self._encoding = encoding
        self._delimiter = delimiter
        self._size = path.stat().st_size or 1
        self._raw: io.BufferedReader | None = None

    @property
    def share(self) -> float:
        """How much of the file's bytes have been read, 0 to 1."""
        return 1.0 if self._raw is None or self._raw.closed else self._raw.tell() / self._size

    def __iter__(self) -> Iterator[Row]:
        self._raw = self._path.open("rb")
        with io.TextIOWrapper(self._raw, self._encoding, errors="replace") as source:
            lines = _Lines(_bounded(source))
            for line in lines:
                number = lines.number
                if len(line) >= MOST_LINE:
                    yield number, [line[:100]], False
                    continue
                if '"' in line:
                    cells = _quoted(line, lines, self._delimiter)
                    yield number, cells or line.rstrip("\n").split(self._delimiter), cells is not None
                    continue
                cells = line.rstrip("\n").split(self._delimiter)
                if len(cells) > 1 or cells[0].strip():
                    yield number, cells, True


def _bounded(source: TextIO) -> Iterator[str]:
    """Give lines, of too long ones only the beginning."""
    while line := source.readline(MOST_LINE):
        rest = line
        while len(rest) == MOST_LINE and not rest.endswith("\n"):
            rest = source.readline(MOST_LINE)
        yield line


class _Lines:
    """Lines with their numbers, of which some can be given back."""

    def __init__(self, source: Iterator[str]) -> None:
        self._source = source
        self._back: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.pop() if self._back else next(self._source)
        self.number += 1
        return line

    def give_back(self, lines: list[str]) -> None:
        """Have these lines read again."""
        self._back.extend(reversed(lines))
        self.number -= len(lines)


def _quoted(line: str, lines: _Lines, delimiter: str) -> list[str] | None:
    """Read a row with quotes, with the lines that its cells run over; None where a quote stays open."""
    more: list[str] = []
    while (line.count('"') + sum(other.count('"') for other in more)) % 2:
        following = next(lines, None) if len(more) < MOST_JOINED else None
        if following is None:
            lines.give_back(more)
            return None
        more.append(following)
    try:
        return next(csv.reader([line, *more], delimiter=delimiter))
    except csv.Error:
        lines.give_back(more)
        return None
