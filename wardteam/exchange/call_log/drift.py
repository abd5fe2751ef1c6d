"""Takes the drift of a call system's clock out of its moments, step by step as people noted it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from wardteam.domain.calls import ClockOffset


class Drift:
    """How far a clock ran ahead of the ward's, and since when; `corrected` counts what was changed."""

    def __init__(self, offsets: Sequence[ClockOffset]) -> None:
        ordered = sorted(offsets, key=lambda offset: offset.since)
        self._since = [offset.since.timestamp() for offset in ordered]
        self._seconds = [0.0, *(offset.seconds for offset in ordered)]
        self.corrected = 0

    def correct(self, moment: float) -> float:
        """Give the ward's moment at which the system's clock showed this one."""
        if not self._since:
            return moment
        seconds = self._seconds[bisect_right(self._since, moment)]
        if seconds:
            self.corrected += 1
        return moment - seconds
