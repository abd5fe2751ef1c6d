"""Who could take offered duties, and for which in return: exchanges that keep the rules, ranked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from wardteam.domain.swaps import SwapDuty
from wardteam.services.swap_scene import SwapScene
from wardteam_solver.problem import OFF
from wardteam_solver.trial import CellChoice


@dataclass(frozen=True)
class Proposal:
    """A colleague who could take the offered duties.

    `takes` is what the giver gets in return: nothing, the colleague's duties of the same days, or her
    duties of other days in a row. `price` is the change of the roster's soft cost. `choices` are the
    cells as the engine sees them.
    """

    partner: str
    takes: tuple[SwapDuty, ...]
    price: int
    is_same_team: bool
    is_on_call: bool
    choices: tuple[CellChoice, ...]

    @property
    def rank(self) -> tuple[bool, int, int, str, tuple[date, ...]]:
        """What proposals are ordered by: her own team first, then the price, then fewer cells."""
        days = tuple(duty.day for duty in self.takes)
        return (not self.is_same_team, self.price, len(self.choices), self.partner, days)


def suitable_partners(
    scene: SwapScene, staff_no: str, days: Sequence[date], *, to: Sequence[str] = ()
) -> tuple[Proposal, ...]:
    """Rank every exchange of a nurse's duties that breaks no further hard rule and adds no shortage.

    Parameters
    ----------
    days
        The dates of her offered duties.
    to
        Staff numbers of the colleagues who are asked; everybody where it is empty.
    """
    giver = scene.nurse(staff_no)
    given = tuple(scene.day(day) for day in sorted(days))
    if giver is None or not _may_all_change(scene, giver, given):
        return ()
    found = []
    for partner in scene.problem.everyone:
        if partner != giver and (not to or scene.problem.people[partner].key in to):
            for returned in _returns(scene, giver, partner, given):
                proposal = exchange(scene, giver, partner, given, returned)
                found += [proposal] if proposal is not None else []
    return tuple(sorted(found, key=lambda proposal: proposal.rank))


def exchange(
    scene: SwapScene, giver: int, partner: int, given: tuple[int, ...], returned: tuple[int, ...]
) -> Proposal | None:
    """Give the best way in which two nurses exchange these days; None where each breaks something.

    A duty that holds beds may be taken in another post than the one it was given in.
    """
    both = (giver, partner)
    days = (*given, *returned)
    cells = [(n, d, int(scene.grid[other, d])) for d in days for n, other in (both, both[::-1])]
    tried = []
    for options in product(*(_posts(scene, option) for _, _, option in cells)):
        choices = tuple((n, d, k) for (n, d, _), k in zip(cells, options, strict=True))
        trial = scene.trials.of(choices)
        if trial.is_allowed:
            moved = sum(k != option for (_, _, option), k in zip(cells, options, strict=True))
            tried.append((trial.price, moved, choices))
    if not tried:
        return None
    price, _, choices = min(tried)
    people = scene.problem.people
    partners_duties = [scene.duty(partner, d) for d in (returned or given)]
    return Proposal(
        partner=people[partner].key,
        takes=tuple(duty for duty in partners_duties if duty is not None),
        price=price,
        is_same_team=people[giver].team is not None and people[giver].team == people[partner].team,
        is_on_call=any(_is_on_call(scene, partner, d) for d in given),
        choices=choices,
    )


def _returns(scene: SwapScene, giver: int, partner: int, given: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Give what can be returned for the offered days: nothing beyond them, or as many others in a row."""
    if not _may_all_change(scene, partner, given):
        return
    if all(_shift(scene, partner, d) != _shift(scene, giver, d) for d in given):
        yield ()
    if any(scene.grid[partner, d] != OFF for d in given):
        return
    for first in scene.problem.days:
        window = tuple(range(first, first + len(given)))
        if set(window) & set(given) or not _may_all_change(scene, giver, window):
            continue
        if not _may_all_change(scene, partner, window) or any(scene.grid[giver, d] != OFF for d in window):
            continue
        if all(scene.grid[partner, d] != OFF for d in window):
            yield window


def _may_all_change(scene: SwapScene, nurse: int, days: tuple[int, ...]) -> bool:
    return all(scene.may_change(nurse, day) for day in days)


def _posts(scene: SwapScene, option: int) -> tuple[int, ...]:
    """Give an option with the other posts of its shift; the post it is in comes first."""
    if option == OFF:
        return (OFF,)
    shift = scene.problem.options[option][0]
    others = (k for k, (s, _) in enumerate(scene.problem.options) if s == shift and k != option)
    return (option, *others)


def _shift(scene: SwapScene, nurse: int, day: int) -> int:
    option = int(scene.grid[nurse, day])
    return OFF if option == OFF else scene.problem.options[option][0]


def _is_on_call(scene: SwapScene, nurse: int, day: int) -> bool:
    option = int(scene.grid[nurse, day])
    return option != OFF and option not in scene.problem.duty
