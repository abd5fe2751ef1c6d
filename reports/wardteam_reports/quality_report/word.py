"""The report as an editable Word document: real headings, captions that count, three-line tables."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from wardteam.i18n import Language, Translator, translator
from wardteam.stats.report import Edition, QualityReport, Tone
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
from wardteam_reports.quality_report.word_parts import Pictures, with_fixed_dates
from wardteam_reports.quality_report.word_styles import dress
from wardteam_reports.quality_report.word_xml import (
    NAMES,
    boxed,
    cell_xml,
    field_xml,
    line_xml,
    paragraph_xml,
    row_xml,
    run_xml,
    table_xml,
    under_header,
    words_line,
)
from wardteam_reports.tokens import tokens

if TYPE_CHECKING:
    from docx.document import Document

COLUMN = 9638
"""The text's width in twentieths of a point: 170 mm."""
ROOM = 53.0
"""How many characters a line of a table holds."""
ICON_POINTS = 17.0
LEFT, RIGHT, CENTRE = ('<w:jc w:val="left"/>', '<w:jc w:val="right"/>', '<w:jc w:val="center"/>')
KEEP = "<w:keepNext/>"
VERDICT_SHARES = (0.17, 0.1, 0.12, 0.24, 0.37)


def quality_report_docx(report: QualityReport, *, language: Language) -> bytes:
    """Write the report for Word; the same report gives the same bytes."""
    import docx

    text = report_text(report, language)
    document = docx.Document()
    dress(document, text, report.made_at)
    writer = _Writer(document, text)
    if report.edition is Edition.FULL:
        writer.cover()
        writer.contents()
    else:
        writer.head()
    for part in text.parts:
        writer.part(part, breaks=report.edition is Edition.FULL and part.number == 1)
    raw = io.BytesIO()
    document.save(raw)
    return with_fixed_dates(raw.getvalue())


