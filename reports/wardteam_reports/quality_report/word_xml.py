"""Paragraphs, runs, fields and three-line tables as the XML that Word keeps them in."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from wardteam_reports.comparison_words import Run
from wardteam_reports.quality_report.content import Line

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
HEAVY, LIGHT = 12, 6
"""Rules of 1.5 pt and 0.75 pt, in eighths of a point."""


def run_xml(text: str, *, bold: bool = False, italic: bool = False, colour: str = "") -> str:
    """Give one run of text, nothing where there is none."""
    if not text:
        return ""
    marks = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    marks += f'<w:color w:val="{colour.lstrip("#")}"/>' if colour else ""
    looks = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def line_xml(line: Line, *, bold: bool = False, colour: str = "") -> str:
    """Give a line's runs, the symbols of statistics in italics."""
    return "".join(run_xml(run.text, bold=bold, italic=run.is_italic, colour=colour) for run in line)


def words_line(text: str) -> Line:
    """Give a line of one upright run."""
    return [Run(text)]


def field_xml(code: str, shown: str, *, bold: bool = False) -> str:
    """Give a field with what it shows until Word counts anew."""
    return f'<w:fldSimple w:instr=" {escape(code)} ">{run_xml(shown, bold=bold)}</w:fldSimple>'


def paragraph_xml(inner: str, *, style: str, extra: str = "") -> str:
    """Give a paragraph; `extra` holds properties in the order the schema wants."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{inner}</w:p>'


def boxed(fill: str, edge: str) -> str:
    """Give the properties of a tinted paragraph with a bar at its left."""
    border = f'<w:left w:val="single" w:sz="18" w:space="6" w:color="{edge.lstrip("#")}"/>'
    return f'<w:pBdr>{border}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{fill.lstrip("#")}"/>'


def cell_xml(paragraphs: str, width: int, *, borders: str = "") -> str:
    """Give a table cell, its width in twentieths of a point."""
    edges = f"<w:tcBorders>{borders}</w:tcBorders>" if borders else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{edges}</w:tcPr>{paragraphs}</w:tc>'


def row_xml(cells: Sequence[str], *, is_header: bool = False) -> str:
    """Give a table row that never breaks over pages; a header is repeated on each."""
    marks = "<w:cantSplit/>" + ("<w:tblHeader/>" if is_header else "")
    return f"<w:tr><w:trPr>{marks}</w:trPr>{''.join(cells)}</w:tr>"


def table_xml(rows: Sequence[str], widths: Sequence[int], *, is_ruled: bool = True) -> str:
    """Give a table with a heavy rule above and below and no vertical ones, or a bare grid."""
    edges = (_rule("top", HEAVY) + _rule("bottom", HEAVY)) if is_ruled else ""
    borders = f"<w:tblBorders>{edges}</w:tblBorders>" if edges else ""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl {NAMES}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>{borders}'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/>'
        '<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def under_header() -> str:
    """Give the light rule under a header's cell."""
    return _rule("bottom", LIGHT)


def _rule(side: str, eighths: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/>'
