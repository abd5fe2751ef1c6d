"""What has to be said beside a proposal: how sure it is, what it takes for granted, what it can't say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wardteam.domain.ward import WardBook
from wardteam.errors import Message, Named
from wardteam.services.demand.asked import ShiftAsk
from wardteam.services.demand.assumptions import USUAL_CALL_MINUTES
from wardteam.services.demand.evidence import Measured, Weeks
from wardteam.services.demand.needs import clock, uncovered_hours
from wardteam.services.demand.staffing import Staffed

FAR_APART = 0.05
THIN = "Only {days} days of this kind stand behind these figures; look before you accept them."
UNCOVERED = "No shift covers {hours}: calls at these hours are not in the proposal."
OWN_ROWS = (
    "{shift} has lines of demand by weekday or date. They go before the line of the kind of day, and are not "
    "touched here."
)
MODEL = (
    "A check of the model: with the staff who were in fact there, {told} of the calls would have waited "
    "longer than {minutes} minutes for a free nurse; by the log {seen} of {n} answered calls did."
)
DOESN_T_FIT = Message(
    "The two lie apart. The model counts only waiting for a free nurse: the walk, a bell not heard, or a "
    "nurse who leaves the calls of others' beds alone are not in it. More nurses shorten only what it counts."
)
FROM_LOG = (
    "A call keeps a nurse {minutes} minutes on average (95% CI {low} to {high}), from arrival to leaving by "
    "the log."
)
TOO_LONG = "{count} calls of more than an hour are left out of this mean; they count as calls."
GIVEN = "A call keeps a nurse {minutes} minutes on average: this is taken for granted, not from the log."
FEWER = Message(
    "Where fewer are proposed than are asked for now: continuity at the beds, teaching and cover of sick "
    "leave are not in the need. Such lines are not ticked beforehand."
)
LIMITS = (
    Message(
        "Taken for granted: calls come by chance within an hour, every nurse on duty goes to any call, calls "
        "go before planned care, and no piece of care is broken off."
    ),
    Message(
        "Not in it: admissions, operations and emergencies beyond what calls and grades show, and what one "
        "nurse can do and another can't; the rules of the roster ask for levels and pairs besides."
    ),
    Message(
        "The hours of planned care by nursing grade, and the shares of evening and night, are the ward's own "
        "settings and not measured; try others and see how far the proposal moves."
    ),
)


def kind_notes(
    book: WardBook,
    asks: Sequence[ShiftAsk],
    seen: Measured,
    worked: Staffed | None,
    observed: tuple[float, int] | None,
) -> tuple[Message, ...]:
    """Give what one kind of day has to have said beside it."""
    return tuple(_of_kind(book, asks, seen, worked, observed))


def general_notes(weeks: Weeks, *, knows_calls: bool, asks_fewer: bool) -> tuple[Message, ...]:
    """Give what holds for the whole proposal."""
    return (*((FEWER,) if asks_fewer else ()), *_of_model(weeks, knows_calls=knows_calls))


def _of_model(weeks: Weeks, *, knows_calls: bool) -> tuple[Message, ...]:
    if not knows_calls:
        return LIMITS[1:]
    if weeks.knows_minutes:
        long = (Message(TOO_LONG, count=weeks.too_long),) if weeks.too_long else ()
        return (*long, *LIMITS)
    minutes = weeks.assumed.call_minutes or USUAL_CALL_MINUTES
    return (Message(GIVEN, minutes=f"{minutes:g}"), *LIMITS)


def _of_kind(
    book: WardBook,
    asks: Sequence[ShiftAsk],
    seen: Measured,
    worked: Staffed | None,
    observed: tuple[float, int] | None,
) -> Iterator[Message]:
    calls = seen.calls
    if calls is not None and calls.is_thin:
        yield Message(THIN, days=calls.days)
    bare = uncovered_hours(asks)
    if bare:
        yield Message(UNCOVERED, hours=tuple(clock(hour) for hour in bare))
    for ask in asks:
        if any(d.shift == ask.shift.code and (d.days or d.weekdays) for d in book.demands):
            yield Message(OWN_ROWS, shift=Named(ask.shift.name, ask.shift.name_en))
    if calls is None:
        return
    yield calls.reason
    if calls.call_minutes.high > calls.call_minutes.low:
        ends = calls.call_minutes
        yield Message(
            FROM_LOG, minutes=f"{calls.mean_minutes:.1f}", low=f"{ends.low:.1f}", high=f"{ends.high:.1f}"
        )
    if worked is not None and worked.overall is not None and observed is not None:
        yield Message(
            MODEL,
            told=f"{100 * worked.overall:.1f}%",
            minutes=f"{seen.assumed.target_minutes:g}",
            seen=f"{100 * observed[0]:.1f}%",
            n=observed[1],
        )
        if abs(worked.overall - observed[0]) > FAR_APART:
            yield DOESN_T_FIT
