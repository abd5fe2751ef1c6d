"""Makes columns of the rows of calls as they stream from the database, chunk by chunk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from wardteam.services.call_columns import ENDINGS, REASONS, SOURCES, CallColumns

_REASON = {reason.value: place for place, reason in enumerate(REASONS)}
_SOURCE = {source.value: place for place, source in enumerate(SOURCES)}
_ENDING = {ending.value: place for place, ending in enumerate(ENDINGS)}
_MILLISECONDS = 1000.0
Chunk = Sequence[sa.Row[tuple[Any, ...]]]  # words and numbers, by the columns that were chosen


@dataclass
class _Names:
    """Words seen so far with their places, and each chunk's places; the empty word has none."""

    places: dict[str, int] = field(default_factory=lambda: {"": -1})
    chunks: list[NDArray[np.int32]] = field(default_factory=list)

    def take(self, words: Sequence[str]) -> None:
        """Take a chunk of words."""
        places = self.places
        for word in set(words) - places.keys():
            places[word] = len(places) - 1
        self.chunks.append(np.fromiter((places[word] for word in words), np.int32, len(words)))

    def in_order(self) -> tuple[tuple[str, ...], NDArray[np.int32]]:
        """Give the words in order, and all places in that order."""
        seen = [word for word in self.places if word]
        order = sorted(seen)
        moved = np.full(len(seen) + 1, -1, dtype=np.int32)
        for place, word in enumerate(order):
            moved[self.places[word]] = place
        return tuple(order), moved[_joined(self.chunks, np.int32)]


@dataclass
class _Columns:
    """The chunks of every column so far."""

    codes: tuple[list[NDArray[np.int8]], ...]
    moments: tuple[list[NDArray[np.float64]], ...]
    bed: _Names = field(default_factory=_Names)
    stay: _Names = field(default_factory=_Names)
    staff: _Names = field(default_factory=_Names)

    def take(self, chunk: Chunk) -> None:
        """Take a chunk of rows."""
        bed, stay, staff, *others = zip(*chunk, strict=True)
        for names, words in ((self.bed, bed), (self.stay, stay), (self.staff, staff)):
            names.take(words)
        for kept, places, words in zip(self.codes, (_REASON, _SOURCE, _ENDING), others, strict=False):
            kept.append(np.fromiter((places[word] for word in words), np.int8, len(words)))
        for seconds, values in zip(self.moments, others[3:], strict=True):
            seconds.append(np.array(values, dtype=np.float64) / _MILLISECONDS)


def columns_of(chunks: Iterable[Chunk], zone: ZoneInfo) -> CallColumns:
    """Make columns of rows of bed, stay, staff, reason, source, ended_by and the four moments (ms).

    The rows come in the order of time; a moment that never came is None and turns into NaN.
    """
    read = _Columns(codes=([], [], []), moments=([], [], [], []))
    for chunk in chunks:
        read.take(chunk)
    beds, bed = read.bed.in_order()
    stays, stay = read.stay.in_order()
    people, staff = read.staff.in_order()
    reason, source, ended_by = (_joined(parts, np.int8) for parts in read.codes)
    placed, answered, arrived, cleared = (_joined(parts, np.float64) for parts in read.moments)
    return CallColumns(
        zone=zone,
        beds=beds,
        stays=stays,
        people=people,
        bed=bed,
        stay=stay,
        staff=staff,
        reason=reason,
        source=source,
        ended_by=ended_by,
        placed=placed,
        answered=answered,
        arrived=arrived,
        cleared=cleared,
    )


def _joined(parts: list[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:  # of the kind given
    return np.concatenate(parts) if parts else np.empty(0, dtype=kind)
