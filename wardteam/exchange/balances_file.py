"""Opening balances of the ledger from a file of their own: an Excel sheet, or a CSV with the same columns."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from wardteam.exchange.figures_table import BOOK_STARTS, read_figures
from wardteam.exchange.findings import Report
from wardteam.exchange.grid import Grid, read_grids
from wardteam.exchange.reading import read_sheet
from wardteam.exchange.sheets.balances import BALANCES, build_balances
from wardteam.exchange.tables import Known

Amounts = Mapping[str, Mapping[str, int]]


def read_balances(path: Path, *, staff: frozenset[str]) -> Amounts:
    """Read balances by measure and staff number; the columns are those of the workbook's own sheet.

    Raises
    ------
    BadInput
        With every finding: unknown measures or staff numbers, lines that repeat, amounts that are none.
    """
    grid = _grid(path)
    report = Report(path.name, sheets=(grid.name,))
    lines = read_sheet(BALANCES, grid, Known(staff=staff), report)
    report.close()
    return build_balances([line.record for line in lines if line.is_whole])


def _grid(path: Path) -> Grid:
    """Give the sheet of that name, else the first one; of a CSV, its only table."""
    data = path.read_bytes()
    if data.startswith(BOOK_STARTS):
        grids = read_grids(data, path.name)
        return next((grid for grid in grids if BALANCES.answers_to(grid.name)), grids[0])
    table = read_figures(path)
    rows: list[tuple[str | None, ...]] = [()] * max(table.numbers)
    for number, cells in zip(table.numbers, table.rows, strict=True):
        rows[number - 1] = tuple(cell.strip() or None for cell in cells)
    rows[min(table.numbers) - 2] = table.headings
    return Grid(path.name, "", rows)
