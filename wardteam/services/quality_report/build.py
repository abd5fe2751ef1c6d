"""Builds the quality report of a ward from its captured data: all parts in order, or the monthly edition."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from wardteam import __version__
from wardteam.domain.calendar import Period
from wardteam.errors import Message, Named
from wardteam.services.quality_data import QualityData
from wardteam.services.quality_report.analysis import Analysis, analysis_of
from wardteam.services.quality_report.arrival import arrival_part
from wardteam.services.quality_report.bells import bells_part
from wardteam.services.quality_report.cover import cover_part
from wardteam.services.quality_report.data_hash import data_hash_of
from wardteam.services.quality_report.methods import methods_part
from wardteam.services.quality_report.monthly import monthly_parts
from wardteam.services.quality_report.records import records_part
from wardteam.services.quality_report.shares import shares_part
from wardteam.services.quality_report.staffing import staffing_part
from wardteam.services.quality_report.teams import teams_part
from wardteam.services.quality_report.trend import trend_part
from wardteam.services.quality_report.wording import span_words
from wardteam.stats.plots import Words
from wardteam.stats.report import Edition, Part, QualityReport


def quality_report(
    data: QualityData, *, edition: Edition = Edition.FULL, made_at: datetime, month: Period | None = None
) -> QualityReport:
    """Build the report; equal data and moment give an equal report.

    The monthly edition is that of a month, of the last whole one where none is given.
    """
    analysis = analysis_of(data)
    pinned = data_hash_of(data)
    ward = data.book.ward
    if edition is Edition.MONTHLY:
        title = Message("Nursing quality in brief")
        parts = monthly_parts(analysis, month or last_month(data.today))
    else:
        title = Message("Nursing quality report")
        parts = _parts(analysis, pinned)
    return QualityReport(
        edition=edition,
        title=title,
        subtitle=data.plan.name,
        hospital=Named(ward.hospital, ward.hospital_en),
        ward=Named(ward.name, ward.name_en),
        facts=_facts(analysis),
        parts=parts,
        made_at=made_at,
        data_until=data_until(data),
        data_hash=pinned,
        program=f"wardteam {__version__}",
    )


def last_month(today: date) -> Period:
    """Give the newest calendar month that is over."""
    last = today.replace(day=1) - timedelta(days=1)
    return Period.month(last.year, last.month)


def data_until(data: QualityData) -> date | None:
    """Give the date of the newest record, None where nothing was captured."""
    zone: ZoneInfo = data.book.settings.zone
    days = [
        record.day for kind in (data.patient_days, data.sheets, data.audits, data.events) for record in kind
    ]
    if len(data.calls):
        days.append(datetime.fromtimestamp(float(data.calls.placed[-1]), zone).date())
    return max(days, default=None)


def _parts(analysis: Analysis, pinned: str) -> tuple[Part, ...]:
    return (
        cover_part(analysis),
        records_part(analysis),
        bells_part(analysis),
        arrival_part(analysis),
        shares_part(analysis),
        trend_part(analysis),
        teams_part(analysis),
        staffing_part(analysis),
        methods_part(analysis, pinned),
    )


def _facts(analysis: Analysis) -> tuple[tuple[Words, Words], ...]:
    plan = analysis.plan
    until = data_until(analysis.data)
    newest: Words = "–" if until is None else until.isoformat()
    return (
        (plan.baseline.named, span_words(plan.baseline.span)),
        (plan.intervention.named, span_words(plan.intervention.span)),
        (Message("Changeover"), plan.changeover.isoformat()),
        (Message("Plan locked"), _locked(analysis)),
        (Message("Newest record"), newest),
    )


def _locked(analysis: Analysis) -> Words:
    moment = analysis.plan.locked_at
    if moment is None:
        return Message("not locked")
    return moment.astimezone(analysis.data.book.settings.zone).date().isoformat()
