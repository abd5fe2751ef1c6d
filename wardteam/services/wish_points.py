"""What each wish weighs: her points within the ward's budget, and more where wishes were refused before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wardteam.domain.calendar import Period
from wardteam.domain.ledger import Measure
from wardteam.domain.ward import WardBook
from wardteam.domain.wishes import Wish
from wardteam.errors import Finding, Message, Named

DOUBLED_AT = 20
"""So many points refused above her share double her wishes' weight, where the ward sets no budget."""


@dataclass(frozen=True)
class WeighedWish:
    """A wish of a period as the engine takes it: `points` in all, `remembered` of them for refusals before.

    `points` less `remembered` are her own, brought within the budget where she asked for more.
    """

    wish: Wish
    points: int
    remembered: int = 0


def weighed_wishes(book: WardBook, period: Period) -> Iterator[WeighedWish]:
    """Weigh every wish of a period, in the book's order.

    The book's balance of wish points is what each nurse was granted above her share. Below it, her points
    count more in proportion: twice as much at most, when as many points are owed as the budget has.
    """
    wishes = [wish for wish in book.wishes if wish.day in period]
    own: dict[str, list[int]] = {}
    for wish in wishes:
        own.setdefault(wish.staff_no, []).append(wish.points)
    budget = book.settings.ledger.wish_points
    within = {staff_no: iter(within_budget(points, budget)) for staff_no, points in own.items()}
    balances = book.balances.get(Measure.WISH_POINTS.value, {})
    for wish in wishes:
        points = next(within[wish.staff_no])
        more = remembered(points, balances.get(wish.staff_no, 0.0), budget)
        yield WeighedWish(wish, points + more, more)


def over_budget(book: WardBook, file: str) -> Iterator[Finding]:
    """Warn of nurses who distribute more points over the period's wishes than the ward's budget."""
    budget, asked = book.settings.ledger.wish_points, dict[str, int]()
    for wish in book.wishes:
        if book.period is None or wish.day in book.period:
            asked[wish.staff_no] = asked.get(wish.staff_no, 0) + wish.points
    for staff_no, points in asked.items():
        if budget and points > budget:
            nurse = book.nurse(staff_no)
            text = (
                "{nurse} distributes {points} wish points, {budget} are hers for the period; all her points "
                "are scaled down to that, so asking for more gains nothing."
            )
            who = Named(nurse.name, nurse.name_en)
            yield Finding(file, Message(text, nurse=who, points=points, budget=budget), value=staff_no)


def remembered(points: int, balance: float, budget: int) -> int:
    """Give the points that a wish gains for refusals before: none to as many again, rounded half up."""
    most = budget or DOUBLED_AT
    owed = min(max(-balance, 0.0), float(most))
    return int(points * owed / most + 0.5)


def within_budget(points: Sequence[int], budget: int) -> tuple[int, ...]:
    """Bring a nurse's points within the budget, in proportion and whole; every wish keeps one at least.

    Where she has more wishes than points to distribute, each has one, and the sum is above the budget.
    """
    total = sum(points)
    if not budget or total <= budget:
        return tuple(points)
    scaled = [max(1, number * budget // total) for number in points]
    above_one = [i for i, number in enumerate(points) if number * budget >= total]
    by_rest = sorted(above_one, key=lambda i: (-(points[i] * budget % total), i))
    for i in by_rest[: max(budget - sum(scaled), 0)]:
        scaled[i] += 1
    while sum(scaled) > budget and max(scaled) > 1:
        scaled[scaled.index(max(scaled))] -= 1
    return tuple(scaled)
