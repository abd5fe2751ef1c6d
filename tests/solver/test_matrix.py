"""The layout: rows, columns, derived facts, and what the tail turns into constants."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from tests.solver.kit import arrange, grid_of
from wardteam.domain.rules import Severity
from wardteam_solver.limits import About, AnyOf, Fact, Limits, On, at_least, at_most
from wardteam_solver.matrix import OPEN, Matrix, lay_out
from wardteam_solver.problem import Problem
from wardteam_solver.rules import Rule

DAY, EVENING = frozenset({0}), frozenset({2})


@dataclass(frozen=True, kw_only=True)
class Sum(Rule):
    """At most `high` over some terms."""

    terms: tuple[tuple[int, Fact], ...] = ()
    high: int = 0

    def limits(self, problem: Problem) -> Limits:
        yield at_most(self.terms, self.high, About(), cost=3)


def laid(
    *terms: tuple[int, Fact], row: str = "D-", high: int = 0, severity: Severity = Severity.HARD
) -> Matrix:
    problem, _ = arrange(row)
    rule = Sum(code="s", title="s", words="s", terms=terms, high=high, severity=severity, weight=4)
    return lay_out(problem, (rule,))


def activity(matrix: Matrix, *bodies: str) -> list[int]:
    return matrix.activity(matrix.point(grid_of(matrix.problem, bodies))).tolist()


def test_a_row_is_the_sum_of_its_facts() -> None:
    matrix = laid((2, On(0, 0, DAY)), (-1, On(0, 1, DAY | EVENING)))
    assert activity(matrix, "D-") == [2]
    assert activity(matrix, "DP") == [1]
    assert activity(matrix, "-D") == [-1]


def test_the_same_cell_twice_is_added_up_and_nought_leaves_no_entry() -> None:
    matrix = laid((2, On(0, 0, DAY)), (-2, On(0, 0, DAY)), (1, On(0, 1, DAY)))
    assert matrix.entry_column.tolist() == [matrix.column(0, 1, 0)]


def test_any_of_is_one_however_many_hold_and_is_shared() -> None:
    either = AnyOf((On(0, 0, DAY), On(0, 1, DAY)))
    matrix = laid((1, either), (1, either))
    assert len(matrix.parts) == 1
    assert [activity(matrix, row) for row in ("--", "D-", "-D", "DD")] == [[0], [2], [2], [2]]


def test_any_of_one_is_the_fact_itself() -> None:
    assert laid((1, AnyOf((On(0, 1, DAY),)))).parts == ()


def test_the_tail_moves_the_bounds() -> None:
    matrix = laid((1, On(0, -1, DAY)), (1, On(0, 0, DAY)), row="D|-", high=1)
    assert matrix.high.tolist() == [0]
    assert matrix.low.tolist() == [-OPEN]


def test_a_tail_that_makes_any_of_true_settles_it() -> None:
    matrix = laid((1, AnyOf((On(0, -1, DAY), On(0, 0, DAY)))), (1, On(0, 1, DAY)), row="D|--")
    assert matrix.parts == ()
    assert matrix.high.tolist() == [-1]


def test_what_only_the_tail_decides_is_not_asked_where_it_is_hard() -> None:
    term = (1, On(0, -1, DAY))
    assert laid(term, row="D|-").row_count == 0
    assert laid(term, row="D|-", severity=Severity.WARN).row_count == 1


@pytest.mark.parametrize(("severity", "above"), [(Severity.HARD, 1), (Severity.SOFT, 12), (Severity.WARN, 0)])
def test_costs_follow_the_severity(severity: Severity, above: int) -> None:
    assert laid((1, On(0, 0, DAY)), severity=severity).above.tolist() == [above]


def test_a_rule_that_is_off_has_no_rows() -> None:
    assert laid((1, On(0, 0, DAY)), severity=Severity.OFF).rules == ()


def test_costs_are_linear_on_both_sides() -> None:
    matrix = laid((1, On(0, 0, DAY)), severity=Severity.SOFT, high=1)
    assert matrix.costs(np.asarray([3])).tolist() == [24]


@pytest.mark.parametrize("day", [2, -1])
def test_a_fact_beyond_what_is_known_is_refused(day: int) -> None:
    with pytest.raises(ValueError, match=f"day {day}"):
        laid((1, On(0, day, DAY)))


def test_columns_by_cell_and_by_column_agree() -> None:
    either = AnyOf((On(0, 0, DAY), On(0, 1, DAY)))
    matrix = laid((1, either), (5, On(0, 1, EVENING)))
    order, start = matrix.by_column
    column = matrix.column(0, 1, 2)
    entries = order[start[column] : start[column + 1]]
    assert matrix.entry_coefficient[entries].tolist() == [5]
    assert matrix.row_start.tolist() == [0, 2]


def test_the_same_rule_without_limits_makes_an_empty_layout() -> None:
    problem, grid = arrange("D")
    matrix = lay_out(problem, ())
    assert matrix.activity(matrix.point(grid)).tolist() == []
    assert matrix.stage_of_row.tolist() == []
    assert at_least((), 0, About()).low == 0
