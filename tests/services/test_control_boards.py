"""The board of actions, the funnel of the teams' audits, and what a new plan proposes."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.staffing_kit import ward
from wardteam.domain.calendar import Period
from wardteam.domain.control import Action, ActionSource
from wardteam.domain.teams import Team
from wardteam.errors import Message
from wardteam.services.actions_board import actions_board
from wardteam.services.audit_funnel import audit_funnel
from wardteam.services.control import AuditShare
from wardteam.services.proposed_plan import proposed_plan
from wardteam.stats.counts import Share
from wardteam.stats.plots import FunnelPlot

TODAY = date(2026, 11, 23)
MAY = Period.month(2026, 5)


def action(code: str, due: date, done: date | None = None, verified: date | None = None) -> Action:
    return Action(
        *(code, date(2026, 4, 1), ActionSource.AUDIT, "A", "f", "m", "W", due),
        done_on=done,
        verified_on=verified,
        is_effective=None if verified is None else True,
    )


def test_the_board_shows_all_that_waits_and_what_was_verified_in_the_span() -> None:
    actions = [
        action("later", date(2026, 12, 1)),
        action("today", TODAY),
        action("late", date(2026, 11, 22)),
        action("latest", date(2026, 1, 2)),
        action("done", date(2026, 3, 1), date(2026, 3, 2)),
        action("may", date(2026, 5, 1), date(2026, 5, 1), date(2026, 5, 2)),
        action("end", date(2026, 5, 1), date(2026, 5, 1), date(2026, 5, 31)),
        action("june", date(2026, 5, 1), date(2026, 5, 1), date(2026, 6, 1)),
    ]
    board = actions_board(actions, MAY, TODAY)
    assert [a.code for a in board.overdue] == ["latest", "late"]
    assert [a.code for a in board.to_do] == ["today", "later"]
    assert [a.code for a in board.done] == ["done"]
    assert [a.code for a in board.verified] == ["end", "may"]


def teams(*numbers: int):
    from dataclasses import replace

    return replace(ward(), teams=tuple(Team(number, f"组{number}", f"Team {number}") for number in numbers))


def test_teams_keep_their_numbers_in_the_funnel_where_one_has_no_audit() -> None:
    lines = [AuditShare("", Share(20, 30)), AuditShare("", None), AuditShare("", Share(28, 30))]
    plot = audit_funnel(teams(3, 1, 7), lines)
    assert isinstance(plot, FunnelPlot)
    assert [(u.name, u.events) for u in plot.funnel.units] == [("1", 20), ("7", 28)]


def test_one_team_alone_has_no_funnel() -> None:
    assert isinstance(audit_funnel(teams(1), [AuditShare("", Share(20, 30))]), Message)


@pytest.mark.parametrize(
    ("today", "baseline", "intervention"),
    [
        (TODAY, ("2025-01-01", "2025-11-22"), ("2026-01-01", "2026-11-22")),
        (date(2026, 1, 1), ("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31")),
        (date(2024, 3, 1), ("2023-01-01", "2023-02-28"), ("2024-01-01", "2024-02-29")),
    ],
)
def test_a_new_plan_proposes_the_same_days_of_two_years(
    today: date, baseline: tuple[str, str], intervention: tuple[str, str]
) -> None:
    plan = proposed_plan(today)
    spans = (plan.baseline.span, plan.intervention.span)
    assert [(str(s.first), str(s.last)) for s in spans] == [baseline, intervention]
    assert not plan.is_locked
