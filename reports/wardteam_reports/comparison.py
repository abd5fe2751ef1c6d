"""The one-page comparison in the journal's three-line form: PDF, page fragment, whole page."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from wardteam.i18n import LOCALES, Language
from wardteam.stats.comparison import Comparison
from wardteam_reports.comparison_chart import chart_text, comparison_chart
from wardteam_reports.comparison_table import comparison_data
from wardteam_reports.svg import page_svg
from wardteam_reports.typeset import TEMPLATE_FOLDER, compile_pdf

if TYPE_CHECKING:
    from jinja2 import Environment


def comparison_pdf(comparison: Comparison, *, language: Language, made_at: datetime) -> bytes:
    """Typeset the comparison on one A4 page."""
    data = comparison_data(comparison, language=language, made_at=made_at)
    data["chart_alt"] = chart_text(comparison, language)
    chart = comparison_chart(comparison, language=language)
    return compile_pdf(
        "comparison", data, language=language, timestamp=made_at, files={"comparison.svg": chart}
    )


def comparison_html(comparison: Comparison, *, language: Language, made_at: datetime | None = None) -> str:
    """Give the comparison as a page fragment: classes and headings from level 2, no style, no script.

    Its looks stand in `comparison_css`, which takes the page's own colours where they are set.
    """
    data = comparison_data(comparison, language=language, made_at=made_at)
    chart = page_svg(comparison_chart(comparison, language=language, is_narrow=True))
    return _pages().get_template("comparison.html").render(data, chart=chart)


def comparison_page(comparison: Comparison, *, language: Language, made_at: datetime) -> str:
    """Give the comparison as a whole page in one file, to keep or to send."""
    fragment = comparison_html(comparison, language=language, made_at=made_at)
    page = _pages().get_template("comparison_page.html")
    data = comparison_data(comparison, language=language, made_at=made_at)
    locale = LOCALES[language].replace("_", "-")
    return page.render(data, fragment=fragment, css=comparison_css(), locale=locale)


@cache
def comparison_css() -> str:
    """Give the style sheet that belongs to the fragment."""
    return (TEMPLATE_FOLDER / "comparison.css").read_text(encoding="utf-8")


@cache
def _pages() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATE_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
