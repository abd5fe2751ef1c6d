"""The sheet of the shifts, with times that may pass midnight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from wardteam.domain.people import Level
from wardteam.domain.shifts import DAY_MINUTES, Segment, Shift, ShiftKind
from wardteam.errors import Message
from wardteam.exchange.grid import Value
from wardteam.exchange.kinds import CODE, COLOUR, TEXT, YES_NO, choice, hours, narrow, whole
from wardteam.exchange.tables import Column, Complaint, Kind, Known, Record, Refused, SheetSpec
from wardteam.i18n import Language

_EXPECTED = Message(
    "Times were expected, such as 08:00-12:00, 14:00-18:00; after midnight hours count on: 24:00-32:00."
)
_SEGMENT = re.compile(r"(\d{1,2}):(\d{2})[-~—–至](次日)?(\d{1,2}):(\d{2})")


def _read_times(value: Value, _known: Known) -> tuple[Segment, ...]:
    parts = [part for part in re.split(r"[,;、+]", re.sub(r"\s", "", narrow(value))) if part]
    matches = [_SEGMENT.fullmatch(part) for part in parts]
    try:
        segments = tuple(_segment(match) for match in matches if match is not None)
    except ValueError as error:
        raise Refused(_EXPECTED) from error
    ordered = all(a.end_minute <= b.start_minute for a, b in pairwise(segments))
    if not segments or len(segments) < len(parts) or not ordered:
        raise Refused(_EXPECTED)
    return segments


def _segment(match: re.Match[str]) -> Segment:
    start = int(match[1]) * 60 + int(match[2])
    end = int(match[4]) * 60 + int(match[5]) + (DAY_MINUTES if match[3] else 0)
    return Segment(start, end)


def _write_times(segments: Any, _language: Language) -> Value:  # a tuple of segments
    return ", ".join(f"{_clock(s.start_minute)}-{_clock(s.end_minute)}" for s in segments) or None


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


TIMES = Kind(_EXPECTED, _read_times, _write_times, width=26)


def _in_quarters(record: Record, _known: Known) -> Iterator[Complaint]:
    if record["minutes"] % 15:
        yield "minutes", Message("Hours in whole quarters were expected, such as 7.75.")


SHIFTS = SheetSpec(
    key="shifts",
    zh="班次",
    en="Shifts",
    about=Message("The ward's shifts: symbols, times, paid hours and what each one needs."),
    columns=(
        Column("code", "代码", "Code", CODE, note=Message("The shift's stable name, such as DAY.")),
        Column("symbol", "符号", "Symbol", TEXT, width=8),
        Column("symbol_en", "英文符号", "Symbol (English)", TEXT, width=16),
        Column("name", "名称", "Name", TEXT),
        Column("name_en", "英文名称", "Name (English)", TEXT),
        Column("kind", "类别", "Kind", choice(ShiftKind)),
        Column("segments", "时间", "Times", TIMES, note=_EXPECTED),
        Column("summer_segments", "夏季时间", "Times in summer", TIMES, ()),
        Column("minutes", "工时", "Hours", hours(0, 24)),
        Column("colour", "底色", "Colour", COLOUR, "#ffffff"),
        Column("text_colour", "字色", "Text colour", COLOUR, "#1a1a1a"),
        Column("holds_beds", "管床", "Holds beds", YES_NO, False),
        Column("counts_in_ratio", "计入护患比", "Counts in ratio", YES_NO, True),
        Column("is_duty", "在岗", "On duty", YES_NO, True, note=Message("No for on call.")),
        Column("is_double_staffed", "双人值班", "Double-staffed", YES_NO, False),
        Column("minimum_senior", "至少一人层级", "One of level", choice(Level), None),
        Column("fairness_weight", "公平权重", "Fairness weight", whole(0, 100), 1),
    ),
    records=lambda book: (vars(shift) for shift in book.shifts),
    checks=(_in_quarters,),
    unique=(("code",), ("symbol",), ("symbol_en",)),
)


def build_shifts(records: list[Record]) -> tuple[Shift, ...]:
    """Make the shifts in the sheet's order."""
    return tuple(Shift(**record) for record in records)
