"""The sheet of the patients' stays, without names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from wardteam.domain.beds import NursingGrade, Stay
from wardteam.domain.people import Level
from wardteam.domain.ward import WardBook
from wardteam.errors import Message
from wardteam.exchange.kinds import BED, CODE, MOMENT, TEXT, choice
from wardteam.exchange.sheets.beds import GRADE_WORDS
from wardteam.exchange.tables import Column, Complaint, Known, Record, SheetSpec


def _leaves_after_coming(record: Record, _known: Known) -> Iterator[Complaint]:
    if record["discharged"] is not None and record["discharged"] < record["admitted"]:
        first = f"{record['admitted']:%Y-%m-%d %H:%M}"
        yield "discharged", Message("A moment on or after {first} was expected.", first=first)


def _records(book: WardBook) -> Iterator[Record]:
    zone = book.settings.zone
    for stay in book.stays:
        yield vars(stay) | {
            "admitted": _local(stay.admitted, zone),
            "discharged": _local(stay.discharged, zone),
        }


def _local(moment: Any, zone: ZoneInfo) -> Any:  # a moment or None, given back as one
    return moment and moment.astimezone(zone).replace(tzinfo=None)


STAYS = SheetSpec(
    key="stays",
    zh="患者",
    en="Patients",
    about=Message("Patients' stays by bed, with an internal code and never a full name."),
    columns=(
        Column("code", "住院代码", "Stay", CODE, note=Message("An internal code, not the patient's name.")),
        Column("bed", "床号", "Bed", BED),
        Column("grade", "护理级别", "Grade", choice(NursingGrade, other=GRADE_WORDS)),
        Column("admitted", "入院时间", "Admitted", MOMENT),
        Column("discharged", "出院时间", "Discharged", MOMENT, None),
        Column("minimum_level", "最低护士层级", "Least level", choice(Level), Level.N0),
        Column(
            "surname_masked",
            "姓氏",
            "Surname",
            TEXT,
            "",
            note=Message("At most the surname with *, such as 王*; it may stay empty."),
        ),
    ),
    records=_records,
    checks=(_leaves_after_coming,),
    unique=(("code",),),
    other_names=("住院患者", "Stays"),
)


def build_stays(records: list[Record]) -> tuple[Stay, ...]:
    """Make the stays in the sheet's order."""
    return tuple(Stay(**record) for record in records)
