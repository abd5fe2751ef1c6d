"""How wide a table's columns want to be, from the text that stands in them."""

from __future__ import annotations

from wardteam_reports.plots.lettering import text_width
from wardteam_reports.quality_report.content import Line, TableText, plain

LONGEST = 34.0
SHORTEST = 3.0
PADDING = 1.2
LEAST_FACTOR = 0.5
LEAST_TEXT = 9.0


def column_shares(table: TableText, *, room: float) -> list[float]:
    """Give each column's width in characters; where the room is short, texts break before figures do.

    Parameters
    ----------
    room
        How many characters' widths the page has.
    """
    wishes = [_wish(table, column) + PADDING for column in range(len(table.header))]
    figures = sum(wish for column, wish in enumerate(wishes) if column in table.figures)
    texts = sum(wishes) - figures
    if figures + texts <= room or not texts:
        return wishes
    factor = max((room - figures) / texts, LEAST_FACTOR)
    return [
        wish if i in table.figures else round(max(wish * factor, min(wish, LEAST_TEXT)), 1)
        for i, wish in enumerate(wishes)
    ]


def _wish(table: TableText, column: int) -> float:
    lines = [line for row in table.rows for line in row[column]]
    widest = max((_width(line) for line in lines), default=0.0)
    heading = _width(table.header[column])
    is_figure = column in table.figures
    if is_figure:
        return round(max(widest, min(heading, 0.6 * heading + 2), SHORTEST), 1)
    return round(max(min(widest, LONGEST), min(heading, LONGEST / 2), SHORTEST), 1)


def _width(line: Line) -> float:
    return text_width(plain(line), 1.0)
