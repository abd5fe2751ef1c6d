"""The sheet of the responsibility teams."""

from __future__ import annotations

from wardteam.domain.teams import Team
from wardteam.errors import Message
from wardteam.exchange.kinds import COLOUR, TEXT, whole
from wardteam.exchange.tables import Column, Record, SheetSpec

TEAMS = SheetSpec(
    key="teams",
    zh="护理小组",
    en="Teams",
    about=Message("The responsibility teams, one a line."),
    columns=(
        Column(
            "number",
            "组号",
            "Team no.",
            whole(1, 99),
            note=Message("Orders the teams on every sheet, from 1."),
        ),
        Column("name", "组名", "Team name", TEXT, ""),
        Column("name_en", "英文组名", "Team name (English)", TEXT, "", width=20),
        Column("colour", "颜色", "Colour", COLOUR, "", note=Message("Optional, such as #fdf3d8.")),
    ),
    records=lambda book: (vars(team) for team in book.teams),
    unique=(("number",),),
)


def build_teams(records: list[Record]) -> tuple[Team, ...]:
    """Make the teams in the sheet's order."""
    return tuple(Team(**record) for record in records)
