"""The teams' audits held against all audits together by their numbers, in a funnel; no team is ranked."""

from __future__ import annotations

from collections.abc import Sequence

from wardteam.domain.ward import WardBook
from wardteam.errors import Message
from wardteam.services.control import AuditShare
from wardteam.stats.charts.funnel import funnel
from wardteam.stats.funnel_types import FunnelKind
from wardteam.stats.plots import FunnelPlot
from wardteam.stats.results import Unanswerable


def audit_funnel(book: WardBook, by_team: Sequence[AuditShare]) -> FunnelPlot | Message:
    """Give the funnel of the teams' audits passed, or why there is none; units are the teams' numbers."""
    numbers = sorted(team.number for team in book.teams)
    known = [(n, line.share) for n, line in zip(numbers, by_team, strict=False) if line.share is not None]
    try:
        made = funnel(
            FunnelKind.PROPORTION,
            [str(number) for number, _ in known],
            [share.events for _, share in known],
            [share.n for _, share in known],
        )
    except Unanswerable as refusal:
        return refusal.message
    return FunnelPlot(made, Message("share"), Message("n"), is_share=True)
