"""The repair page's form: what was asked in the address, and an option's cells as a press sends them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict

from wardteam.domain.roster import CellKey, RosterCell
from wardteam.domain.shifts import LeaveKind, Post
from wardteam.domain.ward import WardBook
from wardteam.services.repair_effects import Option
from wardteam.services.repair_events import RepairEvent

ROWS = 3
"""How many nurses can be off at once on the page; the first row is always shown."""

CellMap = Mapping[CellKey, RosterCell]


@dataclass(frozen=True)
class Asked:
    """What the address asks, as `read_event` reads it."""

    absent: tuple[str, ...]
    surge: tuple[str, ...]
    resigned: tuple[str, ...]
    kind: LeaveKind
    unlock: bool
    unfreeze: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked yet."""
        return not (self.absent or self.surge or self.resigned)


def read_asked(values: MultiDict[str, str]) -> Asked:
    """Read the fields of the form; rows without a nurse count for nothing."""
    rows = zip(*(values.getlist(name) for name in ("who", "first", "last", "shift")), strict=False)
    absent = [_absence(*(part.strip() for part in row)) for row in rows if row[0].strip()]
    surge_day, surge_shift = values.get("surge_day", "").strip(), values.get("surge_shift", "").strip()
    more = values.get("surge_more", "").strip() or "1"
    team = values.get("surge_team", "").strip()
    where = f"{surge_shift}/{team}" if team else surge_shift
    left, left_day = values.get("left", "").strip(), values.get("left_day", "").strip()
    kind = values.get("kind", "")
    return Asked(
        absent=(*absent, *values.getlist("absent")),
        surge=(*([f"{surge_day}:{where}:+{more}"] if surge_day else []), *values.getlist("surge")),
        resigned=(*([f"{left}:{left_day}"] if left else []), *values.getlist("resigned")),
        kind=LeaveKind(kind) if kind in set(LeaveKind) else LeaveKind.SICK,
        unlock="unlock" in values,
        unfreeze="unfreeze" in values,
    )


def _absence(who: str, first: str, last: str, shift: str) -> str:
    start = f"{first}/{shift}" if shift and first else first
    return f"{who}:{start}..{last}" if last else f"{who}:{start}"


def sent_again(event: RepairEvent) -> dict[str, list[str]]:
    """Give an event as hidden fields that `read_asked` reads back."""
    return {
        "absent": [f"{a.staff_no}:{a.first}..{a.last}" for a in event.absences],
        "surge": [
            f"{s.day}:{s.shift}{'' if s.team is None else f'/{s.team}'}:+{s.more}" for s in event.surges
        ],
        "resigned": [f"{r.staff_no}:{r.day}" for r in event.resignations],
    }


def cells_sent(option: Option) -> list[str]:
    """Give an option's cells, each with what it was, as values of hidden fields."""
    return [
        json.dumps([who, day.isoformat(), _plain(option.expected[who, day]), _plain(cell)])
        for (who, day), cell in sorted(option.cells.items())
    ]


def _plain(cell: RosterCell | None) -> list[object] | None:
    return None if cell is None else [cell.code, cell.post.value, cell.is_locked, cell.team]


def read_cells(book: WardBook, sent: Iterable[str]) -> tuple[CellMap, Mapping[CellKey, RosterCell | None]]:
    """Read the cells back: the new ones, and what they were.

    Raises
    ------
    ValueError
        Where a value was not made by `cells_sent`, or names a shift or nurse that isn't there.
    """
    staff = {nurse.staff_no for nurse in book.nurses}
    codes = {shift.code for shift in book.shifts} | {kind.value for kind in LeaveKind}
    new: dict[CellKey, RosterCell] = {}
    old: dict[CellKey, RosterCell | None] = {}
    for text in sent:
        who, day_text, was, becomes = json.loads(text)
        key = (str(who), date.fromisoformat(day_text))
        if key[0] not in staff or becomes[0] not in codes:
            raise ValueError(f"a cell of this ward was expected, got {text}")
        old[key] = None if was is None else _cell(was)
        new[key] = _cell(becomes)
    return new, old


def _cell(plain: list[object]) -> RosterCell:
    code, post, is_locked, team = plain
    if not (team is None or isinstance(team, int)):
        raise ValueError(f"a team's number was expected, got {team!r}")
    return RosterCell(str(code), Post(str(post)), bool(is_locked), team)
