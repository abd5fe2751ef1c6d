"""The report as PDF/A-2a and PDF/UA-1: the whole one with cover and contents, the monthly one dense."""

from __future__ import annotations

from dataclasses import asdict

from wardteam.i18n import Language, translator
from wardteam.stats.report import Edition, QualityReport
from wardteam_reports.plots.drawing import plot_svg
from wardteam_reports.plots.icons import assurance_icon, variation_icon
from wardteam_reports.plots.look import Width
from wardteam_reports.quality_report.columns import column_shares
from wardteam_reports.quality_report.content import (
    BlockText,
    BulletsText,
    FigureText,
    HeadingText,
    Line,
    ParagraphText,
    PartText,
    ReportText,
    TableText,
    VerdictsText,
    VerdictText,
    report_text,
)
from wardteam_reports.typeset import compile_pdf

Plain = dict[str, object]
ROOM, MONTHLY_ROOM = 60.0, 72.0
"""How many characters a line of a table holds."""


def quality_report_pdf(report: QualityReport, *, language: Language) -> bytes:
    """Typeset the report on A4; the same report gives the same bytes."""
    text = report_text(report, language)
    data = _data(text, is_monthly=report.edition is Edition.MONTHLY)
    return compile_pdf(
        "quality_report", data, language=language, timestamp=report.made_at, files=_drawings(text)
    )


def _data(text: ReportText, *, is_monthly: bool) -> Plain:
    t = translator(text.language)
    return {
        "title": text.title,
        "subtitle": text.subtitle,
        "hospital": text.hospital,
        "ward": text.ward,
        "facts": text.facts,
        "is_monthly": is_monthly,
        "cover": [_verdict(line) for line in text.verdicts()],
        "parts": [_part(part, MONTHLY_ROOM if is_monthly else ROOM) for part in text.parts],
        "mark": text.mark,
        "words": {
            "contents": t("Contents"),
            "verdict": t("The measures at a glance"),
            "note": t("Note:"),
            "measure": t("Measure"),
            "variation": t("Variation"),
            "assurance": t("Target reached?"),
            "figure_column": t("Figure, target"),
            "says": t("What it says"),
        },
    }


def _part(part: PartText, room: float) -> Plain:
    rows = [[_block(block, room) for block in row] for row in part.rows()]
    return {"number": part.number, "title": part.title, "rows": rows}


def _block(block: BlockText, room: float) -> Plain:
    match block:
        case ParagraphText():
            return {
                "kind": "paragraph",
                "tone": block.tone.value,
                "label": block.label,
                "line": _runs(block.line),
            }
        case BulletsText():
            return {"kind": "bullets", "items": [_runs(item) for item in block.items]}
        case HeadingText():
            return {"kind": "heading", "title": block.text}
        case TableText():
            return _table(block, room)
        case FigureText():
            return _figure(block)
        case VerdictsText():
            return {"kind": "verdicts", "lines": [_verdict(line) for line in block.lines]}


def _table(table: TableText, room: float) -> Plain:
    return {
        "kind": "table",
        "label": table.label,
        "title": table.title,
        "header": [_runs(heading) for heading in table.header],
        "rows": [[[_runs(line) for line in cell] for cell in row] for row in table.rows],
        "notes": [_runs(note) for note in table.notes],
        "figures": table.figures,
        "shares": column_shares(table, room=room),
    }


def _figure(figure: FigureText) -> Plain:
    return {
        "kind": "figure",
        "label": figure.label,
        "title": figure.title,
        "caption": _runs(figure.caption),
        "alternative": figure.alternative,
        "is_half": figure.is_half,
        "file": _file(figure),
    }


def _verdict(line: VerdictText) -> Plain:
    return {
        "name": line.name,
        "figure": line.figure,
        "target": line.target,
        "sentence": _runs(line.sentence),
        "variation": f"variation-{line.variation.value}.svg",
        "assurance": f"assurance-{line.assurance.value}.svg",
        "variation_words": line.variation_words,
        "assurance_words": line.assurance_words,
    }


def _runs(line: Line) -> list[Plain]:
    return [asdict(run) for run in line]


def _file(figure: FigureText) -> str:
    return f"figure-{figure.number}.svg"


def _drawings(text: ReportText) -> dict[str, bytes]:
    files = {_file(figure): figure_drawing(figure, text.language) for figure in text.figures()}
    for part in text.parts:
        for block in part.blocks:
            if isinstance(block, VerdictsText):
                files |= _icons(block)
    return files


def _icons(verdicts: VerdictsText) -> dict[str, bytes]:
    lines = verdicts.lines
    variations = {f"variation-{v.variation.value}.svg": variation_icon(v.variation) for v in lines}
    assurances = {f"assurance-{v.assurance.value}.svg": assurance_icon(v.assurance) for v in lines}
    return {name: icon.encode() for name, icon in {**variations, **assurances}.items()}


def figure_drawing(figure: FigureText, language: Language) -> bytes:
    """Draw a figure as paper shows it: a column wide, or half of one."""
    width: Width = "half" if figure.is_half else "full"
    return plot_svg(figure.plot, language=language, width=width, salt=figure_salt(figure))


def figure_salt(figure: FigureText) -> str:
    """Give what sets a figure's ids apart from others in one document."""
    return f"qr-figure-{figure.number}"
