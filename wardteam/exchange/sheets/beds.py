"""The sheet of rooms and beds with their present owners, and the one of earlier owners."""

from __future__ import annotations

from collections.abc import Iterator

from wardteam.domain.beds import Bed, NursingGrade, Ownership, Room
from wardteam.domain.calendar import Period
from wardteam.domain.ward import WardBook
from wardteam.errors import Message
from wardteam.exchange.kinds import BED, CODE, DATE, STAFF_NO, choice, computed, whole
from wardteam.exchange.tables import Column, Complaint, Known, Record, SheetSpec

GRADE_WORDS = {
    word: grade
    for grade, words in {
        NursingGrade.SPECIAL: ("特级", "特", "特护"),
        NursingGrade.FIRST: ("一级", "Ⅰ级", "1级", "Ⅰ", "1", "Ⅰ级护理"),
        NursingGrade.SECOND: ("二级", "Ⅱ级", "2级", "Ⅱ", "2", "Ⅱ级护理"),
        NursingGrade.THIRD: ("三级", "Ⅲ级", "3级", "Ⅲ", "3", "Ⅲ级护理"),
    }.items()
    for word in words
}


def _names_something(record: Record, known: Known) -> Iterator[Complaint]:
    if record["bed"] is None and (record["owner"] is not None or record["owner_since"] is not None):
        yield "bed", Message("The owner's bed was expected.")
    elif record["owner"] is not None and record["owner_since"] is None and known.period is None:
        yield "owner_since", Message("A date was expected, because the settings name no period.")


def present_owners(book: WardBook) -> dict[str, Ownership]:
    """Give each bed's lasting ownership, the one that the bed's own line carries."""
    known = {bed.code for bed in book.beds}
    lasting = [o for o in book.ownerships if o.end is None and o.bed in known]
    return {o.bed: o for o in reversed(lasting)}


def _records(book: WardBook) -> Iterator[Record]:
    owners = present_owners(book)
    empty: Record = {"bed": None, "usual_grade": None, "owner": None, "owner_since": None, "owner_name": None}
    for room in book.rooms:
        place = {"room": room.code, "position": room.position}
        beds = [bed for bed in book.beds if bed.room == room.code]
        if not beds:
            yield empty | place
        for bed in beds:
            owner = owners.get(bed.code)
            owned = {"owner": owner.staff_no, "owner_since": owner.start} if owner else {}
            yield empty | place | {"bed": bed.code, "usual_grade": bed.usual_grade} | owned


BEDS = SheetSpec(
    key="beds",
    zh="病房床位",
    en="Rooms and beds",
    about=Message("Rooms in their order along the corridor, and their beds, one bed a line."),
    columns=(
        Column("room", "病房", "Room", CODE),
        Column(
            "position",
            "病房次序",
            "Position",
            whole(0, 9999),
            None,
            note=Message(
                "Order along the corridor; neighbours differ by one. Empty: the order of this sheet."
            ),
        ),
        Column("bed", "床号", "Bed", CODE, None),
        Column(
            "usual_grade",
            "常规护理级别",
            "Usual grade",
            choice(NursingGrade, other=GRADE_WORDS),
            NursingGrade.SECOND,
            note=Message("Counts while the bed is empty."),
        ),
        Column(
            "owner", "责任护士工号", "Owner", STAFF_NO, None, note=Message("Staff number of the bed's owner.")
        ),
        Column("owner_name", "责任护士", "Owner's name", computed(), None, is_computed=True),
        Column("owner_since", "管床开始日期", "Owner since", DATE, None),
    ),
    records=_records,
    checks=(_names_something,),
    unique=(("bed",),),
    other_names=("床位", "病房", "Beds", "Rooms"),
)


def build_rooms(records: list[Record]) -> tuple[Room, ...]:
    """Make the rooms in the sheet's order; a room's position is the first one given for it."""
    positions: dict[str, int | None] = {}
    for record in records:
        if positions.get(record["room"]) is None:
            positions[record["room"]] = record["position"]
    numbered = enumerate(positions.items(), start=1)
    return tuple(Room(code, number if place is None else place) for number, (code, place) in numbered)


def build_beds(records: list[Record]) -> tuple[Bed, ...]:
    """Make the beds in the sheet's order."""
    return tuple(Bed(r["bed"], r["room"], r["usual_grade"]) for r in records if r["bed"] is not None)


def build_ownerships(
    present: list[Record], earlier: list[Record], period: Period | None
) -> tuple[Ownership, ...]:
    """Make the ownerships: the present ones in the beds' order, then the others."""
    owned = [r for r in present if r["bed"] is not None and r["owner"] is not None]
    starts = [r["owner_since"] or (period.first if period else None) for r in owned]
    lasting = (
        Ownership(r["bed"], r["owner"], start) for r, start in zip(owned, starts, strict=True) if start
    )
    return (*lasting, *(Ownership(r["bed"], r["staff_no"], r["start"], r["end"]) for r in earlier))


def _ends_after_start(record: Record, _known: Known) -> Iterator[Complaint]:
    if record["end"] is not None and record["end"] < record["start"]:
        yield "end", Message("A date on or after {first} was expected.", first=record["start"].isoformat())


def _earlier_records(book: WardBook) -> Iterator[Record]:
    shown = {id(o) for o in present_owners(book).values()}
    return (vars(o) for o in book.ownerships if id(o) not in shown)


EARLIER_OWNERS = SheetSpec(
    key="earlier_owners",
    zh="历次管床",
    en="Earlier owners",
    about=Message("Ownerships that ended, or that begin later; the present ones stand beside the beds."),
    columns=(
        Column("bed", "床号", "Bed", BED),
        Column("staff_no", "工号", "Staff no.", STAFF_NO),
        Column("name", "姓名", "Name", computed(), None, is_computed=True),
        Column("start", "开始日期", "From", DATE),
        Column("end", "结束日期", "Until", DATE, None),
    ),
    records=_earlier_records,
    checks=(_ends_after_start,),
)
