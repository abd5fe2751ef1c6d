"""Nights that clash with leave: on which date the night of the day before is really worked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from wardteam.errors import Message
from wardteam_solver.explain.rows import Rows
from wardteam_solver.limits import Limit, On
from wardteam_solver.matrix import Matrix
from wardteam_solver.problem import Problem
from wardteam_solver.words import shift_name


def night_notes(matrix: Matrix, rows: Rows) -> tuple[Message, ...]:
    """Say of each night that clashes with leave on the next date when it is worked."""
    away = {d for row in rows if _is_leave(matrix, row) for d in matrix.limits[row].about.days}
    nights = dict.fromkeys(
        night
        for row in rows
        if not _is_leave(matrix, row)
        for night in _nights(matrix.problem, matrix.limits[row])
    )
    return tuple(_note(matrix.problem, day, code) for day, code in nights if day + 1 in away)


def _is_leave(matrix: Matrix, row: int) -> bool:
    return matrix.rules[int(matrix.rule_of[row])].code == "leave"


def _nights(problem: Problem, limit: Limit) -> Iterator[tuple[int, str]]:
    """Give the day and shift of each night that the limit itself is about."""
    for _, fact in limit.terms:
        if isinstance(fact, On) and fact.day in limit.about.days and fact.options <= problem.overnight:
            for option in sorted(fact.options):
                yield fact.day, problem.shift_of(option).code


def _note(problem: Problem, day: int, code: str) -> Message:
    segments = next(shift.segments for shift in problem.shifts if shift.code == code)
    (start, _), (_, end) = segments[0], segments[-1]
    date = problem.date_of(day)
    fields = {"shift": shift_name(problem, code), "day": date, "next": date + timedelta(days=1)}
    if start < 1440:
        return Message("{shift} of {day} lasts until {end} on {next}", end=_clock(end), **fields)
    text = "{shift} of {day} is worked on {next} ({start}-{end})"
    return Message(text, start=_clock(start), end=_clock(end), **fields)


def _clock(minute: int) -> str:
    return f"{minute % 1440 // 60:02d}:{minute % 60:02d}"
