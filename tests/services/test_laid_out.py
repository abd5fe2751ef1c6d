"""A layout is kept while the book is the same, and made anew for whatever it depends on."""

from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from tests.services.swap_kit import PERIOD, WARD, book, clock, day, keep, roster
from wardteam.domain.calendar import Calendar, Period
from wardteam.domain.roster import CellChange, Roster, RosterCell
from wardteam.domain.rules import RuleSetting, Severity
from wardteam.domain.shifts import Demand, Leave, LeaveKind
from wardteam.domain.wishes import Wish, WishKind
from wardteam.services.laid_out import MOST_LAYOUTS, laid_out
from wardteam.services.problem import build_problem
from wardteam.services.why_scene import scene_of
from wardteam.storage.store import create_store
from wardteam_solver.matrix import lay_out
from wardteam_solver.rules import configured

BEFORE = Period(PERIOD.first - timedelta(days=14), PERIOD.first - timedelta(days=1))


def earlier(month: Roster) -> Roster:
    cells = {(who, on - timedelta(days=14)): cell for (who, on), cell in month.cells.items()}
    return replace(month, period=BEFORE, cells=cells)


def test_an_equal_book_is_not_laid_out_again():
    assert laid_out(book(), PERIOD) is laid_out(deepcopy(book()), PERIOD)


@pytest.mark.parametrize(
    "change",
    [
        {"rule_settings": (RuleSetting("leave", Severity.OFF),)},
        {"wishes": (Wish("W001", day(3), WishKind.OFF),)},
        {"leaves": (Leave("W002", LeaveKind.SICK, day(2), day(4)),)},
        {"demands": (Demand("DAY", 1, 2),)},
        {"restrictions": ()},
        {"memberships": book().memberships[1:]},
        {"balances": {"nights": {"W001": 2.5}}},
        {"history": {("W001", day(0) - timedelta(days=1)): RosterCell("NIGHT")}},
        {"calendar": Calendar(((day(4), "节"),))},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_a_book_says_otherwise_is_laid_out_anew(change):
    kept, changed = laid_out(book(), PERIOD), book(**change)
    found = laid_out(changed, PERIOD)
    fresh = lay_out(build_problem(changed, PERIOD), configured(changed.rule_settings))
    assert found is not kept
    assert found.limits == fresh.limits
    for array in ("entry_row", "entry_column", "entry_coefficient", "low", "high", "below", "above"):
        assert np.array_equal(getattr(found, array), getattr(fresh, array))


def test_another_period_is_laid_out_anew():
    assert laid_out(book(), BEFORE).problem.first == BEFORE.first
    assert laid_out(book(), PERIOD).problem.first == PERIOD.first


def test_only_a_few_are_kept_and_nobody_can_write_into_them():
    first = laid_out(book(), PERIOD)
    for number in range(MOST_LAYOUTS):
        laid_out(replace(book(), balances={"nights": {"W001": number + 7}}), PERIOD)
    assert laid_out(book(), PERIOD) is not first
    with pytest.raises(ValueError, match="read-only"):
        first.low[0] = 1


def test_threads_that_ask_at_once_get_one_layout():
    asked = book(balances={"nights": {"W001": 99}})
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: laid_out(asked, PERIOD), range(8)))
    assert len(set(map(id, found))) == 1


def test_a_repair_of_last_month_changes_what_this_month_is_judged_by(tmp_path):
    store = create_store(f"sqlite:///{tmp_path / 'ward.sqlite3'}")
    keep(store, book(period=BEFORE))
    last = earlier(roster())
    with store() as unit:
        stored = unit.rosters.add_draft(WARD, last, by="t", at=clock())
        unit.rosters.publish(WARD, BEFORE, stored.version, by="t", at=clock())
        unit.commit()
    before = scene_of(store, WARD, PERIOD)
    assert scene_of(store, WARD, PERIOD).matrix is before.matrix
    with store() as unit:
        who, on = "W002", BEFORE.last
        old, new = last.cell(who, on), RosterCell("NIGHT")
        change = CellChange(who, on, old, new, by="t", at=clock(), reason="sick")
        unit.rosters.record_changes(WARD, BEFORE, stored.version, [change])
        unit.commit()
        assert unit.books.get(WARD).revision == 1
    after = scene_of(store, WARD, PERIOD)
    assert after.book.balances != before.book.balances
    assert after.problem.tail != before.problem.tail
    store.close()