class _Writer:
    """Adds one block after another to the document's body."""

    def __init__(self, document: Document, text: ReportText) -> None:
        self.document = document
        self.text = text
        self.t: Translator = translator(text.language)
        self.pictures = Pictures(document, text)
        self.bookmarks = 0

    def head(self) -> None:
        """Write the monthly edition's head."""
        self._add(paragraph_xml(run_xml(self.text.title), style="Title"))
        self._add(paragraph_xml(run_xml(self.text.subtitle), style="Subtitle"))
        names = (self.text.hospital, self.text.ward)
        self._add(paragraph_xml(run_xml(self.t.show(names)), style="Normal"))
        self._facts()

    def cover(self) -> None:
        """Write the cover: whose report it is, its facts, the measures at a glance."""
        self._add(
            paragraph_xml(run_xml(self.text.hospital), style="Subtitle", extra='<w:spacing w:before="1800"/>')
        )
        self._add(paragraph_xml(run_xml(self.text.ward), style="Subtitle"))
        self._add(paragraph_xml(run_xml(self.text.title), style="Title", extra='<w:spacing w:before="600"/>'))
        self._add(paragraph_xml(run_xml(self.text.subtitle), style="Subtitle"))
        self._facts()
        if verdicts := self.text.verdicts():
            label = run_xml(self.t("The measures at a glance"), bold=True)
            self._add(paragraph_xml(label, style="Lead", extra=f'{KEEP}<w:spacing w:before="900"/>'))
            self._verdicts(verdicts, with_sentence=False)

    def contents(self) -> None:
        """Write the table of contents as a field; Word fills in the pages when it is refreshed."""
        extra = f'<w:pageBreakBefore/><w:spacing w:after="160"/>{LEFT}'
        self._add(paragraph_xml(run_xml(self.t("Contents"), bold=True), style="Subtitle", extra=extra))
        entries = [("toc1", self._part_title(part)) for part in self.text.parts]
        start = (
            '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
            '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        for number, (style, title) in enumerate(entries):
            link = f'<w:hyperlink w:anchor="part{number + 1}">{run_xml(title)}</w:hyperlink>'
            inner = (start if number == 0 else "") + link + (end if number == len(entries) - 1 else "")
            self._add(paragraph_xml(inner, style=style))

    def part(self, part: PartText, *, breaks: bool) -> None:
        """Write a part, on a new page or below the one before."""
        self.bookmarks += 1
        place = f'w:id="{self.bookmarks}"'
        inner = (
            f'<w:bookmarkStart {place} w:name="part{self.bookmarks}"/>'
            f"{run_xml(self._part_title(part))}<w:bookmarkEnd {place}/>"
        )
        extra = "<w:pageBreakBefore/>" if breaks else ""
        self._add(paragraph_xml(inner, style="Heading1", extra=extra))
        for row in part.rows():
            if isinstance(row[0], FigureText) and row[0].is_half:
                self._side_by_side([block for block in row if isinstance(block, FigureText)])
            else:
                self._block(row[0])

    def _part_title(self, part: PartText) -> str:
        return f"{part.number}  {part.title}"

    def _block(self, block: BlockText) -> None:
        match block:
            case ParagraphText():
                self._add(_paragraph(block))
            case BulletsText():
                for item in block.items:
                    self._add(paragraph_xml(line_xml(item), style="ListBullet"))
            case HeadingText():
                self._add(paragraph_xml(run_xml(block.text), style="Heading2"))
            case TableText():
                self._table(block)
            case FigureText():
                for piece in self._figure(block, 1.0):
                    self._add(piece)
            case VerdictsText():
                self._verdicts(block.lines, with_sentence=True)

    def _add(self, xml: str) -> None:
        """Put XML before the section's end."""
        from docx.oxml import parse_xml

        if not xml.startswith("<w:tbl "):
            xml = xml.replace("<w:p>", f"<w:p {NAMES}>", 1)
        self.document.element.body.insert(-1, parse_xml(xml))

    def _facts(self) -> None:
        muted = tokens().colour["muted"]
        for name, value in self.text.facts:
            words = self.t("{name}: {words}", name=name, words=value)
            self._add(paragraph_xml(run_xml(words, colour=muted), style="TableText"))

    def _table(self, table: TableText) -> None:
        self._add(_caption(table, KEEP + CENTRE))
        shares = column_shares(table, room=ROOM)
        widths = [int(COLUMN * share / sum(shares)) for share in shares]
        sides = [RIGHT if i in table.figures else LEFT for i in range(len(widths))]
        header = [
            cell_xml(
                paragraph_xml(line_xml(line, bold=True), style="TableText", extra=KEEP + side), width,
                borders=under_header(),
            )
            for line, width, side in zip(table.header, widths, sides, strict=True)
        ]  # fmt: skip
        rows = [row_xml(header, is_header=True)]
        for row in table.rows:
            cells = zip(row, widths, sides, strict=True)
            rows.append(row_xml([cell_xml(_lines(cell, side), width) for cell, width, side in cells]))
        self._add(table_xml(rows, widths))
        between = "" if self.text.language == "zh" else " "
        notes = run_xml(self.t("Note:") + " ") + run_xml(between).join(line_xml(note) for note in table.notes)
        self._add(paragraph_xml(notes if table.notes else "", style="TableNote"))

    def _figure(self, figure: FigureText, share: float) -> list[str]:
        name = f"figure-{figure.number}"
        picture = self.pictures.inline(name, COLUMN / 20 * share, figure.alternative)
        pieces = [
            paragraph_xml(picture, style="Normal", extra=KEEP + CENTRE),
            _caption(figure, KEEP if figure.caption else ""),
        ]
        if figure.caption:
            pieces.append(paragraph_xml(line_xml(figure.caption), style="TableNote"))
        return pieces

    def _side_by_side(self, figures: list[FigureText]) -> None:
        width = COLUMN // 2
        cells = [cell_xml("".join(self._figure(figure, 0.48)), width) for figure in figures]
        cells += [cell_xml(paragraph_xml("", style="TableText"), width)] * (2 - len(cells))
        self._add(table_xml([row_xml(cells)], [width, width], is_ruled=False))
        self._add(paragraph_xml("", style="TableNote"))

    def _verdicts(self, lines: list[VerdictText], *, with_sentence: bool) -> None:
        t = self.t
        heads = [t("Measure"), t("Variation"), t("Target reached?"), t("Figure, target"), t("What it says")]
        count = 5 if with_sentence else 4
        shares = VERDICT_SHARES if with_sentence else (0.4, 0.15, 0.15, 0.3)
        widths = [int(COLUMN * share) for share in shares]
        sides = (LEFT, CENTRE, CENTRE, RIGHT, LEFT)
        header = [
            cell_xml(
                paragraph_xml(run_xml(head, bold=True), style="TableText", extra=KEEP + side), width,
                borders=under_header(),
            )
            for head, width, side in zip(heads[:count], widths, sides, strict=False)
        ]  # fmt: skip
        rows = [row_xml(header, is_header=True)]
        for line in lines:
            cells = zip(self._verdict_cells(line)[:count], widths, strict=True)
            rows.append(row_xml([cell_xml(cell, width) for cell, width in cells]))
        self._add(table_xml(rows, widths))
        self._add(paragraph_xml("", style="TableNote"))

    def _verdict_cells(self, line: VerdictText) -> list[str]:
        variation = self.pictures.inline(
            f"variation-{line.variation.value}", ICON_POINTS, line.variation_words
        )
        assurance = self.pictures.inline(
            f"assurance-{line.assurance.value}", ICON_POINTS, line.assurance_words
        )
        figures = [words_line(line.figure), *([words_line(line.target)] if line.target else [])]
        return [
            paragraph_xml(run_xml(line.name, bold=True), style="TableText"),
            paragraph_xml(variation, style="TableText", extra=CENTRE),
            paragraph_xml(assurance, style="TableText", extra=CENTRE),
            _lines(figures, RIGHT),
            paragraph_xml(line_xml(line.sentence), style="TableText"),
        ]


def _caption(block: TableText | FigureText, extra: str = "") -> str:
    """Give a caption whose number Word counts itself (题注)."""
    before, _, after = block.label.partition(str(block.number))
    field = field_xml(f"SEQ {before.strip()} \\* ARABIC", str(block.number), bold=True)
    title = run_xml("  " + block.title)
    return paragraph_xml(f"{run_xml(before)}{field}{run_xml(after)}{title}", style="Caption", extra=extra)


def _paragraph(block: ParagraphText) -> str:
    colour = tokens().colour
    label = run_xml(f"{block.label}  ", bold=True) if block.label else ""
    match block.tone:
        case Tone.SIMPLE:
            extra = boxed(colour["accent_soft"], colour["accent"])
            return paragraph_xml(label + line_xml(block.line), style="Boxed", extra=extra)
        case Tone.WARNING:
            extra = boxed(colour["warn_soft"], colour["warn"])
            return paragraph_xml(label + line_xml(block.line), style="Boxed", extra=extra)
        case Tone.LEAD:
            return paragraph_xml(line_xml(block.line, bold=True), style="Lead")
        case Tone.NOTE:
            return paragraph_xml(line_xml(block.line, colour=colour["muted"]), style="TableNote")
        case Tone.PLAIN:
            return paragraph_xml(line_xml(block.line), style="Normal")


def _lines(lines: list[Line], side: str) -> str:
    return "".join(paragraph_xml(line_xml(line), style="TableText", extra=side) for line in lines)
