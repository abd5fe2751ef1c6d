"""The demo's past: wishes that its rosters mostly granted, hours that lead to the balances of December."""

from __future__ import annotations

from dataclasses import replace

from wardteam.bootstrap.demo_records import with_past
from wardteam.demo import demo_rosters, demo_ward, past_wishes
from wardteam.services.ledger import hours_accounts
from wardteam.services.stretches import PastRoster


def test_about_three_in_four_wishes_of_the_past_were_granted() -> None:
    cells = {key: cell for past in demo_rosters(7) for key, cell in past.roster.cells.items()}
    wishes = past_wishes(7)
    granted = sum(cells[wish.staff_no, wish.day].code == "off" for wish in wishes)
    assert len(wishes) > 200
    assert 0.65 < granted / len(wishes) < 0.85
    assert len({(wish.staff_no, wish.day) for wish in wishes}) == len(wishes)


def test_hours_run_from_august_to_the_balances_that_december_begins_with() -> None:
    book = demo_ward(7)
    dated = with_past(book, 7)
    past = [PastRoster(replace(one.roster, published_at=one.published_at)) for one in demo_rosters(7)]
    assert dated.ledger_since == past[0].roster.period.first
    for nurse in book.nurses:
        accounts = hours_accounts(dated, past, dated.nurse(nurse.staff_no))
        if accounts and (nurse.joined is None or nurse.joined <= dated.ledger_since):
            assert accounts[-1].closing_minutes == nurse.hours_balance_minutes
