"""Every kind of plot from invented figures, long enough to show what does not fit."""

# Long texts in two languages are what this file is for.
# ruff: noqa: E501

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from wardteam.errors import Message, Named
from wardteam.stats.charts.types import (
    Assurance,
    Better,
    ChartKind,
    ChartPoint,
    ControlChart,
    RunTest,
    Signal,
    Variation,
)
from wardteam.stats.funnel_types import Funnel, FunnelCurve, FunnelKind, FunnelUnit, FunnelVerdict
from wardteam.stats.interrupted_types import InterruptedSeries, SeriesModel, SeriesPoint
from wardteam.stats.methods import WELCH
from wardteam.stats.plots import (
    AcfPlot,
    Bar,
    BarsPlot,
    ChartPlot,
    CurvePlot,
    DemandPlot,
    EcdfPlot,
    FlowPlot,
    ForestLine,
    ForestPlot,
    FunnelPlot,
    HoursPlot,
    ParetoPlot,
    SeriesPlot,
    StaffPlan,
    Steps,
)
from wardteam.stats.results import Result

RULE = Message("n")
BEFORE, AFTER = Named("对照期", "Baseline"), Named("责任组模式期", "Team mode")
RATE = Named("每100患者日呼叫次数", "Calls per 100 patient-days")


def weeks(count: int = 94, start: date = date(2025, 1, 6)) -> list[str]:
    return [(start + timedelta(days=7 * i)).isoformat() for i in range(count)]


def chart(
    labels: list[str], *, half: int, kind=ChartKind.UP, low=38.0, high=52.0, target=40.0, seed=1, share=False
):
    rng = Random(seed)
    spread = abs(high - low) / 7
    points = []
    for i, label in enumerate(labels):
        centre = high if i < half else low
        value = rng.gauss(centre, spread * 0.9)
        signals = _signals(i, value, centre, spread, half)
        if Signal.OUTSIDE in signals:
            value = centre + (1 if i < half else -1) * 3.4 * spread
        width = spread * 3 * (0.9 + 0.2 * rng.random())
        limits = (None, None) if kind is ChartKind.RUN else (centre - width, centre + width)
        if share:
            value, limits = min(value, 1.0), (limits[0], min(limits[1], 1.0))
        points.append(
            ChartPoint(label, value, centre, *limits, phase=int(i >= half), denominator=300.0, signals=signals,
                       is_excluded=i == 20, is_frozen=i > len(labels) - 8)
        )  # fmt: skip
    return ControlChart(
        kind, tuple(points), (RunTest(0, half, 9, 8, 20, 18), RunTest(1, len(labels) - half, 5, 8, 22, 17)),
        Better.HIGHER if share else Better.LOWER, Variation.IMPROVEMENT, Assurance.HIT_OR_MISS, target, 1.2, 0,
        RULE, (), "0" * 64,
    )  # fmt: skip


def _signals(i: int, value: float, centre: float, spread: float, half: int) -> tuple[Signal, ...]:
    if i in (11, half + 5):
        return (Signal.OUTSIDE,)
    if half + 20 <= i < half + 27:
        return (Signal.SHIFT,)
    if half - 12 <= i < half - 8:
        return (Signal.TREND,)
    return (Signal.NEAR_LIMIT,) if i in (31, 33) else ()


def chart_plot(**settings) -> ChartPlot:
    labels = weeks()
    return ChartPlot(chart(labels, half=47, **settings), RATE, (BEFORE, AFTER), changeover=labels[47])


def run_plot() -> ChartPlot:
    labels = weeks()
    data = chart(labels, half=47, kind=ChartKind.RUN, low=95, high=141, target=120, seed=4)
    unit = Named("每周到位时间中位数（秒）", "Weekly median time to arrival, seconds")
    return ChartPlot(data, unit, (BEFORE, AFTER), changeover=labels[47])


def share_plot() -> ChartPlot:
    labels = [f"{year}-{month:02d}" for year in (2025, 2026) for month in range(1, 12)]
    data = chart(labels, half=11, kind=ChartKind.PP, low=0.95, high=0.82, target=0.9, seed=3, share=True)
    return ChartPlot(data, Named("满意率", "Satisfied"), (BEFORE, AFTER), labels[11], is_share=True)


def short_plot() -> ChartPlot:
    labels = ["2026-09", "2026-10", "2026-11"]
    return ChartPlot(chart(labels, half=3, kind=ChartKind.RUN, target=None), RATE)


