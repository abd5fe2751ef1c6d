"""Part 7 of the report: teams in funnel plots, call reasons, audits, actions, events; nobody is ranked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wardteam.domain.calendar import Period
from wardteam.domain.study import MeasureKind
from wardteam.domain.teams import Team
from wardteam.errors import Message
from wardteam.services.call_columns import REASONS
from wardteam.services.control import audit_share, control_summary, team_keys, team_name
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.charting import refusal, said_once
from wardteam.services.quality_report.control_blocks import (
    action_blocks,
    activity_table,
    audit_blocks,
    people_names,
    symposia_blocks,
)
from wardteam.services.quality_report.event_blocks import event_blocks
from wardteam.services.quality_report.figure_cells import share_cell
from wardteam.services.quality_report.wording import EMPTY, estimate_cell, span_words
from wardteam.services.team_bells import TeamBells, team_bells
from wardteam.stats.charts.funnel import funnel
from wardteam.stats.counts import Share
from wardteam.stats.funnel_types import FunnelKind, FunnelUnit, FunnelVerdict
from wardteam.stats.plots import FunnelPlot, ParetoPlot, Words
from wardteam.stats.ratios import DailyCounts
from wardteam.stats.report import Block, Cell, Figure, Heading, Paragraph, Part, Table, Tone
from wardteam.stats.results import Result, Unanswerable
from wardteam.stats.single_rate import single_rate

TITLE = Message("Teams and quality control")
NO_TEAMS = Message("The book holds fewer than two teams: there is nothing to set side by side.")
NO_RANKING = Message(
    "Teams stand in their own order, never ranked: with few teams, chance alone puts one of them last. Only "
    "a point beyond the 99.8% limits calls for a look at its causes."
)
EXPECTED = Message(
    "Expected bells: the ward's rate in each nursing grade times the patient-days of the team's beds. "
    "Percentages only from 20 on; answers and audits without a team are left out."
)
PLAIN = Message(
    "Put simply: teams differ by chance, too. Here each is held against what its own patients let expect, "
    "and what lies within the funnel is no news. What was found in audits counts once it is put right."
)


def teams_part(analysis: Analysis) -> Part:
    """Write part 7 over the plan's intervention period, up to yesterday."""
    span = analysis.plan.intervention.span
    control = control_summary(analysis.data, span)
    blocks: list[Block] = [
        Paragraph((Message("Period: {span}.", span=span_words(span)), NO_RANKING), Tone.LEAD),
        *team_blocks(analysis),
        *reason_blocks(analysis),
        Heading(Message("Three-level quality control")),
        *audit_blocks(control),
        *action_blocks(control, analysis.data.today, people_names(analysis.data.book)),
        *activity_table(control),
        *symposia_blocks(analysis.data, span),
        *event_blocks(analysis.data, control),
        Paragraph((PLAIN,), Tone.SIMPLE),
    ]
    return Part(7, TITLE, tuple(blocks))


def team_blocks(analysis: Analysis) -> list[Block]:
    """Give the teams' funnels and their table with intervals, in the teams' own order."""
    teams = sorted(analysis.data.book.teams, key=lambda team: team.number)
    if len(teams) < 2:
        return [Paragraph((NO_TEAMS,), Tone.NOTE)]
    bells = bells_by_team(analysis)
    shares = {code: team_shares(analysis, code, teams) for code in TEAM_SHARES}
    span = analysis.plan.intervention.span
    funnels = [_share_funnel(code, shares[code], teams, span) for code in TEAM_SHARES]
    funnels.append(_bell_funnel(bells, span) if bells else refusal(BELLS_TITLE, NO_BELLS))
    blocks: list[Block] = [*said_once(funnels)]
    blocks.append(team_table(teams, bells, list(shares.values())))
    return blocks


BELLS_TITLE = Message("Bells observed over expected, by team")
NO_BELLS = Message("No patient-day could be given to a team's beds.")
TEAM_SHARES = {
    "team_satisfaction": Message("Satisfied, by team"),
    "team_awareness": Message("Aware of health education, by team"),
    "team_audits": Message("Audits passed, by team"),
    "team_actions": Message("Actions closed on time, by team"),
}
"""The teams' shares by the code of their figure."""


def team_shares(analysis: Analysis, code: str, teams: Sequence[Team]) -> tuple[Share | None, ...]:
    """Give one share of each team in the intervention period."""
    data, span = analysis.data, analysis.plan.intervention.span
    keys = team_keys(data.book)
    if code == "team_audits":
        lists = {one.code: one for one in data.checklists}
        audits = [a for a in data.audits if a.day in span and a.checklist in lists]
        of = {t.number: [a for a in audits if keys.get(a.team) == t.number] for t in teams}
        return tuple(audit_share(of[t.number], lists) for t in teams)
    if code == "team_actions":
        answers = [
            (a.team, a.is_on_time if a.done_on else False)
            for a in data.actions
            if a.day in span and (a.done_on is not None or a.is_overdue(data.today))
        ]
    else:
        kind = MeasureKind.SATISFACTION if code == "team_satisfaction" else MeasureKind.AWARENESS
        asked = analysis.records[1].asked
        answers = list(zip((q.team for q in asked.valid), asked.answers(kind), strict=True))
    return tuple(_share([a for team, a in answers if keys.get(team) == t.number]) for t in teams)


