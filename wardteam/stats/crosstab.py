"""Tables of r rows and c columns: Pearson, Fisher-Freeman-Halton, the rule between them, and Cramér's V."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

from wardteam.errors import Message, Named
from wardteam.stats import methods
from wardteam.stats.counts import Share
from wardteam.stats.distributions import chi2_tail, noncentral_chi2_bounds
from wardteam.stats.exact_tables import exact_tail, random_tail
from wardteam.stats.proportions import INTERVAL_REASON
from wardteam.stats.results import Estimand, Interval, Result, Unanswerable, check_level, fingerprint
from wardteam.stats.samples import whole_count
from wardteam.stats.tables import choose_test

Name = str | Message | Named
CHOOSE_PEARSON = Message("No expected count is below 1 and at most a fifth are below 5: Pearson's test.")
CHOOSE_EXACT = Message(
    "An expected count is below 1 or more than a fifth are below 5: Fisher-Freeman-Halton test."
)
TOO_SMALL = "A table needs two rows and two columns or more; got {rows} and {columns}."
EMPTY_ROW = "Nobody stands in the row {name}: leave it out or merge it with another."
EMPTY_COLUMN = "Nobody stands in the column {name}: leave it out or merge it with another."
DRAWN = "The table is too large to list all others: P is from {draws} random tables (standard error {error})."


@dataclass(frozen=True)
class Crosstab:
    """Counts by row (group) and column (answer), with their names; `missing` more could not be placed.

    Raises
    ------
    Unanswerable
        If a count is no whole number, or a row or column is all zero.
    """

    rows: tuple[tuple[int, ...], ...]
    row_names: tuple[Name, ...]
    column_names: tuple[Name, ...]
    missing: int = 0

    def __post_init__(self) -> None:
        if {len(row) for row in self.rows} != {len(self.column_names)}:
            raise ValueError(f"every row needs {len(self.column_names)} counts, got {self.rows}")
        if len(self.rows) != len(self.row_names):
            raise ValueError(f"{len(self.rows)} rows stand against {len(self.row_names)} names")
        if min(len(self.rows), len(self.column_names)) < 2:
            shape = {"rows": len(self.rows), "columns": len(self.column_names)}
            raise Unanswerable(Message(TOO_SMALL, **shape))
        for count in (*(c for row in self.rows for c in row), self.missing):
            whole_count(count)
        _refuse_empty(EMPTY_ROW, self.row_names, self.row_totals)
        _refuse_empty(EMPTY_COLUMN, self.column_names, self.column_totals)

    @cached_property
    def row_totals(self) -> tuple[int, ...]:
        """Counts of each row together."""
        return tuple(sum(row) for row in self.rows)

    @cached_property
    def column_totals(self) -> tuple[int, ...]:
        """Counts of each column together."""
        return tuple(sum(column) for column in zip(*self.rows, strict=True))

    @property
    def n(self) -> int:
        """All counts together."""
        return sum(self.row_totals)

    @cached_property
    def expected(self) -> tuple[tuple[float, ...], ...]:
        """The counts that independence would give, row by row."""
        return tuple(tuple(r * c / self.n for c in self.column_totals) for r in self.row_totals)

    @property
    def chi_square(self) -> float:
        """Pearson's statistic."""
        return math.fsum(
            (count - expected) ** 2 / expected
            for row, expectations in zip(self.rows, self.expected, strict=True)
            for count, expected in zip(row, expectations, strict=True)
        )

    @property
    def df(self) -> int:
        """Degrees of freedom of Pearson's statistic."""
        return (len(self.rows) - 1) * (len(self.column_names) - 1)

    def figures(self) -> dict[str, object]:
        """Give the typed figures that the data hash is made from."""
        return {"rows": [[int(c) for c in row] for row in self.rows], "missing": int(self.missing)}


def choose_crosstab_test(table: Crosstab, *, seed: int = 0) -> Result:
    """Run the test that the table asks for; the result says which rule chose it.

    2 x 2 by the rule of two shares; larger: Pearson if no expected count is below 1 and at most a fifth
    below 5 (Cochran 1954), else Fisher-Freeman-Halton. `seed` is for tables too large to be listed.
    """
    if table.df == 1:
        first, second = (Share(row[0], sum(row)) for row in table.rows)
        chosen = choose_test(first, second)
        bare = _bare(table)
        return replace(chosen, n=bare.n, missing=bare.missing, data_hash=bare.data_hash)
    cells = [expected for row in table.expected for expected in row]
    if min(cells) >= 1 and sum(expected < 5 for expected in cells) <= len(cells) / 5:
        return replace(pearson_crosstab(table), reason=CHOOSE_PEARSON)
    return replace(freeman_halton(table, seed=seed), reason=CHOOSE_EXACT)


def pearson_crosstab(table: Crosstab) -> Result:
    """Test independence of rows and columns with Pearson's chi-square, (r - 1)(c - 1) df."""
    chi2 = table.chi_square
    return replace(_bare(table), statistic=chi2, df=(float(table.df),), p=chi2_tail(chi2, table.df))


def freeman_halton(table: Crosstab, *, seed: int = 0, draws: int = 20_000) -> Result:
    """Test independence exactly: the probability of all tables no likelier than this one.

    Freeman and Halton (1951), as R's fisher.test. Where there are too many tables to list, P is
    (k + 1) / (draws + 1) from seeded random tables of the same margins, and a warning names its error.
    """
    exact = exact_tail(table.rows)
    if exact is not None:
        return replace(_bare(table), method=methods.FREEMAN_HALTON, p=exact)
    p = random_tail(table.rows, draws=draws, seed=seed)
    error = math.sqrt(p * (1 - p) / draws)
    warning = Message(DRAWN, draws=draws, error=f"{error:.4f}")
    return replace(_bare(table), method=methods.FREEMAN_HALTON_DRAWN, p=p, warnings=(warning,))


def cramers_v(table: Crosstab, *, level: float = 0.95) -> Result:
    """Give V = sqrt(chi² / (n (k - 1))), k the lesser of rows and columns (Cramér 1946).

    The interval turns the bounds of the noncentrality of chi-square into V (Steiger 2004); it is two-sided,
    so that it holds 0 where Pearson's test has P above (1 - level) / 2.
    """
    check_level(level)
    scale = table.n * (min(len(table.rows), len(table.column_names)) - 1)
    bounds = noncentral_chi2_bounds(table.chi_square, table.df, level)
    low, high = (min(1.0, math.sqrt(bound / scale)) for bound in bounds)
    return replace(
        _bare(table),
        method=methods.CRAMERS_V,
        estimand=Estimand.CRAMERS_V,
        estimate=math.sqrt(table.chi_square / scale),
        interval=Interval(low, high, level),
        reason=INTERVAL_REASON,
    )


def _bare(table: Crosstab) -> Result:
    return Result(
        method=methods.PEARSON,
        n=table.row_totals,
        missing=(table.missing,),
        reason=Message("Shown beside the chosen test."),
        data_hash=fingerprint(table=table.figures()),
    )


def _refuse_empty(sentence: str, names: tuple[Name, ...], totals: tuple[int, ...]) -> None:
    for name, total in zip(names, totals, strict=True):
        if total == 0:
            raise Unanswerable(Message(sentence, name=name))
