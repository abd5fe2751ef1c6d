"""Reads an event as it is typed: `W012:2026-12-05/NIGHT..2026-12-07`, `2026-12-05:DAY/3:+2`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wardteam.domain.shifts import LeaveKind
from wardteam.domain.ward import WardBook
from wardteam.errors import BadInput, Finding, Message
from wardteam.services.repair_events import Absence, RepairEvent, Resignation, Surge

ABSENT, SURGE, RESIGNED = "--absent", "--surge", "--resigned"
DATE = Message("A date such as 2026-12-01 was expected.")


def read_event(
    book: WardBook,
    *,
    absent: Iterable[str] = (),
    surge: Iterable[str] = (),
    resigned: Iterable[str] = (),
    kind: LeaveKind = LeaveKind.SICK,
    today: date,
) -> RepairEvent:
    """Read what was typed; an absence without dates is for today.

    Raises
    ------
    BadInput
        With every part that can't be read.
    """
    reader = _Reader(book, kind, today)
    event = RepairEvent(
        absences=tuple(one for one in map(reader.absence, absent) if one is not None),
        surges=tuple(one for one in map(reader.surge, surge) if one is not None),
        resignations=tuple(one for one in map(reader.resignation, resigned) if one is not None),
    )
    if reader.findings:
        raise BadInput(tuple(reader.findings))
    return event


class _Reader:
    """Reads part by part and collects what is wrong."""

    def __init__(self, book: WardBook, kind: LeaveKind, today: date) -> None:
        self.book, self.kind, self.today = book, kind, today
        self.findings: list[Finding] = []

    def absence(self, text: str) -> Absence | None:
        """Read `WHO[:FROM[/SHIFT][..TO]]`."""
        who, _, span = text.partition(":")
        start, _, end = span.partition("..")
        first_text, _, shift_text = start.partition("/")
        staff_no = self._nurse(ABSENT, who)
        first = self._day(ABSENT, first_text) if first_text.strip() else self.today
        last = self._day(ABSENT, end) if end.strip() else first
        shift = self._shift(ABSENT, shift_text) if shift_text.strip() else ""
        if staff_no is None or first is None or last is None or shift is None:
            return None
        return Absence(staff_no, first, last, shift, self.kind)

    def surge(self, text: str) -> Surge | None:
        """Read `DAY:SHIFT[/TEAM]:+N`."""
        parts = text.split(":")
        if len(parts) != 3 or not parts[2].strip().lstrip("+").isdecimal():
            problem = Message("A surge such as 2026-12-05:EVENING:+1 was expected.")
            self.findings.append(Finding(SURGE, problem, value=text))
            return None
        shift_text, _, team = parts[1].partition("/")
        day, shift = self._day(SURGE, parts[0]), self._shift(SURGE, shift_text)
        if team and not team.strip().isdecimal():
            numbers = tuple(team.number for team in self.book.teams)
            problem = Message("One of these teams was expected: {numbers}", numbers=numbers)
            self.findings.append(Finding(SURGE, problem, value=team))
            return None
        if day is None or shift is None:
            return None
        return Surge(day, shift, int(parts[2].strip().lstrip("+")), int(team) if team else None)

    def resignation(self, text: str) -> Resignation | None:
        """Read `WHO:DAY`."""
        who, _, day_text = text.partition(":")
        staff_no, day = self._nurse(RESIGNED, who), self._day(RESIGNED, day_text)
        return None if staff_no is None or day is None else Resignation(staff_no, day)

    def _nurse(self, place: str, text: str) -> str | None:
        """Find a nurse by her staff number, else by a name that only one has."""
        meant = text.strip()
        if any(nurse.staff_no == meant for nurse in self.book.nurses):
            return meant
        named = [n.staff_no for n in self.book.nurses if meant in (n.name, n.name_en)]
        if len(named) == 1:
            return named[0]
        problem = Message("There is no such nurse in the ward.")
        if named:
            problem = Message("Several are called so; one of {numbers} was expected.", numbers=tuple(named))
        self.findings.append(Finding(place, problem, value=text))
        return None

    def _day(self, place: str, text: str) -> date | None:
        try:
            return date.fromisoformat(text.strip())
        except ValueError:
            self.findings.append(Finding(place, DATE, value=text))
            return None

    def _shift(self, place: str, text: str) -> str | None:
        """Find a shift by its code, its symbol or its name."""
        meant = text.strip()
        for shift in self.book.shifts:
            if meant in (shift.code, shift.symbol, shift.symbol_en, shift.name, shift.name_en):
                return shift.code
        codes = tuple(sorted(shift.code for shift in self.book.shifts))
        problem = Message("One of these shifts was expected: {codes}", codes=codes)
        self.findings.append(Finding(place, problem, value=text))
        return None
