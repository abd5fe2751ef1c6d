"""The sheet of what the fairness ledger carried over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wardteam.domain.ward import WardBook
from wardteam.errors import Message
from wardteam.exchange.kinds import CODE, STAFF_NO, computed, whole
from wardteam.exchange.tables import Column, Record, SheetSpec


def _records(book: WardBook) -> Iterator[Record]:
    for measure, amounts in book.balances.items():
        for staff_no, amount in amounts.items():
            yield {"measure": measure, "staff_no": staff_no, "amount": amount}


BALANCES = SheetSpec(
    key="balances",
    zh="公平结转",
    en="Carried over",
    about=Message("What the fairness ledger carried over from earlier periods, by measure and nurse."),
    columns=(
        Column(
            "measure",
            "项目",
            "Measure",
            CODE,
            note=Message("nights, evenings, weekends or wishes, as the program wrote it."),
        ),
        Column("staff_no", "工号", "Staff no.", STAFF_NO),
        Column("name", "姓名", "Name", computed(), None, is_computed=True),
        Column("amount", "结转", "Amount", whole(-1_000_000, 1_000_000)),
    ),
    records=_records,
    unique=(("measure", "staff_no"),),
    other_names=("结转",),
)


def build_balances(records: list[Record]) -> Mapping[str, Mapping[str, int]]:
    """Make the balances by measure and staff number."""
    balances: dict[str, dict[str, int]] = {}
    for record in records:
        balances.setdefault(record["measure"], {})[record["staff_no"]] = record["amount"]
    return balances
