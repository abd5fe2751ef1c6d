"""What stands in a column of figures: numbers, groups, moments; every wrong cell becomes a finding."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from wardteam.errors import BadInput, Finding, Message
from wardteam.exchange.figures_table import FiguresTable
from wardteam.exchange.kinds import to_date

MISSING = frozenset(("", "na", "n/a", ".", "-", "—", "–", "无", "nan", "null", "none", "#n/a"))
"""What stands for a missing figure, in small letters."""

NOT_A_NUMBER = Message("A number was expected, or an empty cell where it is missing.")
NOT_FINITE = Message("A finite number was expected.")
NOT_A_COUNT = Message("A whole number, 0 or more, was expected.")
NOT_POSITIVE = Message("A number above 0 was expected.")
NEGATIVE_DURATION = Message("A duration can't be negative.")
NO_PERCENTAGE = Message("A percentage from 0 to 100 was expected.")
NOT_A_MOMENT = Message(
    "A date or a number was expected, such as 2026-12-01, 2026-12 or 14, as in other rows."
)
MIXED_ZONES = Message("Times with and without a zone, or with different zones, stand in this column.")
NO_TIME = Message("The time is missing in this row.")
SPELLINGS = "These may mean the same: {spellings}. Write them alike in the file, or merge them with --merge."

_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_DURATION = re.compile(
    r"seconds|minutes|hours|duration|wait|elapsed|delay|latency|^arrival$|"
    r"(arrival|response|answer|reaction|stay)([ _]?(time|sec|min|hour)|[ _](s|days?)$)|"
    r"时长|时间|时限|秒|分钟|小时|到位|等候|等待|延迟",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"change|diff|gain|delta|\blog|log[ _(]|\bln|z[ _-]?score|residual|差|变化|增减|对数|标准化",
    re.IGNORECASE,
)
"""What may be negative though it speaks of durations: changes, logarithms, standard scores."""
_PERCENT = re.compile(
    r"%|percent|(^|[ _])pct|百分|占比|(满意|知晓|合格|依从|正确|达标|有效|治愈)率", re.IGNORECASE
)
_MONTH = re.compile(r"(\d{4})[-/年](\d{1,2})月?")
_QUARTER = re.compile(r"(\d{4})[-/年 ]?(?:第?([1-4])季度?|Q([1-4]))", re.IGNORECASE)
_WEEK = re.compile(r"(\d{4})[-年 ]?(?:第(\d{1,2})周|W(\d{2}))", re.IGNORECASE)
_MOMENT = re.compile(
    r"(?P<day>.+?)[ T]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(:(?P<second>\d{2})(\.\d+)?)?"
    r"\s*(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Moments:
    """A column of times: what each row shows, and by what it is ordered (a moment or a number)."""

    labels: tuple[str, ...]
    keys: tuple[float, ...]
    are_dates: bool


@dataclass
class Columns:
    """Reads columns of one table and gathers what is wrong with them; `close` refuses all at once."""

    table: FiguresTable
    is_merged: bool = False
    findings: list[Finding] = field(default_factory=list)

    def close(self) -> None:
        """Refuse the table if anything was found.

        Raises
        ------
        BadInput
            With every finding, by row.
        """
        if self.findings:
            raise BadInput(tuple(sorted(dict.fromkeys(self.findings), key=lambda f: (f.row or 0, f.column))))

    def numbers(self, name: str, *, expects: Expectation | None = None) -> list[float | None]:
        """Read a column of numbers; missing ones are None.

        Durations (by the heading) are not negative, percentages (by heading or sign) lie from 0 to 100.
        """
        checks = [expects] if expects else []
        if _DURATION.search(name) and not _CHANGE.search(name):
            checks.append(no_negative_duration)
        is_percent = bool(_PERCENT.search(name)) and not _CHANGE.search(name)
        found: list[float | None] = []
        for row, text in zip(self.table.numbers, self.table.texts(name), strict=True):
            has_sign = narrowed(text).endswith("%")
            rules = [*checks, percentage] if is_percent or has_sign else checks
            value = self._number(name, row, text, has_sign=has_sign)
            problem = None if value is None else next((p for rule in rules if (p := rule(value))), None)
            if problem is not None:
                self._note(problem, row, name, text)
            found.append(value)
        return found

    def _number(self, name: str, row: int, text: str, *, has_sign: bool) -> float | None:
        plain = narrowed(text)
        if plain.casefold() in MISSING:
            return None
        value = to_number(plain.removesuffix("%") if has_sign else plain)
        if value is None:
            self._note(NOT_A_NUMBER, row, name, text)
        elif not math.isfinite(value):
            self._note(NOT_FINITE, row, name, text)
            return None
        return value

    def names(self, name: str) -> list[str | None]:
        """Read a column of groups or answers; other spellings of one name are offered to merge.

        无 is missing, except beside 有: then it is the answer "no".
        """
        texts = [" ".join(text.split()) for text in self.table.texts(name)]
        missing = MISSING - {"无"} if "有" in texts else MISSING
        known = [None if narrowed(text).casefold() in missing else text for text in texts]
        raw = self.table.texts(name)
        spelt = Counter(r for r, text in zip(raw, known, strict=True) if text is not None)
        usual: dict[str, str] = {}
        for alike in _alike(spelt):
            usual |= dict.fromkeys(alike, self._usual(name, alike))
        return [None if k is None else usual[r] for r, k in zip(raw, known, strict=True)]

    def codes(self, name: str) -> list[str | None]:
        """Read a column of codes (stays, patients), exactly as written but for spaces around them."""
        texts = (text.strip() for text in self.table.texts(name))
        return [None if text.casefold() in MISSING else text for text in texts]

    def moments(self, name: str) -> Moments:
        """Read a column of times: dates and moments, or plain numbers; every row needs one."""
        texts = [text.strip() for text in self.table.texts(name)]
        numbers = [to_number(narrowed(text)) for text in texts]
        dates = [to_moment(text) for text in texts]
        are_dates = sum(d is not None for d in dates) >= sum(n is not None for n in numbers)
        for row, text, moment, number in zip(self.table.numbers, texts, dates, numbers, strict=True):
            if text.casefold() in MISSING:
                self._note(NO_TIME, row, name, text)
            elif (moment if are_dates else number) is None:
                self._note(NOT_A_MOMENT, row, name, text)
        if are_dates:
            self._check_zones(name, texts, dates)
            return Moments(tuple(texts), tuple(d.timestamp_key if d else 0.0 for d in dates), True)
        return Moments(tuple(texts), tuple(n if n is not None else 0.0 for n in numbers), False)

    def _check_zones(self, name: str, texts: Sequence[str], dates: Sequence[Moment | None]) -> None:
        known = [d for d in dates if d is not None]
        usual = Counter(d.zone for d in known).most_common(1)
        for row, text, moment in zip(self.table.numbers, texts, dates, strict=True):
            if moment is not None and moment.zone != usual[0][0]:
                self._note(MIXED_ZONES, row, name, text)

    def _usual(self, name: str, alike: Sequence[str]) -> str:
        if len(alike) > 1 and not self.is_merged:
            problem = Message(SPELLINGS, spellings=tuple(f"“{text}”" for text in alike))
            self.findings.append(Finding(self.table.file, problem, column=name, value=alike[-1]))
        return " ".join(alike[0].split())

    def _note(self, problem: Message, row: int, column: str, value: str) -> None:
        self.findings.append(Finding(self.table.file, problem, row=row, column=column, value=value.strip()))


Expectation = Callable[[float], Message | None]
"""Says what was expected where a number is not it, None where it is."""


def count(value: float) -> Message | None:
    """Expect a count."""
    return None if value >= 0 and value.is_integer() else NOT_A_COUNT


def positive(value: float) -> Message | None:
    """Expect more than 0."""
    return None if value > 0 else NOT_POSITIVE


def not_negative(value: float) -> Message | None:
    """Expect 0 or more: exposures and denominators, of which 0 means nobody."""
    return None if value >= 0 else Message("A number of 0 or more was expected.")


def percentage(value: float) -> Message | None:
    """Expect a percentage."""
    return None if 0 <= value <= 100 else NO_PERCENTAGE


def no_negative_duration(value: float) -> Message | None:
    """Expect a duration."""
    return None if value >= 0 else NEGATIVE_DURATION


def narrowed(text: str) -> str:
    """Give a text with full-width signs narrowed and outer spaces gone."""
    return unicodedata.normalize("NFKC", text).strip()


def to_number(text: str) -> float | None:
    """Read a number, with or without commas at the thousands; infinities are read too, to be refused."""
    plain = text.strip()
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    if _NUMBER.fullmatch(plain) or plain.casefold().lstrip("+-") in ("inf", "infinity", "∞"):
        return float(plain.replace("∞", "inf"))
    return None


@dataclass(frozen=True)
class Moment:
    """A moment as written: local seconds since 1970, and its zone's words, empty without one."""

    timestamp_key: float
    zone: str


