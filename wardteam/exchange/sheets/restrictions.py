"""The sheet of the restrictions: health data, for the head nurse alone."""

from __future__ import annotations

from collections.abc import Iterator

from wardteam.domain.people import Restriction, RestrictionKind
from wardteam.errors import Message
from wardteam.exchange.kinds import DATE, SHIFT, STAFF_NO, choice, computed, whole
from wardteam.exchange.tables import Column, Complaint, Known, Record, SheetSpec

_WORDS = {"怀孕": RestrictionKind.PREGNANCY, "哺乳": RestrictionKind.NURSING_MOTHER}
_NEEDS_EVENT = (RestrictionKind.PREGNANCY, RestrictionKind.NURSING_MOTHER)


def _is_complete(record: Record, _known: Known) -> Iterator[Complaint]:
    if record["start"] and record["end"] and record["end"] < record["start"]:
        yield "end", Message("A date on or after {first} was expected.", first=record["start"].isoformat())
    if record["kind"] in _NEEDS_EVENT and not (record["event_date"] or record["start"]):
        yield "event_date", Message("The due date or the child's birthday was expected.")
    if record["kind"] is RestrictionKind.NO_SHIFT and not record["shift"]:
        yield "shift", Message("The shift that she must not work was expected.")


RESTRICTIONS = SheetSpec(
    key="restrictions",
    zh="限制",
    en="Restrictions",
    about=Message("Dated restrictions. They are health data and never appear on a posted sheet."),
    columns=(
        Column("staff_no", "工号", "Staff no.", STAFF_NO),
        Column("name", "姓名", "Name", computed(), None, is_computed=True),
        Column("kind", "限制类别", "Kind", choice(RestrictionKind, other=_WORDS), width=22),
        Column("start", "开始日期", "From", DATE, None),
        Column("end", "结束日期", "Until", DATE, None),
        Column("event_date", "预产期或出生日期", "Due date or birthday", DATE, None, width=18),
        Column("children", "一岁以下子女数", "Children under one", whole(0, 9), 1, width=14),
        Column("shift", "班次", "Shift", SHIFT, ""),
    ),
    records=lambda book: (vars(restriction) for restriction in book.restrictions),
    checks=(_is_complete,),
    other_names=("特殊限制",),
)


def build_restrictions(records: list[Record]) -> tuple[Restriction, ...]:
    """Make the restrictions in the sheet's order."""
    return tuple(Restriction(**{n: v for n, v in record.items() if n != "name"}) for record in records)
