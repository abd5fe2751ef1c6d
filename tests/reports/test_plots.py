"""The charts of the quality report: what they draw, in every width, both languages, without styles."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from tests.reports.sample_plots import PLOTS, weeks
from wardteam.i18n import translator
from wardteam.stats.charts.types import (
    Assurance,
    Better,
    ChartKind,
    ChartPoint,
    ControlChart,
    Signal,
    Variation,
)
from wardteam.stats.plots import ChartPlot, Plot
from wardteam_reports.plots.chart_marks import SHAPES, key_marks, marked_points
from wardteam_reports.plots.data import plot_table
from wardteam_reports.plots.drawing import DRAWINGS, plot_page, plot_svg
from wardteam_reports.plots.icons import (
    assurance_icon,
    assurance_words,
    page_icon,
    variation_icon,
    variation_words,
)
from wardteam_reports.plots.lettering import Box, apart, place_labels, text_width, wrap
from wardteam_reports.plots.look import CONCERN, IMPROVEMENT, NEITHER
from wardteam_reports.plots.ticks import label_date, time_ticks
from wardteam_reports.plots.words import (
    SIGNAL_KEYS,
    SIGNAL_WORDS,
    figure_words,
    tick_words,
)
from wardteam_reports.svg import INK


def simple_chart(values: list[float], signals: dict[int, Signal], better: Better) -> ControlChart:
    points = tuple(
        ChartPoint(str(i), value, 10.0, 5.0, 15.0, signals=(signals[i],) if i in signals else ())
        for i, value in enumerate(values)
    )
    return ControlChart(
        ChartKind.I, points, (), better, Variation.COMMON_CAUSE, Assurance.NO_TARGET, None, None, 0,
        PLOTS["run"]().chart.rule, (), "",
    )  # fmt: skip


@pytest.mark.parametrize(("width", "language"), [("full", "zh"), ("half", "en"), ("narrow", "zh")])
@pytest.mark.parametrize("name", PLOTS)
def test_every_plot_is_well_formed_without_styles_or_loose_references(name, width, language):
    drawing = plot_svg(PLOTS[name](), language=language, width=width, label="What it shows")
    root = ElementTree.fromstring(drawing)
    assert root.get("aria-label") == "What it shows"
    elements = list(root.iter())
    assert not [
        e.tag for e in elements if "style" in e.attrib or e.tag.endswith(("}style", "}script", "}text"))
    ]
    ids = [e.get("id") for e in elements if e.get("id")]
    assert len(ids) == len(set(ids))
    used = re.findall(rb'href="#([^"]+)"|url\(#([^)]+)\)', drawing)
    assert {(a or b).decode() for a, b in used} <= set(ids)


def test_every_kind_of_plot_is_drawn_and_sampled():
    assert {type(make()) for make in PLOTS.values()} == set(DRAWINGS) == set(Plot.__args__)


@pytest.mark.parametrize("name", ["control", "funnel"])
def test_the_same_plot_gives_the_same_bytes(name):
    first = plot_svg(PLOTS[name](), language="zh")
    plot_svg.cache_clear()
    assert plot_svg(PLOTS[name](), language="zh") == first


def test_two_drawings_on_one_page_share_no_ids():
    first, second = (plot_svg(PLOTS[name](), language="zh").decode() for name in ("run", "control"))
    ids = [set(re.findall(r'\bid="([^"]+)"', drawing)) for drawing in (first, second)]
    assert ids[0].isdisjoint(ids[1])


def test_on_a_page_the_ink_is_the_pages_own():
    page = plot_page(PLOTS["run"](), language="zh")
    assert INK not in page
    assert "currentColor" in page


def test_a_spark_line_is_small_and_only_of_a_chart():
    spark = plot_svg(PLOTS["control"](), language="zh", width="spark")
    assert len(spark) < 0.5 * len(plot_svg(PLOTS["control"](), language="zh"))
    with pytest.raises(ValueError, match="got ParetoPlot"):
        plot_svg(PLOTS["pareto"](), language="zh", width="spark")


@pytest.mark.parametrize(
    ("better", "value", "fill"),
    [
        (Better.LOWER, 4.0, IMPROVEMENT),
        (Better.LOWER, 16.0, CONCERN),
        (Better.HIGHER, 16.0, IMPROVEMENT),
        (Better.HIGHER, 4.0, CONCERN),
        (Better.NEITHER, 4.0, NEITHER),
        (Better.LOWER, 10.0, NEITHER),
    ],
)
def test_a_signal_is_coloured_by_its_direction(better, value, fill):
    chart = simple_chart([10, value, 11], {1: Signal.OUTSIDE}, better)
    assert [mark.fill for mark in marked_points(chart) if mark.signal] == [fill]


def test_a_trend_is_coloured_by_where_it_goes():
    rising = simple_chart([5, 6, 7, 8], dict.fromkeys(range(4), Signal.TREND), Better.LOWER)
    assert {mark.fill for mark in marked_points(rising)} == {CONCERN}


def test_every_signal_has_a_shape_of_its_own_and_the_first_that_counts_is_drawn():
    chart_signals = (Signal.OUTSIDE, Signal.SHIFT, Signal.TREND, Signal.NEAR_LIMIT)
    assert len({SHAPES[signal] for signal in chart_signals}) == 4
    chart = simple_chart([1, 2], {}, Better.LOWER)
    both = replace(chart.points[1], signals=(Signal.SHIFT, Signal.OUTSIDE))
    marks = marked_points(replace(chart, points=(chart.points[0], both)))
    assert [mark.shape for mark in marks] == [".", "s"]


def test_an_excluded_point_is_crossed_and_explained():
    chart = simple_chart([9, 30, 10], {1: Signal.OUTSIDE}, Better.LOWER)
    points = (chart.points[0], replace(chart.points[1], is_excluded=True), chart.points[2])
    marks = marked_points(replace(chart, points=points))
    assert [mark.shape for mark in marks] == [".", "x", "."]
    assert [m.text for m in key_marks(marks, translator("zh"))] == ["未参与控制限计算"]


def test_the_key_names_only_what_occurs():
    marks = marked_points(PLOTS["control"]().chart)
    words = [mark.text for mark in key_marks(marks, translator("en"))]
    assert words == [
        "beyond a limit", "shift", "trend", "near a limit", "left out of the limits", "improvement",
        "concern",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("labels", "most", "language", "expected"),
    [
        (weeks(94), 30, "zh", ["1月\n2025", "2月", "3月"]),
        (weeks(94), 8, "en", ["Jan\n2025", "Apr", "Jul"]),
        (weeks(260), 6, "zh", ["1月\n2025", "1月\n2026", "1月\n2027"]),
        (["2026-09", "2026-10", "2026-11"], 8, "zh", ["9月\n2026", "10月", "11月"]),
        (["2026-W01", "2026-W02", "2026-W03", "2026-W04"], 2, "en", ["29 Dec", "12 Jan"]),
        ([f"2026-03-{d:02d}" for d in range(1, 31)], 6, "zh", ["3-1", "3-6", "3-11"]),
        (["1组", "2组", "3组", "4组"], 2, "zh", ["1组", "3组"]),
        (["2026-02-31", "2026-03-01"], 5, "zh", ["2026-02-31", "2026-03-01"]),
    ],
)
def test_the_time_axis_is_thinned_to_months_quarters_or_years(labels, most, language, expected):
    ticks = time_ticks(labels, most, language)
    assert [tick.text for tick in ticks][: len(expected)] == expected
    assert len(ticks) <= max(most, 5)


def test_a_label_that_is_no_date_is_not_taken_for_one():
    assert [label_date(label) for label in ("2026-13", "2026-W60", "W3", "")] == [None] * 4


@pytest.mark.parametrize("places", [[10, 11, 30], [5, 5, 5, 5], [39, 40], [0, 40], []])
def test_labels_at_the_edge_keep_apart_and_inside(places):
    moved = apart(places, gap=6, low=0, high=40)
    ordered = sorted(moved)
    assert all(b - a >= 6 - 1e-9 for a, b in pairwise(ordered))
    assert all(-1e-9 <= place <= 40 + 1e-9 for place in moved)
    assert [moved[i] for i in sorted(range(len(places)), key=places.__getitem__)] == ordered


def test_labels_of_units_that_lie_close_cover_neither_each_other_nor_a_point():
    points = [(100.0, 50.0), (104.0, 53.0), (98.0, 47.0), (110.0, 50.0), (20.0, 90.0)]
    texts = ["一组", "二组", "三组", "Team four", "五组"]
    corners = place_labels(points, texts, size=8, frame=Box(0, 0, 200, 100))
    boxes = [Box(x, y, x + text_width(t, 8), y + 9.2) for (x, y), t in zip(corners, texts, strict=True)]
    assert all(a.overlap(b) == 0 for i, a in enumerate(boxes) for b in boxes[i + 1 :])
    assert all(box.overlap(Box(x - 1, y - 1, x + 1, y + 1)) == 0 for box in boxes for x, y in points)
    assert all(box.outside(Box(0, 0, 200, 100)) == 0 for box in boxes)


def test_texts_break_between_words_or_characters_and_lose_nothing():
    english, chinese = "Health education on admission was clear", "入院健康教育清楚易懂，内容实用。"
    assert all(text_width(line, 8) <= 80 for line in wrap(english, 80, 8).split("\n"))
    assert wrap(english, 80, 8).replace("\n", " ") == english
    lines = wrap(chinese, 40, 8).split("\n")
    assert "".join(lines) == chinese
    assert not [line for line in lines if line[0] in "，。"]


@pytest.mark.parametrize(
    ("value", "is_share", "words"),
    [(12.34, False, "12.3"), (0.0, False, "0"), (-1.5, False, "−1.5"), (1234.5, False, "1234"),
     (0.805, True, "80.5%"), (0.01234, False, "0.0123"), (0.00345, False, "0.00345"),
     (0.00345, True, "0.34%"), (0.0, True, "0.0%"), (0.3, False, "0.3")],
)  # fmt: skip
def test_figures_have_the_decimals_that_their_size_deserves(value, is_share, words):
    assert figure_words(value, is_share=is_share) == words


def test_ticks_are_short_and_shares_are_percentages():
    assert [tick_words(0.8, is_share=True), tick_words(-0.2), tick_words(30000.0)] == ["80%", "−0.2", "30000"]


@pytest.mark.parametrize("name", PLOTS)
def test_the_data_behind_a_plot_are_a_full_table(name):
    table = plot_table(PLOTS[name](), "zh")
    assert table.rows
    assert {len(row) for row in table.rows} == {len(table.header)}
    assert not [heading for heading in table.header if re.search("[a-z]{4}", heading)]


def test_the_table_of_a_chart_holds_its_values_limits_and_signals():
    plot = PLOTS["control"]()
    table = plot_table(plot, "en")
    point = plot.chart.points[11]
    assert table.header[:5] == ("point", "value", "centre line", "lower limit", "upper limit")
    assert table.rows[11][:5] == (point.label, point.value, point.centre, point.lower, point.upper)
    assert table.rows[11][6:] == ("Baseline", "outside the limits")
    assert table.rows[20][7] == "left out of the limits"


def test_the_table_of_a_pareto_chart_runs_up_to_its_total():
    assert plot_table(PLOTS["pareto"](), "en").rows[-1] == ("reason not recorded", 905, 31985)


@pytest.mark.parametrize(
    "icon", [variation_icon(v) for v in Variation] + [assurance_icon(a) for a in Assurance]
)
def test_an_icon_is_a_drawing_with_an_outline_and_no_style(icon):
    root = ElementTree.fromstring(icon)
    assert not [element.tag for element in root.iter() if "style" in element.attrib]
    assert INK in icon
    assert "currentColor" in page_icon(icon)


def test_icons_differ_in_shape_and_not_in_colour_alone():
    shapes = [re.sub(r"#[0-9a-f]{6}", "", variation_icon(v)) for v in Variation]
    assert len(set(shapes)) == len(Variation)
    known = [a for a in Assurance if a is not Assurance.UNKNOWN]
    assert len({re.sub(r"#[0-9a-f]{6}", "", assurance_icon(a)) for a in known}) == len(known)


def test_an_icon_says_what_it_shows():
    icon = variation_icon(Variation.CONCERN, label=variation_words(Variation.CONCERN, "zh"))
    assert 'aria-label="特殊原因变异，需关注"' in icon
    assert assurance_words(Assurance.WILL_MISS, "en") == "the target will be missed as the process runs"


def test_every_signal_and_verdict_has_its_chinese():
    t = translator("zh")
    said = [t(text) for words in (SIGNAL_WORDS, SIGNAL_KEYS) for text in words.values()]
    said += [variation_words(v, "zh") for v in Variation] + [assurance_words(a, "zh") for a in Assurance]
    assert not [words for words in said if re.search("[a-z]", words)]
    assert set(SIGNAL_WORDS) == set(SIGNAL_KEYS) == set(Signal)


def test_a_chart_without_phases_target_or_limits_is_drawn():
    plot = ChartPlot(simple_chart([10, 10, 10], {}, Better.LOWER), "n")
    bare = tuple(replace(p, centre=None, lower=None, upper=None) for p in plot.chart.points)
    flat = replace(plot, chart=replace(plot.chart, points=bare))
    for chart in (plot, flat):
        assert ElementTree.fromstring(plot_svg(chart, language="zh")).tag.endswith("svg")
