"""The sheet of the nurses' wishes."""

from __future__ import annotations

from collections.abc import Iterator

from wardteam.domain.ward import WardBook
from wardteam.domain.wishes import Wish, WishKind
from wardteam.errors import Message
from wardteam.exchange.kinds import DAY_IN_PERIOD, SHIFT, STAFF_NO, choice, computed, whole
from wardteam.exchange.tables import Column, Complaint, Known, Record, SheetSpec


def _shift_fits(record: Record, _known: Known) -> Iterator[Complaint]:
    if record["kind"] is WishKind.OFF and record["shift"]:
        yield "shift", Message("No shift was expected, because a day off is wished for.")
    if record["kind"] is WishKind.NOT and not record["shift"]:
        yield "shift", Message("The shift that she does not want was expected.")


def _records(book: WardBook) -> Iterator[Record]:
    return (vars(wish) for wish in book.wishes if book.period is None or wish.day in book.period)


WISHES = SheetSpec(
    key="wishes",
    zh="期望班",
    en="Wishes",
    about=Message("What nurses wish for in the period, one day a line."),
    columns=(
        Column("staff_no", "工号", "Staff no.", STAFF_NO),
        Column("name", "姓名", "Name", computed(), None, is_computed=True),
        Column("day", "日期", "Date", DAY_IN_PERIOD),
        Column("kind", "期望", "Wish", choice(WishKind, other={"休": WishKind.OFF, "上": WishKind.ON})),
        Column("shift", "班次", "Shift", SHIFT, "", note=Message("Empty for a day off, or for any duty.")),
        Column(
            "points", "分值", "Points", whole(1, 10), 1, note=Message("1 to 10; more points, more wanted.")
        ),
    ),
    records=_records,
    checks=(_shift_fits,),
    other_names=("期望", "愿望"),
)


def build_wishes(records: list[Record]) -> tuple[Wish, ...]:
    """Make the wishes in the sheet's order."""
    return tuple(Wish(r["staff_no"], r["day"], r["kind"], r["shift"], r["points"]) for r in records)
