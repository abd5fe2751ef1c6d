"""A report of invented figures with every block, every plot and long texts, in both languages."""

# Long texts in two languages are what this file is for.
# ruff: noqa: E501

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.reports.sample_plots import PLOTS
from wardteam.errors import Named
from wardteam.stats.charts.types import Assurance, Variation
from wardteam.stats.plots import Plot
from wardteam.stats.report import (
    Bullets,
    Cell,
    Edition,
    Figure,
    Heading,
    Paragraph,
    Part,
    QualityReport,
    Table,
    Tone,
    VerdictLine,
    Verdicts,
)

MADE_AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
LONG = Named(
    "责任组模式期每100患者日呼叫次数与对照期相比降低18%（率比0.82，95%CI 0.76～0.89，t(90)=−4.87，P<0.001），差异有统计学意义；"
    "这一差异与责任组模式的实施相关，但本研究无对照组，不能据此认定因果关系。",
    "Calls per 100 patient-days were 18% lower in the period of team mode than in the baseline (rate ratio 0.82, "
    "95% CI 0.76 to 0.89, t(90)=−4.87, P<0.001); the difference is associated with team mode, and without a control "
    "group no cause can be claimed.",
)
SIMPLE = Named(
    "病区实行责任组模式以后，患者按铃的次数少了，护士到床旁更快了。这不能证明是新模式带来的，但各种核对方法的结果一致。",
    "Since the ward has worked in responsibility teams, patients ring less often and nurses are at the bed sooner. "
    "This is no proof that the teams brought it about, but every way of checking agrees.",
)
WARNING = Named(
    "两个时期的月份不完全相同；季节差异可能影响结果，请以中断时间序列的结果为准。",
    "The two periods do not hold the same months; seasons may play a part, so rely on the interrupted time series.",
)
CAPTION = (
    Named("n=94周；模式切换于2026年1月1日。", "n=94 weeks; changeover on 1 January 2026."),
    Named(
        "Laney U′控制图，四条XmR判异规则，基线期冻结控制限。",
        "Laney U′ chart, four XmR rules, limits frozen after the baseline.",
    ),
)


def figure(code: str, plot: Plot, *, is_half: bool = False) -> Figure:
    title = Named(
        f"每100患者日呼叫次数（示例图 {code}）", f"Calls per 100 patient-days (sample figure {code})"
    )
    alternative = (Named("对照期均值52，责任组模式期均值38。", "Mean 52 in the baseline, 38 in team mode."),)
    return Figure(code, plot, title, CAPTION, alternative, is_half)


def small_table(code: str = "bells") -> Table:
    header = (Named("指标", "Measure"), Named("对照期 (n=200)", "Baseline (n=200)"), Named("责任组模式期 (n=200)", "Team mode (n=200)"),
              Named("差值（95%CI）", "Difference (95% CI)"), "χ²", "P")  # fmt: skip
    rows = (
        (Cell.of(Named("满意率", "Satisfaction rate")), Cell.of("162/200 (81.0%)", value=0.81),
         Cell.of("192/200 (96.0%)", value=0.96), Cell.of(Named("15.0个百分点", "15.0 points"), "8.9–21.3", value=15.0),
         Cell.of("22.11", value=22.1076), Cell.of("<0.001", value=2.57788e-6)),
        (Cell.of(Named("健康教育知晓率", "Health-education awareness rate")), Cell.of("172/200 (86.0%)", value=0.86),
         Cell.of("189/200 (94.5%)", value=0.945), Cell.of(Named("8.5个百分点", "8.5 points"), "2.7–14.5", value=8.5),
         Cell.of("8.21", value=8.21081), Cell.of("=0.004".removeprefix("="), value=0.00416415)),
    )  # fmt: skip
    notes = (
        Named("Pearson χ²检验，双侧，α=0.05；置信区间按Newcombe法计算。", "Pearson's χ² test, two-sided, alpha 0.05; intervals by Newcombe's method."),
        Named("P值经Holm法校正。", "P adjusted by Holm's method."),
    )  # fmt: skip
    return Table(
        code,
        Named("两个时期满意率与知晓率的比较", "Satisfaction and awareness in the two periods"),
        header,
        rows,
        notes,
        (1, 2, 3, 4, 5),
    )


def long_table() -> Table:
    header = (
        "SQUIRE 2.0",
        Named("条目内容", "What the item asks for"),
        Named("本报告中的位置", "Where it is in this report"),
    )
    rows = tuple(
        (
            Cell.of(f"{i}", value=float(i)),
            Cell.of(Named("说明问题的性质与重要性，以及已知的相关知识和本地背景", "Nature and significance of the local problem, what is known about it and the context in which it stands")),
            Cell.of(Named(f"第{i % 9 + 1}部分", f"Part {i % 9 + 1}")),
        )
        for i in range(1, 61)
    )  # fmt: skip
    return Table(
        "squire",
        Named("SQUIRE 2.0 报告清单", "SQUIRE 2.0 checklist"),
        header,
        rows,
        (Named("示例。", "Sample."),),
        (0,),
    )


def wide_table() -> Table:
    header = (Named("方法", "Method"), "F", "P", "t", "df", "P", Named("均值差", "Mean difference"), Named("标准误", "Standard error"),
              Named("95%CI下限", "Lower 95%"), Named("95%CI上限", "Upper 95%"))  # fmt: skip
    figures = ("12.413", "<0.001", "8.314", "412.7", "<0.001", "38.214", "4.596", "29.180", "47.248")
    rows = tuple(
        (Cell.of(Named(*name)), *(Cell.of(text) for text in figures))
        for name in (("假定方差齐（Student）", "Equal variances (Student)"), ("不假定方差齐（Welch）", "Unequal variances (Welch)"))
    )  # fmt: skip
    return Table(
        "spss",
        Named("到位时间的独立样本检验", "Independent samples test of arrival times"),
        header,
        rows,
        figures=tuple(range(1, 10)),
    )


