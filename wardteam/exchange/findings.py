"""Collects what is wrong with an input, with sheet, row, column letter, value and expectation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

from wardteam.errors import BadInput, Finding, Message
from wardteam.exchange.grid import Grid, Value
from wardteam.exchange.sheetxml import Place, column_letter


@dataclass
class Report:
    """Findings that refuse the file, and warnings that don't; `sheets` is the order to tell them in."""

    file: str
    findings: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    sheets: tuple[str, ...] = ()

    def file_wide(self, problem: Message, *, sheet: str = "") -> None:
        """Note something about the file or a whole sheet."""
        self.findings.append(Finding(self.file, problem, sheet))

    def at(self, grid: Grid, place: Place, problem: Message) -> None:
        """Note something about a cell."""
        self.findings.append(self._finding(grid.name, place, grid.value(*place), problem))

    def on_row(self, grid: Grid, row: int, problem: Message) -> None:
        """Note something about a whole row."""
        self.findings.append(Finding(self.file, problem, grid.name, row + 1))

    def warn(self, grid: Grid, place: Place, problem: Message) -> None:
        """Note something that the user should know and that refuses nothing."""
        self.warnings.append(self._finding(grid.name, place, grid.value(*place), problem))

    def warn_widely(self, problem: Message, *, sheet: str = "") -> None:
        """Note something about the file or a whole sheet that refuses nothing."""
        self.warnings.append(Finding(self.file, problem, sheet))

    def _finding(self, sheet: str, place: Place, value: Value, problem: Message) -> Finding:
        row, column = place
        return Finding(self.file, problem, sheet, row + 1, column_letter(column), shown(value))

    def close(self) -> None:
        """Refuse the input if anything was found.

        Raises
        ------
        BadInput
            With every finding, each once, by sheet, row and column.
        """
        if self.findings:
            raise BadInput(tuple(sorted(dict.fromkeys(self.findings), key=self._place)))

    def _place(self, finding: Finding) -> tuple[int, int, int, str]:
        sheet = self.sheets.index(finding.sheet) if finding.sheet in self.sheets else -1
        return sheet, finding.row or 0, len(finding.column), finding.column


def shown(value: Value) -> str:
    """Give a cell's value as its reader sees it."""
    match value:
        case None:
            return ""
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case date() | time():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)[:80]
