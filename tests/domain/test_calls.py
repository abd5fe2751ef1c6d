"""Single calls: durations."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from wardteam.domain.calls import BellCall, CallReason


def test_an_arrival_across_a_clock_change_counts_real_seconds() -> None:
    zone = ZoneInfo("Europe/Berlin")
    placed = datetime(2026, 10, 25, 2, 59, tzinfo=zone)
    arrived = datetime(2026, 10, 25, 2, 1, tzinfo=zone, fold=1)
    assert BellCall("C1", "1", CallReason.PAIN, placed, arrived=arrived).arrival_seconds == 120
