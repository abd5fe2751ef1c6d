"""The report as a page: a fragment for the web, its style sheet, and a whole page in one file."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from wardteam.i18n import Language, translator
from wardteam.stats.report import QualityReport
from wardteam_reports.plots.data import PlotTable, Value, plot_table
from wardteam_reports.plots.drawing import plot_page
from wardteam_reports.plots.icons import assurance_icon, page_icon, variation_icon
from wardteam_reports.plots.words import figure_words
from wardteam_reports.quality_report.content import (
    BlockText,
    BulletsText,
    FigureText,
    HeadingText,
    ParagraphText,
    ReportText,
    TableText,
    VerdictsText,
    report_text,
)
from wardteam_reports.quality_report.pdf import figure_salt
from wardteam_reports.typeset import TEMPLATE_FOLDER

if TYPE_CHECKING:
    from jinja2 import Environment

MOST_ROWS = 150
"""Longer tables of a figure's data stand in the CSV alone."""


def quality_report_html(report: QualityReport, *, language: Language) -> str:
    """Give the report as a page fragment: headings from level 2, no style, no script; ids begin with `qr-`.

    Its looks stand in `quality_report_css`, which takes the page's own colours where they are set.
    """
    return _fragment(report_text(report, language))


def quality_report_page(report: QualityReport, *, language: Language) -> str:
    """Give the report as a whole page in one file, to keep, to send or to print."""
    text = report_text(report, language)
    page = _pages().get_template("quality_report_page.html")
    return page.render(report=text, fragment=_fragment(text), css=quality_report_css(), locale=text.locale)


@cache
def quality_report_css() -> str:
    """Give the style sheet that belongs to the fragment."""
    return (TEMPLATE_FOLDER / "quality_report.css").read_text(encoding="utf-8")


def _fragment(text: ReportText) -> str:
    t = translator(text.language)
    words = {
        "note": t("Note:"),
        "contents": t("Contents"),
        "data": t("The figures behind this chart"),
    }
    parts = [
        {
            "number": part.number,
            "title": part.title,
            "rows": [[_block(b) for b in row] for row in part.rows()],
        }
        for part in text.parts
    ]
    drawings = {figure.number: _drawing(figure, text.language) for figure in text.figures()}
    template = _pages().get_template("quality_report.html")
    return template.render(report=text, parts=parts, words=words, drawings=drawings, locale=text.locale)


def _block(block: BlockText) -> dict[str, object]:
    """Give a block's fields with its kind, as the template asks for them."""
    kinds: dict[type[object], str] = {
        ParagraphText: "paragraph",
        BulletsText: "bullets",
        HeadingText: "heading",
        TableText: "table",
        FigureText: "figure",
        VerdictsText: "verdicts",
    }
    fields = {name: getattr(block, name) for name in block.__dataclass_fields__}
    extra = {"icons": _icons(block)} if isinstance(block, VerdictsText) else {}
    return {"kind": kinds[type(block)], **fields, **extra}


def _icons(block: VerdictsText) -> list[dict[str, str]]:
    return [
        {
            "variation": page_icon(variation_icon(line.variation, label=line.variation_words)),
            "assurance": page_icon(assurance_icon(line.assurance, label=line.assurance_words)),
        }
        for line in block.lines
    ]


def _drawing(figure: FigureText, language: Language) -> dict[str, object]:
    """Draw a figure for wide screens and for phones; half a column is narrow enough for both."""
    salt = figure_salt(figure)
    wide = "" if figure.is_half else plot_page(figure.plot, language=language, width="full", salt=salt)
    narrow = plot_page(figure.plot, language=language, width="narrow", salt=f"{salt}-narrow")
    return {"wide": wide, "narrow": narrow, "table": _data(plot_table(figure.plot, language))}


def _data(table: PlotTable) -> dict[str, object] | None:
    if len(table.rows) > MOST_ROWS:
        return None
    return {"header": table.header, "rows": [[_shown(value) for value in row] for row in table.rows]}


def _shown(value: Value) -> str:
    if value is None:
        return "–"
    return figure_words(value) if isinstance(value, float) else str(value)


@cache
def _pages() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATE_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
