"""Ways out in words: which cells, days of leave, duties or limits they bend, and by how much."""

from __future__ import annotations

from collections.abc import Mapping

from wardteam.errors import Message
from wardteam_solver.explain.changes import code_of
from wardteam_solver.explain.clash import Step, WayKind
from wardteam_solver.explain.way_prices import fixed_points, unit_points
from wardteam_solver.explain.wording import counts_beds, dates, days_of, place_of
from wardteam_solver.matrix import Matrix
from wardteam_solver.rules.runs import LongestRun
from wardteam_solver.words import nurse_name

Bent = Mapping[int, int]
"""Rows that are missed, each with its units."""


def priced_step(matrix: Matrix, kind: WayKind, bent: Bent) -> tuple[Step, int, int]:
    """Give a change in words with its amount and its price; `bent` is of one rule, or duties to borrow."""
    amount = _amount(matrix, kind, bent)
    rules = tuple(dict.fromkeys(code_of(matrix, row) for row in bent))
    abouts = [matrix.limits[row].about for row in bent]
    cells = [(about.nurses[0], day) for about in abouts if len(about.nurses) == 1 for day in days_of(about)]
    step = Step(kind, _worded(matrix, kind, bent, amount), rules, tuple(dict.fromkeys(cells)))
    return step, amount, fixed_points(kind) + amount * unit_points(kind, rules[0])


def _amount(matrix: Matrix, kind: WayKind, bent: Bent) -> int:
    """Count what is bent: a borrowed nurse is one duty, however many limits ask for her."""
    if kind is not WayKind.BORROW:
        return sum(bent.values())
    return sum(max(bent[row] for row in rows) for rows in _by_place(matrix, bent).values())


def _worded(matrix: Matrix, kind: WayKind, bent: Bent, amount: int) -> Message:
    """Say what the way changes."""
    match kind:
        case WayKind.UNLOCK:
            return Message("Unlock {cells}.", cells=_of_nurses(matrix, bent))
        case WayKind.LIFT_LEAVE:
            return Message("Move the leave of {nurses}.", nurses=_of_nurses(matrix, bent))
        case WayKind.BORROW:
            return Message(
                "Borrow for {amount} duties: {duties}.", amount=amount, duties=_duties(matrix, bent)
            )
        case WayKind.SWITCH_OFF:
            text = "Switch off “{rule}”; it would be missed ({amount})."
            return Message(text, rule=_title(matrix, bent), amount=_measured(matrix, bent, amount))
        case _ if _longest(matrix, bent) is not None:
            text = "Allow more in a row than “{rule}” says: {cases}."
            return Message(text, rule=_title(matrix, bent), cases=_runs(matrix, bent))
        case _:
            measured = _measured(matrix, bent, amount)
            text = "Let “{rule}” be missed ({amount}): {cases}."
            return Message(text, rule=_title(matrix, bent), amount=measured, cases=_cases(matrix, bent))


def _longest(matrix: Matrix, bent: Bent) -> int | None:
    """Give how many in a row the bent rule allows; None where it is about something else."""
    rule = matrix.rules[int(matrix.rule_of[next(iter(bent))])]
    return rule.most if isinstance(rule, LongestRun) and rule.what != "off" else None


def _runs(matrix: Matrix, bent: Bent) -> tuple[Message, ...]:
    """Say each run that is too long once, with its length and dates; overlapping windows are one run."""
    spans: dict[int, list[range]] = {}
    for about in sorted((matrix.limits[row].about for row in bent), key=lambda a: (a.nurses, a.days)):
        own, days = spans.setdefault(about.nurses[0], []), range(about.days[0], about.days[1] + 1)
        if own and days.start <= own[-1].stop:
            days = range(own.pop().start, days.stop)
        own.append(days)
    text = "{nurse} {count} in a row ({days})"
    return tuple(
        Message(text, nurse=nurse_name(matrix.problem, n), count=len(run), days=dates(matrix.problem, run))
        for n, own in spans.items()
        for run in own
    )


def _measured(matrix: Matrix, bent: Bent, amount: int) -> Message:
    """Give the amount in what the rule counts: nurses, beds, hours, or cases of one nurse."""
    abouts = [matrix.limits[row].about for row in bent]
    if abouts[0].unit_minutes:
        minutes = sum(units * about.unit_minutes for units, about in zip(bent.values(), abouts, strict=True))
        return Message("hours: {count}", count=minutes / 60)
    if abouts[0].nurses:
        return Message("times: {count}", count=amount)
    if counts_beds(abouts[0]):
        return Message("beds: {count}", count=amount)
    return Message("nurses: {count}", count=amount)


def _title(matrix: Matrix, bent: Bent) -> Message:
    return Message(matrix.rules[int(matrix.rule_of[next(iter(bent))])].title)


def _of_nurses(matrix: Matrix, bent: Bent) -> tuple[Message, ...]:
    """Say each nurse once, with her dates."""
    by_nurse: dict[int, list[int]] = {}
    for row in bent:
        about = matrix.limits[row].about
        by_nurse.setdefault(about.nurses[0], []).extend(days_of(about))
    return tuple(
        Message("{nurse} ({days})", nurse=nurse_name(matrix.problem, n), days=dates(matrix.problem, days))
        for n, days in by_nurse.items()
    )


def _cases(matrix: Matrix, bent: Bent) -> tuple[Message, ...]:
    told = []
    for row in bent:
        about, problem = matrix.limits[row].about, matrix.problem
        days = dates(problem, days_of(about))
        if len(about.nurses) == 1:
            told.append(Message("{nurse} ({days})", nurse=nurse_name(problem, about.nurses[0]), days=days))
        else:
            told.append(Message("{where} ({days})", where=place_of(problem, about), days=days))
    return tuple(told)


def _by_place(matrix: Matrix, bent: Bent) -> dict[tuple[object, ...], list[int]]:
    places: dict[tuple[object, ...], list[int]] = {}
    for row in bent:
        about = matrix.limits[row].about
        places.setdefault((about.days, about.shift, about.team), []).append(row)
    return places


def _duties(matrix: Matrix, bent: Bent) -> tuple[Message, ...]:
    return tuple(_duty(matrix, rows) for rows in _by_place(matrix, bent).values())


def _duty(matrix: Matrix, rows: list[int]) -> Message:
    abouts = [matrix.limits[row].about for row in rows]
    place, days = place_of(matrix.problem, abouts[0]), dates(matrix.problem, days_of(abouts[0]))
    levels = [about.detail for about in abouts if about.team is None and about.detail]
    if levels:
        return Message("{where}, {level} or above ({days})", where=place, level=levels[0], days=days)
    return Message("{where} ({days})", where=place, days=days)
