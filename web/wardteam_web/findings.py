"""Findings of an input as a table's rows: where, what stood there, what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wardteam.errors import BadInput, Finding, Message, WardteamError

HEADINGS = (
    Message("File"),
    Message("Sheet"),
    Message("Row"),
    Message("Column"),
    Message("Value found"),
    Message("What was expected"),
)


@dataclass(frozen=True)
class FindingTable:
    """The headings that are needed, and a row of cells for each finding, messages among them."""

    headings: tuple[Message, ...]
    rows: tuple[tuple[str | Message, ...], ...]


def finding_table(findings: Sequence[Finding]) -> FindingTable:
    """Lay findings out, without columns that are empty throughout."""
    rows = [(f.file, f.sheet, str(f.row or ""), f.column, f.value, f.problem) for f in findings]
    used = [place for place in range(len(HEADINGS)) if any(row[place] for row in rows)]
    return FindingTable(
        tuple(HEADINGS[place] for place in used), tuple(tuple(row[place] for place in used) for row in rows)
    )


def findings_of(refusal: WardteamError) -> tuple[Finding, ...]:
    """Give a refusal's findings; its own message as the only one where it has none."""
    return refusal.findings if isinstance(refusal, BadInput) else (Finding("", refusal.message),)
