"""One nurse's days while a hidden roster is built: what she may still be given by the hard rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from wardteam.domain.calendar import Period
from wardteam.domain.defaults import EVENING, NIGHT
from wardteam.domain.hours import shift_minutes, standard_minutes
from wardteam.domain.ladder import ladder_level, may_deputise
from wardteam.domain.people import Level, Nurse, Restriction, RestrictionKind
from wardteam.domain.roster import RosterCell
from wardteam.domain.teams import Role
from wardteam.domain.ward import WardBook

MOST_BUSY = 6
SPARE_MINUTES = 8 * 60
FREE = ""
DAYS_ONLY = (RestrictionKind.PREGNANCY, RestrictionKind.NURSING_MOTHER)
ONE_DAY = timedelta(days=1)


@dataclass
class Track:
    """A nurse with her days so far. `free_weekend` is which weekend of every four she is never on."""

    staff_no: str
    team: int
    role: Role
    is_senior: bool
    may_lead: bool
    is_preceptor: bool
    is_supervised: bool
    barred: frozenset[str]
    away: frozenset[date]
    free_weekend: int
    duty_minutes: int
    owed_minutes: int
    most_minutes: int
    period: Period
    cells: dict[date, RosterCell | None] = field(default_factory=dict)
    minutes: int = 0

    def may(self, code: str, day: date, length: int = 1) -> bool:
        """Whether she may begin so many duties of a shift on a day."""
        days = [day + i * ONE_DAY for i in range(length)]
        ends_in = [days[-1] + ONE_DAY] if code == NIGHT.code else []
        busy = [*days, *ends_in]
        is_open = code not in self.barred and not any(d in self.cells for d in busy)
        is_there = not any(d in self.away or self._is_her_weekend(d) for d in busy)
        before = self.cells.get(day - ONE_DAY)
        is_rested = before is None or before.code != EVENING.code or code in (EVENING.code, NIGHT.code)
        is_short = self._busy_before(day) + len(busy) <= MOST_BUSY
        return is_open and is_there and is_rested and is_short and self._has_minutes(days)

    def give(self, cell: RosterCell, day: date, length: int = 1) -> None:
        """Write duties, and the days that must stay free behind them."""
        for i in range(length):
            self.cells[day + i * ONE_DAY] = cell
            self.minutes += self.duty_minutes * (day + i * ONE_DAY in self.period)
        rest = 2 if cell.code == NIGHT.code else 1 if cell.code == EVENING.code and length > 1 else 0
        for i in range(length, length + rest):
            self.cells[day + i * ONE_DAY] = None

    def on(self, code: str, day: date) -> bool:
        """Whether she works this shift on the day."""
        cell = self.cells.get(day)
        return cell is not None and cell.code == code

    def count(self, code: str) -> int:
        """Count her duties on a shift."""
        return sum(cell is not None and cell.code == code for cell in self.cells.values())

    def behind(self, day: date) -> float:
        """Give by how many duties she lags behind an even pace, of her own hours in the period."""
        if day < self.period.first:
            done = sum(cell is not None for d, cell in self.cells.items() if d <= day)
            return 5 / 7 * ((day - min(self.cells, default=day)).days + 1) - done
        part = ((day - self.period.first).days + 1) / len(self.period)
        return (self.owed_minutes * part - self.minutes) / self.duty_minutes

    def keeps_weekend(self, day: date) -> bool:
        """Whether a duty on this day still lets her work the whole coming weekend, or she means to be off."""
        saturday = day + timedelta(days=5 - min(day.weekday(), 5))
        to_sunday = 6 - day.weekday()
        return self.prefers_off(saturday) or self._busy_before(day) + 1 + to_sunday <= MOST_BUSY

    def prefers_off(self, day: date) -> bool:
        """Whether the day lies in one of her every second weekends off."""
        return day.weekday() >= 5 and _week(day) % 2 == self.free_weekend % 2

    def _has_minutes(self, days: list[date]) -> bool:
        asked = self.duty_minutes * sum(d in self.period for d in days)
        return self.minutes + asked <= self.most_minutes

    def _is_her_weekend(self, day: date) -> bool:
        return day.weekday() >= 5 and _week(day) % 4 == self.free_weekend

    def _busy_before(self, day: date) -> int:
        count = 0
        while self._is_busy(day - (count + 1) * ONE_DAY):
            count += 1
        return count

    def _is_busy(self, day: date) -> bool:
        before = self.cells.get(day - ONE_DAY)
        return self.cells.get(day) is not None or (before is not None and before.code == NIGHT.code)


def _week(day: date) -> int:
    return (day.toordinal() - 1) // 7


def make_track(book: WardBook, nurse: Nurse, period: Period, free_weekend: int) -> Track:
    """Lay out one nurse before anything is written."""
    membership = book.membership(nurse.staff_no, period.first)
    own = [r for r in book.restrictions if r.staff_no == nurse.staff_no]
    level, owed = ladder_level(nurse, period.first), standard_minutes(book, nurse, period)
    no_overtime = any(r.kind in DAYS_ONLY for r in own)
    role = Role.MEMBER if membership is None else membership.role
    return Track(
        staff_no=nurse.staff_no,
        team=0 if membership is None else membership.team,
        role=role,
        is_senior=level >= Level.N2,
        may_lead=role in (Role.LEADER, Role.DEPUTY) or may_deputise(nurse, period.first),
        is_preceptor=nurse.is_preceptor,
        is_supervised=level is Level.N0,
        barred=_barred(book, own),
        away=frozenset(
            x.start + i * ONE_DAY
            for x in book.leaves
            if x.staff_no == nurse.staff_no
            for i in range((x.end - x.start).days + 1)
        ),
        free_weekend=free_weekend,
        duty_minutes=shift_minutes(book, nurse, EVENING, period.first),
        owed_minutes=owed,
        most_minutes=owed if no_overtime else owed + SPARE_MINUTES,
        period=period,
    )


def _barred(book: WardBook, own: list[Restriction]) -> frozenset[str]:
    found: set[str] = set()
    for restriction in own:
        if restriction.kind in DAYS_ONLY:
            found |= {shift.code for shift in book.shifts if shift.touches_night}
        elif restriction.kind is RestrictionKind.NO_NIGHTS:
            found.add(NIGHT.code)
    return frozenset(found)
