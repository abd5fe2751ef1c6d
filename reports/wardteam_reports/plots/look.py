"""How the report's charts look: sizes, inks and type, and a canvas measured in points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from wardteam.i18n import Translator
from wardteam.stats.plots import Words
from wardteam_reports.plots.lettering import text_width
from wardteam_reports.plots.words import show
from wardteam_reports.svg import DRAWING, INK, add_fonts
from wardteam_reports.tokens import tokens

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Width = Literal["full", "half", "narrow", "spark"]
POINTS = 72.0
MUTED = "#50606d"
LINE = "#c5d0d7"
EDGE = "#8497a3"
BAND = "#f3f7f8"
GROUND = "#ffffff"
ACCENT = "#0f6871"
ACCENT_SOFT = "#dceeee"
SECOND = "#a54a12"
COMMON = "#a6a6a6"
IMPROVEMENT = "#00b0f0"
CONCERN = "#e46c0a"
NEITHER = "#490092"
TARGET = "#de1b1b"


@dataclass(frozen=True)
class Frame:
    """A drawing's size in inches and its type in points."""

    width: float
    height: float
    type: float


FRAMES: dict[Width, Frame] = {
    "full": Frame(6.7, 2.75, 7.8),
    "half": Frame(3.25, 2.25, 6.6),
    "narrow": Frame(4.3, 3.1, 9.2),
    "spark": Frame(1.7, 0.42, 6.0),
}


@dataclass(frozen=True)
class Mark:
    """A sign of the key: a marker, a line or a patch, as Matplotlib's line draws it."""

    text: str
    style: dict[str, Any] = field(default_factory=dict)  # any property that a Matplotlib line has


class Canvas:
    """A figure of one width in one language; places are given in points from the lower left corner."""

    def __init__(self, t: Translator, width: Width) -> None:
        from matplotlib.figure import Figure

        frame = FRAMES[width]
        self.t = t
        self.width_name: Width = width
        self.type = frame.type
        self.width = frame.width * POINTS
        self.height = frame.height * POINTS
        self.figure: Figure = Figure(figsize=(frame.width, frame.height))

    def say(self, words: Words) -> str:
        """Put a label into words."""
        return show(words, self.t)

    def set_height(self, points: float) -> None:
        """Make the drawing as high as its content needs."""
        self.height = points
        self.figure.set_size_inches(self.width / POINTS, points / POINTS)

    def axes(self, *, left: float, right: float, bottom: float, top: float) -> Axes:
        """Give axes with these margins in points."""
        box = (
            left / self.width,
            bottom / self.height,
            1 - (left + right) / self.width,
            1 - (bottom + top) / self.height,
        )
        axes = self.figure.add_axes(box)
        axes.patch.set_visible(False)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        for side in ("left", "bottom"):
            axes.spines[side].set_linewidth(0.6)
        axes.tick_params(width=0.6, length=2.5, pad=2, labelsize=self.type)
        return axes

    def write(self, x: float, y: float, text: str, **style: Any) -> None:  # any property of a text
        """Write a text at a place."""
        style = {"fontsize": self.type, "va": "center", **style}
        self.figure.text(x / self.width, y / self.height, text, **style)

    def key_rows(self, marks: Sequence[Mark]) -> list[list[Mark]]:
        """Break a key into rows that fit the width."""
        rows: list[list[Mark]] = []
        room = 0.0
        for mark in marks:
            need = self._mark_width(mark)
            if not rows or need > room:
                rows.append([])
                room = self.width - 4
            rows[-1].append(mark)
            room -= need
        return rows

    def key(self, marks: Sequence[Mark], *, left: float = 3.0) -> float:
        """Draw a key at the foot of the figure and give its height; 0 without marks."""
        rows = self.key_rows(marks)
        step = 1.55 * self.type
        for number, row in enumerate(reversed(rows)):
            x, y = left, (number + 0.55) * step
            for mark in row:
                self._sign(mark, x, y)
                self.write(x + 2.25 * self.type, y, mark.text, color=INK)
                x += self._mark_width(mark)
        return len(rows) * step + (2 if rows else 0)

    def _mark_width(self, mark: Mark) -> float:
        return 3.6 * self.type + text_width(mark.text, self.type)

    def _sign(self, mark: Mark, x: float, y: float) -> None:
        from matplotlib.lines import Line2D

        is_line = mark.style.get("linestyle", "none") not in ("none", "")
        span = (x + 0.2 * self.type, x + 1.6 * self.type) if is_line else (x + self.type, x + self.type)
        places = ([p / self.width for p in span], [y / self.height] * 2)
        style = {"linestyle": "none", "color": INK, **mark.style}
        if not is_line:
            places = (places[0][:1], places[1][:1])
        self.figure.add_artist(Line2D(*places, transform=self.figure.transFigure, **style))


@contextmanager
def look() -> Iterator[None]:
    """Draw in the project's own look; one thread at a time, since Matplotlib's settings are shared."""
    import matplotlib as mpl

    add_fonts()
    with DRAWING, mpl.rc_context(_settings()):  # type: ignore[arg-type]  # its stubs list every name
        yield


def _settings() -> dict[str, Any]:  # settings are of several types, as Matplotlib names them
    return {
        "font.family": [tokens().family, "DejaVu Sans"],
        "axes.unicode_minus": False,
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": EDGE,
        "xtick.color": EDGE,
        "ytick.color": EDGE,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "lines.solid_capstyle": "butt",
        "lines.dash_capstyle": "butt",
        "path.simplify": False,
    }
