"""The ward's workbook as a download, and in which of its sheets a way out of a conflict is made."""

from __future__ import annotations

from wardteam.errors import Named
from wardteam.i18n import Language
from wardteam.services.ports import UnitOfWorkFactory

_SHEETS = {"lift_leave": "leave", "borrow": "demand", "bend": "rules", "switch_off": "rules"}


def ward_workbook(units: UnitOfWorkFactory, ward: str, language: Language) -> bytes:
    """Write the ward's workbook, filled from its book."""
    from wardteam.exchange.template import template

    with units() as unit:
        return template(language, unit.books.get(ward).book)


def where_to_change(kind: str) -> Named | None:
    """Give the sheet in which such a way out is made; None where it is made elsewhere."""
    from wardteam.exchange.sheets import SHEETS

    return next((Named(spec.zh, spec.en) for spec in SHEETS if spec.key == _SHEETS.get(kind)), None)
