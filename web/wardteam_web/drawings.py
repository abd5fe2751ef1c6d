"""Charts and verdict icons for templates: the reports' own drawings, safe to stand inside a page."""

from __future__ import annotations

from markupsafe import Markup

from wardteam.stats.charts.types import Assurance, Variation
from wardteam.stats.plots import Plot
from wardteam_reports.plots.drawing import plot_page
from wardteam_reports.plots.icons import (
    assurance_icon,
    assurance_words,
    page_icon,
    variation_icon,
    variation_words,
)
from wardteam_reports.plots.look import Width
from wardteam_web.words import Words


class Drawings:
    """Draws in one request's language; each drawing is decoration beside words that say the same."""

    def __init__(self, words: Words) -> None:
        self._language = words.language

    def chart(self, plot: Plot, width: Width) -> Markup:
        """Draw a plot. The reports make every part of it; no text of people stands in it unescaped."""
        return Markup(plot_page(plot, language=self._language, width=width))

    def variation(self, variation: Variation) -> Markup:
        """Give the icon of a variation."""
        return Markup(page_icon(variation_icon(variation)))

    def assurance(self, assurance: Assurance) -> Markup:
        """Give the icon of an assurance."""
        return Markup(page_icon(assurance_icon(assurance)))

    def variation_words(self, variation: Variation) -> str:
        """Say what the variation's icon shows."""
        return variation_words(variation, self._language)

    def assurance_words(self, assurance: Assurance) -> str:
        """Say what the assurance's icon shows."""
        return assurance_words(assurance, self._language)
