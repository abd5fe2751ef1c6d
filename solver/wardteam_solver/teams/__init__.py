"""Responsibility teams: even sizes, leaders who qualify, a fair mix, and few moves."""

from wardteam_solver.teams.case import TeamCase, team_case
from wardteam_solver.teams.plan import balance_teams, reasons_for

__all__ = ["TeamCase", "balance_teams", "reasons_for", "team_case"]
