"""The quality report of a ward as files: read once, built once, rendered in each form that is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

from wardteam.bootstrap.reading import WardReader
from wardteam.domain.calendar import Period
from wardteam.errors import Message, Named, NotFound
from wardteam.i18n import Language
from wardteam.stats.report import Edition

if TYPE_CHECKING:
    from wardteam.bootstrap.document_set import Piece
    from wardteam.domain.indicators import IndicatorTable
    from wardteam.services.quality_data import QualityData
    from wardteam.stats.report import QualityReport

Form = Literal["pdf", "docx", "html", "csv"]
FORMS: tuple[Form, ...] = get_args(Form)
PRINTED: tuple[Form, ...] = ("pdf",)


@dataclass(frozen=True, eq=False)
class QualityPapers:
    """One edition of a ward's report in one language; `plan` names a plan, the newest where None.

    `baseline` and `intervention`, both or neither, stand in for the plan's periods.
    """

    reader: WardReader
    language: Language
    ward: str
    edition: Edition = Edition.FULL
    plan: str | None = None
    month: Period | None = None
    baseline: Period | None = None
    intervention: Period | None = None

    @cached_property
    def data(self) -> QualityData:
        """Everything captured, read at one moment; NotFound where there is nothing."""
        from wardteam.services.compare import with_periods
        from wardteam.services.quality_data import NO_RECORDS

        found = self.reader.quality(self.ward, self.plan)
        if found is None:
            raise NotFound(NO_RECORDS)
        return with_periods(found, self.baseline, self.intervention)

    @cached_property
    def report(self) -> QualityReport:
        """The report as blocks."""
        from wardteam.services.quality_report.build import quality_report

        made_at = self.reader.now(self.ward)
        return quality_report(self.data, edition=self.edition, made_at=made_at, month=self.month)

    def make(self, form: Form) -> bytes:
        """Render the report."""
        from wardteam_reports import quality_report as rendered

        match form:
            case "pdf":
                return rendered.quality_report_pdf(self.report, language=self.language)
            case "docx":
                return rendered.quality_report_docx(self.report, language=self.language)
            case "html":
                return rendered.quality_report_page(self.report, language=self.language).encode()
            case "csv":
                return rendered.quality_report_csv(self.report, language=self.language)

    def pieces(self, forms: Collection[Form] = FORMS) -> Iterator[Piece]:
        """Give the report's files, one a form."""
        from wardteam.bootstrap.document_set import Piece

        is_full = self.edition is Edition.FULL
        name, titles = ("quality-report", TITLES) if is_full else ("quality-month", MONTH_TITLES)
        for form in FORMS:
            if form in forms:
                yield Piece(f"{name}.{form}", titles[form], lambda form=form: self.make(form))  # type: ignore[misc]  # a loop's own


TITLES: dict[Form, Message] = {
    "pdf": Message("Quality report, PDF"),
    "docx": Message("Quality report, Word"),
    "html": Message("Quality report, HTML"),
    "csv": Message("Figures of the quality report, CSV"),
}
MONTH_TITLES: dict[Form, Message] = {
    "pdf": Message("Quality of the month, PDF"),
    "docx": Message("Quality of the month, Word"),
    "html": Message("Quality of the month, HTML"),
    "csv": Message("Figures of the month, CSV"),
}


def indicators_piece(reader: WardReader, language: Language, ward: str) -> Piece:
    """Give the indicators of the newest quarter that is over, as an Excel form; the ward has a plan."""
    from wardteam.bootstrap.document_set import Piece
    from wardteam.services.indicators import last_quarter, quarter_indicators, quarter_name

    now = reader.now(ward)
    quarter = last_quarter(now.date())

    def make() -> bytes:
        data = QualityPapers(reader, language, ward).data
        return indicators_form(data, quarter_indicators(data, quarter), language, made_at=now)

    name = quarter_name(quarter)
    title = Message("Quality indicators of {quarter}, Excel", quarter=name)
    return Piece(f"indicators-{name}.xlsx", title, make)


def indicators_form(
    data: QualityData, table: IndicatorTable, language: Language, *, made_at: datetime
) -> bytes:
    """Write a quarter's indicators as an Excel form in the ward's name."""
    from wardteam.exchange.indicators_xlsx import indicators_xlsx
    from wardteam.services.indicators import quarter_name

    ward = data.book.ward
    return indicators_xlsx(
        table,
        language,
        ward=Named(ward.name, ward.name_en),
        hospital=Named(ward.hospital, ward.hospital_en),
        name=quarter_name(table.quarter),
        made_at=made_at,
    )
