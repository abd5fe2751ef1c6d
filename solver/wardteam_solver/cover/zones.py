"""Zones of beds for straight-through, evening and night staff: neighbouring beds, evenly shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate, permutations

from wardteam.domain.beds import Zone
from wardteam.domain.people import Level
from wardteam_solver.beds.case import BedState

_PERMUTED = 5
"""Up to so many nurses every way of handing out the zones is tried; more take them by level."""


@dataclass(frozen=True)
class ZoneNurse:
    """A nurse on the shift; a supervised one shares a preceptor's zone."""

    staff_no: str
    team: int | None
    level: Level
    is_supervised: bool = False
    is_preceptor: bool = False


def zones(
    day: date,
    shift: str,
    beds: tuple[BedState, ...],
    nurses: Sequence[ZoneNurse],
    teams: Mapping[str, int],
) -> tuple[Zone, ...]:
    """Cut the corridor into one run of beds for each nurse, of workload as even as can be."""
    if not nurses or not beds:
        return ()
    alone = [n for n in nurses if not n.is_supervised] or list(nurses)
    alone = alone[: len(beds)]
    ends = _cuts(tuple(bed.load for bed in beds), len(alone))
    runs = [beds[start:end] for start, end in zip((0, *ends), ends, strict=False)]
    run_of = _hand_out(runs, alone, teams)
    guides = [n for n in alone if n.is_preceptor] or alone
    found = []
    for place, nurse in enumerate(nurses):
        zone = run_of.get(nurse.staff_no) or run_of[guides[place % len(guides)].staff_no]
        found.append(Zone(day, shift, nurse.staff_no, tuple(bed.code for bed in zone)))
    return tuple(found)


@lru_cache(maxsize=512)
def _cuts(loads: tuple[int, ...], parts: int) -> tuple[int, ...]:
    """Give the ends of `parts` runs whose squared loads add up to the least; exact, by recursion on ends."""
    sums = (0, *accumulate(loads))
    best: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for part in range(1, parts + 1):
        best = {
            end: min(
                (cost + (sums[end] - sums[start]) ** 2, (*cuts, end))
                for start, (cost, cuts) in best.items()
                if start < end
            )
            for end in range(part, len(loads) - parts + part + 1)
        }
    return best[len(loads)][1]


def _hand_out(
    runs: Sequence[tuple[BedState, ...]], nurses: Sequence[ZoneNurse], teams: Mapping[str, int]
) -> dict[str, tuple[BedState, ...]]:
    """Give each nurse a run: levels first, then as many beds of her own team as possible."""

    def price(order: Sequence[ZoneNurse]) -> tuple[int, int]:
        pairs = [(bed, nurse) for run, nurse in zip(runs, order, strict=True) for bed in run]
        too_low = sum(bed.minimum_level > nurse.level for bed, nurse in pairs)
        return too_low, -sum(teams.get(bed.code) == nurse.team for bed, nurse in pairs)

    if len(nurses) <= _PERMUTED:
        order: Sequence[ZoneNurse] = min(permutations(nurses), key=price)
    else:
        needs = sorted(range(len(runs)), key=lambda i: -max(bed.minimum_level for bed in runs[i]))
        ranked = sorted(nurses, key=lambda n: -n.level)
        order = [n for _, n in sorted(zip(needs, ranked, strict=True), key=lambda pair: pair[0])]
    return {nurse.staff_no: run for run, nurse in zip(runs, order, strict=True)}
