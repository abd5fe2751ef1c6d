"""The one-page comparison: what stands in the PDF and in the page fragment, in both languages."""

from __future__ import annotations

import io
import json
import re
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser

import pytest
from pypdf import PdfReader

from wardteam.domain.beds import NursingGrade
from wardteam.domain.calendar import Period
from wardteam.domain.quality import (
    BellCall,
    CallReason,
    PatientDays,
    QualityRecords,
    Questionnaire,
    StudyPeriod,
)
from wardteam.errors import Message
from wardteam.i18n import translator
from wardteam.services.compare import compare
from wardteam.stats.record import plain_record
from wardteam_reports.comparison import comparison_css, comparison_html, comparison_page, comparison_pdf
from wardteam_reports.comparison_chart import chart_points, chart_text
from wardteam_reports.comparison_words import runs
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


def records() -> QualityRecords:
    """Give two weeks of each period with the article's counts of questionnaires."""
    census = [PatientDays(day, {NursingGrade.FIRST: 40}) for p in (BEFORE, AFTER) for day in p.span]
    answers = [
        Questionnaire(f"{period.name_en}{i}", period.span.first, (), (), i < satisfied, i < aware)
        for period, satisfied, aware in ((BEFORE, 162, 172), (AFTER, 192, 189))
        for i in range(200)
    ]
    calls = (*calls_of(BEFORE, 9), *calls_of(AFTER, 7))
    return QualityRecords(BEFORE, AFTER, calls, tuple(census), tuple(answers), (205, 204), (200, 200))


@pytest.fixture(scope="module")
def comparison():
    return compare(records())


@pytest.fixture(scope="module")
def empty():
    return compare(QualityRecords(BEFORE, AFTER))


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
    page = comparison_page(compare(QualityRecords(sharp, AFTER)), language="en", made_at=MADE_AT)
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
