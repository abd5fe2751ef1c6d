"""From many clashing rows to few: by kind of rule, then by week, by nurse or day, then row by row."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from wardteam_solver.explain.rows import Deadline, Rows, is_confirmed_clash, settled
from wardteam_solver.explain.wording import rows_of_facts
from wardteam_solver.matrix import Matrix

PROBE_SECONDS = 2.0
SHARE_OF_A_STEP = 0.7
"""Of what is left: the rest stays for confirming, and for trying the facts as they are told."""

Key = Callable[[int], Hashable]
Groups = list[tuple[int, ...]]


def narrowed(matrix: Matrix, rows: Rows, deadline: Deadline) -> tuple[Rows, bool]:
    """Leave out rows as long as the rest clashes; also say whether each fact that is told of them is needed.

    What rests on single solves is confirmed before the next step begins, or taken back. Where the time is
    up before the single rows were tried, the facts are tried one by one, which are far fewer.
    """
    is_minimal = False
    for key in (_by_rule(matrix), _by_week(matrix), _by_person_or_day(matrix), _each):
        fewer, is_minimal = _shrunk(
            matrix, rows, key, Deadline(deadline.left * SHARE_OF_A_STEP, deadline.should_stop)
        )
        if fewer != rows and not is_confirmed_clash(matrix, fewer, max(deadline.left, 1.0)):
            is_minimal = False
            break
        rows = fewer
    return (rows, True) if is_minimal else _by_facts(matrix, rows, deadline)


def _by_facts(matrix: Matrix, rows: Rows, deadline: Deadline) -> tuple[Rows, bool]:
    """Drop the facts that aren't needed; the longest to say go first."""
    groups = sorted(rows_of_facts(matrix, rows), key=len, reverse=True)
    kept, is_minimal = _without_chunks(matrix, groups, 1, deadline)
    fewer = tuple(sorted(row for group in kept for row in group))
    if fewer != rows and not is_confirmed_clash(matrix, fewer, max(deadline.left, 1.0)):
        return rows, False
    return fewer, is_minimal and len(rows_of_facts(matrix, fewer)) <= len(kept)


def _by_rule(matrix: Matrix) -> Key:
    return lambda row: int(matrix.rule_of[row])


def _by_week(matrix: Matrix) -> Key:
    def week(row: int) -> Hashable:
        days = matrix.limits[row].about.days
        return days[0] // 7 if days else -1

    return week


def _by_person_or_day(matrix: Matrix) -> Key:
    def person_or_day(row: int) -> Hashable:
        about = matrix.limits[row].about
        return about.nurses if len(about.nurses) == 1 else about.days[:1]

    return person_or_day


def _each(row: int) -> Hashable:
    return row


def _shrunk(matrix: Matrix, rows: Rows, key: Key, deadline: Deadline) -> tuple[Rows, bool]:
    """Drop groups of rows, large chunks of them first, each by itself at last."""
    by_key: dict[Hashable, list[int]] = {}
    for row in rows:
        by_key.setdefault(key(row), []).append(row)
    groups: Groups = [tuple(group) for group in by_key.values()]
    size, is_minimal = len(groups) // 2, len(groups) == 1
    while size:
        groups, are_needed = _without_chunks(matrix, groups, size, deadline)
        is_minimal = are_needed and size == 1
        size //= 2
    return tuple(sorted(row for group in groups for row in group)), is_minimal


def _without_chunks(matrix: Matrix, groups: Groups, size: int, deadline: Deadline) -> tuple[Groups, bool]:
    """Drop each chunk whose rest still clashes; say whether the rest was possible without each other one."""
    start, are_needed = 0, True
    while start < len(groups):
        if deadline.is_over:
            return groups, False
        rest = groups[:start] + groups[start + size :]
        rows = (row for group in rest for row in group)
        is_possible = settled(matrix, rows, min(PROBE_SECONDS, deadline.left)).is_possible
        if is_possible is False:
            groups = rest
            continue
        are_needed = are_needed and is_possible is True
        start += size
    return groups, are_needed
