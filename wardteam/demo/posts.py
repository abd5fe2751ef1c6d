"""The day shift's posts of past rosters: a leader for each team, beginners beside the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from wardteam.demo.tracks import Skill
from wardteam.domain.defaults import DAY
from wardteam.domain.roster import CellKey
from wardteam.domain.shifts import Post
from wardteam.domain.teams import Membership, Role


def day_posts(
    codes: Mapping[CellKey, str],
    skills: Mapping[str, Mapping[int, Skill]],
    memberships: tuple[Membership, ...],
) -> dict[CellKey, Post]:
    """Give everybody on the day shift the post that her month's skill allows; one leads each team."""
    here: dict[date, list[str]] = defaultdict(list)
    for (staff_no, day), code in codes.items():
        if code == DAY.code:
            here[day].append(staff_no)
    roles = {m.staff_no: m for m in memberships}
    posts: dict[CellKey, Post] = {}
    for day, people in here.items():
        led: set[int] = set()
        for staff_no in sorted(people, key=lambda one: _rank(roles.get(one), one)):
            skill = skills[staff_no][day.month]
            posts[staff_no, day] = Post.RESPONSIBLE if skill.may_hold else Post.ASSISTANT
            if skill.may_lead and roles[staff_no].team not in led:
                led.add(roles[staff_no].team)
                posts[staff_no, day] = Post.LEADER
    return posts


def _rank(membership: Membership | None, staff_no: str) -> tuple[int, str]:
    """Say who leads first: the leader, the deputy, the most senior; numbers go by seniority."""
    return (len(Role) if membership is None else list(Role).index(membership.role)), staff_no
