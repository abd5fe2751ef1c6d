"""Counts a shift scheduling roster from the raw files alone: nothing of the project is imported here."""

from __future__ import annotations

from itertools import pairwise


def sections_of(text: str) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith("SECTION_"):
            name = line.strip()
            found[name] = []
        elif line.strip() and not line.startswith("#"):
            found[name].append(line.strip().split(","))
    return found


def count(instance: str, csv: str) -> tuple[list[str], int]:
    """Give what is broken (a word a breach) and the objective of a roster file."""
    parts = sections_of(instance)
    days = int(parts["SECTION_HORIZON"][0][0])
    staff = [row[0] for row in parts["SECTION_STAFF"]]
    rows = [line.split(",") for line in csv.splitlines()]
    assert len(rows) == len(staff)
    assert all(len(row) == days for row in rows)
    roster = dict(zip(staff, rows, strict=True))
    broken = []
    for row in parts["SECTION_STAFF"]:
        broken += breaches(parts, row, roster[row[0]])
    for who, *off in parts["SECTION_DAYS_OFF"]:
        broken += [f"{who} works on day off {day}" for day in off if roster[who][int(day)]]
    return broken, objective(parts, roster, days)


def breaches(parts: dict[str, list[list[str]]], employee: list[str], row: list[str]) -> list[str]:
    who, caps, *numbers = employee
    most_minutes, least_minutes, longest, shortest, shortest_off, weekends = map(int, numbers)
    shifts = {shift[0]: (int(shift[1]), shift[2].split("|")) for shift in parts["SECTION_SHIFTS"]}
    allowed = dict(cap.split("=") for cap in caps.split("|"))
    broken = [f"{who} too many {code}" for code in shifts if row.count(code) > int(allowed.get(code, 0))]
    minutes = sum(shifts[code][0] for code in row if code)
    if not least_minutes <= minutes <= most_minutes:
        broken.append(f"{who} minutes {minutes}")
    for before, after in pairwise(row):
        if before and after and after in shifts[before][1]:
            broken.append(f"{who} {before} then {after}")
    for is_work, first, last in runs(row):
        length = last - first + 1
        touches = first == 0 or last == len(row) - 1
        if is_work and length > longest:
            broken.append(f"{who} works {length} days")
        if not touches and length < (shortest if is_work else shortest_off):
            broken.append(f"{who} run of {length}")
    worked = {day // 7 for day, code in enumerate(row) if code and day % 7 in (5, 6)}
    if len(worked) > weekends:
        broken.append(f"{who} weekends {len(worked)}")
    return broken


def runs(row: list[str]) -> list[tuple[bool, int, int]]:
    """Give every run as (is work, first day, last day)."""
    found: list[tuple[bool, int, int]] = []
    for day, code in enumerate(row):
        if found and found[-1][0] == bool(code):
            found[-1] = (bool(code), found[-1][1], day)
        else:
            found.append((bool(code), day, day))
    return found


def objective(parts: dict[str, list[list[str]]], roster: dict[str, list[str]], days: int) -> int:
    cost = 0
    for who, day, code, weight in parts["SECTION_SHIFT_ON_REQUESTS"]:
        if roster[who][int(day)] != code:
            cost += int(weight)
    for who, day, code, weight in parts["SECTION_SHIFT_OFF_REQUESTS"]:
        if roster[who][int(day)] == code:
            cost += int(weight)
    for day, code, wanted, below, above in parts["SECTION_COVER"]:
        here = sum(row[int(day)] == code for row in roster.values())
        cost += int(below) * max(0, int(wanted) - here) + int(above) * max(0, here - int(wanted))
    return cost
