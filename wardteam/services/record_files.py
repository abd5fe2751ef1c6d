"""Workbooks of captured records taken in: read whole, checked whole, kept whole or not at all."""

from __future__ import annotations

from dataclasses import replace

from wardteam.domain.questionnaires import QuestionnaireSheet, QuestionnaireVersion
from wardteam.exchange.daily_numbers_xlsx import read_daily_numbers
from wardteam.exchange.questionnaires_xlsx import read_questionnaires
from wardteam.services.capture import keep_many
from wardteam.services.ports import Clock, UnitOfWorkFactory
from wardteam.services.quality_ports import PutMany


def import_questionnaires(
    units: UnitOfWorkFactory, ward: str, data: bytes, file: str, *, by: str, clock: Clock
) -> PutMany:
    """Take a filled workbook of questionnaires in.

    The second entry of a sheet stays as it is kept, and so do answers where the row has none.

    Raises
    ------
    BadInput
        With every finding; nothing is changed.
    """
    with units() as unit:
        versions = tuple(kept.record for kept in unit.captured.all(ward, QuestionnaireVersion))
        kept = {k.record.code: k.record for k in unit.captured.all(ward, QuestionnaireSheet)}
    sheets = read_questionnaires(data, file, versions)
    merged = [_with_kept(sheet, kept.get(sheet.code)) for sheet in sheets]
    return keep_many(units, ward, merged, by=by, clock=clock, file=file)


def import_daily_numbers(
    units: UnitOfWorkFactory, ward: str, data: bytes, file: str, *, by: str, clock: Clock
) -> PutMany:
    """Take a filled workbook of daily numbers in; a date's numbers replace those kept.

    Raises
    ------
    BadInput
        With every finding; nothing is changed.
    """
    return keep_many(units, ward, read_daily_numbers(data, file), by=by, clock=clock, file=file)


def _with_kept(sheet: QuestionnaireSheet, kept: QuestionnaireSheet | None) -> QuestionnaireSheet:
    """Add what a row can't tell: a second entry, and answers that came since the workbook was written."""
    if kept is None or kept.version != sheet.version or not kept.is_returned:
        return sheet
    if sheet.is_returned:
        return replace(sheet, second=kept.second, second_by=kept.second_by)
    answered = replace(sheet, returned_on=kept.returned_on, answers=kept.answers)
    invalid = kept.invalid if sheet.invalid is None else sheet.invalid
    return replace(answered, second=kept.second, second_by=kept.second_by, invalid=invalid)
