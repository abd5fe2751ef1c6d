"""The one-page comparison: what stands in the PDF and in the page fragment, in both languages."""

from __future__ import annotations

import io
import json
import re
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from tests.services.quality_case import empty_case
from wardteam.domain.beds import NursingGrade
from wardteam.domain.calendar import Period
from wardteam.domain.calls import BellCall, CallReason
from wardteam.domain.census import PatientDays
from wardteam.domain.questionnaires import Item, ItemKind, Mode, QuestionnaireSheet, QuestionnaireVersion
from wardteam.domain.study import MeasureKind, StudyPeriod, StudyPlan
from wardteam.errors import Message, Named
from wardteam.i18n import translator
from wardteam.services.call_columns import CallColumns
from wardteam.services.compare import compare
from wardteam.services.quality_data import QualityData
from wardteam.stats.counts import Share
from wardteam.stats.measures import conclude, share_measure
from wardteam.stats.record import plain_record
from wardteam.stats.results import Estimand
from wardteam_reports.comparison import comparison_css, comparison_html, comparison_page, comparison_pdf
from wardteam_reports.comparison_chart import chart_points, chart_text, comparison_chart
from wardteam_reports.comparison_table import effect_words
from wardteam_reports.comparison_words import FigureWords, runs
from wardteam_reports.svg import INK
from wardteam_reports.tokens import tokens

BEFORE = StudyPeriod("对照期", "Baseline", Period(date(2012, 3, 1), date(2012, 3, 14)))
AFTER = StudyPeriod("观察期", "Intervention", Period(date(2013, 3, 1), date(2013, 3, 14)))
MADE_AT = datetime(2026, 7, 1, 8, tzinfo=UTC)


def calls_of(period: StudyPeriod, pace: int):
    for day in period.span:
        for number in range(pace + day.day % 3):
            placed = datetime(day.year, day.month, day.day, 8 + number, tzinfo=UTC)
            arrived = placed + timedelta(seconds=30 + 7 * pace + 11 * ((number * day.day) % 5))
            stay = f"{period.name_en}{day.day // 2}-{number % 2}"
            code = f"{day}-{number}"
            yield BellCall(code, str(number), CallReason.PAIN, placed, arrived=arrived, stay=stay)


VERSION = QuestionnaireVersion(
    "V1",
    date(2012, 1, 1),
    Named("问卷", "Questionnaire"),
    (
        Item("S1", Named("满意", "Satisfied"), ItemKind.LIKERT),
        Item("K1", Named("知晓", "Aware"), ItemKind.KNOWLEDGE, key=1),
    ),
)


def plan_of(first: StudyPeriod, second: StudyPeriod) -> StudyPlan:
    return StudyPlan("PLAN-0001", date(2012, 2, 1), Named("方案", "Plan"), first, second)


def sheets_of(period: StudyPeriod, satisfied: int, aware: int, issued: int):
    for i in range(issued):
        answers = (5 if i < satisfied else 1, int(i < aware))
        back = period.span.first if i < 200 else None
        yield QuestionnaireSheet(
            f"{period.name_en}{i}",
            period.span.first,
            "V1",
            Mode.PAPER,
            returned_on=back,
            answers=answers if back else (),
        )


def records() -> QualityData:
    """Give two weeks of each period with the article's counts of questionnaires."""
    calls = (*calls_of(BEFORE, 9), *calls_of(AFTER, 7))
    return empty_case(
        plan=plan_of(BEFORE, AFTER),
        patient_days=tuple(
            PatientDays(day, {NursingGrade.FIRST: 40}) for p in (BEFORE, AFTER) for day in p.span
        ),
        calls=CallColumns.of(calls, ZoneInfo("UTC")),
        versions=(VERSION,),
        sheets=(*sheets_of(BEFORE, 162, 172, 205), *sheets_of(AFTER, 192, 189, 204)),
    )


@pytest.fixture(scope="module")
def comparison():
    return compare(records())


@pytest.fixture(scope="module")
def empty():
    return compare(empty_case(plan=plan_of(BEFORE, AFTER)))


