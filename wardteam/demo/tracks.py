"""One nurse's weeks while they are being built: what she may take, and when she has to rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import takewhile

from wardteam.domain.calendar import Calendar, Period
from wardteam.domain.defaults import DAY, EVENING, NIGHT, STRAIGHT
from wardteam.domain.ladder import ladder_level, may_deputise
from wardteam.domain.people import Level, Nurse, Restriction, RestrictionKind
from wardteam.domain.shifts import Leave, LeaveKind
from wardteam.domain.teams import Membership, Role

OFF, POST_NIGHT = LeaveKind.OFF.value, LeaveKind.POST_NIGHT.value
DUTIES = (DAY.code, STRAIGHT.code, EVENING.code, NIGHT.code)
BUSY = (*DUTIES, POST_NIGHT)
MOST_RUN = 6
"""Days in a row without a day of rest; the day after a night is none."""
MOST_EXTRA = 4
"""Duties above a month's working days: 36 hours of overtime at most."""
WEEKENDS = 4
"""Of so many weekends in a row, one is kept free for each nurse."""
_BARRED = (RestrictionKind.PREGNANCY, RestrictionKind.NURSING_MOTHER)


@dataclass(frozen=True)
class Skill:
    """What a nurse may take in a month, by the first of it: a roster of the month is made by that."""

    may_lead: bool
    may_hold: bool
    is_senior: bool
    is_beginner: bool


@dataclass
class Track:
    """One nurse's weeks while they are being built; `after` is settled already, behind the `last` day."""

    number: str
    team: int
    skills: Mapping[int, Skill]
    most: Mapping[int, int]
    is_preceptor: bool
    is_day_only: bool
    leave: Mapping[date, str]
    free_weekend: int
    cells: dict[date, str] = field(default_factory=dict)
    queue: list[str] = field(default_factory=list)
    worked: Counter[int] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    away: int = 0
    strain: int = 0
    rest: int = 2
    weekends_worked: int = 0
    last: date = date.max
    after: tuple[str, ...] = ()

    def copy(self) -> Track:
        """Give a track that can be gone on with apart from this one."""
        return replace(
            self,
            cells=dict(self.cells),
            queue=list(self.queue),
            worked=Counter(self.worked),
            taken=Counter(self.taken),
        )

    def skill(self, day: date) -> Skill:
        """Give what she may take in the month of a day."""
        return self.skills[day.month]

    def code(self, day: date) -> str:
        """Give a day's code, one settled behind the last day too; empty where none is known."""
        behind = (day - self.last).days - 1 if self.after else -1
        return self.after[behind] if 0 <= behind < len(self.after) else self.cells.get(day, "")

    def counted(self, month: int) -> int:
        """Count her duties of a month, those settled behind the last day too."""
        own = sum(code in DUTIES for day, code in self.cells.items() if day.month == month)
        ahead = (self.last + timedelta(days=1 + i) for i in range(len(self.after)))
        return own + sum(
            code in DUTIES for day, code in zip(ahead, self.after, strict=True) if day.month == month
        )

    def write(self, day: date, code: str) -> None:
        """Enter a day and keep the counts and the lengths of her runs of work and rest."""
        self.cells[day] = code
        self.taken[code] += 1
        is_work, is_busy = code in DUTIES, code in BUSY
        self.worked[day.month] += is_work
        self.away += day in self.leave
        self.strain = self.strain + 1 if is_busy else 0
        self.rest = 0 if is_busy else self.rest + 1
        if day.weekday() == 5:
            self.weekends_worked = self.weekends_worked + 1 if is_busy else 0

    def is_kept_free(self, day: date) -> bool:
        """Whether the day lies on her own free weekend."""
        return day.weekday() >= 5 and (day.toordinal() - 1) // 7 % WEEKENDS == self.free_weekend

    def is_promised(self, day: date, ahead: int) -> bool:
        """Whether a day so many days ahead is taken already: by leave, a block or her free weekend."""
        on = day + timedelta(days=ahead)
        return ahead < len(self.queue) or on in self.leave or self.is_kept_free(on)

    def is_free_for(self, day: date, block: tuple[str, ...]) -> bool:
        """Whether a block may begin: no leave in it, no run or month too long, her weekend untouched."""
        busy = sum(code in BUSY for code in block)
        if self.strain + busy > MOST_RUN:
            return False
        if self.worked[day.month] + sum(code in DUTIES for code in block) > self.most[day.month]:
            return False
        days = [day + timedelta(days=i) for i in range(len(block))]
        if any(d in self.leave for d in days) or any(self.is_kept_free(d) for d in days[:busy]):
            return False
        return days[-1] < self.last or self._goes_on(block[: (self.last - day).days + 1])

    def _goes_on(self, block: tuple[str, ...]) -> bool:
        """Whether a block up to the last day fits what is settled behind it."""
        ahead = list(takewhile(lambda code: code in BUSY, self.after))
        busy = sum(code in BUSY for code in block)
        if block[-1] == NIGHT.code:
            return self.after[:2] == (OFF, OFF) and self.strain + busy + 1 <= MOST_RUN
        if block[-1] == POST_NIGHT:
            return not ahead
        if block[-1] == EVENING.code and ahead[:1] in ([DAY.code], [STRAIGHT.code]):
            return False
        return block[-1] not in DUTIES or self.strain + busy + len(ahead) <= MOST_RUN


