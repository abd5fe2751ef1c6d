"""Cronbach's alpha of a scale's items in any table: rows are people, columns items."""

from __future__ import annotations

from collections.abc import Sequence

from wardteam.errors import BadInput, Finding, Message
from wardteam.exchange.figure_columns import Columns
from wardteam.exchange.figures_table import FiguresTable
from wardteam.services.any_table.answer import Answer, Gathering, Line
from wardteam.stats.reliability import alpha_if_deleted, cronbach_alpha

TWICE = Message("An item is named twice; that alone would raise alpha.")
IF_DELETED = Message("alpha without this item")


def alpha_of_table(table: FiguresTable, items: Sequence[str]) -> Answer:
    """Give alpha with its interval, and alpha without each item in turn.

    Raises
    ------
    BadInput, Unanswerable
        Where cells are wrong, there are fewer than two items, or nothing varies.
    """
    if len(set(items)) < len(items):
        raise BadInput((Finding("--items", TWICE, value=", ".join(items)),))
    table.check_columns(items)
    columns = Columns(table)
    answers = [columns.numbers(item) for item in items]
    columns.close()
    people = list(zip(*answers, strict=True))
    chosen = cronbach_alpha(people)
    gathering = Gathering()
    if len(items) > 2:
        for item, alpha in zip(items, alpha_if_deleted(people), strict=True):
            gathering.lines.append(
                Line(name="alpha_if_deleted", words=IF_DELETED, estimate=alpha, groups=(item,))
            )
    return gathering.answer(
        chosen, tuple(items), sha256=table.sha256, n=sum(chosen.n), missing=sum(chosen.missing)
    )
