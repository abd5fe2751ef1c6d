"""Putting values into words for the templates: pairs, names, dates, hours and shift texts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from wardteam.domain.calendar import Period
from wardteam.domain.documents import Pair
from wardteam.domain.teams import Team
from wardteam.domain.ward import Ward
from wardteam.i18n import Language, Translator

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAYS_ZH = "一二三四五六日"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


class Words:
    """The words of one language for everything a template shows."""

    def __init__(self, t: Translator) -> None:
        self.t = t
        self.language: Language = t.language
        self._is_zh = t.language == "zh"

    def pair(self, pair: Pair) -> str:
        """Pick the language's text of a pair, the other where it is empty."""
        chinese, english = pair
        return (chinese or english) if self._is_zh else (english or chinese)

    def ward(self, ward: Ward) -> str:
        """Give the ward's name."""
        return self.pair((ward.name, ward.name_en))

    def hospital(self, ward: Ward) -> str:
        """Give the hospital's name."""
        return self.pair((ward.hospital, ward.hospital_en))

    def team(self, team: Team) -> str:
        """Give the team's name, or its number where it has none."""
        return self.pair((team.name, team.name_en)) or self.t("Team {number}", number=team.number)

    def weekday(self, day: date) -> str:
        """Give the short weekday, one character in Chinese."""
        return _WEEKDAYS_ZH[day.weekday()] if self._is_zh else _WEEKDAYS[day.weekday()]

    def weekday_of(self, number: int) -> str:
        """Give a weekday by its number, 0 for Monday."""
        return f"星期{_WEEKDAYS_ZH[number]}" if self._is_zh else _WEEKDAYS[number]

    def day(self, day: date) -> str:
        """Give the date with its weekday."""
        if self._is_zh:
            return f"{day.month}月{day.day}日 星期{_WEEKDAYS_ZH[day.weekday()]}"
        return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"

    def full_day(self, day: date) -> str:
        """Give the date with year and weekday."""
        return f"{day.year}年{self.day(day)}" if self._is_zh else f"{self.day(day)} {day.year}"

    def plain_day(self, day: date) -> str:
        """Give the date with its year."""
        if self._is_zh:
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

    def month(self, day: date) -> str:
        """Give the month with its year."""
        return f"{day.year}年{day.month}月" if self._is_zh else f"{_MONTHS[day.month - 1]} {day.year}"

    def period(self, period: Period) -> str:
        """Give a whole month by its name, another period by its dates."""
        if period == Period.month(period.first.year, period.first.month):
            return self.month(period.first)
        first, last = self.t.day(period.first), self.t.day(period.last)
        year, last_year = period.first.year, period.last.year
        if self._is_zh:
            return f"{year}年{first}–{'' if year == last_year else f'{last_year}年'}{last}"
        return f"{first}{'' if year == last_year else f' {year}'} – {last} {last_year}"

    def moment(self, moment: datetime) -> str:
        """Give a date with the time of day."""
        return f"{moment:%Y-%m-%d %H:%M}"

    def hours(self, minutes: int) -> str:
        """Give minutes as hours: 168, or 7.5."""
        return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")

    def balance(self, minutes: int) -> str:
        """Give a balance in hours with its sign, a true minus included."""
        if minutes == 0:
            return "0"
        return f"{'+' if minutes > 0 else '−'}{self.hours(abs(minutes))}"

    def number(self, figure: float, *, decimals: int = 0) -> str:
        """Give a figure with its decimals."""
        return f"{figure:.{decimals}f}"

    def seconds(self, seconds: float) -> str:
        """Give a duration in seconds as people read it."""
        if seconds < 60:
            return self.t("{seconds} s", seconds=f"{seconds:.1f}")
        minutes, rest = divmod(round(seconds), 60)
        return self.t("{minutes} min {seconds} s", minutes=minutes, seconds=rest)

    def first_letters(self, pair: Pair) -> str:
        """Give what stands in place of a photograph: the surname, or an initial."""
        return self.pair(pair)[:1]


WordsFor = Callable[[], Words]
