"""The glossary at the report's end: each statistical term in one sentence that a nurse can use."""

from __future__ import annotations

from wardteam.errors import Message
from wardteam.stats.report import Cell, Table

TERMS: tuple[tuple[Message, Message], ...] = (
    (
        Message("95% confidence interval (CI)"),
        Message("The range of values that agree with the data; the wider, the less is known."),
    ),
    (
        Message("P value"),
        Message(
            "How often a difference of this size or more would turn up if there were none; it says "
            "nothing of its size."
        ),
    ),
    (Message("rate ratio"), Message("The second period's rate over the first's; 1 means no difference.")),
    (
        Message("geometric mean"),
        Message("The mean on the logarithmic scale: the typical value of times with a few very long ones."),
    ),
    (
        Message("median, quartiles"),
        Message("Half of the values lie below the median, a quarter below the lower quartile."),
    ),
    (
        Message("quasi-Poisson"),
        Message(
            "A model of counts that widens intervals where counts scatter more than chance alone allows."
        ),
    ),
    (
        Message("number needed to treat"),
        Message("How many patients must be cared for in the new way for one more to have the good outcome."),
    ),
    (
        Message("control chart"),
        Message(
            "A course with limits: inside them only common causes are at work, and single ups and downs "
            "mean nothing."
        ),
    ),
    (
        Message("interrupted time series"),
        Message(
            "It goes on with the course before the change, and compares what came with what would have come."
        ),
    ),
    (
        Message("standardised difference"),
        Message("A difference in units of the spread; below 0.1 the groups are alike."),
    ),
    (
        Message("Cronbach's alpha"),
        Message("How well the items of a scale hang together; from about 0.7 it is used."),
    ),
    (
        Message("Holm's adjustment"),
        Message("It raises P where several measures are tested, so that one of them does not win by chance."),
    ),
)


def glossary_table() -> Table:
    """Give the terms with their explanations."""
    rows = tuple((Cell.of(term), Cell.of(meaning)) for term, meaning in TERMS)
    return Table("glossary", Message("Terms"), (Message("Term"), Message("Meaning")), rows)
