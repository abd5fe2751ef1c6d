"""The design tokens (colours, type scale, spacing) that paper, charts and screen share."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TOKENS_PATH = Path(__file__).parent / "tokens.json"


@dataclass(frozen=True)
class Tokens:
    """Colours by name for light and dark, team colours in order, sizes in points, the font family."""

    colour: dict[str, str]
    dark: dict[str, str]
    team: tuple[str, ...]
    team_soft: tuple[str, ...]
    type: dict[str, float]
    space: dict[str, float]
    family: str

    def team_colour(self, number: int) -> str:
        """Give a team's colour by its number, from 1; the colours repeat after the last."""
        return self.team[(number - 1) % len(self.team)]

    def team_tint(self, number: int) -> str:
        """Give the pale ground that goes with a team's colour."""
        return self.team_soft[(number - 1) % len(self.team_soft)]


@cache
def tokens() -> Tokens:
    """Read the tokens once."""
    raw = json.loads(TOKENS_PATH.read_text(encoding="utf-8"))
    return Tokens(
        colour=raw["colour"],
        dark=raw["dark"],
        team=tuple(raw["team"]),
        team_soft=tuple(raw["team_soft"]),
        type=raw["type"],
        space=raw["space"],
        family=raw["font"]["family"],
    )
