"""How hours, dates and periods are written on documents in each language."""

from __future__ import annotations

from datetime import date, datetime

from wardteam.domain.calendar import Period
from wardteam.domain.documents import Pair
from wardteam.domain.teams import Team
from wardteam.domain.ward import Ward
from wardteam.i18n import Language, translator

WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "zh": ("一", "二", "三", "四", "五", "六", "日"),
    "en": ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"),
}
LONG_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "zh": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def pick(pair: Pair, language: Language) -> str:
    """Give the text of the reader's language."""
    return pair[0] if language == "zh" else pair[1]


def ward_name(ward: Ward, language: Language) -> str:
    """Give the ward's name."""
    return pick((ward.name, ward.name_en or ward.name), language)


def hospital_name(ward: Ward, language: Language) -> str:
    """Give the hospital's name, empty where none is set."""
    return pick((ward.hospital, ward.hospital_en or ward.hospital), language)


def team_name(team: Team, language: Language) -> str:
    """Give a team's name, or its number where it has none."""
    named = pick((team.name, team.name_en or team.name), language)
    return named or pick((f"{team.number}组", f"Team {team.number}"), language)


def hours(minutes: int) -> str:
    """Write minutes as hours with as many decimals as they need."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def signed_hours(minutes: int) -> str:
    """Write a balance in hours with its sign; minus is the real minus sign."""
    if minutes == 0:
        return "0"
    return f"{'+' if minutes > 0 else '−'}{hours(abs(minutes))}"


def weekday(day: date, language: Language) -> str:
    """Give the short name of the day of the week."""
    return WEEKDAYS[language][day.weekday()]


def long_date(day: date, language: Language) -> str:
    """Write a date with year and day of the week."""
    name = LONG_WEEKDAYS[language][day.weekday()]
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日 {name}"
    return f"{name}, {day.day} {day:%B} {day.year}"


def made_on(moment: datetime | None, language: Language) -> str:
    """Say when a document's content was made, empty where that is not known."""
    return (
        "" if moment is None else translator(language)("made on {moment}", moment=f"{moment:%Y-%m-%d %H:%M}")
    )


def span(period: Period, language: Language) -> str:
    """Write a period: a whole month by its name, anything else by both dates."""
    first, last = period.first, period.last
    if period == Period.month(first.year, first.month):
        return f"{first.year}年{first.month}月" if language == "zh" else f"{first:%B} {first.year}"
    if language == "zh":
        end_year = f"{last.year}年" if last.year != first.year else ""
        return f"{first.year}年{first.month}月{first.day}日至{end_year}{last.month}月{last.day}日"
    start_year = f" {first.year}" if last.year != first.year else ""
    return f"{first.day} {first:%b}{start_year} to {last.day} {last:%b} {last.year}"


def compact_beds(beds: tuple[str, ...]) -> str:
    """Write beds shortly: runs of consecutive numbers as 3–6, others apart."""
    runs: list[list[str]] = []
    for bed in beds:
        if runs and bed.isdigit() and runs[-1][-1].isdigit() and int(bed) == int(runs[-1][-1]) + 1:
            runs[-1].append(bed)
        else:
            runs.append([bed])
    return " ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
