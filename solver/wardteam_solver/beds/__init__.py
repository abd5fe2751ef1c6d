"""Bed assignment (管床): whole rooms to teams first, then each team's beds to its owners."""

from wardteam_solver.beds.case import BedCase, BedState, Owner
from wardteam_solver.beds.plan import assign_beds

__all__ = ["BedCase", "BedState", "Owner", "assign_beds"]
