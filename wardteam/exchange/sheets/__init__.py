"""The sheets of the ward's workbook, each one small description each, in the workbook's order."""

from __future__ import annotations

from wardteam.exchange.sheets.balances import BALANCES
from wardteam.exchange.sheets.beds import BEDS, EARLIER_OWNERS
from wardteam.exchange.sheets.demand import DEMAND
from wardteam.exchange.sheets.holidays import HOLIDAYS
from wardteam.exchange.sheets.leave import LEAVE
from wardteam.exchange.sheets.nurses import EARLIER_TEAMS, NURSES
from wardteam.exchange.sheets.pairs import PAIRS
from wardteam.exchange.sheets.restrictions import RESTRICTIONS
from wardteam.exchange.sheets.rules import RULES
from wardteam.exchange.sheets.settings import SETTINGS
from wardteam.exchange.sheets.shifts import SHIFTS
from wardteam.exchange.sheets.stays import STAYS
from wardteam.exchange.sheets.teams import TEAMS
from wardteam.exchange.sheets.wishes import WISHES
from wardteam.exchange.tables import SheetSpec

SHEETS: tuple[SheetSpec, ...] = (
    SETTINGS,
    TEAMS,
    NURSES,
    EARLIER_TEAMS,
    BEDS,
    EARLIER_OWNERS,
    STAYS,
    SHIFTS,
    DEMAND,
    LEAVE,
    WISHES,
    RESTRICTIONS,
    PAIRS,
    RULES,
    HOLIDAYS,
    BALANCES,
)
"""All sheets but last month's roster, which has its own form, in the workbook's order."""
