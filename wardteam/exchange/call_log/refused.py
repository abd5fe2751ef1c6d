"""Writes the file of refused rows: row number, reason in words, and the original cells."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path
from secrets import token_hex
from types import TracebackType
from typing import Self, TextIO

from wardteam.domain.calls import ImportStep
from wardteam.errors import Conflict, Message
from wardteam.i18n import LANGUAGES, Language, translator

_FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_HEADINGS = (Message("Row"), Message("Why it was refused"), Message("Value found"))


class RefusedRows:
    """A CSV (UTF-8 with a mark, so that Excel shows Chinese), made only when a row is refused.

    It appears under its name when it is whole, in place of an earlier one; a file that is none of ours
    is never replaced. Only its owner may read it, for the rows tell of patients.
    """

    def __init__(self, path: Path | None, headings: Sequence[str], language: Language) -> None:
        self._path = path
        self._headings = headings
        self._say = translator(language)
        self._file: TextIO | None = None
        self._part = Path() if path is None else path.with_name(f".{path.name}.{token_hex(4)}.part")
        if path is not None and path.exists() and not _is_ours(path):
            raise Conflict(Message("There is a file {file} already.", file=str(path)))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is None or self._path is None:
            return
        try:
            self._file.close()
            if kind is None:
                self._part.replace(self._path)
        finally:
            self._part.unlink(missing_ok=True)

    def add(self, number: int, step: ImportStep, value: str, cells: Sequence[str]) -> None:
        """Note a refused row."""
        if self._path is None:
            return
        if self._file is None:
            private = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            self._file = os.fdopen(private, "w", encoding="utf-8-sig", newline="")
            self._write([*(self._say(heading) for heading in _HEADINGS), *self._headings])
        self._write([str(number), self._say(step), value, *cells])

    def _write(self, cells: Sequence[str]) -> None:
        if self._file is not None:
            csv.writer(self._file).writerow([without_formula(cell) for cell in cells])


def _is_ours(path: Path) -> bool:
    """Whether a file begins as a file of refused rows does, in either language."""
    if not path.is_file():
        return False
    with path.open("rb") as source:
        head = source.read(64)
    return any(
        head.startswith(translator(lang)(_HEADINGS[0]).encode("utf-8-sig") + b",") for lang in LANGUAGES
    )


def without_formula(cell: str) -> str:
    """Give a cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA_SIGNS) else cell
