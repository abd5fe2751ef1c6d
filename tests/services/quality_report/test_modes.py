"""Rates by mode: what patients marked by themselves is told apart from what an interviewer asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.services.quality_case import VERSION, quality_case
from wardteam.domain.questionnaires import ItemKind, Mode
from wardteam.errors import Named
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.modes import SELF_REPORTED, modes_blocks
from wardteam.stats.report import Paragraph, Table

WITH_CHOICES = tuple(
    replace(item, choices=(Named("甲", "one"), Named("乙", "two")))
    if item.kind is ItemKind.KNOWLEDGE
    else item
    for item in VERSION.items
)


def blocks(data):
    return list(modes_blocks(Analysis(data)))


def test_the_modes_of_a_period_add_up_to_its_valid_questionnaires():
    data = quality_case()
    table, note = blocks(data)
    assert isinstance(table, Table)
    assert isinstance(note, Paragraph)
    assert note.sentences == (SELF_REPORTED,)
    assert len(table.rows) == len(Mode)
    for side, records in enumerate(Analysis(data).records):
        for column, total in ((1, len(records.asked.valid)), (3, len(records.asked.valid))):
            counts = [row[column + side].lines[0].split("/")[1].split()[0] for row in table.rows]
            assert sum(map(int, counts)) == total


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ({"versions": (replace(VERSION, items=WITH_CHOICES),)}, [Table]),
        ({"sheets": tuple(replace(s, mode=Mode.QR) for s in quality_case().sheets)}, [Paragraph]),
        ({"sheets": tuple(replace(s, mode=Mode.PAPER) for s in quality_case().sheets)}, []),
        ({"sheets": ()}, []),
    ],
)
def test_answers_of_one_mode_and_items_with_a_key_need_no_words(change, kinds):
    assert [type(block) for block in blocks(replace(quality_case(), **change))] == kinds
