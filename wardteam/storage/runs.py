"""Keeps the records of solve runs with their stages."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from wardteam.domain.roster import SolveRecord, StageResult
from wardteam.storage.record_tables import solve_runs, solve_stages
from wardteam.storage.shelves import Row
from wardteam.storage.ward_tables import wards

FIGURES = (
    "purpose",
    "status",
    "wall_seconds",
    "cpu_seconds",
    "seed",
    "workers",
    "seconds_to_first",
    "figures",
)
STAGE = ("name", "status", "objective", "bound", "wall_seconds", "cpu_seconds")


class SqlRuns:
    """The solve runs of all wards."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, ward: str, record: SolveRecord, *, at: datetime) -> None:
        """Keep the record of a run."""
        self._connection.execute(sa.select(wards.c.code).where(wards.c.code == ward).with_for_update())
        newest = self._connection.scalar(
            sa.select(sa.func.max(solve_runs.c.position)).where(solve_runs.c.ward == ward)
        )
        place = 0 if newest is None else newest + 1
        row: Row = {name: getattr(record, name) for name in FIGURES}
        row |= {"ward": ward, "position": place, "ended_at": at}
        self._connection.execute(sa.insert(solve_runs), row)
        stages = [
            {"ward": ward, "run": place, "position": i, **{name: getattr(stage, name) for name in STAGE}}
            for i, stage in enumerate(record.stages)
        ]
        if stages:
            self._connection.execute(sa.insert(solve_stages), stages)

    def latest(self, ward: str, purpose: str) -> SolveRecord | None:
        """Give the newest record for a purpose."""
        chosen = sa.select(solve_runs).where(solve_runs.c.ward == ward, solve_runs.c.purpose == purpose)
        newest = chosen.order_by(solve_runs.c.position.desc()).limit(1)
        row = self._connection.execute(newest).mappings().one_or_none()
        if row is None:
            return None
        figures: Row = {name: row[name] for name in FIGURES}
        return SolveRecord(stages=self._stages(ward, row["position"]), **figures)

    def _stages(self, ward: str, run: int) -> tuple[StageResult, ...]:
        chosen = sa.select(*(solve_stages.c[name] for name in STAGE))
        chosen = chosen.where(solve_stages.c.ward == ward, solve_stages.c.run == run)
        rows = self._connection.execute(chosen.order_by(solve_stages.c.position))
        return tuple(StageResult(*row) for row in rows)
