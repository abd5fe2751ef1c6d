"""Limits that clash in words: what each rule asks, of whom, on which dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from wardteam.errors import Message
from wardteam_solver.explain.nights import night_notes
from wardteam_solver.explain.rows import Rows
from wardteam_solver.limits import About, Limit
from wardteam_solver.matrix import Matrix
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule
from wardteam_solver.words import nurse_name, where

SPAN = 3
FEW_NURSES = 20
FEW_FACTS = 4


def facts(matrix: Matrix, rows: Rows) -> tuple[Message, ...]:
    """Say each rule's demand once for the nurses or the shift it is about, with all its dates."""
    told = tuple(message for own in _by_rule(matrix, rows) for message in _of_rule(matrix, own))
    return (*told, *night_notes(matrix, rows))


def rows_of_facts(matrix: Matrix, rows: Rows) -> tuple[Rows, ...]:
    """Give the rows behind each demand that `facts` says."""
    return tuple(
        tuple(sorted(group))
        for own in _by_rule(matrix, rows)
        for group in (own if len(own) <= FEW_FACTS else [[row for group in own for row in group]])
    )


def _by_rule(matrix: Matrix, rows: Rows) -> list[list[list[int]]]:
    """Give each rule's groups of rows that are said together."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for row in rows:
        about = matrix.limits[row].about
        rule = int(matrix.rule_of[row])
        key = (rule, about.shift, about.team, about.detail) if not about.nurses else (rule, about.nurses)
        groups.setdefault(key, []).append(row)
    by_rule: dict[int, list[list[int]]] = {}
    for group in _joined(matrix, list(groups.values())):
        by_rule.setdefault(int(matrix.rule_of[group[0]]), []).append(group)
    return list(by_rule.values())


def _of_rule(matrix: Matrix, groups: list[list[int]]) -> list[Message]:
    """Say a rule's demands one by one, or all at once where they are many."""
    if len(groups) <= FEW_FACTS:
        return [_fact(matrix, group) for group in groups]
    rows = [row for group in groups for row in group]
    days = {day for row in rows for day in days_of(matrix.limits[row].about)}
    title = Message(matrix.rules[int(matrix.rule_of[rows[0]])].title)
    text = "“{rule}”, {count} demands ({days})"
    return [Message(text, rule=title, count=len(rows), days=dates(matrix.problem, days))]


def _joined(matrix: Matrix, groups: list[list[int]]) -> list[list[int]]:
    """Join the groups of one rule that are about different nurses on the same dates."""
    joined: dict[tuple[object, ...], list[int]] = {}
    for group in groups:
        limit = matrix.limits[group[0]]
        days = tuple(sorted({d for row in group for d in matrix.limits[row].about.days}))
        key: tuple[object, ...] = (int(matrix.rule_of[group[0]]), days)
        if not limit.about.nurses:
            key = (group[0],)
        joined.setdefault(key, []).extend(group)
    return list(joined.values())


def _fact(matrix: Matrix, rows: list[int]) -> Message:
    problem, rule = matrix.problem, matrix.rules[int(matrix.rule_of[rows[0]])]
    limits = [matrix.limits[row] for row in rows]
    nurses = sorted({n for limit in limits for n in limit.about.nurses})
    days = sorted({d for limit in limits for d in days_of(limit.about)})
    if nurses:
        return _of_nurses(problem, rule, nurses, days)
    return _of_days(problem, rule, limits[0], days)


def _of_nurses(problem: Problem, rule: Rule, nurses: list[int], days: list[int]) -> Message:
    shown = tuple(nurse_name(problem, n) for n in nurses[:FEW_NURSES])
    fields = {"rule": Message(rule.title), "nurses": shown, "days": dates(problem, days)}
    if not days:
        return Message("“{rule}” for {nurses}", rule=Message(rule.title), nurses=shown)
    if len(nurses) > FEW_NURSES:
        return Message(
            "“{rule}” for {nurses} and {more} others ({days})", more=len(nurses) - FEW_NURSES, **fields
        )
    return Message("“{rule}” for {nurses} ({days})", **fields)


def _of_days(problem: Problem, rule: Rule, limit: Limit, days: list[int]) -> Message:
    title, place = Message(rule.title), place_of(problem, limit.about)
    if not days:
        return Message("“{rule}”", rule=title)
    when = dates(problem, days)
    fields = {"rule": title, "where": place, "days": when}
    if place and counts_beds(limit.about):
        return Message("“{rule}”: {where} ({days})", **fields)
    if place and limit.low is not None:
        return Message("“{rule}”: {where} needs at least {low} nurses ({days})", low=limit.low, **fields)
    if place:
        return Message("“{rule}”: {where} takes at most {high} nurses ({days})", high=limit.high, **fields)
    return Message("“{rule}” ({days})", rule=title, days=when)


def counts_beds(about: About) -> bool:
    """Whether a limit counts a team's beds; those of a shift or a stretch of the clock count nurses."""
    return not about.nurses and not about.shift and about.team is not None


def place_of(problem: Problem, about: About) -> object:
    """Give the shift, its team and post, or the stretch of the clock; empty where there is none."""
    if about.shift:
        return where(problem, about)
    if about.team is not None:
        return Message("team {number}", number=about.team)
    return about.detail


def days_of(about: About) -> range | tuple[int, ...]:
    """Give every day that a limit is about: two days apart stand for the span between them."""
    is_span = len(about.days) == 2 and about.days[1] > about.days[0]
    return range(about.days[0], about.days[1] + 1) if is_span else about.days


def dates(problem: Problem, days: Iterable[int]) -> tuple[date | Message, ...]:
    """Give dates one by one, and three or more in a row as a span."""
    runs: list[list[date]] = []
    for day in map(problem.date_of, sorted(set(days))):
        if runs and day == runs[-1][-1] + timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    shown: list[date | Message] = []
    for run in runs:
        shown += run if len(run) < SPAN else [Message("{first} to {last}", first=run[0], last=run[-1])]
    return tuple(shown)
