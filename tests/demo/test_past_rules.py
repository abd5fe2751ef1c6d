"""The rosters of past months keep every hard rule, by the project's own checker."""

import pytest

from wardteam.demo import demo_rosters, demo_ward
from wardteam.services.roster_report import check_cells

MOST_PLACES_SHORT = 20
"""Posts of a month below the minimum, of about 650 places; see `wardteam.demo.past_rosters`."""


@pytest.mark.parametrize("seed", [7, 3])
def test_past_months_break_no_hard_rule_and_are_seldom_short(seed: int):
    book = demo_ward(seed)
    for past in demo_rosters(seed):
        report = check_cells(book, past.roster.period, past.roster.cells)
        assert [str(message) for message in report.hard] == []
        assert report.figures["shortage_nurses"] <= MOST_PLACES_SHORT
