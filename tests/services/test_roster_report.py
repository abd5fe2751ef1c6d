"""A missing nurse is counted and named once, however many rules ask for her."""

from collections import Counter
from datetime import timedelta

import pytest

from tests.services.planned import fortnight, planned_book, short_plan
from wardteam.domain.roster import RosterCell
from wardteam.i18n import translator
from wardteam.services.day_demands import demands_on
from wardteam.services.roster_report import RosterReport, check_cells

BOOK = planned_book()
PERIOD = fortnight(BOOK)


def with_one_fewer(code: str) -> tuple[RosterReport, str]:
    """Take one nurse off a shift that has exactly its minimum; give the report and the shift's date."""
    cells = dict(short_plan().roster.cells)
    filled = Counter((day, cell.code) for (_, day), cell in cells.items())
    middle = [day for day in PERIOD if PERIOD.first < day < PERIOD.last - timedelta(days=1)]
    least = {
        (day, demand.shift): demand.minimum
        for day in middle
        for demand in demands_on(BOOK, day)
        if not demand.per_team
    }
    key = next(
        k for k, c in cells.items() if c.code == code and filled[k[1], code] == least.get((k[1], code))
    )
    cells[key] = RosterCell("off")
    return check_cells(BOOK, PERIOD, cells), translator("zh").day(key[1])


@pytest.mark.parametrize("code", ["STRAIGHT", "EVENING", "NIGHT"])
def test_one_nurse_fewer_than_the_minimum_is_counted_and_named_once(code: str) -> None:
    report, day = with_one_fewer(code)
    name = BOOK.shift(code).name
    assert report.figures["shortage_nurses"] == 1
    (said,) = [translator("zh")(message) for message in report.shortages]
    assert said.startswith(f"{day}：{name}")
