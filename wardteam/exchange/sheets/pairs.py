"""The sheet of the nurses to keep together in, or apart from, one team."""

from __future__ import annotations

from collections.abc import Iterator

from wardteam.domain.teams import Pair, PairKind
from wardteam.errors import Message
from wardteam.exchange.kinds import STAFF_NO, choice, computed
from wardteam.exchange.tables import Column, Complaint, Known, Record, SheetSpec


def _two_nurses(record: Record, _known: Known) -> Iterator[Complaint]:
    if record["first"] == record["second"]:
        yield "second", Message("Another nurse's staff number was expected.")


PAIRS = SheetSpec(
    key="pairs",
    zh="搭配",
    en="Pairs",
    about=Message("Nurses to keep together in one team, or apart."),
    columns=(
        Column("first", "工号一", "First", STAFF_NO),
        Column("first_name", "姓名一", "First name", computed(), None, is_computed=True),
        Column("second", "工号二", "Second", STAFF_NO),
        Column("second_name", "姓名二", "Second name", computed(), None, is_computed=True),
        Column("kind", "要求", "Kind", choice(PairKind)),
    ),
    records=lambda book: (vars(pair) for pair in book.pairs),
    checks=(_two_nurses,),
    other_names=("同组与不同组",),
)


def build_pairs(records: list[Record]) -> tuple[Pair, ...]:
    """Make the pairs in the sheet's order."""
    return tuple(Pair(r["first"], r["second"], r["kind"]) for r in records)
