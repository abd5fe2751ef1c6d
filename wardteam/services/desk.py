"""The desk from which staff pages work: units of work, clock, folder for uploads, and the queue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from wardteam.services.ports import Clock, Job, UnitOfWorkFactory


@dataclass(frozen=True)
class Desk:
    """What a staff page is given. `start` queues a job (kind, ward, parameters) and gives its row.

    `public_url` is the address under which phones reach the questionnaire; empty where none is set.
    """

    units: UnitOfWorkFactory
    clock: Clock
    folder: Path
    start: Callable[[str, str, Mapping[str, object]], Job]
    public_url: str = ""

    def now(self, ward: str) -> datetime:
        """Give the present moment by the ward's clock."""
        with self.units() as unit:
            zone = unit.books.get(ward).book.settings.zone
        return self.clock().astimezone(zone)

    def today(self, ward: str) -> date:
        """Give the present date at the ward."""
        return self.now(ward).date()
