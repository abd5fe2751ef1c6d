"""A zone's clock with its skipped and repeated hours, told apart by the order of the rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_DAY_SECONDS = 86400
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # local: counts what the clock on the wall shows
_EARLIEST, _LATEST = (
    (datetime(year, 1, 1) - _EPOCH).total_seconds()  # noqa: DTZ001  # local, too
    for year in (2, 9999)
)
"""Zones are looked up between these; systems write the year 9999 for "never"."""


class SkippedHour(ValueError):
    """A moment in the hour that the clock skipped when summer time began."""


class ZoneClock:
    """Turns what a clock showed (local seconds) into seconds since the epoch.

    In a repeated hour, the first pass is meant until the rows' times go back; `repeated` counts
    the rows that were called in one.
    """

    def __init__(self, zone: ZoneInfo, *, newest_first: bool = False) -> None:
        self._zone = zone
        self._newest_first = newest_first
        self._last: float | None = None
        self._sure: dict[float, float | None] = {}
        self.repeated = 0

    def sure_midnight(self, local: float) -> float | None:
        """Give the moment of a local midnight where the clock isn't changed that day, else None."""
        if local not in self._sure:
            bounds = (self._moments(local), self._moments(local + _DAY_SECONDS))
            lengths = {second - first for first in bounds[0] for second in bounds[1]}
            is_plain = all(len(set(pair)) == 1 for pair in bounds) and lengths == {float(_DAY_SECONDS)}
            self._sure[local] = bounds[0][0] if is_plain else None
        return self._sure[local]

    def next_row(self, local: float) -> float:
        """Give the moment at which a row's call was placed, as the rows' order tells.

        Raises
        ------
        SkippedHour
            Where the clock never showed it.
        """
        first, second = self._shown(local)
        if first != second:
            self.repeated += 1
        return self.pass_row(self._choose(first, second))

    def pass_row(self, moment: float) -> float:
        """Note the moment of a row that needed no choice."""
        self._last = moment
        return moment

    def after(self, local: float, placed: float) -> float:
        """Give the moment of a later step of a call: the first that the clock showed so after it.

        Raises
        ------
        SkippedHour
            Where the clock never showed it.
        """
        first, second = self._shown(local)
        return first if first >= placed else second

    def offset_at(self, moment: float) -> float:
        """Give how many seconds the clock runs ahead of UTC at a moment."""
        aware = datetime.fromtimestamp(moment, UTC).astimezone(self._zone)
        return (aware.utcoffset() or timedelta()).total_seconds()

    def _choose(self, first: float, second: float) -> float:
        if self._newest_first:
            return second if self._last is None or second <= self._last else first
        return first if self._last is None or first >= self._last else second

    def _shown(self, local: float) -> tuple[float, float]:
        first, second = self._moments(local)
        if first > second:
            raise SkippedHour(str(_EPOCH + timedelta(seconds=local)))
        return first, second

    def _moments(self, local: float) -> tuple[float, float]:
        """Give both readings; they differ in a repeated hour, and fall the wrong way in a skipped one."""
        wall = _EPOCH + timedelta(seconds=min(max(local, _EARLIEST), _LATEST))
        offsets = (self._zone.utcoffset(wall.replace(fold=fold)) or timedelta() for fold in (0, 1))
        first, second = (local - offset.total_seconds() for offset in offsets)
        return first, second
