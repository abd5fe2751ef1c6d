"""Counts INRC-II solution files from the raw files alone: nothing of the project is imported here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
Row = list[tuple[str, str] | None]


class Scenario:
    """The scenario, split into words by heading."""

    def __init__(self, text: str) -> None:
        blocks: dict[str, list[list[str]]] = {}
        heading = ""
        for line in text.splitlines():
            if re.match(r"[A-Z_]+( =|$)", line.strip()):
                heading = line.split()[0]
                blocks[heading] = []
            elif line.split():
                blocks[heading].append(line.split())
        self.runs = {shift: pair(bounds) for shift, bounds in blocks["SHIFT_TYPES"]}
        self.banned = {row[0]: row[2:] for row in blocks["FORBIDDEN_SHIFT_TYPES_SUCCESSIONS"]}
        self.contracts = {row[0]: row[1:] for row in blocks["CONTRACTS"]}
        self.nurses = {row[0]: (row[1], row[3:]) for row in blocks["NURSES"]}


def pair(text: str) -> tuple[int, int]:
    least, most = text.strip("()").split(",")
    return int(least), int(most)


def lines_below(text: str, heading: str) -> list[list[str]]:
    """Give the lines behind a heading up to the next empty line or the end."""
    found: list[list[str]] = []
    is_inside = False
    for line in text.splitlines():
        if line.startswith(heading):
            is_inside = True
        elif not line.strip():
            is_inside = is_inside and not found
        elif is_inside:
            found.append(line.split())
    return found


def count(
    scenario_text: str, history: str, weeks: list[str], solutions: list[str]
) -> tuple[list[str], Counter[str]]:
    """Give what is broken and the cost by kind, weeks and solutions in their order."""
    scenario = Scenario(scenario_text)
    roster: dict[str, Row] = {nurse: [None] * (7 * len(weeks)) for nurse in scenario.nurses}
    for place, solution in enumerate(solutions):
        head, number, *_ = solution.splitlines()
        assert (head, number.split()[0]) == ("SOLUTION", str(place))
        rows = lines_below(solution, "ASSIGNMENTS")
        assert f"ASSIGNMENTS = {len(rows)}" in solution
        for nurse, day, shift, skill in rows:
            where = 7 * place + DAYS.index(day)
            assert roster[nurse][where] is None, "two shifts on one day"
            roster[nurse][where] = (shift, skill)
    past = {row[0]: row[1:] for row in lines_below(history, "NURSE_HISTORY")}
    broken: list[str] = []
    cost: Counter[str] = Counter()
    cover(weeks, roster, broken, cost)
    for nurse, row in roster.items():
        of_one_nurse(scenario, nurse, row, past[nurse], broken, cost)
    return broken, cost


def cover(weeks: list[str], roster: Mapping[str, Row], broken: list[str], cost: Counter[str]) -> None:
    for place, week in enumerate(weeks):
        for shift, skill, *wanted in lines_below(week, "REQUIREMENTS"):
            for day, bounds in enumerate(wanted):
                here = sum(row[7 * place + day] == (shift, skill) for row in roster.values())
                least, best = pair(bounds)
                if here < least:
                    broken.append(f"{shift} {skill} {day}")
                cost["cover"] += 30 * max(0, best - here)
        unwanted: dict[tuple[str, int], set[str]] = {}
        for nurse, shift, day in lines_below(week, "SHIFT_OFF_REQUESTS"):
            unwanted.setdefault((nurse, 7 * place + DAYS.index(day)), set()).add(shift)
        for (nurse, day), shifts in unwanted.items():
            cell = roster[nurse][day]
            if cell is not None and ("Any" in shifts or cell[0] in shifts):
                cost["undesired"] += 10


def of_one_nurse(
    scenario: Scenario, nurse: str, row: Row, past: list[str], broken: list[str], cost: Counter[str]
) -> None:
    contract, skills = scenario.nurses[nurse]
    total, work_run, off_run, most_weekends, whole = scenario.contracts[contract]
    assigned, weekends, last, same, working, free = (int(word) if word.isdigit() else word for word in past)
    before = str(last)
    for cell in row:
        if cell is not None and cell[1] not in skills:
            broken.append(f"{nurse} {cell[1]}")
        if cell is not None and cell[0] in scenario.banned.get(before, []):
            broken.append(f"{nurse} {before} then {cell[0]}")
        before = cell[0] if cell is not None else "None"
    is_on = [cell is not None for cell in row]
    cost["work"] += 30 * outside(is_on, pair(work_run), int(working))
    cost["off"] += 30 * outside([not on for on in is_on], pair(off_run), int(free))
    for shift, bounds in scenario.runs.items():
        carried = int(same) if shift == last else 0
        cost["same"] += 15 * outside([c is not None and c[0] == shift for c in row], bounds, carried)
    least, most = pair(total)
    days = int(assigned) + sum(is_on)
    cost["total"] += 20 * (max(0, least - days) + max(0, days - most))
    pairs = [(is_on[d], is_on[d + 1]) for d in range(5, len(row), 7)]
    cost["weekends"] += 30 * max(0, int(weekends) + sum(a or b for a, b in pairs) - int(most_weekends))
    if whole == "1":
        cost["whole"] += 30 * sum(a != b for a, b in pairs)


def outside(holds: list[bool], bounds: tuple[int, int], carried: int) -> int:
    """Count the days by which runs miss a range, one carried in counting with its length."""
    least, most = bounds
    charged, length = 0, carried
    for held in holds:
        if held:
            length += 1
            charged += length > most
        else:
            charged += max(0, least - length) if length else 0
            length = 0
    return charged
