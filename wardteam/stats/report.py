"""The quality report as blocks without a language: one content for PDF, Word, HTML and CSV."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from wardteam.errors import Named
from wardteam.stats.charts.types import Assurance, Variation
from wardteam.stats.plots import Plot, Words


class Tone(StrEnum):
    """What a paragraph is."""

    PLAIN = "plain"
    LEAD = "lead"
    NOTE = "note"
    WARNING = "warning"
    SIMPLE = "simple"
    """The plain-language paragraph for readers who skip tables."""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: sentences that follow one another."""

    sentences: tuple[Words, ...]
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[Words, ...]


@dataclass(frozen=True)
class Cell:
    """A table's cell: lines of words, and the bare figure for the CSV.

    `italic` statistics are written in the words as plain letters (t, F, P, n, r); reports set them in
    italics by the known runs.
    """

    lines: tuple[Words, ...]
    value: float | None = None

    @classmethod
    def of(cls, *lines: Words, value: float | None = None) -> Cell:
        """Make a cell of lines."""
        return cls(lines, value)


@dataclass(frozen=True)
class Table:
    """A three-line table (三线表): title above, header, rows, notes below. `code` is stable, for the CSV.

    The first column is text; `figures` tells which columns are figures and set flush right.
    """

    code: str
    title: Words
    header: tuple[Words, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Words, ...] = ()
    figures: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.header):
                raise ValueError(f"table {self.code}: {len(row)} cells under {len(self.header)} headings")


@dataclass(frozen=True)
class Figure:
    """A chart with its title, a caption that states n, periods and rule, and a text alternative."""

    code: str
    plot: Plot
    title: Words
    caption: tuple[Words, ...]
    alternative: tuple[Words, ...]
    is_half: bool = False


@dataclass(frozen=True)
class VerdictLine:
    """A measure with its newest figure, icons and one sentence."""

    name: Words
    figure: Words
    variation: Variation
    assurance: Assurance
    sentence: Words
    target: Words = ""


@dataclass(frozen=True)
class Verdicts:
    """The measures' verdicts, one a line, with icons."""

    lines: tuple[VerdictLine, ...]


@dataclass(frozen=True)
class Heading:
    """A heading inside a part."""

    title: Words


Block = Paragraph | Bullets | Table | Figure | Verdicts | Heading


@dataclass(frozen=True)
class Part:
    """One part of the report, with its number in the order of the pages."""

    number: int
    title: Words
    blocks: tuple[Block, ...]


class Edition(StrEnum):
    """The whole report, or the monthly one of two pages."""

    FULL = "full"
    MONTHLY = "monthly"


@dataclass(frozen=True)
class QualityReport:
    """A report of one ward: its head, parts, and what pins its figures down.

    `facts` are short pairs for the cover (periods, plan's date, freshness); `data_until` is the newest
    record's date.
    """

    edition: Edition
    title: Words
    subtitle: Words
    hospital: Named
    ward: Named
    facts: tuple[tuple[Words, Words], ...]
    parts: tuple[Part, ...]
    made_at: datetime
    data_until: date | None
    data_hash: str
    program: str

    def tables(self) -> tuple[Table, ...]:
        """Give all tables in order."""
        return tuple(b for part in self.parts for b in part.blocks if isinstance(b, Table))

    def figures(self) -> tuple[Figure, ...]:
        """Give all figures in order."""
        return tuple(b for part in self.parts for b in part.blocks if isinstance(b, Figure))
