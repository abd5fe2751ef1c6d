"""Generated wards: fourteen around a hidden valid roster, six with a planted clash, all from seeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np

from wardteam.domain.calendar import Period
from wardteam.domain.defaults import DEFAULT_SHIFTS
from wardteam.domain.roster import CellKey, RosterCell
from wardteam.domain.ward import Ward, WardBook, WardSettings
from wardteam_solver.benchmarks.demands import (
    Cells,
    Tightness,
    demands_of,
    settings_of,
    stays_of,
    wishes_of,
)
from wardteam_solver.benchmarks.hidden import NobodyLeft, hidden_roster
from wardteam_solver.benchmarks.invented import (
    Size,
    make_leaves,
    make_memberships,
    make_nurses,
    make_owners,
    make_restrictions,
    make_rooms,
    make_teams,
)

DRAWS = 20


@dataclass(frozen=True)
class Planted:
    """What a planted clash consists of; a clash that is named must lie within it."""

    kind: str
    rules: frozenset[str]
    staff: frozenset[str]
    days: frozenset[date]


@dataclass(frozen=True)
class GeneratedWard:
    """A ward with its period; `hidden` keeps every hard rule and every minimum unless a clash is planted."""

    name: str
    seed: int
    size: Size
    tightness: Tightness
    book: WardBook
    period: Period
    hidden: Mapping[CellKey, RosterCell]
    locked: Mapping[CellKey, RosterCell] = field(default_factory=dict)
    planted: Planted | None = None


@dataclass(frozen=True)
class Recipe:
    """Size, tightness and period of a ward to generate."""

    size: Size
    tightness: Tightness
    first: date
    days: int


def _recipe(nurses: int, beds: int, teams: int, tightness: Tightness, first: date, days: int) -> Recipe:
    return Recipe(Size(nurses, beds, teams), tightness, first, days)


LOOSE, TIGHT, VERY_TIGHT, HARD = Tightness

RECIPES: tuple[Recipe, ...] = (
    _recipe(30, 35, 3, LOOSE, date(2027, 3, 1), 31),
    _recipe(44, 50, 5, TIGHT, date(2027, 4, 1), 30),
    _recipe(36, 42, 4, VERY_TIGHT, date(2027, 6, 1), 30),
    _recipe(60, 65, 7, TIGHT, date(2027, 9, 1), 30),
    _recipe(52, 58, 6, HARD, date(2027, 2, 1), 28),
    _recipe(33, 39, 3, VERY_TIGHT, date(2027, 5, 3), 28),
    _recipe(40, 48, 4, LOOSE, date(2027, 3, 15), 14),
    _recipe(48, 55, 5, VERY_TIGHT, date(2027, 7, 1), 31),
    _recipe(56, 60, 6, TIGHT, date(2027, 11, 1), 30),
    _recipe(60, 35, 3, TIGHT, date(2027, 8, 2), 35),
    _recipe(45, 65, 5, HARD, date(2027, 10, 11), 28),
    _recipe(38, 52, 4, TIGHT, date(2027, 3, 1), 42),
    _recipe(50, 44, 5, LOOSE, date(2027, 12, 1), 31),
    _recipe(58, 65, 7, VERY_TIGHT, date(2027, 4, 5), 28),
)


def generated_ward(number: int) -> GeneratedWard:
    """Build ward `number`: the recipes in turn, each round from other seeds."""
    return ward_of(RECIPES[number % len(RECIPES)], number)


def ward_of(recipe: Recipe, number: int) -> GeneratedWard:
    """Build a ward by a recipe, from seeds of its number.

    Raises
    ------
    RuntimeError
        If no hidden roster was found in any draw.
    """
    period = Period(recipe.first, recipe.first + timedelta(days=recipe.days - 1))
    for draw in range(DRAWS):
        rng = np.random.default_rng((number, draw))
        bare = _bare(number, recipe, period, rng)
        try:
            cells = hidden_roster(bare, period, rng)
        except NobodyLeft:
            continue
        return _ward(number, recipe, bare, period, cells, rng)
    raise RuntimeError(f"no hidden roster was found for ward {number} in {DRAWS} draws")


def _bare(number: int, recipe: Recipe, period: Period, rng: np.random.Generator) -> WardBook:
    """Give the book without what is asked for."""
    size, on = recipe.size, period.first
    nurses = make_nurses(size, on, rng)
    memberships = make_memberships(nurses, size, on)
    rooms, beds = make_rooms(size, rng)
    return WardBook(
        ward=Ward(f"G{number:02d}", f"示例病区{number + 1}", f"Generated ward {number + 1}"),
        settings=WardSettings(team_count=size.teams),
        nurses=nurses,
        rooms=rooms,
        beds=beds,
        shifts=DEFAULT_SHIFTS,
        teams=make_teams(size),
        memberships=memberships,
        ownerships=make_owners(beds, nurses, memberships, size, on),
        restrictions=make_restrictions(nurses, period, rng),
        leaves=make_leaves(nurses, period, rng),
        period=period,
    )


def _ward(
    number: int, recipe: Recipe, bare: WardBook, period: Period, cells: Cells, rng: np.random.Generator
) -> GeneratedWard:
    is_tight = recipe.tightness in (Tightness.TIGHT, Tightness.VERY_TIGHT)
    hidden = {key: cell for key, cell in cells.items() if key[1] in period}
    book = replace(
        bare,
        demands=demands_of(bare, cells, period, recipe.tightness),
        rule_settings=settings_of(recipe.tightness),
        stays=stays_of(bare, cells, period, is_tight=is_tight, rng=rng),
        wishes=wishes_of(bare, cells, period, rng),
        history={key: cell for key, cell in cells.items() if key[1] < period.first},
    )
    return GeneratedWard(f"ward {number + 1}", number, recipe.size, recipe.tightness, book, period, hidden)
