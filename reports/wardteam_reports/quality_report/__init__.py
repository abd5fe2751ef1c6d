"""The quality report in its four forms: PDF, Word, page, and all numbers as CSV."""

from __future__ import annotations

from wardteam.i18n import Language
from wardteam.stats.report import QualityReport

__all__ = [
    "quality_report_css",
    "quality_report_csv",
    "quality_report_docx",
    "quality_report_html",
    "quality_report_page",
    "quality_report_pdf",
]


def quality_report_pdf(report: QualityReport, *, language: Language) -> bytes:
    """Typeset the report as PDF/A-2a and PDF/UA-1; the same report gives the same bytes."""
    from wardteam_reports.quality_report import pdf

    return pdf.quality_report_pdf(report, language=language)


def quality_report_docx(report: QualityReport, *, language: Language) -> bytes:
    """Write the report as an editable Word document; the same report gives the same bytes."""
    from wardteam_reports.quality_report import word

    return word.quality_report_docx(report, language=language)


def quality_report_html(report: QualityReport, *, language: Language) -> str:
    """Give the report as a page fragment without style or script, to stand under the page's own h1."""
    from wardteam_reports.quality_report import page

    return page.quality_report_html(report, language=language)


def quality_report_page(report: QualityReport, *, language: Language) -> str:
    """Give the report as a whole page in one file."""
    from wardteam_reports.quality_report import page

    return page.quality_report_page(report, language=language)


def quality_report_css() -> str:
    """Give the style sheet that belongs to the fragment."""
    from wardteam_reports.quality_report import page

    return page.quality_report_css()


def quality_report_csv(report: QualityReport, *, language: Language) -> bytes:
    """Give every number of the report's tables and charts, one a row."""
    from wardteam_reports.quality_report import numbers

    return numbers.quality_report_csv(report, language=language)
