"""How the calls of both periods ended: a nurse came, the patient cancelled, or nobody came."""

from __future__ import annotations

import numpy as np

from wardteam.errors import Message
from wardteam.services.bell_log import CleanLog
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.wording import EMPTY
from wardteam.stats.counts import Share
from wardteam.stats.figures import share_figure
from wardteam.stats.report import Cell, Table


def outcome_table(analysis: Analysis) -> Table:
    """Count how the calls that belong to the measures ended."""
    counts = [_endings(log) for log in analysis.logs]
    rows = tuple(
        (Cell.of(name), *(_cell(n, sum(side)) for n, side in zip(numbers, counts, strict=True)))
        for name, *numbers in zip(OUTCOMES, *counts, strict=True)
    )
    return Table(
        "outcomes",
        Message("How the calls ended"),
        (Message("Outcome"), analysis.plan.baseline.named, analysis.plan.intervention.named),
        rows,
        (
            Message(
                "Cancelled before arrival is an outcome that competes with arrival: such calls are in no "
                "arrival time."
            ),
        ),
        (1, 2),
    )


OUTCOMES = (
    Message("a nurse came"),
    Message("cancelled by the patient before anybody came"),
    Message("ended otherwise without anybody coming, or not recorded"),
)


def _cell(count: int, total: int) -> Cell:
    return EMPTY if not total else Cell.of(share_figure(Share(count, total)), value=count)


def _endings(log: CleanLog) -> tuple[int, int, int]:
    patients = log.is_patients
    came = int((patients & ~np.isnan(log.calls.arrived)).sum())
    cancelled = int((patients & log.is_cancelled).sum())
    return came, cancelled, int(patients.sum()) - came - cancelled
