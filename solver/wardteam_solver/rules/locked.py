"""Locked cells and hand edits stay as they are."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam_solver.limits import About, Limit, Limits, On
from wardteam_solver.problem import OFF, Problem
from wardteam_solver.rules.base import Rule


@dataclass(frozen=True, kw_only=True)
class Locked(Rule):
    """A locked cell keeps its shift and post, or stays free."""

    def limits(self, problem: Problem) -> Limits:
        """Fix each locked cell."""
        everything = frozenset(range(len(problem.options)))
        for nurse, day, option in problem.locks:
            about = About(nurses=(nurse,), days=(day,))
            if option == OFF:
                yield Limit(((1, On(nurse, day, everything)),), 0, 0, about)
            else:
                yield Limit(((1, On(nurse, day, frozenset({option}))),), 1, 1, about)
