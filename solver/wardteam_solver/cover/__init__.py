"""Cover (代管): who holds every bed on every day, and the zones of the other shifts."""

from wardteam_solver.cover.case import DayCase, Holder
from wardteam_solver.cover.holders import cover_days
from wardteam_solver.cover.most import most_owned
from wardteam_solver.cover.zones import ZoneNurse, zones

__all__ = ["DayCase", "Holder", "ZoneNurse", "cover_days", "most_owned", "zones"]
