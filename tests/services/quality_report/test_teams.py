"""Part 7: teams in their own order without ranks, control in tables, rare events by the days between."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from tests.services.staffing_kit import at, call, nurse, patient_day, quality, ward
from wardteam.domain.calls import CallReason
from wardteam.domain.control import (
    Action,
    ActionSource,
    AdverseEvent,
    Audience,
    Audit,
    AuditLevel,
    Checklist,
    ChecklistItem,
    ControlArea,
    EventKind,
    EventLevel,
    ItemScore,
    Mark,
    Symposium,
)
from wardteam.domain.questionnaires import Item, ItemKind, Mode, QuestionnaireSheet, QuestionnaireVersion
from wardteam.errors import Named
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.teams import (
    NO_TEAMS,
    bells_by_team,
    standardised,
    team_blocks,
    teams_part,
)
from wardteam.stats.plots import ChartPlot, FunnelPlot, ParetoPlot
from wardteam.stats.report import Figure, Paragraph, Table

FIRST = date(2026, 3, 2)
REASONS = (CallReason.TOILET, CallReason.PAIN)
LIST = Checklist(
    "C1", FIRST, Named("查对", "Checking"), ControlArea.CHECKING, (ChecklistItem("1", Named("一", "One")),)
)
VERSION = QuestionnaireVersion(
    "V1", FIRST, Named("问卷", "Questions"), (Item("s", Named("满意", "Satisfied"), ItemKind.LIKERT),)
)


def audits(days):
    return tuple(
        Audit(
            f"A{i}",
            days[i],
            "C1",
            AuditLevel.LEADER,
            str(i % 2 + 1),
            "A",
            (ItemScore("1", Mark.NOT_MET if i % 3 == 0 else Mark.MET),),
        )
        for i in range(50)
    )


def actions(days):
    return tuple(
        Action(
            f"M{i}",
            days[i],
            ActionSource.AUDIT,
            f"A{i}",
            "finding",
            "measure",
            "A",
            days[i] + timedelta(days=7),
            team=str(i % 2 + 1),
            done_on=None if i == 9 else days[i] + timedelta(days=5),
        )
        for i in range(10)
    )


def full_ward():
    """Two teams over 56 days: team 2's beds ring half as often; every third audit fails."""
    rng = np.random.default_rng(2)
    days = [FIRST + timedelta(days=i) for i in range(56)]
    calls = [
        call(
            f"{i}-{bed}-{k}", at(day, 6 + k), bed=bed, reason=CallReason.TOILET if k % 3 else CallReason.PAIN
        )
        for i, day in enumerate(days)
        for bed, mean in (("1", 6), ("2", 3))
        for k in range(rng.poisson(mean))
    ]
    sheets = tuple(
        QuestionnaireSheet(
            f"Q{i}", days[i], "V1", Mode.PAPER, days[i], (5 if i % 4 else 2,), team=f"{i % 2 + 1}组"
        )
        for i in range(48)
    )
    events = tuple(
        AdverseEvent(f"E{i}", days[9 * i], EventKind.FALL, EventLevel.III, team="1") for i in range(6)
    )
    return quality(
        ward(nurse("A"), nurse("B")),
        calls,
        patient_days=tuple(patient_day(day, 2) for day in days),
        checklists=(LIST,),
        versions=(VERSION,),
        audits=audits(days),
        actions=actions(days),
        sheets=sheets,
        events=events,
        symposia=(Symposium("Y1", days[3], Audience.PATIENTS, points=("quieter nights",)),),
    )


def test_the_part_has_funnels_pareto_audits_actions_and_events() -> None:
    part = teams_part(Analysis(full_ward()))
    figures = [block for block in part.blocks if isinstance(block, Figure)]
    assert [type(f.plot) for f in figures] == [*[FunnelPlot] * 4, ParetoPlot, ChartPlot]
    assert {block.code for block in part.blocks if isinstance(block, Table)} == {
        *("teams", "audits_by_checklist", "audits_by_level", "items_not_met"),
        *("open_actions", "adverse_events"),
    }
    (refused,) = [b for b in part.blocks if isinstance(b, Paragraph) and "no chart" in str(b.sentences[0])]
    assert "Aware of health education" in str(refused.sentences[0])
    assert part.number == 7


def test_teams_stand_in_their_own_order_with_shares_and_intervals() -> None:
    part = teams_part(Analysis(full_ward()))
    (table,) = [b for b in part.blocks if isinstance(b, Table) and b.code == "teams"]
    assert [str(row[0].lines[0]) for row in table.rows] == ["1: Team 1", "2: Team 2"]
    # Sheets 0, 4, 8, ... are dissatisfied: all of them team 1's.
    assert [row[2].lines[0] for row in table.rows] == ["12/24 (50.0%)", "24/24 (100.0%)"]
    assert [row[5].lines for row in table.rows] == [("5/5",), ("4/5",)]


def test_bells_are_held_against_the_wards_own_rate() -> None:
    analysis = Analysis(full_ward())
    bells = bells_by_team(analysis)
    first, second = (standardised(bells, place) for place in (0, 1))
    assert sum(bells.expected) == pytest.approx(sum(bells.observed))
    assert first.estimate > 1.2
    assert first.interval.low > 1
    assert second.interval.high < 1


def test_the_pareto_falls_and_counts_every_call() -> None:
    part = teams_part(Analysis(full_ward()))
    (pareto,) = [b.plot for b in part.blocks if isinstance(b, Figure) and isinstance(b.plot, ParetoPlot)]
    assert list(pareto.counts) == sorted(pareto.counts, reverse=True)
    assert sum(pareto.counts) == len(full_ward().calls)


def test_a_ward_without_teams_or_records_is_told_so() -> None:
    part = teams_part(Analysis(quality(ward(nurse("A"), teams=1))))
    notes = [b.sentences[0] for b in part.blocks if isinstance(b, Paragraph)]
    assert NO_TEAMS in notes
    assert not [b for b in part.blocks if isinstance(b, Figure | Table)]
    assert teams_part(Analysis(quality(ward()))).blocks


def test_what_several_funnels_would_warn_of_is_said_once_below_them() -> None:
    blocks = team_blocks(Analysis(full_ward()))
    figures = [block for block in blocks if isinstance(block, Figure)]
    warnings = [str(words) for figure in figures for words in figure.caption[2:]]
    below = [str(words) for block in blocks if isinstance(block, Paragraph) for words in block.sentences]
    assert any("flag an innocent one" in words for words in below)
    assert len(warnings) == len(set(warnings))
    assert all("n = 2 teams; 20" in str(figure.caption[0]) for figure in figures)
