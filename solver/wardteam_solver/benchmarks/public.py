"""What the readers of public formats share: the result, the limits of size, and what is wrong with a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from wardteam.errors import BadInput, Finding, Message
from wardteam_solver.problem import Problem
from wardteam_solver.rules import Rule

MONDAY = date(2024, 1, 1)
"""Both formats count days from a Monday and name no date."""

MOST_BYTES = 8 << 20
MOST_STAFF, MOST_DAYS, MOST_SHIFTS = 400, 400, 60
MOST_CELLS = 2_500_000
"""Staff x days x shifts (and skills); beyond these sizes a file is refused, not tried."""
MOST_ENTRIES = 60_000_000
"""Of the rules on runs, which grow with the square of a shortest run; instances at hand have 2 million."""
MOST_WEIGHT, MOST_MINUTES = 1_000_000, 1_000_000
MOST_FINDINGS = 100
_SHOWN = 60


T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Benchmark:
    """A public instance, said with the ward's rules; all its soft rules stand in one stage."""

    name: str
    problem: Problem
    rules: tuple[Rule, ...]


@dataclass
class Faults:
    """Collects what is wrong with one file, all of it before anything is refused."""

    file: str
    findings: list[Finding] = field(default_factory=list)

    def add(self, problem: Message, row: int | None = None, value: str = "", column: str = "") -> None:
        """Note a fault; `row` is the line of the file, counted from 1."""
        if len(self.findings) < MOST_FINDINGS:
            shown = value if len(value) <= _SHOWN else value[:_SHOWN] + "..."
            self.findings.append(Finding(self.file, problem, row=row, column=column, value=shown))
        elif len(self.findings) == MOST_FINDINGS:
            text = "There are more; only the first {count} are listed."
            self.findings.append(Finding(self.file, Message(text, count=MOST_FINDINGS)))

    def whole(self, text: str, row: int, column: str, *, most: int, least: int = 0) -> int | None:
        """Read a whole number; note what else stands there."""
        number = int(text) if re.fullmatch(r"[+-]?[0-9]{1,12}", text) else None
        if number is None or not least <= number <= most:
            expected = Message("A whole number from {least} to {most} was expected.", least=least, most=most)
            self.add(expected, row, text, column)
            return None
        return number

    def known(self, text: str, row: int, column: str, names: Collection[str]) -> str | None:
        """Read a name that must have been introduced before."""
        if text in names:
            return text
        some = tuple(names)[:12]
        expected = Message("This name is not known here; known are, for example: {names}.", names=some)
        self.add(expected, row, text, column)
        return None

    def new(self, text: str, row: int, column: str, names: Collection[str]) -> str | None:
        """Read a name that must not stand there twice."""
        if not text or any(c in text for c in ",|=>") or len(text.split()) != 1:
            self.add(Message("A name without blanks and without , | = > was expected."), row, text, column)
            return None
        if text in names:
            self.add(Message("This name stands there twice."), row, text, column)
            return None
        return text

    def few(self, count: int, most: int, what: Message) -> None:
        """Refuse absurd numbers of something."""
        if count > most:
            text = "{count} {what} are too many for this program; it takes at most {most}."
            self.add(Message(text, count=count, what=what, most=most))
        elif not count:
            self.add(Message("At least one was expected: {what}.", what=what))

    def light(self, entries: int) -> None:
        """Refuse runs that are so long over so many days that their rules would fill the memory."""
        if entries > MOST_ENTRIES:
            text = "Runs of these lengths over so many people and days are too many for this program."
            self.add(Message(text))

    def close(self) -> None:
        """Refuse the file if anything was found.

        Raises
        ------
        BadInput
            With every finding, by line.
        """
        refuse(self)


def refuse(*files: Faults) -> None:
    """Refuse files of which any has a fault.

    Raises
    ------
    BadInput
        With every finding of every file, by line.
    """
    found = [f for faults in files for f in sorted(faults.findings, key=lambda f: f.row or 0)]
    if found:
        raise BadInput(tuple(found))


def run_entries(days: int, least: int, most: int) -> int:
    """Give how many days the rules on one nurse's runs look at, all windows together."""
    shorter = sum((days - length + 1) * (length + 2) for length in range(1, min(least, days + 1)))
    return shorter + days * (most + 1 if most < days else 0)


def decoded(data: bytes, name: str) -> str:
    """Give a file's text.

    Raises
    ------
    BadInput
        If it is empty, far too large, binary, or not UTF-8.
    """
    faults = Faults(name)
    text = ""
    if len(data) > MOST_BYTES:
        limit = Message("The file is larger than {most} MB.", most=MOST_BYTES >> 20)
        faults.add(limit, value=str(len(data)))
    elif not data.strip():
        faults.add(Message("The file is empty."))
    elif b"\0" in data:
        faults.add(
            Message("A text file was expected; this one is binary, or UTF-16."), _line(data, data.index(0))
        )
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line, value = _line(data, error.start), f"0x{data[error.start]:02x}"
            faults.add(Message("Text in UTF-8 was expected; this line has a byte that is none."), line, value)
    faults.close()
    return text


def _line(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1


def grouped(items: list[T], key: Callable[[T], K]) -> dict[K, frozenset[int]]:
    """Give the places of all items by what they have in common."""
    groups: dict[K, set[int]] = {}
    for place, item in enumerate(items):
        groups.setdefault(key(item), set()).add(place)
    return {value: frozenset(places) for value, places in groups.items()}
