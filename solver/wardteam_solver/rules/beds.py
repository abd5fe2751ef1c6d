"""Beds: the day's nurses of a team can hold its beds; the owners are there as often as can be."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam_solver.limits import About, Limits, On, Term, at_least
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule


@dataclass(frozen=True, kw_only=True)
class BedCapacity(Rule):
    """For each team, day and level: nurses of that level or more can hold the beds that need it."""

    def limits(self, problem: Problem) -> Limits:
        """Add up what the posts of the day can hold."""
        posts = {post: problem.with_post(post) for post in problem.capacity}
        for need in problem.bed_needs:
            members = [
                n
                for n in problem.everyone
                if problem.people[n].team_on(need.day) == need.team and problem.people[n].level >= need.level
            ]
            terms: tuple[Term, ...] = tuple(
                (problem.capacity[post], On(n, need.day, options))
                for n in members
                for post, options in posts.items()
            )
            about = About(days=(need.day,), team=need.team, detail=f"N{need.level}")
            yield at_least(terms, need.beds, about)


@dataclass(frozen=True, kw_only=True)
class Continuity(Rule):
    """An owner who works holds her own beds: each of her beds held by another costs."""

    def limits(self, problem: Problem) -> Limits:
        """Ask for a bed-holding post on each duty of an owner."""
        holding = frozenset().union(*(problem.with_post(post) for post in problem.capacity))
        elsewhere = problem.duty - holding
        for nurse, beds in problem.owned_beds.items():
            for day in problem.days:
                about = About((nurse,), (day,))
                yield at_least(((-1, On(nurse, day, elsewhere)),), 0, about, cost=beds)
