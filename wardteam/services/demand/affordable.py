"""What a week of demand costs in paid nurse-hours, against the hours that the ward's contracts give."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from wardteam.domain.calendar import Period
from wardteam.domain.hours import standard_minutes
from wardteam.domain.shifts import DayKind
from wardteam.domain.ward import WardBook
from wardteam.errors import Message
from wardteam.services.demand.types import DemandLine, KindProposal, Weekly

DAYS_A_WEEK = {DayKind.WORKDAY: 5, DayKind.WEEKEND: 2}
AHEAD_DAYS = 28
FULL_TIME_HOURS = 40.0
NOW = "Asked for now: {minimum} h at the minimum, {wished} h as wished ({full_time} full-time nurses)."
THEN = "Proposed: {minimum} h at the minimum, {wished} h as wished ({full_time} full-time nurses)."
GIVEN = (
    "The contracts give {hours} h a week ({full_time} full-time nurses) from {first} to {last}, after public "
    "holidays and the paid leave granted so far."
)
NOT_ENOUGH = (
    "The proposed minimum is not affordable: {hours} h a week are missing, {nurses} full-time nurses. Sick "
    "leave comes on top."
)
MINIMUM_ONLY = (
    "The minimum is affordable; for the wished staff {hours} h a week are missing. Sick leave comes on top."
)
ENOUGH = (
    "The wished staff is affordable and leaves {hours} h a week for sick leave, teaching and days in lieu."
)


def weekly(book: WardBook, kinds: Sequence[KindProposal], today: date) -> Weekly:
    """Sum an ordinary week of five workdays and two days of the weekend; a public holiday is none of them."""
    span = book.period or Period(today + timedelta(days=1), today + timedelta(days=AHEAD_DAYS))
    owed = sum(standard_minutes(book, nurse, span) for nurse in book.staff(span.first))
    lines = [(line, DAYS_A_WEEK.get(line.kind, 0)) for kind in kinds for line in kind.lines]
    return Weekly(
        present_minimum=sum(days * _hours(line, line.ask.row.minimum) for line, days in lines),
        present_wished=sum(days * _hours(line, line.ask.row.wished) for line, days in lines),
        proposed_minimum=sum(days * _hours(line, line.minimum) for line, days in lines),
        proposed_wished=sum(days * _hours(line, line.wished) for line, days in lines),
        available=owed / 60 * 7 / len(span),
        span=span,
    )


def _hours(line: DemandLine, number: int) -> float:
    return line.ask.nurses(number) * line.ask.hours


def weekly_words(week: Weekly) -> tuple[Message, ...]:
    """Say what a week costs in hours and in full-time nurses, and whether the contracts give it."""
    now = _figures(week.present_minimum, week.present_wished)
    then = _figures(week.proposed_minimum, week.proposed_wished)
    given = Message(
        GIVEN,
        hours=f"{week.available:.0f}",
        full_time=f"{week.available / FULL_TIME_HOURS:.1f}",
        first=week.span.first.isoformat(),
        last=week.span.last.isoformat(),
    )
    return Message(NOW, **now), Message(THEN, **then), given, _verdict(week)


def _figures(low: float, high: float) -> dict[str, str]:
    nurses = dict.fromkeys(f"{hours / FULL_TIME_HOURS:.1f}" for hours in (low, high))
    full_time = "–".join(nurses)  # a range's own dash
    return {"minimum": f"{low:.0f}", "wished": f"{high:.0f}", "full_time": full_time}


def _verdict(week: Weekly) -> Message:
    if week.proposed_minimum > week.available:
        missing = week.proposed_minimum - week.available
        return Message(NOT_ENOUGH, hours=f"{missing:.0f}", nurses=f"{missing / FULL_TIME_HOURS:.1f}")
    if week.proposed_wished > week.available:
        return Message(MINIMUM_ONLY, hours=f"{week.proposed_wished - week.available:.0f}")
    return Message(ENOUGH, hours=f"{week.available - week.proposed_wished:.0f}")
