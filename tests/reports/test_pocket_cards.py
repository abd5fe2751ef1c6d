from __future__ import annotations

from typing import Any

import pytest

from wardteam.errors import NotFound
from wardteam.i18n import Language
from wardteam.services.documents import pocket_cards
from wardteam_reports import wording
from wardteam_reports.pocket_cards import cards_data, pocket_cards_pdf


@pytest.mark.parametrize("language", ["zh", "en"])
def test_cards_stand_six_to_a_page_each_with_name_and_hours(
    month: Any, read_pdf: Any, language: Language
) -> None:
    cards = pocket_cards(month.book, month.roster, month.covers, made_at=month.roster.made_at)[:7]
    pdf = read_pdf(pocket_cards_pdf(cards, language=language))
    texts = [page.extract_text() for page in pdf.pages]
    assert len(texts) == 2
    names = [wording.pick(card.nurse.name, language) for card in cards]
    assert all(name in texts[0] for name in names[:6])
    assert names[6] in texts[1]


def test_weeks_begin_on_monday_and_days_outside_the_period_are_empty(month: Any) -> None:
    cards = pocket_cards(month.book, month.roster, month.covers)[:1]
    (card,) = cards_data(cards, "zh")["cards"]
    weeks = card["weeks"]
    assert [len(week) for week in weeks] == [7] * 5
    assert [day and day["number"] for day in weeks[0]] == [None, "1", "2", "3", "4", "5", "6"]
    assert weeks[-1][4:] == [None] * 3


def test_a_nurse_sees_her_own_kind_of_leave(month: Any) -> None:
    maternity = next(x for x in month.book.leaves if x.kind == "maternity")
    cards = [c for c in pocket_cards(month.book, month.roster, ()) if c.nurse.staff_no == maternity.staff_no]
    assert {cell.code for cell in cards[0].cells} == {"maternity"}


def test_an_empty_roster_has_no_cards_to_print() -> None:
    with pytest.raises(NotFound):
        pocket_cards_pdf((), language="zh")
