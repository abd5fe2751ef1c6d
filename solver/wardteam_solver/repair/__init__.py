"""Repair (调班): mend a published roster after somebody is off, disturbing as few people as can be."""

from wardteam_solver.repair.case import Prices, RepairCase, Way, units_missed
from wardteam_solver.repair.find import Repairs, find_ways

__all__ = ["Prices", "RepairCase", "Repairs", "Way", "find_ways", "units_missed"]