class Fragment(HTMLParser):
    """Collects tags and attributes of a fragment, and checks that tags are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.seen.append((tag, dict(attrs)))

    def handle_startendtag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "zh",
            ["表1", "162/200(81.0%)", "15.0个百分点", "8.9～21.3", "差异有统计学意义", "P<0.001"],
        ),
        ("en", ["Table1.", "162/200(81.0%)", "15.0points", "8.9to21.3", "nocontrolgroup", "χ²(1)=22.11"]),
    ],
)
def test_the_pdf_is_one_page_with_the_figures_of_the_article(comparison, language, expected):
    reader = PdfReader(io.BytesIO(comparison_pdf(comparison, language=language, made_at=MADE_AT)))
    text = re.sub(r"\s", "", reader.pages[0].extract_text())
    assert len(reader.pages) == 1
    assert [words for words in expected if words not in text] == []


def test_the_same_comparison_gives_the_same_bytes(comparison):
    first, again = (comparison_pdf(comparison, language="zh", made_at=MADE_AT) for _ in range(2))
    assert first == again


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_fragment_holds_nothing_that_a_strict_policy_refuses(comparison, language):
    fragment = Fragment(comparison_html(comparison, language=language))
    assert fragment.open == []
    assert {tag for tag, _ in fragment.seen} & {"style", "script", "img", "link", "html", "h1"} == set()
    for tag, attributes in fragment.seen:
        assert not any(name == "style" or name.startswith("on") for name in attributes), tag


def test_the_ids_of_a_fragment_are_its_own(comparison):
    seen = [attributes["id"] for _, attributes in Fragment(comparison_html(comparison, language="zh")).seen
            if "id" in attributes]  # fmt: skip
    assert len(seen) == len(set(seen)) > 4
    assert all(name.startswith(("cmp-", "comparison-")) for name in seen)


def test_every_reference_inside_the_drawing_points_to_something(comparison):
    html = comparison_html(comparison, language="en")
    targets = set(re.findall(r'\bid="([^"]+)"', html))
    references = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)|labelledby="([^"]+)"', html)
    used = {name for group in references for name in group if name}
    assert used
    assert used <= targets


def test_the_drawings_colours_can_be_set_by_the_page(comparison):
    html = comparison_html(comparison, language="zh")
    accent = tokens().colour["accent"]
    assert INK not in html
    assert "currentColor" in html
    assert f'stroke="{accent}"' in html
    assert f'[stroke="{accent}"] {{ stroke: var(--accent' in comparison_css()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_tables_are_three_lined_and_have_headers(comparison, language):
    html = comparison_html(comparison, language=language)
    assert html.count('<table class="three-line">') == 4
    assert html.count('scope="col"') == 7 + 3 + 3 + 3
    assert "border-top: 1.5pt" in comparison_css()
    assert "border-bottom: .75pt" in comparison_css()


def test_the_chart_draws_each_estimate_with_its_interval(comparison):
    points = {point.name: point for point in chart_points(comparison, "en")}
    assert list(points) == ["Call bells", "Arrival time", "Satisfaction", "Awareness"]
    satisfaction = points["Satisfaction"]
    assert satisfaction.estimate == pytest.approx(15)
    interval = satisfaction.interval
    assert (interval.low, interval.high) == pytest.approx((8.91757, 21.3130), rel=1e-5)
    assert [point.is_ratio for point in points.values()] == [True, True, False, False]


@pytest.mark.parametrize("is_narrow", [False, True])
def test_no_printed_figure_stands_inside_an_axis(comparison, is_narrow):
    drawn = comparison_chart(comparison, language="zh", is_narrow=is_narrow).decode()
    number = r"([\d.]+)"
    panels = re.findall(rf'<rect x="{number}" y="{number}" width="{number}" height="{number}"', drawn)
    texts = re.findall(rf"translate\({number} {number}\)", drawn)
    assert (len(panels), len(texts) >= 8) == (2, True)
    for left, top, width, height in (map(float, panel) for panel in panels):
        inside = [
            (x, y)
            for x, y in (map(float, text) for text in texts)
            if left < x < left + width and top < y < top + height
        ]
        assert inside == []


def test_a_number_needed_through_infinity_reads_without_brackets():
    share = share_measure(MeasureKind.SATISFACTION, Share(60, 80), Share(70, 100))
    words = FigureWords(translator("zh"))
    (number,) = [r for r in share.supporting if r.estimand is Estimand.NUMBER_NEEDED]
    assert effect_words(number, words, is_test=False) == "−20.00；获益12.1～∞～危害5.7"
    assert words.interval(share.right) == "−17.6～8.3"


def test_a_sentence_has_true_minus_signs():
    (share,) = conclude(
        [share_measure(MeasureKind.SATISFACTION, Share(60, 80), Share(70, 100))], MeasureKind.SATISFACTION
    )
    said = str(share.sentence)
    assert "−5.0 percentage points, 95% CI −17.6 to 8.3" in said
    assert "-5.0" not in said


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "满意率：15.0个百分点"), ("en", "Satisfaction: 15.0 points")]
)
def test_the_chart_says_in_words_what_it_shows(comparison, language, words):
    assert words in chart_text(comparison, language)
    assert words in comparison_html(comparison, language=language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_comparison_without_any_record_is_still_a_page(empty, language):
    words = {"zh": "记录不足", "en": "not enough records"}[language]
    assert words in comparison_html(empty, language=language)
    reader = PdfReader(io.BytesIO(comparison_pdf(empty, language=language, made_at=MADE_AT)))
    assert len(reader.pages) == 1


def test_names_of_periods_are_escaped_on_the_page():
    sharp = StudyPeriod("<b>期</b>", "<b>A</b>", BEFORE.span)
    page = comparison_page(compare(empty_case(plan=plan_of(sharp, AFTER))), language="en", made_at=MADE_AT)
    assert "<b>A</b>" not in page
    assert "&lt;b&gt;A&lt;/b&gt;" in page


@pytest.mark.parametrize(
    ("text", "italic"),
    [
        ("t(18)=1.86, P=0.079", ["t", "P"]),
        ("F(1, 18)=2.2", ["F"]),
        ("χ²(1)=22.11；P<0.001", ["χ²", "P"]),
        ("M(Q1,Q3)", ["M", "Q1", "Q3"]),
        ("Student's t-test of Patients at Pearson's", ["t"]),
        ("Holm P", ["P"]),
        ("问卷", []),
    ],
)
def test_symbols_of_statistics_are_italic_and_nothing_else(text, italic):
    pieces = runs(text)
    assert [piece.text for piece in pieces if piece.is_italic] == italic
    assert "".join(piece.text for piece in pieces) == text


def test_a_program_gets_every_figure_unrounded(comparison):
    record = json.loads(json.dumps(plain_record(comparison), ensure_ascii=False, allow_nan=False))
    satisfaction = record["measures"][2]
    assert satisfaction["kind"] == "satisfaction"
    assert satisfaction["right"]["p"] == pytest.approx(2.57788e-6, rel=5e-6)
    assert satisfaction["right"]["interval"]["low"] == pytest.approx(0.0891757, rel=5e-6)
    assert record["baseline"]["span"]["first"] == "2012-03-01"


def messages_in(value: object):
    """Give every message inside a result, fields included."""
    if isinstance(value, Message):
        yield value
        yield from (inner for item in value.fields.values() for inner in messages_in(item))
    elif isinstance(value, (tuple, list)):
        yield from (inner for item in value for inner in messages_in(item))
    elif is_dataclass(value):
        yield from (inner for f in fields(value) for inner in messages_in(getattr(value, f.name)))


def test_every_sentence_of_a_comparison_has_its_chinese(comparison, empty):
    texts = {message.text for made in (comparison, empty) for message in messages_in(made)}
    untranslated = {text for text in texts if translator("zh")(text) == text} - {"P{relation}"}
    assert len(texts) > 30
    assert untranslated == set()