def make_tracks(
    nurses: tuple[Nurse, ...],
    memberships: tuple[Membership, ...],
    restrictions: tuple[Restriction, ...],
    leaves: Iterable[Leave],
    calendar: Calendar,
    span: Period,
) -> list[Track]:
    """Begin everybody's weeks of a span: who she is, her leave, and a weekend in four kept free."""
    known = tuple(leaves)
    members = {m.staff_no: m for m in memberships}
    months = {day.month: Period.month(day.year, day.month) for day in span}
    tracks = []
    for nurse in nurses:
        leave = _leave_days([one for one in known if one.staff_no == nurse.staff_no], months.values())
        member = members.get(nurse.staff_no)
        barred = any(r.staff_no == nurse.staff_no and r.kind in _BARRED for r in restrictions)
        track = Track(
            number=nurse.staff_no,
            team=0 if member is None else member.team,
            skills={number: skill_of(nurse, member, month.first) for number, month in months.items()},
            most={number: _most(nurse, leave, calendar, month, barred) for number, month in months.items()},
            is_preceptor=nurse.is_preceptor,
            is_day_only=barred,
            leave=leave,
            free_weekend=0,
        )
        tracks.append(track)
    _keep_weekends(tracks, span.last)
    return tracks


def _leave_days(leaves: list[Leave], months: Iterable[Period]) -> dict[date, str]:
    days = [day for month in months for day in month]
    return {day: leave.kind.value for leave in leaves for day in days if leave.includes(day)}


def skill_of(nurse: Nurse, member: Membership | None, on: date) -> Skill:
    """Give what a nurse may take: no post of her own before she belongs to a team or in her first year."""
    level = ladder_level(nurse, on)
    is_ready = member is not None and level >= Level.N1
    role = member.role if member is not None else Role.MEMBER
    return Skill(
        may_lead=is_ready and (role is not Role.MEMBER or may_deputise(nurse, on)),
        may_hold=is_ready and role is not Role.LEADER,
        is_senior=level >= Level.N2,
        is_beginner=level < Level.N1,
    )


def _most(nurse: Nurse, leave: Mapping[date, str], calendar: Calendar, month: Period, barred: bool) -> int:
    """Give her most duties in a month: none above the norm for those who may work no overtime."""
    owed = sum(calendar.is_working_day(day) and nurse.works_here(day) and day not in leave for day in month)
    return max(owed - 1, 0) if barred else owed + MOST_EXTRA


def _keep_weekends(tracks: list[Track], on: date) -> None:
    """Spread the free weekends over each team, one after another among those who may lead it."""
    for team in sorted({track.team for track in tracks}):
        own = [track for track in tracks if track.team == team]
        own.sort(key=lambda track: (not track.skill(on).may_lead, track.skill(on).is_beginner, track.number))
        for place, track in enumerate(own):
            track.free_weekend = (place + team) % WEEKENDS
