"""The SQUIRE 2.0 checklist, filled as far as captured data allow; the rest is the ward's to write."""

from __future__ import annotations

from wardteam.errors import Message
from wardteam.services.quality_report.analysis import Analysis
from wardteam.stats.plots import Words
from wardteam.stats.report import Cell, Table

TO_WRITE = Message("to be written by the ward")
SEE = "part {part}"
RESULTS = Message("parts 3 to 8")
ITEMS: tuple[tuple[Message, int | Message | None], ...] = (
    (Message("1 Title"), 1),
    (Message("2 Abstract"), 1),
    (Message("3 Problem description"), None),
    (Message("4 Available knowledge"), None),
    (Message("5 Rationale"), None),
    (Message("6 Specific aims"), 9),
    (Message("7 Context"), 2),
    (Message("8 Interventions"), None),
    (Message("9 Study of the interventions"), 9),
    (Message("10 Measures"), 9),
    (Message("11 Analysis"), 9),
    (Message("12 Ethical considerations"), None),
    (Message("13 Results"), RESULTS),
    (Message("14 Summary"), 1),
    (Message("15 Interpretation"), None),
    (Message("16 Limitations"), 1),
    (Message("17 Conclusions"), None),
    (Message("18 Funding"), None),
)
"""Ogrinc et al., BMJ Qual Saf 2016; 25: 986-992. The part that holds each item; None: nobody captured it."""


def squire_table(analysis: Analysis) -> Table:
    """Say for each item where it stands; results stand in several parts."""
    span = analysis.plan.intervention.named
    return Table(
        "squire",
        Message("SQUIRE 2.0: where each item stands"),
        (Message("Item"), Message("Where")),
        tuple((Cell.of(name), Cell.of(_where(part))) for name, part in ITEMS),
        (
            Message(
                "The intervention is the care model of the period {name}.",
                name=span,
            ),
        ),
    )


def _where(part: int | Message | None) -> Words:
    if isinstance(part, Message):
        return part
    return TO_WRITE if part is None else Message(SEE, part=part)
