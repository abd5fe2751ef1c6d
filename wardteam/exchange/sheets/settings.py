"""The sheet of the ward's settings: one a line, its name and its value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wardteam.domain.beds import NursingGrade
from wardteam.domain.calendar import Period
from wardteam.domain.ward import CapSettings, LedgerSettings, Ward, WardBook, WardSettings
from wardteam.errors import Message
from wardteam.exchange.grid import Value
from wardteam.exchange.kinds import CODE, DATE, TEXT, YES_NO, narrow, to_date, whole
from wardteam.exchange.tables import Column, Complaint, Kind, Known, Record, Refused, SheetSpec
from wardteam.i18n import Language

_MONTH_DAY_EXPECTED = Message("A month and a day were expected, such as 05-01.")
_ZONE_EXPECTED = Message("A time zone was expected, such as Asia/Shanghai.")


def _read_month_day(value: Value, _known: Known) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,2})[-/.月](\d{1,2})日?", re.sub(r"\s", "", narrow(value)))
    day = to_date(f"2024-{match[1]}-{match[2]}") if match else to_date(value)
    if day is None:
        raise Refused(_MONTH_DAY_EXPECTED)
    return day.month, day.day


def _write_month_day(value: Any, _language: Language) -> Value:  # (month, day)
    return f"{value[0]:02}-{value[1]:02}"


def _read_zone(value: Value, _known: Known) -> str:
    try:
        return ZoneInfo(narrow(value)).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Refused(_ZONE_EXPECTED) from error


MONTH_DAY = Kind(_MONTH_DAY_EXPECTED, _read_month_day, _write_month_day, number_format="@")
ZONE = Kind(_ZONE_EXPECTED, _read_zone, lambda value, _language: value)
_COUNT = whole(0, 60)

_WARD = (
    Column("code", "病区代码", "Ward code", CODE),
    Column("name", "病区名称", "Ward", TEXT),
    Column("name_en", "病区英文名称", "Ward (English)", TEXT),
    Column("hospital", "医院", "Hospital", TEXT, ""),
    Column("hospital_en", "医院英文名称", "Hospital (English)", TEXT, ""),
)
_PERIOD = (
    Column(
        "first",
        "排班开始日期",
        "First day",
        DATE,
        None,
        note=Message("The period to be planned, 7 to 42 days."),
    ),
    Column("last", "排班结束日期", "Last day", DATE, None),
)
_CAPS = (
    Column("leader_least", "组长管床最少", "Leader's beds, least", _COUNT, 1),
    Column("leader_most", "组长管床最多", "Leader's beds, most", _COUNT, 2),
    Column("responsible_least", "责任护士管床最少", "Nurse's beds, least", _COUNT, 3),
    Column("responsible_most", "责任护士管床最多", "Nurse's beds, most", _COUNT, 4),
    Column("leader_cover_most", "组长代管后最多", "Leader's beds with cover, most", _COUNT, 4),
    Column("responsible_cover_most", "责任护士代管后最多", "Nurse's beds with cover, most", _COUNT, 5),
)
_LOADS = tuple(
    Column(f"load_{grade.name.lower()}", f"{zh}工作量", f"Workload of {en}", whole(0, 200), default)
    for grade, zh, en, default in (
        (NursingGrade.SPECIAL, "特级护理", "special care", 10),
        (NursingGrade.FIRST, "一级护理", "grade I", 6),
        (NursingGrade.SECOND, "二级护理", "grade II", 3),
        (NursingGrade.THIRD, "三级护理", "grade III", 2),
    )
)
_OTHER = (
    Column("team_count", "小组数", "Teams", whole(1, 30), 5),
    Column("owners_by_team", "每组管床护士数", "Bed owners in a team", whole(1, 20), 3),
    Column("time_zone", "时区", "Time zone", ZONE, "Asia/Shanghai"),
    Column(
        "nights_booked_on_morning",
        "夜班记在次日",
        "Nights booked on the morning's date",
        YES_NO,
        False,
        note=Message("Yes where the ward writes a night under the date on which it ends."),
    ),
    Column("summer_start", "夏季开始", "Summer from", MONTH_DAY, (5, 1)),
    Column("summer_end", "夏季结束", "Summer until", MONTH_DAY, (9, 30)),
    Column("handover_minutes", "交接班分钟", "Handover minutes", whole(0, 120), 15),
    Column("feedback_url", "意见反馈网址", "Feedback address", TEXT, ""),
    Column("frozen_days", "发布后冻结天数", "Days frozen on publishing", whole(0, 42), 0),
    Column("notice_days", "调班提前通知天数", "Days of notice", whole(0, 28), 3),
    Column("call_in_price", "备班到岗扣分", "Price of calling in", whole(0, 1000), 2),
    Column("borrow_price", "外借一人扣分", "Price of borrowing a nurse", whole(0, 1000), 40),
)
_LEDGER = (
    Column(
        "since",
        "结转起始日",
        "Balances stand at",
        DATE,
        None,
        note=Message(
            "The date at whose beginning the hours balances and the amounts carried over stand; rosters "
            "published from then on are added by the program. Empty: as before, or the first day of the "
            "period."
        ),
    ),
    Column(
        "memory_months",
        "公平追溯月数",
        "Fairness looks back, months",
        whole(0, 120),
        12,
        note=Message("How many months of nights, weekends and so on are evened out; 0 for none."),
    ),
    Column(
        "wish_points",
        "每期期望分值",
        "Wish points a period",
        whole(0, 1000),
        20,
        note=Message(
            "What each nurse may distribute over her wishes of a period; 0 for as many as she likes."
        ),
    ),
    Column(
        "barred_owe",
        "免夜班者仍计夜班份额",
        "Barred nurses owe nights",
        YES_NO,
        False,
        note=Message(
            "No: who may not work nights or evenings owes nobody any. Yes: she is measured against the same "
            "share, and makes up for it later."
        ),
    ),
)


def _period_fits(record: Record, _known: Known) -> Iterator[Complaint]:
    first, last = record["first"], record["last"]
    if (first is None) != (last is None):
        yield "last" if last is None else "first", Message("Both ends of the period were expected.")
    elif first is not None and not 7 <= (last - first).days + 1 <= 42:
        yield "last", Message("A period of 7 to 42 days was expected.")


def _caps_in_order(record: Record, _known: Known) -> Iterator[Complaint]:
    for who in ("leader", "responsible"):
        least, most, cover = (record[f"{who}_{which}"] for which in ("least", "most", "cover_most"))
        if most < least:
            yield f"{who}_most", Message("A number not below the least was expected.")
        if cover < most:
            yield f"{who}_cover_most", Message("A number not below the most without cover was expected.")


def _records(book: WardBook) -> Iterator[Record]:
    caps, settings = book.settings.caps, book.settings
    yield {
        **vars(book.ward),
        "first": book.period.first if book.period else None,
        "last": book.period.last if book.period else None,
        "leader_least": caps.leader_base[0],
        "leader_most": caps.leader_base[1],
        "responsible_least": caps.responsible_base[0],
        "responsible_most": caps.responsible_base[1],
        "leader_cover_most": caps.leader_cover_most,
        "responsible_cover_most": caps.responsible_cover_most,
        **dict(zip((column.field for column in _LOADS), settings.grade_loads, strict=True)),
        **{column.field: getattr(settings, column.field, None) for column in _OTHER},
        **vars(settings.ledger),
        "summer_start": settings.summer[0],
        "summer_end": settings.summer[1],
    }


SETTINGS = SheetSpec(
    key="settings",
    zh="设置",
    en="Settings",
    about=Message("The ward, the period to be planned, and the ward's own numbers."),
    columns=(*_WARD, *_PERIOD, *_CAPS, *_LOADS, *_OTHER, *_LEDGER),
    records=_records,
    checks=(_period_fits, _caps_in_order),
    is_transposed=True,
    other_names=("病区设置",),
)


def build_ward(record: Record) -> Ward:
    """Make the ward."""
    return Ward(**{column.field: record[column.field] for column in _WARD})


def build_period(record: Record) -> Period | None:
    """Make the period, or None where the sheet names none that can be planned."""
    first, last = record["first"], record["last"]
    return Period(first, last) if first and last and first <= last else None


def build_settings(record: Record) -> WardSettings:
    """Make the ward's settings."""
    caps = CapSettings(
        leader_base=(record["leader_least"], record["leader_most"]),
        responsible_base=(record["responsible_least"], record["responsible_most"]),
        leader_cover_most=record["leader_cover_most"],
        responsible_cover_most=record["responsible_cover_most"],
    )
    special, first, second, third = (record[column.field] for column in _LOADS)
    plain = (column.field for column in _OTHER if not column.field.startswith("summer"))
    return WardSettings(
        caps=caps,
        grade_loads=(special, first, second, third),
        summer=(record["summer_start"], record["summer_end"]),
        ledger=LedgerSettings(**{column.field: record[column.field] for column in _LEDGER}),
        **{name: record[name] for name in plain},
    )
