"""Workbooks made by code: good ones, and bad ones by changing a cell of a good one."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

import openpyxl
import xlsxwriter

from tests.exchange.small_ward import SMALL
from wardteam.domain.ward import WardBook
from wardteam.errors import BadInput, Finding
from wardteam.exchange.grid import Value, read_grids
from wardteam.exchange.template import template
from wardteam.exchange.workbook import read_workbook

Sheets = dict[str, list[list[Value]]]
Place = tuple[str, int | None, str]
"""Sheet, row and column letter of a finding."""


@cache
def _filled() -> tuple[tuple[str, tuple[tuple[Value, ...], ...]], ...]:
    grids = read_grids(template("zh", SMALL), "ward.xlsx")
    written = ((g.name, [row for row in g.rows if any(v is not None for v in row)]) for g in grids[1:])
    return tuple((name, tuple(tuple(row) for row in rows)) for name, rows in written)


def small_sheets() -> Sheets:
    """Give the small ward's workbook as plain lists, to be changed by a test."""
    return {name: [list(row) for row in rows] for name, rows in _filled()}


def write_sheets(sheets: Mapping[str, Iterable[Iterable[object]]]) -> bytes:
    """Write plain lists as an .xlsx file."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, datetime):
                        page.write_datetime(r, c, value, moment)
                    elif isinstance(value, date):
                        page.write_datetime(r, c, value, day)
                    elif value is not None:
                        page.write(r, c, value)
    return target.getvalue()


def with_openpyxl(data: bytes, change: Callable[[Any], object]) -> bytes:
    """Change a workbook as another program would, and save it without computed values."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def findings(data: bytes, **options: Any) -> tuple[Finding, ...]:
    """Give what is found wrong with a ward's workbook; nothing where it is good."""
    try:
        read_workbook(data, "ward.xlsx", **options)
    except BadInput as refused:
        return refused.findings
    return ()


def places(found: Iterable[Finding]) -> set[Place]:
    return {(finding.sheet, finding.row, finding.column) for finding in found}


def read(sheets: Sheets) -> WardBook:
    return read_workbook(write_sheets(sheets), "ward.xlsx")
