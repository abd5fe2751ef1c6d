"""Taking the ward's workbook in: changes are shown first, and nothing is kept unless it was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.exchange.kit import small_sheets, write_sheets
from tests.exchange.small_ward import SMALL
from wardteam.domain.calendar import Period
from wardteam.domain.people import Title
from wardteam.domain.roster import RosterCell
from wardteam.domain.rules import RuleSetting
from wardteam.domain.ward import WardBook
from wardteam.domain.wishes import Wish, WishKind
from wardteam.errors import BadInput, Conflict, NotFound
from wardteam.exchange.template import template
from wardteam.i18n import translator
from wardteam.services.book import Imported, difference, import_book, import_history
from wardteam.services.ports import StoredBook

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@dataclass
class Shelf:
    """A store in memory: what is saved counts only after the commit."""

    kept: dict[str, StoredBook] = field(default_factory=dict)
    saved_by: str = ""

    @contextmanager
    def unit(self) -> Iterator[Any]:
        yield _Unit(self)

    def __call__(self) -> Any:
        return self.unit()


class _Unit:
    def __init__(self, shelf: Shelf) -> None:
        self.shelf, self.new = shelf, dict(shelf.kept)
        self.books = self

    def codes(self) -> tuple[str, ...]:
        return tuple(self.new)

    def get(self, ward: str) -> StoredBook:
        return self.new[ward]

    def save(self, book: WardBook, *, expected_revision: int | None, by: str, at: datetime) -> int:
        seen = self.new.get(book.ward.code)
        assert expected_revision == (seen.revision if seen else None)
        assert at == NOW
        self.shelf.saved_by = by
        self.new[book.ward.code] = StoredBook(book, (expected_revision or 0) + 1)
        return self.new[book.ward.code].revision

    def commit(self) -> None:
        self.shelf.kept = self.new


def take_in(shelf: Shelf, book: WardBook = SMALL, **given: Any) -> Imported:
    options = {"by": "head", "clock": lambda: NOW, "apply": True} | given
    return import_book(shelf, template("zh", book), "ward.xlsx", **options)


def shelf_with(book: WardBook) -> Shelf:
    return Shelf({book.ward.code: StoredBook(book, 4)})


def bare(book: WardBook) -> WardBook:
    """Leave out the rule setting that no rule answers to."""
    return replace(book, rule_settings=())


WARD = bare(SMALL)


def test_a_new_ward_is_shown_first_and_kept_only_when_asked() -> None:
    shelf = Shelf()
    shown = take_in(shelf, WARD, apply=False)
    assert (shown.seen_revision, shown.revision, shelf.kept) == (None, None, {})
    assert str(shown.changes[0]) == "A new ward: Cardiology."
    applied = take_in(shelf, WARD, confirmed=shown)
    assert applied.revision == 1
    assert shelf.kept["W9"].book == WARD
    assert shelf.saved_by == "head"


def test_the_same_workbook_again_changes_nothing() -> None:
    assert take_in(shelf_with(WARD), WARD).changes == ()


def test_what_was_confirmed_must_still_hold() -> None:
    shelf = shelf_with(WARD)
    shown = take_in(shelf, WARD, apply=False)
    shelf.kept["W9"] = StoredBook(WARD, 5)
    with pytest.raises(Conflict):
        take_in(shelf, WARD, confirmed=shown)


def test_a_bad_workbook_changes_nothing() -> None:
    shelf = shelf_with(WARD)
    sheets = small_sheets()
    sheets["护士"][1][6] = "院长"
    with pytest.raises(BadInput) as caught:
        import_book(shelf, write_sheets(sheets), "w.xlsx", by="x", clock=lambda: NOW, apply=True)
    assert {f.sheet for f in caught.value.findings} >= {"护士"}
    assert shelf.kept["W9"].revision == 4


def test_an_unknown_rule_is_refused_by_the_engines_own_names() -> None:
    with pytest.raises(BadInput) as caught:
        take_in(Shelf(), SMALL)
    assert {f.sheet for f in caught.value.findings} == {"规则设置"}


def test_wishes_and_history_of_other_months_are_kept() -> None:
    other = Wish("1001", date(2026, 10, 5), WishKind.OFF)
    older = {("1001", date(2026, 10, 31)): RosterCell("DAY")}
    shelf = shelf_with(replace(WARD, wishes=(other, *WARD.wishes), history={**older, **WARD.history}))
    assert take_in(shelf, WARD).changes == ()
    kept = shelf.kept["W9"].book
    assert other in kept.wishes
    assert kept.history == {**older, **WARD.history}


def test_the_date_of_the_balances_stays_where_it_is_until_a_workbook_says_another() -> None:
    def dated(since: date | None, month: int) -> WardBook:
        ledger = replace(WARD.settings.ledger, since=since)
        later = Period.month(2026, month)
        book = replace(WARD, period=later, wishes=(), settings=replace(WARD.settings, ledger=ledger))
        return replace(book, history={})

    shelf = Shelf()
    take_in(shelf, dated(None, 11))
    assert shelf.kept["W9"].book.ledger_since == date(2026, 11, 1)
    take_in(shelf, dated(None, 12))
    assert shelf.kept["W9"].book.ledger_since == date(2026, 11, 1)
    take_in(shelf, dated(date(2026, 12, 1), 12))
    assert shelf.kept["W9"].book.ledger_since == date(2026, 12, 1)


def test_the_changes_are_named_in_words() -> None:
    gone, changed, *others = WARD.nurses[:3][::-1]
    promoted = replace(changed, title=Title.NURSE_IN_CHARGE, ability=5)
    new = replace(
        WARD,
        nurses=(*others, promoted, WARD.nurses[3], replace(gone, staff_no="N9", name="新来")),
        settings=replace(WARD.settings, handover_minutes=10),
        leaves=(),
        history={},
    )
    told = [translator("zh")(message) for message in difference(WARD, new)]
    for sentence in (
        "设置：交接班分钟 20 改为 10。",
        "护士：新增 1 项：新来。",
        "护士：减少 1 项：丙三。",
        "护士·乙二：职称 护师 改为 主管护师。",
        "护士·乙二：能力评分 3 改为 5。",
        "休假：减少 1 项：乙二 年休假 2026-12-07。",
        "上期排班：新增 0 格，更改 0 格，删除 4 格。",
    ):
        assert sentence in told
    assert all(translator("en")(message) for message in difference(WARD, new))


def test_long_lists_are_cut_and_counted() -> None:
    wishes = tuple(Wish("1001", date(2026, 12, day), WishKind.OFF) for day in range(1, 31))
    (message,) = difference(replace(WARD, wishes=()), replace(WARD, wishes=wishes))
    assert translator("zh")(message).endswith("另有 18 项。")


def take_history(shelf: Shelf, ward: str = "W9", **given: Any) -> Imported:
    days = [date(2026, 11, day) for day in range(24, 31)]
    rows: list[list[Any]] = [["姓名", *days], ["甲一", *"白白夜下休休白"], ["乙二", *"休白白白白休休"]]
    options = {"by": "head", "clock": lambda: NOW, "apply": True, "nights_booked_on": "evening"} | given
    return import_history(shelf, write_sheets({"11月": rows}), "old.xlsx", ward=ward, **options)


def test_an_ordinary_roster_becomes_history_and_wins_over_what_was_kept() -> None:
    shelf = shelf_with(WARD)
    shown = take_history(shelf, apply=False)
    assert shelf.kept["W9"].book == WARD
    assert str(shown.changes[0]) == "Last roster: 11 cells added, 3 changed, 0 removed."
    take_history(shelf, confirmed=shown)
    history = shelf.kept["W9"].book.history
    assert history["0012", date(2026, 11, 26)] == RosterCell("NIGHT")
    assert history["A-3", date(2026, 11, 28)] == WARD.history["A-3", date(2026, 11, 28)]


def test_history_of_no_ward_is_refused() -> None:
    with pytest.raises(NotFound):
        take_history(Shelf(), ward="none")


@pytest.mark.parametrize("parameters", [{"most": -1}, {"most": "six"}, {"longest": 6}])
def test_a_rule_setting_with_a_wrong_parameter_is_refused_by_name(parameters):
    book = replace(SMALL, rule_settings=(RuleSetting("days_in_a_row", parameters=parameters),))
    shelf = Shelf()
    with pytest.raises(BadInput) as refused:
        import_book(shelf, template("en", book), "w.xlsx", by="h", clock=lambda: NOW, apply=True)
    assert any(
        "days_in_a_row" in (finding.value + str(finding.problem)) for finding in refused.value.findings
    )
    assert not shelf.kept
