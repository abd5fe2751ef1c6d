"""The data behind every chart of the report and the dashboard; reports draws them and computes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam.errors import Message, Named
from wardteam.stats.charts.types import ControlChart
from wardteam.stats.funnel_types import Funnel
from wardteam.stats.interrupted_types import InterruptedSeries

Words = Message | Named | str
"""A label: a sentence of the catalogue, a name of the ward's data, or plain figures."""


@dataclass(frozen=True)
class ChartPlot:
    """A run or control chart; `changeover` is the label of the first point after it."""

    chart: ControlChart
    unit: Words
    phases: tuple[Words, ...] = ()
    changeover: str = ""
    is_share: bool = False


@dataclass(frozen=True)
class FunnelPlot:
    """A funnel of units; the x axis is the denominator."""

    funnel: Funnel
    unit: Words
    denominator: Words
    is_share: bool = False


@dataclass(frozen=True)
class SeriesPlot:
    """An interrupted time series with its counterfactual."""

    series: InterruptedSeries
    unit: Words
    changeover: str


@dataclass(frozen=True)
class AcfPlot:
    """Residual autocorrelation from lag 1, with its limit."""

    acf: tuple[float, ...]
    limit: float


@dataclass(frozen=True)
class Steps:
    """One empirical distribution: at most a few hundred (x, share) steps."""

    name: Words
    n: int
    x: tuple[float, ...]
    share: tuple[float, ...]


@dataclass(frozen=True)
class EcdfPlot:
    """Empirical distributions by period; `target` is a vertical line."""

    series: tuple[Steps, ...]
    unit: Words
    target: float | None = None


@dataclass(frozen=True)
class Bar:
    """A value with its interval, None where there is none."""

    value: float
    low: float | None = None
    high: float | None = None
    n: int = 0


@dataclass(frozen=True)
class BarsPlot:
    """Groups of bars, one series a period: items of the questionnaire, grades, ..."""

    items: tuple[Words, ...]
    series: tuple[tuple[Words, tuple[Bar, ...]], ...]
    unit: Words
    is_share: bool = False


@dataclass(frozen=True)
class ParetoPlot:
    """Counts in falling order, with their cumulative share."""

    names: tuple[Words, ...]
    counts: tuple[int, ...]
    unit: Words


@dataclass(frozen=True)
class ForestLine:
    """One estimate with its interval; on a ratio scale where the plot says so."""

    name: Words
    estimate: float
    low: float
    high: float
    figure: str


@dataclass(frozen=True)
class ForestPlot:
    """Estimates one under another, with the line of no difference."""

    lines: tuple[ForestLine, ...]
    reference: float
    unit: Words
    is_log: bool = False


@dataclass(frozen=True)
class HoursPlot:
    """Something by hour of the day (24 values with intervals), and nurses on duty beside it."""

    values: tuple[Bar, ...]
    unit: Words
    staff: tuple[float, ...] = ()
    staff_unit: Words = ""


@dataclass(frozen=True)
class StaffPlan:
    """Nurses in each of the 24 hours under a plan, and the chance that a call waits too long (or empty)."""

    name: Words
    nurses: tuple[float, ...]
    chances: tuple[float, ...] = ()


@dataclass(frozen=True)
class DemandPlot:
    """Calls by hour with intervals, the nurses that they ask for with their range, and plans as steps.

    `target` is the highest share of calls that may wait too long; `chance_unit` says how long that is.
    """

    calls: tuple[Bar, ...]
    needed: tuple[Bar, ...]
    plans: tuple[StaffPlan, ...]
    target: float
    chance_unit: Words


@dataclass(frozen=True)
class CurvePlot:
    """Estimates over an ordered exposure (nurses on duty -> waiting time), each with its interval and n."""

    x: tuple[float, ...]
    values: tuple[Bar, ...]
    x_unit: Words
    unit: Words


@dataclass(frozen=True)
class FlowPlot:
    """The flow of records: boxes one under another, each with what left beside it."""

    steps: tuple[tuple[Words, tuple[int, ...]], ...]
    left: tuple[tuple[Words, ...], ...]
    columns: tuple[Words, ...]


Plot = (
    ChartPlot
    | FunnelPlot
    | SeriesPlot
    | AcfPlot
    | EcdfPlot
    | BarsPlot
    | ParetoPlot
    | ForestPlot
    | HoursPlot
    | DemandPlot
    | CurvePlot
    | FlowPlot
)