def to_moment(text: str) -> Moment | None:
    """Read a date, a week, month or quarter, or a date with a time; None where it is none."""
    plain = narrowed(text)
    day = _first_day(plain) or to_date(plain)
    if day is not None:
        return Moment(_seconds(datetime(day.year, day.month, day.day)), "")  # noqa: DTZ001  # as written
    found = _MOMENT.fullmatch(plain)
    day = to_date(found["day"]) if found else None
    if found is None or day is None or int(found["hour"]) > 23 or int(found["minute"]) > 59:
        return None
    after = timedelta(
        hours=int(found["hour"]), minutes=int(found["minute"]), seconds=int(found["second"] or 0)
    )
    moment = datetime(day.year, day.month, day.day) + after  # noqa: DTZ001  # the same
    zone = (found["zone"] or "").upper().replace(":", "")
    return Moment(_seconds(moment), "+0000" if zone in ("Z", "UTC") else zone)


def _first_day(plain: str) -> date | None:
    """Give the first day of a month (2026-12, 2026年12月), a quarter (2026Q4) or an ISO week (2026-W49)."""
    if month := _MONTH.fullmatch(plain):
        return to_date(f"{month[1]}-{month[2]}-1")
    if quarter := _QUARTER.fullmatch(plain):
        return to_date(f"{quarter[1]}-{3 * int(quarter[2] or quarter[3]) - 2}-1")
    if week := _WEEK.fullmatch(plain):
        try:
            return date.fromisocalendar(int(week[1]), int(week[2] or week[3]), 1)
        except ValueError:
            return None
    return None


def _seconds(moment: datetime) -> float:
    return (moment - datetime(1970, 1, 1)) / timedelta(seconds=1)  # noqa: DTZ001  # the same


def _alike(spelt: Counter[str]) -> Iterable[list[str]]:
    """Give the spellings of each name, the commonest first, names in order of appearance."""
    by_name: dict[str, list[str]] = {}
    for text in spelt:
        key = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
        by_name.setdefault(key, []).append(text)
    return [sorted(alike, key=lambda text: -spelt[text]) for alike in by_name.values()]
