"""Conflicts named in words, with ways out: why no roster can keep the hard rules."""

from wardteam_solver.explain.clash import Clash, Step, Way, WayKind
from wardteam_solver.explain.way_prices import WAY_PRICES, WayPrice
from wardteam_solver.explain.why import why_impossible

__all__ = ["WAY_PRICES", "Clash", "Step", "Way", "WayKind", "WayPrice", "why_impossible"]
