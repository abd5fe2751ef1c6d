"""Charts as SVG: how even the teams are, and how nights, evenings and weekends are spread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING

from wardteam.domain.documents import BalanceRow, RosterSheet, SheetDay, SheetRow, TeamsReport
from wardteam.domain.people import StaffKind
from wardteam.domain.shifts import ShiftKind
from wardteam.i18n import Language, translator
from wardteam_reports import wording
from wardteam_reports.svg import DRAWING, INK, add_fonts, figure_svg
from wardteam_reports.tokens import tokens

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PANELS_A_ROW = 6
LABEL_CHARACTERS = 20
SATURDAY = 5


@dataclass(frozen=True)
class FairnessLine:
    """One nurse's share: nights, evenings, and weekends with duty on either day."""

    name: str
    nights: int
    evenings: int
    weekends: int


def balance_chart(report: TeamsReport, language: Language) -> bytes:
    """Draw a small bar chart for each attribute, a bar a team, all from zero."""
    from matplotlib.figure import Figure

    rows = -(-len(report.balance) // PANELS_A_ROW) or 1
    with _look():
        figure = Figure(figsize=(7.4, 0.98 * rows))
        figure.subplots_adjust(
            left=0.005, right=0.995, bottom=0.13 / rows, top=1 - 0.26 / rows, wspace=0.12, hspace=0.62
        )
        numbers = [team.team.number for team in report.teams]
        for place, row in enumerate(report.balance, start=1):
            axes = figure.add_subplot(rows, PANELS_A_ROW, place)
            _balance_panel(axes, row, numbers, translator(language)(row.attribute))
        return figure_svg(figure, salt="balance", label=balance_text(report, language))


def balance_text(report: TeamsReport, language: Language) -> str:
    """Give the balance chart's alternative text: every attribute with its figures by team."""
    say = translator(language)
    lines = tuple(
        say("{attribute}: {figures}", attribute=row.attribute, figures=balance_figures(row))
        for row in report.balance
    )
    return say("Balance of the teams, figures in the order of the teams. {lines}.", lines=lines)


def balance_figures(row: BalanceRow) -> tuple[str, ...]:
    """Write a row's figures with its decimals."""
    return tuple(f"{figure:.{row.decimals}f}" for figure in row.figures)


def fairness_lines(sheet: RosterSheet, language: Language) -> tuple[FairnessLine, ...]:
    """Count each ward nurse's nights, evenings and weekends in the sheet's order."""
    return tuple(
        _fairness_line(row, sheet.days, language) for row in sheet.rows if row.kind is StaffKind.WARD
    )


def fairness_chart(sheet: RosterSheet, language: Language) -> bytes:
    """Draw a dot for each nurse in three panels, with the mean as a broken line."""
    from matplotlib.figure import Figure

    lines = fairness_lines(sheet, language)
    say = translator(language)
    with _look():
        figure = Figure(figsize=(7.4, height := 0.7 + 0.155 * len(lines)))
        figure.subplots_adjust(left=0.14, right=0.99, bottom=0.3 / height, top=1 - 0.3 / height, wspace=0.07)
        panels = (
            (say("Nights"), [line.nights for line in lines], "o"),
            (say("Evenings"), [line.evenings for line in lines], "s"),
            (say("Weekends worked"), [line.weekends for line in lines], "D"),
        )
        for place, (label, counts, marker) in enumerate(panels, start=1):
            axes = figure.add_subplot(1, len(panels), place)
            _fairness_panel(axes, label, counts, marker)
            names = [line.name for line in lines] if place == 1 else [""] * len(lines)
            axes.set_yticks(range(len(lines)), names)
        return figure_svg(figure, salt="fairness", label=fairness_text(sheet, language))


def fairness_text(sheet: RosterSheet, language: Language) -> str:
    """Give the fairness chart's alternative text: least and most of each count."""
    lines = fairness_lines(sheet, language)
    nights, evenings, weekends = (
        _ends([getattr(line, name) for line in lines]) for name in ("nights", "evenings", "weekends")
    )
    return translator(language)(
        "Spread over {count} nurses: nights {nights}, evenings {evenings}, weekends worked {weekends}.",
        count=len(lines),
        nights=nights,
        evenings=evenings,
        weekends=weekends,
    )


def _ends(counts: Sequence[int]) -> str:
    return f"{min(counts, default=0)}–{max(counts, default=0)}"


def _fairness_line(row: SheetRow, days: Sequence[SheetDay], language: Language) -> FairnessLine:
    kinds = [cell.kind for cell in row.cells]
    weekends = {
        day.day.isocalendar()[:2]
        for day, cell in zip(days, row.cells, strict=True)
        if day.day.weekday() >= SATURDAY and cell.minutes > 0
    }
    return FairnessLine(
        name=wording.pick(row.name, language),
        nights=kinds.count(ShiftKind.NIGHT),
        evenings=kinds.count(ShiftKind.EVENING),
        weekends=len(weekends),
    )


def _balance_panel(axes: Axes, row: BalanceRow, teams: Sequence[int], label: str) -> None:
    places = range(len(teams))
    colours = [tokens().team_colour(number) for number in teams]
    axes.bar(places, row.figures, width=0.72, color=colours)
    for place, figure, words in zip(places, row.figures, balance_figures(row), strict=True):
        axes.annotate(words, (place, figure), (0, 1.5), textcoords="offset points", ha="center", fontsize=5.6)
    axes.set_title(fill(label, LABEL_CHARACTERS), fontsize=6.2, loc="left", pad=2)
    axes.set_xticks(places, [str(number) for number in teams], fontsize=5.6)
    axes.set_ylim(0, 1.28 * max((*row.figures, 0.1)))
    axes.set_yticks([])
    axes.tick_params(length=0, pad=1.5)
    axes.spines[["left", "right", "top"]].set_visible(False)


def _fairness_panel(axes: Axes, label: str, counts: Sequence[int], marker: str) -> None:
    colour = tokens().colour
    axes.axvline(sum(counts) / (len(counts) or 1), color=colour["line_strong"], linestyle="--", linewidth=0.8)
    axes.scatter(counts, range(len(counts)), s=15, marker=marker, color=colour["accent"], zorder=3)
    axes.set_title(label, fontsize=8, loc="left")
    axes.set_xlim(-0.5, max((*counts, 1)) + 0.5)
    axes.set_ylim(len(counts) - 0.4, -0.6)
    top = max((*counts, 1))
    axes.set_xticks(range(0, top + 1, 1 if top < 12 else 2))
    axes.tick_params(length=0, labelsize=6.5)
    axes.grid(axis="both", color=colour["line"], linewidth=0.4)
    axes.set_axisbelow(True)
    axes.spines[["left", "right", "top", "bottom"]].set_visible(False)


@contextmanager
def _look() -> Iterator[None]:
    import matplotlib as mpl

    add_fonts()
    with (
        DRAWING,
        mpl.rc_context(
            {
                "font.family": [tokens().family, "DejaVu Sans"],
                "axes.unicode_minus": False,
                "text.color": INK,
                "axes.labelcolor": INK,
                "axes.edgecolor": tokens().colour["line_strong"],
                "axes.titlecolor": INK,
                "xtick.color": INK,
                "ytick.color": INK,
            }
        ),
    ):
        yield