def funnel_plot() -> FunnelPlot:
    sizes = (1480, 1510, 1495, 1620, 240)
    values = (0.86, 0.845, 0.87, 0.76, 0.93)
    verdicts = (FunnelVerdict.INSIDE, FunnelVerdict.BEYOND_95, FunnelVerdict.INSIDE, FunnelVerdict.BEYOND_998,
                FunnelVerdict.TOO_SMALL)  # fmt: skip
    units = tuple(
        FunnelUnit(f"{'一二三四五'[i]}组 · Team {i + 1}", sizes[i] * values[i], sizes[i], values[i], 0.8, 0.9, 0.78,
                   0.92, verdicts[i]) for i in range(5)
    )  # fmt: skip
    xs = tuple(50.0 + 20 * i for i in range(90))
    wide = [(0.85 * 0.15 / x) ** 0.5 for x in xs]

    def limit(z: float) -> tuple[float, ...]:
        return tuple(min(0.85 + z * w, 1.0) for w in wide)

    curve = FunnelCurve(xs, limit(-1.96), limit(1.96), limit(-3.09), limit(3.09))
    data = Funnel(FunnelKind.PROPORTION, units, 0.85, 1.3, 0.0, curve, 20, 1.0, RULE, (), "0" * 64)
    return FunnelPlot(
        data, Named("3分钟内到位比例", "Answered within 3 minutes"), Named("呼叫次数", "Calls"), True
    )


def result(estimate: float) -> Result:
    return Result(method=WELCH, n=(46, 46), missing=(0, 0), reason=RULE, data_hash="0" * 64,
                  estimate=estimate)  # fmt: skip


def series_plot() -> SeriesPlot:
    rng = Random(7)
    labels = weeks()
    points = []
    for i, label in enumerate(labels):
        expected = 52 - 0.05 * i
        fitted = expected if i < 47 else expected - 7 - 0.06 * (i - 47)
        observed = None if i == 30 else rng.gauss(fitted, 2.4)
        points.append(SeriesPoint(label, observed, fitted, fitted - 1.5, fitted + 1.5, expected, i >= 47))
    data = InterruptedSeries(
        SeriesModel.QUASI_POISSON, result(0.99), result(0.87), result(0.998), result(0.82), tuple(points), 2, 1.6,
        (0.31, 0.12, 0.05, -0.11, 0.08), 0.2, None, None, (), RULE, "0" * 64,
    )  # fmt: skip
    return SeriesPlot(data, RATE, labels[47])


def acf_plot() -> AcfPlot:
    return AcfPlot((0.31, 0.12, 0.05, -0.11, 0.08, 0.02, -0.05, 0.01, -0.22, 0.03, 0.04, -0.02), 0.2)


def ecdf_plot() -> EcdfPlot:
    rng = Random(5)
    series = []
    for name, middle in ((BEFORE, 4.9), (AFTER, 4.5)):
        xs = sorted(rng.lognormvariate(middle, 0.5) for _ in range(200))
        series.append(Steps(name, 17_000, tuple(xs), tuple((i + 1) / 200 for i in range(200))))
    return EcdfPlot(
        tuple(series),
        Named("呼叫至护士到位的时间（秒）", "Seconds from the call to the nurse's arrival"),
        180.0,
    )


def bars_plot() -> BarsPlot:
    items = (
        Named("护士主动巡视病房，呼叫后能及时到达床旁", "Nurses look in of their own accord and come promptly when called"),
        Named("入院、住院、出院各阶段健康教育清楚易懂", "Health education on admission, during the stay and at discharge was clear"),
        Named("责任护士熟悉我的病情", "My nurse knows my condition"),
        Named("愿意向亲友推荐本病区", "I would recommend this ward"),
    )  # fmt: skip
    before = tuple(Bar(v, v - 0.05, v + 0.045, 200) for v in (0.78, 0.80, 0.74, 0.83))
    after = tuple(Bar(v, v - 0.03, v + 0.025, 200) for v in (0.94, 0.945, 0.92, 0.96))
    return BarsPlot(
        items,
        ((BEFORE, before), (AFTER, after)),
        Named("满意的比例及95%置信区间", "Share satisfied with 95% CI"),
        True,
    )


def pareto_plot() -> ParetoPlot:
    names = (("输液", "infusion"), ("如厕", "toilet"), ("更换体位", "change of position"), ("疼痛", "pain"),
             ("咨询病情或治疗安排", "a question about illness or treatment"), ("原因未记录", "reason not recorded"))  # fmt: skip
    return ParetoPlot(
        tuple(Named(*n) for n in names), (15120, 6230, 4380, 3110, 2240, 905), Named("呼叫次数", "calls")
    )


