"""All numbers of the report as one CSV: every cell of every table, and the figures behind every chart."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from wardteam.i18n import Language, translator
from wardteam.stats.report import QualityReport
from wardteam_reports.plots.data import Value, plot_table
from wardteam_reports.quality_report.content import FigureText, PartText, TableText, plain, report_text

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
HEADINGS = ("part", "kind", "code", "title", "row", "row name", "column", "text", "value")
Row = tuple[str | int | float, ...]


def quality_report_csv(report: QualityReport, *, language: Language) -> bytes:
    """Give one row a figure, in the order of the pages: UTF-8 with a mark, ready for a spreadsheet.

    Tables give their words and, where known, the bare value; charts give the values that they draw. A
    text that a spreadsheet would run as a formula is preceded by an apostrophe.
    """
    text = report_text(report, language)
    t = translator(language)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([t(heading) for heading in HEADINGS])
    for part in text.parts:
        for row in _part_rows(part, language):
            writer.writerow([_safe(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _part_rows(part: PartText, language: Language) -> Iterator[Row]:
    for block in part.blocks:
        if isinstance(block, TableText):
            yield from _table_rows(part, block, language)
        elif isinstance(block, FigureText):
            yield from _figure_rows(part, block, language)


def _table_rows(part: PartText, table: TableText, language: Language) -> Iterator[Row]:
    kind = translator(language)("table")
    for number, (row, source) in enumerate(zip(table.rows, table.source.rows, strict=True), start=1):
        name = _joined([plain(line) for line in row[0]])
        for heading, cell, origin in zip(table.header, row, source, strict=True):
            words = _joined([plain(line) for line in cell])
            value = "" if origin.value is None else origin.value
            yield (part.number, kind, table.code, table.title, number, name, plain(heading), words, value)


def _figure_rows(part: PartText, figure: FigureText, language: Language) -> Iterator[Row]:
    kind = translator(language)("chart")
    data = plot_table(figure.plot, language)
    for number, row in enumerate(data.rows, start=1):
        for heading, value in zip(data.header[1:], row[1:], strict=True):
            if value not in (None, ""):
                words, figures = _split(value)
                place = (part.number, kind, figure.code, figure.title, number, str(row[0]))
                yield (*place, heading, words, figures)


def _split(value: Value) -> tuple[str, str | int | float]:
    """Give a value as words or as a bare figure."""
    return (value, "") if isinstance(value, str) else ("", "" if value is None else value)


def _joined(lines: list[str]) -> str:
    return " ".join(line for line in lines if line)


def _safe(value: str | int | float) -> str | int | float:
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value
