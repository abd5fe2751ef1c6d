"""How the comparison's figures read in a table cell: statistics, intervals, descriptions, in one language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wardteam.domain.calendar import Period
from wardteam.domain.study import MeasureKind, StudyPeriod
from wardteam.errors import Message
from wardteam.i18n import Translator
from wardteam.stats.comparison import (
    Description,
    RateDescription,
    ShareDescription,
    TimeDescription,
)
from wardteam.stats.figures import decimal, p_words, share_figure
from wardteam.stats.results import Estimand, Interval, Result

STATISTIC = re.compile(
    r"(?<![A-Za-z])(?:χ²|P(?![A-Za-z′']| chart|控制图|图)"
    r"|[tF](?= ?[=<]|[(]|$|-test|检验)|[rHUZ](?= ?[=<]|[(])|n(?= ?[=<≥(]|/)"
    r"|M(?=\()|(?<=[(\[])Q1|Q3(?=[)\]])|x̄±s)"
)
IN_POINTS = frozenset({Estimand.SHARE, Estimand.SHARE_DIFFERENCE})
NO_FIGURE = "–"
SHORT_NAMES = {
    MeasureKind.BELLS: "Call bells",
    MeasureKind.ARRIVAL: "Arrival time",
    MeasureKind.SATISFACTION: "Satisfaction",
    MeasureKind.AWARENESS: "Awareness",
}


@dataclass(frozen=True)
class Run:
    """A piece of text; statistics' symbols are italic."""

    text: str
    is_italic: bool = False


def runs(text: str) -> list[Run]:
    """Split a text so that the symbols of statistics stand alone, in italics.

    >>> [run.text for run in runs("t(18)=1.86, P=0.079") if run.is_italic]
    ['t', 'P']
    """
    pieces: list[Run] = []
    position = 0
    for match in STATISTIC.finditer(text):
        pieces += [Run(text[position : match.start()]), Run(match.group(), is_italic=True)]
        position = match.end()
    return [piece for piece in (*pieces, Run(text[position:])) if piece.text]


class FigureWords:
    """Puts figures into the cells of one language's tables."""

    def __init__(self, t: Translator) -> None:
        self.t = t

    def period(self, period: StudyPeriod) -> str:
        """Give the period's name."""
        return period.name if self.t.language == "zh" else period.name_en

    def span(self, span: Period) -> str:
        """Give first and last date."""
        return self.t("{first} to {last}", first=span.first.isoformat(), last=span.last.isoformat())

    def description(self, description: Description | None) -> list[str]:
        """Describe one period in at most three short lines."""
        match description:
            case RateDescription():
                days = self._mean(description.daily_mean, description.daily_sd, 1)
                return [
                    f"{description.per_100:.1f}",
                    f"{description.events}/{description.patient_days:.0f}",
                    self.t("{figure} a day", figure=days),
                ]
            case TimeDescription():
                return self._times(description)
            case ShareDescription():
                return [share_figure(description.share)]
            case None:
                return [NO_FIGURE]

    def _times(self, times: TimeDescription) -> list[str]:
        quartiles = self.t(
            "{median} [{lower}, {upper}]",
            median=f"{times.median:.0f}",
            lower=f"{times.lower_quartile:.0f}",
            upper=f"{times.upper_quartile:.0f}",
        )
        if times.geometric_mean is None:
            return [quartiles]
        stays = self.t("{seconds} in {stays} stays", seconds=f"{times.geometric_mean:.1f}", stays=times.stays)
        return [stays, quartiles, self._mean(times.mean, times.sd, 0)]

    def _mean(self, mean: float, sd: float, digits: int) -> str:
        return self.t("{mean} ({sd})", mean=f"{mean:.{digits}f}", sd=f"{sd:.{digits}f}")

    def test(self, result: Result | None) -> list[str]:
        """Give statistic and P, each on its line."""
        if result is None or result.p is None:
            return [NO_FIGURE]
        return [*self._statistic(result), self.t(p_words(result.p))]

    def estimate(self, result: Result | None) -> list[str]:
        """Give the estimate and, on the next line, its interval."""
        if result is None or result.interval is None:
            return [NO_FIGURE if result is None else self.figure(result)]
        return [self.figure(result), self.interval(result)]

    def figure(self, result: Result) -> str:
        """Print the estimate in its unit; differences of shares in percentage points."""
        if result.estimate is None:
            return NO_FIGURE
        if result.estimand in IN_POINTS:
            return self.t("{points} points", points=decimal(100 * result.estimate))
        return decimal(result.estimate, 3 if result.estimand is Estimand.PHI else 2)

    def interval(self, result: Result) -> str:
        """Print the interval's bounds; where it runs through infinity, say so."""
        interval = result.interval
        if interval is None:
            return ""
        if interval.is_through_infinity:
            return self._through_infinity(interval)
        decimals, factor = (1, 100) if result.estimand in IN_POINTS else (2, 1)
        low, high = (decimal(factor * bound, decimals) for bound in (interval.low, interval.high))
        return self.t("{low} to {high}", low=low, high=high)

    def _through_infinity(self, interval: Interval) -> str:
        words = Message(
            "benefit {benefit} to ∞ to harm {harm}",
            benefit=f"{interval.high:.1f}",
            harm=f"{-interval.low:.1f}",
        )
        return self.t(words)

    def _statistic(self, result: Result) -> list[str]:
        if result.statistic is None:
            return []
        df = ", ".join(f"{part:.1f}".removesuffix(".0") for part in result.df)
        return [f"{result.method.symbol}({df})={decimal(result.statistic, 2)}"]
