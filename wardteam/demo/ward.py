"""The demo ward's book: everything a ward would have in its workbook, invented, from one seed."""

from __future__ import annotations

import numpy as np

from wardteam.demo.cast import PERIOD, TAIL
from wardteam.demo.dates import make_calendar
from wardteam.demo.history import make_history
from wardteam.demo.leaves import make_leaves, make_tail_leaves
from wardteam.demo.people import make_people, make_restrictions
from wardteam.demo.rooms import make_rooms, make_stays
from wardteam.demo.teams import PAIRS, TEAMS, make_memberships
from wardteam.demo.wishes import make_wishes
from wardteam.domain.defaults import DEFAULT_DEMANDS, DEFAULT_SHIFTS
from wardteam.domain.people import Nurse, StaffKind
from wardteam.domain.roster import CellKey, RosterCell
from wardteam.domain.ward import Ward, WardBook, WardSettings

WARD = Ward(
    code="demo",
    name="呼吸内科一病区",
    name_en="Respiratory Medicine, Ward 1",
    hospital="示范医院（虚构）",
    hospital_en="Demonstration Hospital (invented)",
)
MEASURES = ("nights", "evenings", "weekends", "wishes")


def demo_ward(seed: int = 7) -> WardBook:
    """Make the ward's book for December 2026 as it stands on 23 November; equal for an equal seed."""
    return ward_and_weeks(seed)[0]


def ward_and_weeks(seed: int) -> tuple[WardBook, dict[CellKey, RosterCell]]:
    """Make the ward's book, and the roster of the last five weeks from which its history is taken."""
    rng = np.random.default_rng(seed)
    settings = WardSettings(feedback_url="https://example.org/feedback/demo")
    calendar = make_calendar()
    people = make_people(rng)
    nurses = tuple(n for n in people if n.kind is StaffKind.WARD)
    restrictions = make_restrictions(nurses)
    rooms, beds = make_rooms()
    memberships = make_memberships(nurses, rng)
    leaves = make_leaves(calendar, rng)
    past = (*leaves, *make_tail_leaves(calendar, rng))
    stays, wishes = make_stays(beds, settings.zone, rng), make_wishes(leaves, rng)
    weeks = make_history(nurses, memberships, restrictions, past, calendar, rng)
    book = WardBook(
        ward=WARD,
        settings=settings,
        nurses=people,
        rooms=rooms,
        beds=beds,
        stays=stays,
        shifts=DEFAULT_SHIFTS,
        demands=DEFAULT_DEMANDS,
        leaves=leaves,
        wishes=wishes,
        restrictions=restrictions,
        pairs=PAIRS,
        teams=TEAMS,
        memberships=memberships,
        calendar=calendar,
        history={key: cell for key, cell in weeks.items() if key[1] in TAIL},
        balances=_balances(nurses, rng),
        period=PERIOD,
    )
    return book, weeks


def _balances(nurses: tuple[Nurse, ...], rng: np.random.Generator) -> dict[str, dict[str, int]]:
    """Carry over small balances that sum to zero over the ward."""
    half = [1, 1, 1, 1, 1, 2, 2] + [0] * 8
    values = np.array([*half, *(-v for v in half), *([0] * (len(nurses) - 2 * len(half)))])
    return {
        measure: {n.staff_no: int(v) for n, v in zip(nurses, rng.permutation(values), strict=True)}
        for measure in MEASURES
    }
