"""Calls as columns: what analysis works on, so that hundreds of thousands of them take a moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from wardteam.domain.calls import BellCall, CallReason, CallSource, EndedBy

REASONS = tuple(CallReason)
SOURCES = tuple(CallSource)
ENDINGS = tuple(EndedBy)
COLUMNS = (
    *("bed", "stay", "staff", "reason", "source", "ended_by"),
    *("placed", "answered", "arrived", "cleared"),
)


@dataclass(frozen=True, eq=False)
class CallColumns:
    """Parallel columns of calls in the order of time.

    `bed`, `stay` and `staff` are places in the tuples beside them, -1 where there is none; `reason`,
    `source` and `ended_by` are places in REASONS, SOURCES and ENDINGS; moments are seconds since the
    epoch (UTC), NaN where the step never came. `zone` is the ward's, for dates and hours.
    """

    zone: ZoneInfo
    beds: tuple[str, ...]
    stays: tuple[str, ...]
    people: tuple[str, ...]
    bed: NDArray[np.int32]
    stay: NDArray[np.int32]
    staff: NDArray[np.int32]
    reason: NDArray[np.int8]
    source: NDArray[np.int8]
    ended_by: NDArray[np.int8]
    placed: NDArray[np.float64]
    answered: NDArray[np.float64]
    arrived: NDArray[np.float64]
    cleared: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.placed)

    def rows(self, picked: NDArray[np.bool_] | NDArray[np.int64]) -> CallColumns:
        """Give the calls at these places, or under this mask."""
        columns = {name: getattr(self, name)[picked] for name in COLUMNS}
        return CallColumns(self.zone, self.beds, self.stays, self.people, **columns)

    @classmethod
    def of(cls, calls: Iterable[BellCall], zone: ZoneInfo) -> CallColumns:
        """Make columns of single calls."""
        given = sorted(calls, key=lambda call: call.placed)
        beds, bed = _places([call.bed for call in given])
        stays, stay = _places([call.stay for call in given])
        people, staff = _places([call.staff for call in given])
        moments = {
            name: np.array([_seconds(getattr(call, name)) for call in given], dtype=np.float64)
            for name in ("placed", "answered", "arrived", "cleared")
        }
        return cls(
            zone=zone,
            beds=beds,
            stays=stays,
            people=people,
            bed=bed,
            stay=stay,
            staff=staff,
            reason=np.array([REASONS.index(call.reason) for call in given], dtype=np.int8),
            source=np.array([SOURCES.index(call.source) for call in given], dtype=np.int8),
            ended_by=np.array([ENDINGS.index(call.ended_by) for call in given], dtype=np.int8),
            **moments,
        )


def _seconds(moment: object) -> float:
    return moment.timestamp() if hasattr(moment, "timestamp") else float("nan")


def _places(values: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    names = tuple(sorted({value for value in values if value}))
    place = {name: index for index, name in enumerate(names)}
    return names, np.array([place.get(value, -1) for value in values], dtype=np.int32)