def bells_by_team(analysis: Analysis) -> TeamBells | None:
    """Give the intervention period's bells by team, observed and expected."""
    side = analysis.records[1]
    return team_bells(analysis.data, side.log, side.exposures())


def standardised(bells: TeamBells, place: int) -> Result | None:
    """Give a team's observed over expected bells, its interval from the scatter of weeks."""
    counts, expected = bells.weekly[place]
    try:
        return single_rate(DailyCounts(counts, expected, width=7))
    except Unanswerable:
        return None


def team_table(
    teams: Sequence[Team], bells: TeamBells | None, shares: Sequence[tuple[Share | None, ...]]
) -> Table:
    """Set the teams' measures side by side: case-mix adjusted bells, answers, audits, actions."""
    return Table(
        code="teams",
        title=Message("Measures by team, in the teams' own order"),
        header=(
            Message("Team"),
            Message("Bells observed / expected (95% CI)"),
            Message("Satisfied (95% CI)"),
            Message("Aware (95% CI)"),
            Message("Audits passed (95% CI)"),
            Message("Actions on time (95% CI)"),
        ),
        rows=tuple(
            (
                _team_cell(team),
                estimate_cell(standardised(bells, i), 2) if bells else EMPTY,
                *(share_cell(column[i]) for column in shares),
            )
            for i, team in enumerate(teams)
        ),
        notes=(EXPECTED, *_bell_notes(bells)),
        figures=(1, 2, 3, 4, 5),
    )


def _bell_notes(bells: TeamBells | None) -> tuple[Message, ...]:
    if bells is None:
        return ()
    apart = Message("{count} bells belong to no team.", count=bells.apart)
    return (*bells.notes, apart) if bells.apart else bells.notes


def reason_blocks(analysis: Analysis) -> list[Block]:
    """Give the Pareto of call reasons in the intervention period, infusion calls among them."""
    log = analysis.records[1].log
    counts = np.bincount(log.calls.reason[log.is_patients], minlength=len(REASONS))
    title = Message("Why patients rang")
    order = [place for place in np.argsort(-counts, kind="stable").tolist() if counts[place]]
    if not order:
        return [refusal(title, None)]
    first, total = order[0], int(counts.sum())
    names = tuple(Message("{reason}", reason=REASONS[place]) for place in order)
    return [
        Figure(
            code="call_reasons",
            plot=ParetoPlot(names, tuple(int(counts[p]) for p in order), Message("calls")),
            title=title,
            caption=(Message("{calls} patients' calls, {span}.", calls=total, span=span_words(log.span)),),
            alternative=(
                Message(
                    "{count} reasons; most often {reason}: {figure} of {calls} calls.",
                    count=len(order),
                    reason=REASONS[first],
                    figure=int(counts[first]),
                    calls=total,
                ),
            ),
        )
    ]


def _share(answers: Sequence[bool | None]) -> Share | None:
    return Share.of(answers) if any(answer is not None for answer in answers) else None


def _team_cell(team: Team) -> Cell:
    return Cell.of(Message("{number}: {team}", number=team.number, team=team_name(team)))


def _share_funnel(
    code: str, shares: Sequence[Share | None], teams: Sequence[Team], span: Period
) -> Figure | Paragraph:
    known = [(team, share) for team, share in zip(teams, shares, strict=True) if share is not None]
    return _funnel(
        code,
        TEAM_SHARES[code],
        FunnelKind.PROPORTION,
        [(team, share.events, share.n) for team, share in known],
        (Message("share"), Message("n")),
        span,
    )


def _bell_funnel(bells: TeamBells, span: Period) -> Figure | Paragraph:
    units = list(zip(bells.teams, bells.observed, bells.expected, strict=True))
    axes = (Message("observed / expected"), Message("expected bells"))
    return _funnel("team_bells", BELLS_TITLE, FunnelKind.RATIO, units, axes, span)


def _funnel(
    code: str,
    title: Message,
    kind: FunnelKind,
    units: Sequence[tuple[Team, float, float]],
    axes: tuple[Words, Words],
    span: Period,
) -> Figure | Paragraph:
    used = [unit for unit in units if unit[2] > 0]
    try:
        made = funnel(
            kind, [str(t.number) for t, _, _ in used], [e for _, e, _ in used], [d for _, _, d in used]
        )
    except Unanswerable as refused:
        return refusal(title, refused.message)
    return Figure(
        code=code,
        plot=FunnelPlot(made, *axes, is_share=kind is FunnelKind.PROPORTION),
        title=title,
        caption=(
            Message("n = {count} teams; {span}.", count=len(used), span=span_words(span)),
            made.rule,
            *made.warnings,
        ),
        alternative=(_funnel_words(made.units),),
        is_half=True,
    )


def _funnel_words(units: Sequence[FunnelUnit]) -> Message:
    beyond = tuple(unit.name for unit in units if unit.verdict is FunnelVerdict.BEYOND_998)
    if beyond:
        text = "{count} teams by their numbers; beyond the 99.8% limits: {teams}."
        return Message(text, count=len(units), teams=beyond)
    return Message("{count} teams by their numbers; none lies beyond the 99.8% limits.", count=len(units))
