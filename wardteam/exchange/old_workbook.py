"""Reads an old .xls in a process of its own, because a damaged one can take its parser down, memory and all.

`python -m wardteam.exchange.old_workbook` takes the file's bytes in and gives its sheets as JSON.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum

from wardteam.errors import Message
from wardteam.exchange.container import refuse, refuse_damaged

SECONDS = 60
MOST_MEMORY = 2 * 2**30
ENCRYPTED = 3

Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class OldSheet:
    """One sheet of an old workbook: its rows, and its merged ranges as first and last place."""

    name: str
    rows: Sequence[Sequence[str | float | bool | date | datetime]]
    merged: Sequence[Range]


def read_old(data: bytes, file: str) -> tuple[OldSheet, ...]:
    """Read all sheets of an .xls file.

    Raises
    ------
    BadInput
        Where the file is encrypted or its parser could not read it to the end.
    """
    command = [sys.executable, "-P", "-m", "wardteam.exchange.old_workbook"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
        if done.returncode == ENCRYPTED:
            refuse(file, Message("The workbook is encrypted. Remove its password and save it again."))
        return tuple(_sheet(entry) for entry in json.loads(done.stdout))
    except (subprocess.TimeoutExpired, ValueError) as error:
        refuse_damaged(file, error)


def _sheet(entry: dict[str, list[list[object]]]) -> OldSheet:
    rows = [[_from_plain(value) for value in row] for row in entry["rows"]]
    merged = [((a, b), (c, d)) for a, b, c, d in entry["merged"]]
    return OldSheet(str(entry["name"]), rows, merged)  # type: ignore[arg-type]  # the same


def _from_plain(value: object) -> str | float | bool | date | datetime:
    if isinstance(value, dict):
        kind, text = next(iter(value.items()))
        return datetime.fromisoformat(text) if kind == "moment" else date.fromisoformat(text)
    return value  # type: ignore[return-value]  # JSON holds only these besides


def _to_plain(value: object) -> object:
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return value if isinstance(value, (str, int, float, bool)) else str(value)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the process of its own must do there
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def main() -> int:
    """Read the bytes from standard input and write the sheets to standard output."""
    _limit_memory()
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    except PasswordError:
        return ENCRYPTED
    sheets = []
    for meta in book.sheets_metadata:
        if meta.typ is SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_name(meta.name)
            rows = [[_to_plain(v) for v in row] for row in sheet.to_python(skip_empty_area=False)]
            merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
            sheets.append({"name": meta.name, "rows": rows, "merged": merged})
    sys.stdout.buffer.write(json.dumps(sheets).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
