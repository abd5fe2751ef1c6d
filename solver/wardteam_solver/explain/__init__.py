"""Conflicts named in words, with ways out: why no roster can keep the hard rules."""

from wardteam_solver.explain.clash import Clash, Way, WayKind
from wardteam_solver.explain.why import why_impossible

__all__ = ["Clash", "Way", "WayKind", "why_impossible"]
