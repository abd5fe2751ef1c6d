"""Shifts as the ward keeps them, kinds of leave, and the staff each shift asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wardteam.domain.people import Level

DAY_MINUTES = 24 * 60


class ShiftKind(StrEnum):
    """Kinds for rotation rules: straight-through counts as day."""

    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"
    ON_CALL = "on_call"


class Post(StrEnum):
    """What a nurse does on a shift: the bed-holding posts of a day shift, a learner's, or none."""

    LEADER = "leader"
    RESPONSIBLE = "responsible"
    ASSISTANT = "assistant"
    NONE = ""


class LeaveKind(StrEnum):
    """Kinds of days without duty. All but `OFF` and `POST_NIGHT` are granted, not planned."""

    OFF = "off"
    POST_NIGHT = "post_night"
    PUBLIC_HOLIDAY = "public_holiday"
    ANNUAL = "annual"
    SICK = "sick"
    MATERNITY = "maternity"
    TIME_IN_LIEU = "time_in_lieu"
    STUDY = "study"
    PERSONAL = "personal"
    MARRIAGE = "marriage"
    BEREAVEMENT = "bereavement"
    ANTENATAL = "antenatal"
    PARENTAL = "parental"

    @property
    def is_paid(self) -> bool:
        """Whether the day lowers the hours owed, as paid leave does."""
        unpaid = (LeaveKind.OFF, LeaveKind.POST_NIGHT, LeaveKind.PERSONAL, LeaveKind.TIME_IN_LIEU)
        return self not in unpaid

    @property
    def symbols(self) -> tuple[str, str]:
        """Sheet symbols in Chinese and English."""
        return _LEAVE_SYMBOLS[self]


_LEAVE_SYMBOLS: dict[LeaveKind, tuple[str, str]] = {
    LeaveKind.OFF: ("休", "O"),
    LeaveKind.POST_NIGHT: ("下", "X"),
    LeaveKind.PUBLIC_HOLIDAY: ("公", "PH"),
    LeaveKind.ANNUAL: ("年", "AL"),
    LeaveKind.SICK: ("病", "SL"),
    LeaveKind.MATERNITY: ("产", "ML"),
    LeaveKind.TIME_IN_LIEU: ("补", "TL"),
    LeaveKind.STUDY: ("学", "ST"),
    LeaveKind.PERSONAL: ("事", "PL"),
    LeaveKind.MARRIAGE: ("婚", "MA"),
    LeaveKind.BEREAVEMENT: ("丧", "BL"),
    LeaveKind.ANTENATAL: ("产检", "AN"),
    LeaveKind.PARENTAL: ("育儿", "PA"),
}


@dataclass(frozen=True)
class Segment:
    """A stretch of duty in minutes from 00:00 of the shift's date; it may pass 24:00 (1440)."""

    start_minute: int
    end_minute: int

    def __post_init__(self) -> None:
        if not 0 <= self.start_minute < self.end_minute <= 2 * DAY_MINUTES:
            raise ValueError(f"a segment must run forward within two days, got {self}")


@dataclass(frozen=True)
class Shift:
    """A shift of the ward. `code` is its stable name (DAY, ...); symbols are what sheets show.

    `minutes` are the standard (paid) minutes. `is_duty` is False for on call.
    """

    code: str
    symbol: str
    symbol_en: str
    name: str
    name_en: str
    kind: ShiftKind
    segments: tuple[Segment, ...]
    minutes: int
    summer_segments: tuple[Segment, ...] = ()
    colour: str = "#ffffff"
    text_colour: str = "#1a1a1a"
    holds_beds: bool = False
    counts_in_ratio: bool = True
    is_duty: bool = True
    is_double_staffed: bool = False
    minimum_senior: Level | None = None
    fairness_weight: int = 1

    def __post_init__(self) -> None:
        if not self.segments:
            raise ValueError(f"shift {self.code} has no times")
        if self.minutes < 0 or self.minutes % 15:
            raise ValueError(f"minutes of shift {self.code} must be whole quarter-hours, got {self.minutes}")

    @property
    def start_minute(self) -> int:
        """When the first segment begins, in minutes of the shift's date."""
        return self.segments[0].start_minute

    @property
    def end_minute(self) -> int:
        """When the last segment ends, in minutes of the shift's date."""
        return self.segments[-1].end_minute

    def minutes_between(self, start: int, end: int) -> int:
        """Count the minutes of duty between two minutes of the shift's date."""
        overlaps = (min(s.end_minute, end) - max(s.start_minute, start) for s in self.segments)
        return sum(overlap for overlap in overlaps if overlap > 0)

    @property
    def night_minutes(self) -> int:
        """Minutes of duty between 22:00 and 06:00."""
        spans = ((0, 360), (1320, 1800), (2760, 2 * DAY_MINUTES))
        return sum(self.minutes_between(start, end) for start, end in spans)

    @property
    def touches_night(self) -> bool:
        """Whether any duty falls between 22:00 and 06:00 (the bar for late pregnancy and nursing)."""
        return self.night_minutes > 0


class DayKind(StrEnum):
    """What kind of day a demand is for."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class Demand:
    """Staff asked for on one shift; `weekdays` (0 = Monday) or `days` narrow it, else each day of `day_kind`.

    With `per_team`, the numbers are for each team and name the post; the shift must hold beds. `team` narrows
    that to one team, whose number then holds instead of the others'.
    `maximum` is None where more nurses do no harm.
    """

    shift: str
    minimum: int
    wished: int
    maximum: int | None = None
    day_kind: DayKind | None = None
    weekdays: tuple[int, ...] = ()
    days: tuple[date, ...] = ()
    post: Post = Post.NONE
    per_team: bool = False
    team: int | None = None

    def __post_init__(self) -> None:
        if self.team is not None and not self.per_team:
            raise ValueError(f"a demand of one team must be per_team, got {self}")
        top = self.wished if self.maximum is None else self.maximum
        if not 0 <= self.minimum <= self.wished <= top:
            raise ValueError(f"demand needs 0 <= minimum <= wished <= maximum, got {self}")


@dataclass(frozen=True)
class Leave:
    """Granted leave of one nurse, both dates included."""

    staff_no: str
    kind: LeaveKind
    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"leave ends on {self.end}, before it starts on {self.start}")

    def includes(self, on: date) -> bool:
        """Whether the date lies in the leave."""
        return self.start <= on <= self.end
