"""The sheet of the granted leave."""

from __future__ import annotations

from collections.abc import Iterator

from wardteam.domain.shifts import Leave, LeaveKind
from wardteam.errors import Message
from wardteam.exchange.kinds import DATE, STAFF_NO, choice, computed
from wardteam.exchange.tables import Column, Complaint, Known, Record, SheetSpec

_WORDS = {kind.symbols[0]: kind for kind in LeaveKind} | {
    "年假": LeaveKind.ANNUAL,
    "公假": LeaveKind.PUBLIC_HOLIDAY,
}


def _ends_after_start(record: Record, _known: Known) -> Iterator[Complaint]:
    if record["end"] < record["start"]:
        yield "end", Message("A date on or after {first} was expected.", first=record["start"].isoformat())


LEAVE = SheetSpec(
    key="leave",
    zh="休假",
    en="Leave",
    about=Message("Granted leave, both dates included."),
    columns=(
        Column("staff_no", "工号", "Staff no.", STAFF_NO),
        Column("name", "姓名", "Name", computed(), None, is_computed=True),
        Column("kind", "假别", "Kind of leave", choice(LeaveKind, other=_WORDS), width=18),
        Column("start", "开始日期", "From", DATE),
        Column("end", "结束日期", "Until", DATE),
    ),
    records=lambda book: (vars(leave) for leave in book.leaves),
    checks=(_ends_after_start,),
    other_names=("请假", "假期"),
)


def build_leaves(records: list[Record]) -> tuple[Leave, ...]:
    """Make the leaves in the sheet's order."""
    return tuple(Leave(r["staff_no"], r["kind"], r["start"], r["end"]) for r in records)
