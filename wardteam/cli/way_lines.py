"""A way out on the terminal: the cells that change."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wardteam.cli.screen import Screen
    from wardteam.services.way_priced import PricedWay


def show_moves(screen: Screen, way: PricedWay) -> None:
    """Show the cells that change, from what to what."""
    rows = [(move.nurse, move.day, move.old, move.new) for move in way.moves]
    screen.table(("Nurse", "Day", "Now", "Then"), rows)
