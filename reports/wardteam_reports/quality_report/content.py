"""The report in one language: plain rows and runs of text that all its forms lay out alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from wardteam.errors import Message
from wardteam.i18n import LOCALES, Language, Translator, translator
from wardteam.stats.charts.types import Assurance, Variation
from wardteam.stats.plots import Plot, Words
from wardteam.stats.report import (
    Block,
    Bullets,
    Cell,
    Figure,
    Heading,
    Paragraph,
    Part,
    QualityReport,
    Table,
    Tone,
    VerdictLine,
    Verdicts,
)
from wardteam_reports.comparison_words import Run, runs
from wardteam_reports.plots.icons import assurance_words, variation_words
from wardteam_reports.plots.words import show

Line = list[Run]
CLOSING = tuple("。！？；：）")
"""Chinese signs after which no space stands."""
TONE_LABELS = {
    Tone.WARNING: Message("Caution"),
    Tone.SIMPLE: Message("In plain words"),
}


@dataclass(frozen=True)
class ParagraphText:
    """A paragraph: its tone, the label that stands before it (or nothing), its text."""

    tone: Tone
    label: str
    line: Line


@dataclass(frozen=True)
class BulletsText:
    """A list's items."""

    items: list[Line]


@dataclass(frozen=True)
class HeadingText:
    """A heading inside a part."""

    text: str


@dataclass(frozen=True)
class TableText:
    """A table with its number and label; cells are lists of lines; `source` is where they came from."""

    number: int
    label: str
    code: str
    title: str
    header: list[Line]
    rows: list[list[list[Line]]]
    notes: list[Line]
    figures: tuple[int, ...]
    source: Table


@dataclass(frozen=True)
class FigureText:
    """A figure with its number and label, title, caption and text alternative."""

    number: int
    label: str
    code: str
    title: str
    caption: Line
    alternative: str
    is_half: bool
    plot: Plot


@dataclass(frozen=True)
class VerdictText:
    """One measure's verdict with what its icons say."""

    name: str
    figure: str
    target: str
    sentence: Line
    variation: Variation
    assurance: Assurance
    variation_words: str
    assurance_words: str


@dataclass(frozen=True)
class VerdictsText:
    """The verdicts, one a line."""

    lines: list[VerdictText]


BlockText = ParagraphText | BulletsText | HeadingText | TableText | FigureText | VerdictsText


@dataclass(frozen=True)
class PartText:
    """A part with its blocks in order."""

    number: int
    title: str
    blocks: list[BlockText] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[BlockText, ...]]:
        """Give the blocks, two half-width figures that follow one another side by side."""
        held: list[FigureText] = []
        for block in self.blocks:
            if isinstance(block, FigureText) and block.is_half:
                held.append(block)
                if len(held) == 2:
                    yield tuple(held)
                    held = []
                continue
            if held:
                yield tuple(held)
                held = []
            yield (block,)
        if held:
            yield tuple(held)


@dataclass(frozen=True)
class ReportText:
    """The whole report in one language."""

    language: Language
    title: str
    subtitle: str
    hospital: str
    ward: str
    facts: list[tuple[str, str]]
    parts: list[PartText]
    mark: str

    @property
    def locale(self) -> str:
        """The language as pages and Word name it."""
        return LOCALES[self.language].replace("_", "-")

    def figures(self) -> list[FigureText]:
        """Give every figure in order."""
        return [b for part in self.parts for b in part.blocks if isinstance(b, FigureText)]

    def verdicts(self) -> list[VerdictText]:
        """Give the first verdicts, for the cover."""
        found = (b for part in self.parts for b in part.blocks if isinstance(b, VerdictsText))
        first = next(found, None)
        return first.lines if first else []


def report_text(report: QualityReport, language: Language) -> ReportText:
    """Put a report into words, numbering tables and figures in the order of the pages."""
    t = translator(language)
    writer = _Writer(t)
    return ReportText(
        language=language,
        title=show(report.title, t),
        subtitle=show(report.subtitle, t),
        hospital=show(report.hospital, t),
        ward=show(report.ward, t),
        facts=[(show(name, t), show(value, t)) for name, value in report.facts],
        parts=[writer.part(part) for part in report.parts],
        mark=_mark(report, t),
    )


def sentences(words: Sequence[Words], t: Translator) -> str:
    """Let sentences follow one another as the language does."""
    texts = [text for text in (show(w, t) for w in words) if text]
    spaced = [text if text.endswith(CLOSING) else f"{text} " for text in texts]
    return "".join(spaced).rstrip()


def _mark(report: QualityReport, t: Translator) -> str:
    """Say what pins the figures down: the data's hash, the moment, the program."""
    return t(
        "{program}; data SHA-256 {hash}; data until {day}; made {moment}",
        program=report.program,
        hash=report.data_hash[:16],
        day="–" if report.data_until is None else report.data_until.isoformat(),
        moment=f"{report.made_at:%Y-%m-%d %H:%M}",
    )


class _Writer:
    """Puts blocks into words, counting tables and figures."""

    def __init__(self, t: Translator) -> None:
        self.t = t
        self.tables = 0
        self.drawn = 0

    def part(self, part: Part) -> PartText:
        """Put one part into words."""
        return PartText(part.number, show(part.title, self.t), [self._block(b) for b in part.blocks])

    def _block(self, block: Block) -> BlockText:
        match block:
            case Paragraph():
                label = TONE_LABELS.get(block.tone)
                line = runs(sentences(block.sentences, self.t))
                return ParagraphText(block.tone, self.t(label) if label else "", line)
            case Bullets():
                return BulletsText([runs(show(item, self.t)) for item in block.items])
            case Heading():
                return HeadingText(show(block.title, self.t))
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Verdicts():
                return VerdictsText([self._verdict(line) for line in block.lines])

    def _table(self, table: Table) -> TableText:
        self.tables += 1
        return TableText(
            number=self.tables,
            label=self.t("Table {number}.", number=self.tables),
            code=table.code,
            title=show(table.title, self.t),
            header=[runs(show(heading, self.t)) for heading in table.header],
            rows=[[self._cell(cell) for cell in row] for row in table.rows],
            notes=[runs(show(note, self.t)) for note in table.notes],
            figures=table.figures,
            source=table,
        )

    def _cell(self, cell: Cell) -> list[Line]:
        return [runs(show(line, self.t)) for line in cell.lines]

    def _figure(self, figure: Figure) -> FigureText:
        self.drawn += 1
        return FigureText(
            number=self.drawn,
            label=self.t("Figure {number}.", number=self.drawn),
            code=figure.code,
            title=show(figure.title, self.t),
            caption=runs(sentences(figure.caption, self.t)),
            alternative=sentences(figure.alternative, self.t) or show(figure.title, self.t),
            is_half=figure.is_half,
            plot=figure.plot,
        )

    def _target(self, line: VerdictLine) -> str:
        target = show(line.target, self.t)
        return self.t("target {figure}", figure=target) if target else ""

    def _verdict(self, line: VerdictLine) -> VerdictText:
        return VerdictText(
            name=show(line.name, self.t),
            figure=show(line.figure, self.t),
            target=self._target(line),
            sentence=runs(show(line.sentence, self.t)),
            variation=line.variation,
            assurance=line.assurance,
            variation_words=variation_words(line.variation, self.t.language),
            assurance_words=assurance_words(line.assurance, self.t.language),
        )


def plain(line: Line) -> str:
    """Give a line's text without its italics."""
    return "".join(run.text for run in line)
