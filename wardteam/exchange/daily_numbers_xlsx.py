"""The ward's daily numbers as a workbook: census by nursing grade, comings and goings, catheters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wardteam.domain.beds import NursingGrade
from wardteam.domain.census import CatheterKind, PatientDays
from wardteam.errors import Message
from wardteam.exchange.findings import Report
from wardteam.exchange.grid import Value, read_grids
from wardteam.exchange.kinds import DATE, narrow, whole
from wardteam.exchange.reading import find_headings, read_sheet
from wardteam.exchange.table_writing import write_tables
from wardteam.exchange.tables import Column, Kind, Known, Record, Refused, SheetSpec
from wardteam.i18n import Language

MOST = 9999
_HOURS = Message("Hours from {low} to {high} were expected.", low=0, high=MOST)
_COUNT = whole(0, MOST)
_OPTIONAL = ("admissions", "discharges", "infusion_hours", "restraint_days")


def _read_hours(value: Value, _known: Known) -> float:
    try:
        hours = float(narrow(value)) if not isinstance(value, bool) else -1.0
    except ValueError:
        raise Refused(_HOURS) from None
    if not 0 <= hours <= MOST:
        raise Refused(_HOURS)
    return hours


_HOUR_COUNT = Kind(_HOURS, _read_hours, lambda hours, _language: hours, width=9)
_GRADES = {
    NursingGrade.SPECIAL: ("特级护理", "Special", "特级"),
    NursingGrade.FIRST: ("一级护理", "Grade I", "一级"),
    NursingGrade.SECOND: ("二级护理", "Grade II", "二级"),
    NursingGrade.THIRD: ("三级护理", "Grade III", "三级"),
}
_CATHETERS = {
    CatheterKind.URINARY: ("导尿管床日", "Urinary catheter days"),
    CatheterKind.GASTRIC: ("胃管床日", "Gastric tube days"),
    CatheterKind.TRACHEAL: ("气管导管床日", "Tracheal tube days"),
    CatheterKind.CENTRAL_LINE: ("CVC床日", "Central line days"),
    CatheterKind.PICC: ("PICC床日", "PICC days"),
    CatheterKind.DRAIN: ("引流管床日", "Drain days"),
}

DAILY_NUMBERS = SheetSpec(
    key="daily_numbers",
    zh="每日数据",
    en="Daily numbers",
    about=Message("Occupied beds at each date's closing midnight by nursing grade, and the date's counts."),
    columns=(
        Column("day", "日期", "Date", DATE),
        *(
            Column(f"grade:{grade.value}", zh, en, _COUNT, other_names=(other,))
            for grade, (zh, en, other) in _GRADES.items()
        ),
        Column("admissions", "入院人数", "Admissions", _COUNT, None),
        Column("discharges", "出院人数", "Discharges", _COUNT, None),
        Column("infusion_hours", "输液小时数", "Infusion hours", _HOUR_COUNT, None),
        *(Column(f"catheter:{kind.value}", zh, en, _COUNT, None) for kind, (zh, en) in _CATHETERS.items()),
        Column("restraint_days", "约束床日", "Restraint days", _COUNT, None),
    ),
    records=lambda _book: (),
    unique=(("day",),),
)


def daily_numbers_workbook(language: Language, days: Iterable[PatientDays] = ()) -> bytes:
    """Write a workbook to be filled in, with the days that are given in it."""
    return write_tables([(DAILY_NUMBERS, [_record(day) for day in days])], language)


def read_daily_numbers(data: bytes, file: str) -> tuple[PatientDays, ...]:
    """Read a filled workbook: the sheet of that name, else the first.

    Raises
    ------
    BadInput
        With every finding at once.
    """
    grids = read_grids(data, file)
    report = Report(file, sheets=tuple(grid.name for grid in grids))
    named = [grid for grid in grids if DAILY_NUMBERS.answers_to(grid.name)]
    filled = [grid for grid in grids if find_headings(DAILY_NUMBERS, grid)[1]]
    chosen = next(iter((*named, *filled, *grids)))
    lines = read_sheet(DAILY_NUMBERS, chosen, Known(), report)
    report.close()
    return tuple(_day(line.record) for line in lines)


def _record(day: PatientDays) -> Record:
    return dict(_values(day))


def _values(day: PatientDays) -> Iterator[tuple[str, object]]:
    yield "day", day.day
    yield from ((f"grade:{grade.value}", day.occupied.get(grade, 0)) for grade in NursingGrade)
    yield from ((f"catheter:{kind.value}", count) for kind, count in day.catheter_days.items())
    yield from ((name, getattr(day, name)) for name in _OPTIONAL)


def _day(record: Record) -> PatientDays:
    counted = ((kind, record[f"catheter:{kind.value}"]) for kind in CatheterKind)
    return PatientDays(
        day=record["day"],
        occupied={grade: record[f"grade:{grade.value}"] for grade in NursingGrade},
        catheter_days={kind: count for kind, count in counted if count is not None},
        **{name: record[name] for name in _OPTIONAL},
    )
