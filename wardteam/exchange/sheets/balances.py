"""The sheet of what the fairness ledger carried over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wardteam.domain.ledger import Measure
from wardteam.domain.ward import WardBook
from wardteam.errors import Message
from wardteam.exchange.grid import Value
from wardteam.exchange.kinds import STAFF_NO, computed, whole
from wardteam.exchange.tables import Column, Kind, Known, Record, Refused, SheetSpec
from wardteam.exchange.words import code_text, normal
from wardteam.i18n import Language

_WORDS = {
    Measure.NIGHTS.value: "夜班",
    Measure.EVENINGS.value: "中班",
    Measure.WEEKENDS.value: "周末",
    Measure.HOLIDAYS.value: "节假日",
    Measure.WISHES.value: "期望班",
    Measure.WISH_POINTS.value: "期望分值",
    Measure.OVERTIME.value: "加班小时",
    Measure.CALLS.value: "休息日被叫回",
}
"""What the ledger counts, and how a Chinese workbook says it."""
_EXPECTED = Message("One of these was expected: {choices}.", choices=(*_WORDS.values(), *_WORDS))


def _read(value: Value, _known: Known) -> str:
    word = normal(code_text(value))
    found = next((measure for measure, chinese in _WORDS.items() if word in (measure, chinese)), None)
    if found is None:
        raise Refused(_EXPECTED)
    return found


def _write(measure: str, language: Language) -> str:
    return _WORDS.get(measure, measure) if language == "zh" else measure


def _offered(language: Language) -> tuple[str, ...]:
    return tuple(_write(measure, language) for measure in _WORDS)


MEASURE = Kind(_EXPECTED, _read, _write, choices=_offered)


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
            MEASURE,
            note=Message("One of the measures that the list in the cell offers, as the program wrote it."),
        ),
        Column("staff_no", "工号", "Staff no.", STAFF_NO),
        Column("name", "姓名", "Name", computed(), None, is_computed=True),
        Column(
            "amount",
            "结转",
            "Amount",
            whole(-1_000_000, 1_000_000),
            note=Message("What she got above her fair share; below it with a minus."),
        ),
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