def verdicts() -> Verdicts:
    names = (
        ("呼叫铃次数", "Call bells"),
        ("护士到位时间", "Nurse's arrival time"),
        ("患者满意率", "Satisfaction rate"),
        ("健康教育知晓率", "Awareness rate"),
        ("跌倒发生率", "Falls"),
    )
    figures = (
        ("38.1次/100患者日", "38.1 per 100 patient-days"),
        ("95秒", "95 s"),
        ("96.0%", "96.0%"),
        ("94.5%", "94.5%"),
        ("0.31‰", "0.31 per mille"),
    )
    sentence = Named(
        "与对照期相比降低18%，差异有统计学意义；近7周均低于中心线。",
        "18% lower than in the baseline; the last seven weeks lie below the centre line.",
    )
    lines = tuple(
        VerdictLine(Named(*name), Named(*figure), variation, assurance, sentence, Named("≤40", "≤40") if i < 3 else "")
        for i, (name, figure, variation, assurance) in enumerate(zip(names, figures, Variation, Assurance, strict=True))
    )  # fmt: skip
    return Verdicts(lines)


def parts() -> tuple[Part, ...]:
    simple, warning = Paragraph((SIMPLE,), Tone.SIMPLE), Paragraph((WARNING,), Tone.WARNING)
    plain, note = Paragraph((LONG, SIMPLE)), Paragraph((WARNING,), Tone.NOTE)
    plots = {name: make() for name, make in PLOTS.items()}
    figures = {name: figure(name, plot) for name, plot in plots.items()}
    half = {name: figure(f"{name}-half", plot, is_half=True) for name, plot in plots.items()}
    limits = Bullets((LONG, WARNING, SIMPLE))
    titles = (("结论", "Verdict"), ("数据", "Data"), ("呼叫铃", "Call bells"), ("到位时间", "Arrival time"), ("满意与知晓", "Satisfaction and awareness"),
              ("随时间的变化", "Change over time"), ("责任组", "Teams"), ("人力配置", "Staffing"), ("方法与说明", "Methods"))  # fmt: skip
    blocks = (
        (
            Paragraph((LONG,), Tone.LEAD),
            verdicts(),
            simple,
            Heading(Named("推断的局限", "Limits of inference")),
            limits,
        ),
        (plain, figures["flow"], Heading(Named("病例构成", "Case-mix")), small_table("case_mix")),
        (simple, figures["control"], plain, small_table(), warning, half["control"], half["run"]),
        (plain, figures["run"], figures["ecdf"], wide_table(), note),
        (small_table("rates"), half["share"], half["bars"], figures["bars"], figures["share"]),
        (plain, figures["series"], half["acf"], half["series"], figures["forest"]),
        (simple, half["funnel"], half["pareto"], figures["funnel"], warning, figures["pareto"]),
        (figures["hours"], half["hours"], half["curve"], figures["curve"], half["short"]),
        (limits, long_table()),
    )
    return tuple(Part(i, Named(*t), b) for i, (t, b) in enumerate(zip(titles, blocks, strict=True), start=1))


def sample_report() -> QualityReport:
    facts = (
        (Named("对照期", "Baseline"), Named("2025年1月1日至11月22日", "1 January to 22 November 2025")),
        (
            Named("责任组模式期", "Team mode"),
            Named("2026年1月1日至11月22日", "1 January to 22 November 2026"),
        ),
        (
            Named("分析方案", "Plan"),
            Named("2025年12月20日锁定，其后修订1次", "locked on 20 December 2025, changed once since"),
        ),
        (Named("数据截至", "Data until"), "2026-11-22"),
    )
    return QualityReport(
        Edition.FULL, Named("护理质量管理报告", "Nursing quality report"),
        Named("责任组模式实施前后比较", "Before and after the change to responsibility teams"),
        Named("示范医院", "Demonstration Hospital"), Named("内科一病区", "Medical Ward 1"), facts, parts(), MADE_AT,
        date(2026, 11, 22), "ab12" * 16, "wardteam 0.1.0",
    )  # fmt: skip


def monthly_report() -> QualityReport:
    names = ("control", "run", "share", "funnel", "hours", "pareto")
    half = [figure(name, PLOTS[name](), is_half=True) for name in names]
    blocks = (verdicts(), Paragraph((SIMPLE,), Tone.SIMPLE), *half[:4])
    second = (small_table(), *half[4:], Paragraph((WARNING,), Tone.WARNING), Bullets((SIMPLE, WARNING)))
    pages = (
        Part(1, Named("本月结论", "This month"), blocks),
        Part(2, Named("责任组与人力", "Teams and staffing"), second),
    )
    return replace(
        sample_report(), edition=Edition.MONTHLY, title=Named("护理质量月报", "Nursing quality, monthly"),
        subtitle=Named("2026年11月", "November 2026"), parts=pages,
    )  # fmt: skip


def small_report() -> QualityReport:
    """Give a report of one part, with one table and one figure."""
    blocks = (small_table(), sample_report().figures()[0])
    return replace(sample_report(), parts=(Part(1, Named("数据", "Data"), blocks),))
