"""The sheet of the staff that each shift asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from wardteam.domain.shifts import DayKind, Demand, Post
from wardteam.errors import Message
from wardteam.exchange.grid import Value
from wardteam.exchange.kinds import SHIFT, TEAM, YES_NO, choice, narrow, to_date, whole
from wardteam.exchange.tables import Column, Complaint, Kind, Known, Record, Refused, SheetSpec
from wardteam.i18n import Language

_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAYS_EXPECTED = Message(
    "Weekdays were expected as numbers, 1 for Monday to 7 for Sunday, such as 1,3,5."
)
_DAYS_EXPECTED = Message("Dates were expected, such as 2026-12-24, 2026-12-31.")


def _read_weekdays(value: Value, _known: Known) -> tuple[int, ...]:
    parts = [part for part in re.split(r"[,;、\s]+", narrow(value)) if part]
    found = tuple(_weekday(part.casefold()) for part in parts)
    return tuple(dict.fromkeys(found))


def _weekday(word: str) -> int:
    short = re.sub(r"^(周|星期|礼拜)", "", word).replace("天", "日")
    if short in ("1", "2", "3", "4", "5", "6", "7"):
        return int(short) - 1
    if len(short) == 1 and short in _WEEKDAYS_ZH:
        return _WEEKDAYS_ZH.index(short)
    if short[:3] in _WEEKDAYS_EN:
        return _WEEKDAYS_EN.index(short[:3])
    raise Refused(_WEEKDAYS_EXPECTED)


def _write_weekdays(weekdays: Any, _language: Language) -> Value:  # a tuple of weekdays
    return ",".join(str(day + 1) for day in weekdays) or None


def _read_days(value: Value, _known: Known) -> tuple[date, ...]:
    single = to_date(value)
    parts = [] if single else [part for part in re.split(r"[,;、\s]+", narrow(value)) if part]
    days = [to_date(part) for part in parts] if single is None else [single]
    if None in days or not days:
        raise Refused(_DAYS_EXPECTED)
    return tuple(day for day in days if day is not None)


def _write_days(days: Any, _language: Language) -> Value:  # a tuple of dates
    return ", ".join(day.isoformat() for day in days) or None


WEEKDAYS = Kind(_WEEKDAYS_EXPECTED, _read_weekdays, _write_weekdays, width=14, number_format="@")
DAYS = Kind(_DAYS_EXPECTED, _read_days, _write_days, width=24)


def _numbers_in_order(record: Record, _known: Known) -> Iterator[Complaint]:
    if record["wished"] < record["minimum"]:
        yield "wished", Message("A number not below the minimum was expected.")
    if record["maximum"] is not None and record["maximum"] < max(record["wished"], record["minimum"]):
        yield "maximum", Message("A number not below the wished number was expected.")
    if record["team"] is not None and not record["per_team"]:
        yield "team", Message("A team alone is only for demand that counts for each team.")


DEMAND = SheetSpec(
    key="demand",
    zh="人力需求",
    en="Demand",
    about=Message("How many nurses each shift needs: at least, wished, at most."),
    columns=(
        Column("shift", "班次", "Shift", SHIFT),
        Column("minimum", "最少", "Minimum", whole(0, 500)),
        Column("wished", "期望", "Wished", whole(0, 500)),
        Column("maximum", "最多", "Maximum", whole(0, 500), None, note=Message("Empty: no upper limit.")),
        Column(
            "day_kind", "日期类型", "Kind of day", choice(DayKind), None, note=Message("Empty: every day.")
        ),
        Column("weekdays", "星期", "Weekdays", WEEKDAYS, ()),
        Column("days", "指定日期", "Dates", DAYS, ()),
        Column("post", "岗位", "Post", choice(Post), Post.NONE),
        Column("per_team", "按组计算", "For each team", YES_NO, False),
        Column("team", "仅限组号", "Team alone", TEAM, None, note=Message("Empty: every team.")),
    ),
    records=lambda book: (vars(demand) for demand in book.demands),
    checks=(_numbers_in_order,),
    other_names=("需求", "人力"),
)


def build_demands(records: list[Record]) -> tuple[Demand, ...]:
    """Make the demands in the sheet's order."""
    return tuple(Demand(**record) for record in records)
