"""A swap's states: only the steps that make sense, and no swap that contradicts itself."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from wardteam.domain.calendar import Period
from wardteam.domain.roster import Roster, RosterCell
from wardteam.domain.swaps import Swap, SwapDuty, SwapState

DAY, OTHER = date(2026, 12, 7), date(2026, 12, 9)
OFFER = Swap("X26-0001", DAY, "A", (SwapDuty(DAY, "EVENING"),), (SwapDuty(OTHER, "DAY"),), ("B", "C"))
ALLOWED = {
    (SwapState.OFFERED, SwapState.ACCEPTED),
    (SwapState.ACCEPTED, SwapState.APPROVED),
    *product(
        (SwapState.OFFERED, SwapState.ACCEPTED),
        (SwapState.REFUSED, SwapState.WITHDRAWN, SwapState.EXPIRED, SwapState.STALE),
    ),
}


@pytest.mark.parametrize(("old", "new"), list(product(SwapState, SwapState)))
def test_a_swap_moves_only_along_its_steps(old: SwapState, new: SwapState) -> None:
    swap = replace(OFFER, partner="B", state=old)
    assert swap.may_become(new) is ((old, new) in ALLOWED)
    if not swap.may_become(new):
        with pytest.raises(ValueError, match="can't become"):
            swap.moved(new)


def test_only_who_was_asked_accepts_and_not_twice() -> None:
    with pytest.raises(ValueError, match="can't be accepted"):
        OFFER.accepted("D", ())
    taken = OFFER.accepted("B", (SwapDuty(OTHER, "DAY"),))
    assert taken.days == (DAY, OTHER)
    with pytest.raises(ValueError, match="can't be accepted"):
        taken.accepted("C", ())
    assert replace(OFFER, to=()).is_for("D")


@pytest.mark.parametrize(
    "wrong",
    [
        {"gives": ()},
        {"day": OTHER},
        {"to": ("A",)},
        {"partner": "A"},
        {"state": SwapState.ACCEPTED},
        {"gives": (SwapDuty(DAY, "EVENING"), SwapDuty(DAY, "DAY"))},
    ],
)
def test_a_swap_that_contradicts_itself_is_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match=r"swap"):
        replace(OFFER, **wrong)


@pytest.mark.parametrize(
    ("who", "code", "is_stale"), [("A", "NIGHT", True), ("B", "off", True), ("C", "NIGHT", False)]
)
def test_a_swap_is_stale_once_a_duty_of_the_two_is_another(who: str, code: str, is_stale: bool) -> None:
    cells = {("A", DAY): RosterCell("EVENING", is_locked=True), ("B", OTHER): RosterCell("DAY")}
    swap = OFFER.accepted("B", (SwapDuty(OTHER, "DAY"),))
    month = Roster(Period(DAY, OTHER), cells)
    assert not swap.is_stale(month)
    changed = {**cells, (who, DAY if who == "A" else OTHER): RosterCell(code)}
    assert swap.is_stale(replace(month, cells=changed)) is is_stale
