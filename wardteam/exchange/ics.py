"""Writes a nurse's pocket card as a calendar file with the real moments of her duties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from wardteam.domain.documents import PocketCard, SheetCell
from wardteam.domain.shifts import Segment, Shift
from wardteam.domain.ward import WardSettings
from wardteam.i18n import Language, translator


def calendar_ics(
    card: PocketCard, language: Language, *, settings: WardSettings, shifts: Iterable[Shift]
) -> bytes:
    """Write one event for each stretch of duty; a night after midnight stands on the next date.

    The same card gives the same bytes, and a later version replaces the events of an earlier one,
    because each event's name is made of ward, nurse and date.
    """
    say = translator(language)
    side = 0 if language == "zh" else 1
    calendar = Calendar()
    calendar.add("prodid", "-//wardteam//roster//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    title = say("Roster of {name}", name=card.nurse.name[side] or card.nurse.name[0])
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", settings.time_zone)
    for event in _events(card, side, settings, {shift.code: shift for shift in shifts}):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(
    card: PocketCard, side: int, settings: WardSettings, shifts: Mapping[str, Shift]
) -> Iterator[Event]:
    stamp = card.made_at or datetime.combine(card.period.first, time(), settings.zone)
    ward = (card.ward.name, card.ward.name_en or card.ward.name)[side]
    for day, cell in zip(card.days, card.cells, strict=True):
        shift = shifts.get(cell.code)
        if shift is None:
            continue
        for number, segment in enumerate(_segments(shift, day.day, settings)):
            event = Event()
            event.add("uid", _uid(card, day.day, number))
            event.add("dtstamp", stamp.astimezone(UTC))
            event.add("dtstart", moment(day.day, segment.start_minute, settings).astimezone(UTC))
            event.add("dtend", moment(day.day, segment.end_minute, settings).astimezone(UTC))
            event.add("summary", _summary(cell, shift, side))
            event.add("location", ward)
            event.add("transp", "OPAQUE" if shift.is_duty else "TRANSPARENT")
            yield event


def _uid(card: PocketCard, day: date, number: int) -> str:
    part = f"-{number + 1}" if number else ""
    return f"{card.ward.code}-{card.nurse.staff_no}-{day:%Y%m%d}{part}@wardteam"


def _summary(cell: SheetCell, shift: Shift, side: int) -> str:
    return f"{cell.symbol[side]} {(shift.name, shift.name_en)[side]}"


def _segments(shift: Shift, day: date, settings: WardSettings) -> tuple[Segment, ...]:
    first, last = settings.summer
    at = (day.month, day.day)
    is_summer = first <= at <= last if first <= last else at >= first or at <= last
    return shift.summer_segments if is_summer and shift.summer_segments else shift.segments


def moment(day: date, minute: int, settings: WardSettings) -> datetime:
    """Give the real moment of a shift's minute, which may pass midnight, by the ward's clock."""
    days, within = divmod(minute, 24 * 60)
    clock = time(within // 60, within % 60)
    return datetime.combine(day + timedelta(days=days), clock, settings.zone)