def forest_plot() -> ForestPlot:
    lines = (
        ForestLine(Named("准泊松（主分析）", "Quasi-Poisson (primary)"), 0.82, 0.76, 0.89, "0.82 (0.76–0.89)"),
        ForestLine(Named("负二项回归", "Negative binomial"), 0.83, 0.75, 0.91, "0.83 (0.75–0.91)"),
        ForestLine(Named("仅比较相同的日历月份", "The same calendar months only"), 0.85, 0.77, 0.94, "0.85 (0.77–0.94)"),
        ForestLine(Named("剔除切换后的第一个月", "Without the first month after the changeover"), 0.80, 0.72, 1.02, "0.80 (0.72–1.02)"),
    )  # fmt: skip
    return ForestPlot(
        lines,
        1.0,
        Named("率比（对数尺度），干预期比对照期", "Rate ratio (log scale), intervention to baseline"),
        True,
    )


def hours_plot() -> HoursPlot:
    rng = Random(2)
    values = tuple(
        Bar(v := 0.4 + 0.35 * rng.random() + (0.5 if 6 <= h <= 11 else 0), v - 0.09, v + 0.1, 300)
        for h in range(24)
    )
    staff = tuple(
        2.0 if h < 8 else 11.0 if h < 12 else 4.0 if h < 14 else 10.0 if h < 18 else 2.0 for h in range(24)
    )
    return HoursPlot(
        values,
        Named("每护理工时呼叫次数", "Calls per nurse-hour"),
        staff,
        Named("在岗护士数", "Nurses on duty"),
    )


def demand_plot() -> DemandPlot:
    calls = tuple(Bar(v := 0.6 + 2.4 * (7 <= h <= 21), 0.8 * v, 1.25 * v, 40) for h in range(24))
    needed = tuple(Bar(2 + (h == 19), 2, 3 + (h == 19)) for h in range(24))
    present = tuple(2.0 if h < 8 or h >= 18 else 18.0 if h not in (12, 13) else 2.0 for h in range(24))
    proposed = tuple(n + (h >= 18) for h, n in enumerate(present))
    return DemandPlot(
        calls,
        needed,
        (
            StaffPlan(Named("现行", "asked for now"), present, tuple(0.3 / n for n in present)),
            StaffPlan(Named("建议", "proposed"), proposed, tuple(0.3 / n**2 for n in proposed)),
            StaffPlan(Named("实际", "as rostered"), tuple(n + 0.4 for n in present)),
        ),
        target=0.1,
        chance_unit=Named("等待超过5分钟的呼叫", "calls that wait longer than 5 minutes"),
    )


def curve_plot() -> CurvePlot:
    values = tuple(Bar(160 - 7 * i, 150 - 7 * i, 171 - 7 * i, 1200 - 90 * i) for i in range(10))
    return CurvePlot(tuple(float(i + 2) for i in range(10)), values, Named("当时在岗护士数", "Nurses on duty at the time"),
                     Named("到位时间几何均数（秒）", "Geometric mean time to arrival, seconds"))  # fmt: skip


def flow_plot() -> FlowPlot:
    steps = (
        (Named("住院患者", "Inpatients of the period"), (612, 655)),
        (Named("发放问卷", "Questionnaires issued"), (200, 205)),
        (Named("回收问卷", "Returned"), (200, 202)),
        (Named("有效并纳入分析的问卷", "Valid and analysed"), (200, 200)),
    )
    left = (
        (Named("未抽中：412 / 450", "Not sampled: 412 / 450"),),
        (Named("未回收：0 / 3", "Not returned: 0 / 3"),),
        (Named("作答项目过少：0 / 1", "Too few items answered: 0 / 1"), Named("回答自相矛盾：0 / 1", "Contradictory answers: 0 / 1")),
    )  # fmt: skip
    return FlowPlot(steps, left, (BEFORE, AFTER))


PLOTS = {
    "control": chart_plot,
    "run": run_plot,
    "share": share_plot,
    "short": short_plot,
    "funnel": funnel_plot,
    "series": series_plot,
    "acf": acf_plot,
    "ecdf": ecdf_plot,
    "bars": bars_plot,
    "pareto": pareto_plot,
    "forest": forest_plot,
    "hours": hours_plot,
    "demand": demand_plot,
    "curve": curve_plot,
    "flow": flow_plot,
}
