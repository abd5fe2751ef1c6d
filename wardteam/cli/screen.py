"""What people see: lines, tables, findings and solve records in one language; JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import click

from wardteam.domain.roster import SolveRecord, StageResult
from wardteam.errors import Finding, Message
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from rich.console import Console

MOST_LINES = 40


SHORT = 8
"""So much of a column of words is never given up, in cells."""


class Screen:
    """Writes to the standard output (or the error output) in one language's words."""

    def __init__(self, say: Translator, *, is_error: bool = False) -> None:
        self.say = say
        self._is_error = is_error

    @cached_property
    def console(self) -> Console:
        """Give the terminal; without one, lines are as long as they need to be."""
        from rich.console import Console

        console = Console(stderr=self._is_error, highlight=False, emoji=False, markup=False)
        if not console.is_terminal:
            console.width = 120
        return console

    def line(self, text: str | Message, /, **fields: object) -> None:
        """Say one sentence."""
        self.console.print(self.say(text, **fields), soft_wrap=True)

    def heading(self, text: str | Message, /, **fields: object) -> None:
        """Head what follows."""
        self.console.rule(self.say(text, **fields), align="left", style="bold")

    def good(self, text: str | Message, /, **fields: object) -> None:
        """Say that something succeeded."""
        self.console.print(f"✓ {self.say(text, **fields)}", style="green", soft_wrap=True)

    def warn(self, text: str | Message, /, **fields: object) -> None:
        """Say something that needs attention."""
        self.console.print(f"! {self.say(text, **fields)}", style="yellow", soft_wrap=True)

    def list(self, messages: Sequence[Message], *, most: int = MOST_LINES) -> None:
        """List sentences, each on its line; many are cut off with their number."""
        for message in messages[:most]:
            self.console.print(f"  - {self.say(message)}", soft_wrap=True)
        if len(messages) > most:
            self.line("    and {count} more.", count=len(messages) - most)

    def table(
        self,
        headings: Sequence[str | Message],
        rows: Iterable[Sequence[object]],
        *,
        right: Sequence[int] = (),
    ) -> None:
        """Print a table; the columns in `right` are set flush right."""
        from rich.box import SIMPLE_HEAD
        from rich.cells import cell_len
        from rich.table import Table

        lines = [[self.say.show(value) for value in row] for row in rows]
        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        for place, heading in enumerate(headings):
            is_right = place in right
            justify: Literal["left", "right"] = "right" if is_right else "left"
            widest = max((cell_len(line[place]) for line in lines), default=0)
            # Headings give way before figures and short names do. Chinese has no spaces: what doesn't fit
            # must be folded, or it would be cut off.
            least = widest if is_right else min(widest, SHORT)
            table.add_column(self.say(heading), justify=justify, min_width=least, overflow="fold")
        for line in lines:
            table.add_row(*line)
        self.console.print(table)

    def findings(self, findings: Sequence[Finding]) -> None:
        """Print what is wrong with an input, place by place."""
        headings = ("File", "Sheet", "Row", "Column", "Value found", "What was expected")
        rows = [(f.file, f.sheet, f.row or "", f.column, f.value, f.problem) for f in findings]
        used = [i for i in range(len(headings)) if any(str(row[i]) for row in rows)]
        self.table([headings[i] for i in used], [[row[i] for i in used] for row in rows])

    def record(self, record: SolveRecord) -> None:
        """Say how a solve went: status, times and seed, then each stage with its bound."""
        text = "{status}; {wall} s, {cpu} s of processor time, seed {seed}, {workers} workers"
        wall, cpu = f"{record.wall_seconds:.1f}", f"{record.cpu_seconds:.1f}"
        fields = {"status": record.status, "wall": wall, "cpu": cpu}
        self.line(text, **fields, seed=record.seed, workers=record.workers)
        if record.seconds_to_first is not None:
            self.line("first valid result after {seconds} s", seconds=f"{record.seconds_to_first:.1f}")
        if record.stages:
            headings = ("Stage", "Result", "Proven bound", "Status", "Seconds")
            self.table(headings, [self._stage(stage) for stage in record.stages], right=(1, 2, 4))

    def _stage(self, stage: StageResult) -> tuple[object, ...]:
        result = "–" if stage.objective is None else stage.objective
        bound = "–" if stage.bound is None else stage.bound
        return (Message(stage.name), result, bound, stage.status, f"{stage.wall_seconds:.1f}")

    def json(self, value: Mapping[str, object]) -> None:
        """Print an answer for programs."""
        click.echo(json.dumps(self.plain(value), ensure_ascii=False, indent=2))

    def plain(self, value: object) -> object:
        """Turn a value into what JSON holds, messages into words."""
        from dataclasses import fields, is_dataclass
        from enum import Enum

        match value:
            case Message():
                return self.say(value)
            case Enum():
                return value.value
            case None | bool() | int() | float() | str():
                return value
            case Mapping():
                return {str(key): self.plain(item) for key, item in value.items()}
            case list() | tuple() | set() | frozenset():
                return [self.plain(item) for item in value]
            case _ if is_dataclass(value):
                return {f.name: self.plain(getattr(value, f.name)) for f in fields(value)}
            case _:
                return str(value)
