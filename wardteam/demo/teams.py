"""Last quarter's five teams, slightly out of balance, and the pairs to keep together or apart."""

from __future__ import annotations

from datetime import date

import numpy as np

from wardteam.demo.cast import WARD_SIZE, load_cast, staff_number
from wardteam.domain.people import Nurse
from wardteam.domain.teams import Membership, Pair, PairKind, Role, Team

QUARTER_START = date(2026, 7, 1)
SIZES = (9, 8, 8, 8, 7)
TEAMS = tuple(
    Team(number, f"责任{numeral}组", f"Team {number}", colour)
    for number, numeral, colour in zip(
        range(1, 6), "一二三四五", ("#2f6f9f", "#3f8f5f", "#a8642a", "#7a5aa6", "#a63f5c"), strict=True
    )
)
PAIRS = tuple(
    Pair(staff_number(first), staff_number(second), kind)
    for first, second, kind in (
        (39, 10, PairKind.TOGETHER),
        (41, 17, PairKind.TOGETHER),
        (21, 22, PairKind.APART),
        (5, 6, PairKind.APART),
    )
)


def make_memberships(nurses: tuple[Nurse, ...], rng: np.random.Generator) -> tuple[Membership, ...]:
    """Put 40 nurses into last quarter's teams; the four who joined since belong to none yet."""
    cast = load_cast()
    joined = {n.staff_no: n.joined or QUARTER_START for n in nurses}
    fixed = {*cast.leaders, *cast.deputies, *cast.newly_joined}
    others = [p for p in range(WARD_SIZE) if p not in fixed]
    places = [team for team, size in enumerate(SIZES) for _ in range(size - 2)]
    placed = {p: places[i] for p, i in zip(others, rng.permutation(len(places)), strict=True)}
    rows = [(p, team, Role.LEADER) for team, p in enumerate(cast.leaders)]
    rows += [(p, team, Role.DEPUTY) for team, p in enumerate(cast.deputies)]
    rows += [(p, team, Role.MEMBER) for p, team in placed.items()]
    return tuple(
        Membership(staff_number(p), team + 1, role, start=max(QUARTER_START, joined[staff_number(p)]))
        for p, team, role in sorted(rows, key=lambda row: (row[1], list(Role).index(row[2]), row[0]))
    )
