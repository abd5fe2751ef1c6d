"""What a roster can't be planned from, all named at once before any solve; else the engine's problem."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from wardteam.domain.calendar import Period
from wardteam.domain.roster import CellKey, RosterCell
from wardteam.domain.shifts import LeaveKind
from wardteam.domain.ward import WardBook
from wardteam.errors import BadInput, Finding, Message, Named
from wardteam.services.day_demands import asked_in_all, demands_on
from wardteam.services.problem import build_problem, rostered
from wardteam_solver.problem import Problem
from wardteam_solver.rules import Rule, configured, setting_problems

LEAST_DAYS, MOST_DAYS = 7, 42
MOST_NURSES = 400
"""Far above any ward; twice the largest that is measured."""


def problem_to_plan(
    book: WardBook,
    period: Period,
    *,
    seconds: float,
    workers: int = 1,
    locked: Mapping[CellKey, RosterCell] | None = None,
) -> Problem:
    """Lay out a ward's period for the engine, once everything is fit for it.

    Raises
    ------
    BadInput
        With every finding: a time limit, number of threads or period out of range; a ward that is empty,
        huge or without teams; numbers of nurses that contradict each other; settings of rules that don't
        exist or can't be; locks of unknown people, dates or shifts.
    """
    locked = locked or {}
    findings = [
        *(Finding(book.ward.code, problem) for problem in _of_run(period, seconds, workers)),
        *(Finding(book.ward.code, problem) for problem in _of_ward(book, period)),
        *_of_demands(book, period),
        *_of_settings(book),
        *_of_locks(book, period, locked),
    ]
    if findings:
        raise BadInput(tuple(findings))
    problem = build_problem(book, period, locked=locked)
    unfit = tuple(_of_limits(book, problem))
    if unfit:
        raise BadInput(unfit)
    return problem


def _of_run(period: Period, seconds: float, workers: int) -> Iterator[Message]:
    if not LEAST_DAYS <= len(period) <= MOST_DAYS:
        text = "A roster covers {least} to {most} days; {first} to {last} are {days}."
        fields = {"first": period.first, "last": period.last, "days": len(period)}
        yield Message(text, least=LEAST_DAYS, most=MOST_DAYS, **fields)
    if not (math.isfinite(seconds) and seconds > 0):
        yield Message("The time limit must be above 0 seconds.")
    if workers < 1:
        yield Message("At least one thread is needed, got {workers}.", workers=workers)


def _of_ward(book: WardBook, period: Period) -> Iterator[Message]:
    nurses = rostered(book, period)
    if not nurses:
        yield Message("The ward has no nurses in this period.")
    if len(nurses) > MOST_NURSES:
        text = "The ward has {count} nurses; a roster is made for at most {most}. Divide it into wards."
        yield Message(text, count=len(nurses), most=MOST_NURSES)
    if not any(shift.is_duty for shift in book.shifts):
        yield Message("The ward has no shifts.")
    if not book.demands:
        yield Message("The ward asks for no staff on any shift.")
    if nurses and not any(book.membership(n.staff_no, period.first) for n in nurses):
        yield Message("No nurse is in a team yet; make the teams first.")


def _of_demands(book: WardBook, period: Period) -> Iterator[Finding]:
    """Find where the teams' minima together pass what the whole shift takes; each shift is named once."""
    codes = {shift.code for shift in book.shifts}
    for code in sorted({demand.shift for demand in book.demands} - codes):
        yield Finding(
            book.ward.code, Message("Staff is asked for on a shift that doesn't exist."), value=code
        )
    teams = len({m.team for m in book.memberships if m.holds(period.first)})
    told: set[str] = set()
    for day in period:
        asked = [demand for demand in demands_on(book, day) if demand.shift in codes]
        for shift in {demand.shift for demand in asked} - told:
            own = [demand for demand in asked if demand.shift == shift]
            most = min((d.maximum for d in own if not d.per_team and d.maximum is not None), default=None)
            least = sum(d.minimum * times for d, times in asked_in_all(own, teams) if d.per_team)
            if most is not None and least > most:
                told.add(shift)
                text = "The teams' posts need {least} nurses on {shift}, but it takes at most {most} ({day})."
                name = Named(book.shift(shift).name, book.shift(shift).name_en)
                yield Finding(book.ward.code, Message(text, least=least, shift=name, most=most, day=day))


def _of_settings(book: WardBook) -> Iterator[Finding]:
    for setting in book.rule_settings:
        for problem in setting_problems(setting):
            yield Finding(book.ward.code, problem, value=setting.rule)


def _of_locks(book: WardBook, period: Period, locked: Mapping[CellKey, RosterCell]) -> Iterator[Finding]:
    staff = {nurse.staff_no for nurse in book.nurses}
    codes = {shift.code for shift in book.shifts} | {kind.value for kind in LeaveKind}
    for (staff_no, day), cell in sorted(locked.items()):
        where = Message("the locked cell of {staff_no} on {day}", staff_no=staff_no, day=day)
        if staff_no not in staff:
            text = "There is no such nurse: {where}. Unlock it."
            yield Finding(book.ward.code, Message(text, where=where), value=staff_no)
        if day not in period:
            text = "The date lies outside {first} to {last}: {where}. Unlock it."
            problem = Message(text, first=period.first, last=period.last, where=where)
            yield Finding(book.ward.code, problem, value=day.isoformat())
        if cell.code not in codes:
            text = "There is no such shift or leave: {where}. Unlock it."
            yield Finding(book.ward.code, Message(text, where=where), value=cell.code)


def _of_limits(book: WardBook, problem: Problem) -> Iterator[Finding]:
    """Find settings whose values look right, but from which no limit can be made, such as a shift's name."""
    changed = {setting.rule: setting for setting in book.rule_settings if setting.parameters}
    for rule in configured(book.rule_settings):
        if rule.code in changed and not _lists_limits(rule, problem):
            shown = tuple(f"{name} = {value}" for name, value in changed[rule.code].parameters.items())
            text = "“{rule}” can't be laid out with {parameters}."
            told = Message(text, rule=Message(rule.title), parameters=shown)
            yield Finding(book.ward.code, told, value=rule.code)


def _lists_limits(rule: Rule, problem: Problem) -> bool:
    try:
        for _ in rule.limits(problem):
            pass
    except (ValueError, KeyError, IndexError, ZeroDivisionError):
        return False
    return True
