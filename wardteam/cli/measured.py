"""Tables of measurements: for people on the screen, or as Markdown to be pasted into a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import click

from wardteam.cli.session import Session
from wardteam.errors import Message
from wardteam.i18n import Translator

NONE = "–"


@dataclass(frozen=True)
class Measured:
    """A table; every column from `figures_from` on holds figures and stands flush right."""

    headings: tuple[Message, ...]
    rows: tuple[Sequence[object], ...]
    figures_from: int = 1


def show(session: Session, table: Measured, *, as_markdown: bool) -> None:
    """Print a table."""
    if as_markdown:
        click.echo(markdown(session.say, table))
    else:
        right = range(table.figures_from, len(table.headings))
        session.screen.table(table.headings, table.rows, right=right)


def markdown(say: Translator, table: Measured) -> str:
    """Write a table in Markdown."""
    marks = ["---" if place < table.figures_from else "---:" for place in range(len(table.headings))]
    lines = [[say(heading) for heading in table.headings], marks]
    lines += [[say.show(value) for value in row] for row in table.rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def figure(value: float | None, places: int = 0) -> str:
    """Write a figure; a dash where there is none."""
    return NONE if value is None else f"{value:.{places}f}"
