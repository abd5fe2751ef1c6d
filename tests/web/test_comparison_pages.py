"""The comparison's pages: by the plan, of any two periods, of one with the targets; bad dates in words."""

from __future__ import annotations

from html import unescape

import pytest

from tests.web.quality_site import WardSite

PERIODS = {
    "with": "periods",
    "baseline_first": "2025-01-01",
    "baseline_last": "2025-03-31",
    "intervention_first": "2026-01-01",
    "intervention_last": "2026-03-31",
}
TARGETS = {"with": "targets", "period_first": "2026-02-01", "period_last": "2026-04-30"}


def test_the_plans_own_comparison_is_shown_with_the_way_to_others(shown_site: WardSite) -> None:
    text = unescape(shown_site.read("comparison/", language="en"))
    assert "2025-01-01 to 2025-06-30" in text
    assert "not planned: exploratory" not in text
    assert 'name="baseline_first"' in text
    assert "/comparison/comparison.pdf" in text


def test_any_two_periods_are_compared_and_labelled_exploratory(shown_site: WardSite) -> None:
    text = unescape(shown_site.read("comparison/", language="en", **PERIODS))
    assert "not planned: exploratory" in text
    assert "2026-01-01 to 2026-03-31" in text
    answer = shown_site.get("comparison/comparison.pdf", **PERIODS)
    assert answer.data.startswith(b"%PDF")
    assert "demo-comparison-2025-01-01_2026-03-31.pdf" in answer.headers["Content-Disposition"]


def test_one_period_is_held_against_the_targets(shown_site: WardSite) -> None:
    text = unescape(shown_site.read("comparison/", language="en", **TARGETS))
    assert "One period against the targets" in text
    assert "2026-02-01 – 2026-04-30" in text
    assert "against a target of at most 110 per 100 patient-days (95% CI" in text
    assert "One period alone says nothing of change" in text
    assert "目标值" in shown_site.read("comparison/", **TARGETS)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({**PERIODS, "baseline_last": "2024-12-31"}, "The period ends before it begins"),
        ({**PERIODS, "intervention_first": "2025-03-31"}, "The periods overlap"),
        ({**PERIODS, "baseline_first": "then"}, "A date such as 2026-12-01 was expected."),
        ({**PERIODS, "baseline_first": ""}, "This has to be filled in."),
        ({"with": "periods"}, "This has to be filled in."),
        ({**TARGETS, "period_last": "2026-01-31"}, "The period ends before it begins"),
        ({**TARGETS, "period_first": "2001-01-01"}, "A period of at most 10 years was expected."),
    ],
)
def test_periods_that_cannot_be_are_refused_in_words(
    shown_site: WardSite, query: dict[str, str], words: str
) -> None:
    text = unescape(shown_site.read("comparison/", language="en", **query))
    assert words in text
    assert "is-wrong" in text
    assert "<table" not in text
    if query["with"] == "periods":
        assert shown_site.get("comparison/comparison.pdf", **query).status_code == 404


def test_both_fields_errors_are_said_at_once(shown_site: WardSite) -> None:
    wrong = {**PERIODS, "baseline_last": "2024-12-31", "intervention_first": "x"}
    text = unescape(shown_site.read("comparison/", language="en", **wrong))
    assert "The period ends before it begins" in text
    assert "A date such as 2026-12-01 was expected." in text


def test_periods_without_a_record_are_said_to_have_none(shown_site: WardSite) -> None:
    empty = {
        **PERIODS,
        "baseline_first": "2019-01-01",
        "baseline_last": "2019-02-01",
        "intervention_first": "2020-01-01",
        "intervention_last": "2020-02-01",
    }
    assert shown_site.get("comparison/", **empty).status_code == 200
    assert shown_site.get("comparison/", **{**TARGETS, "period_first": "2019-01-01", "period_last": "2019-02-01"}).status_code == 200  # fmt: skip  # noqa: E501


def test_an_unknown_plan_is_not_found(shown_site: WardSite) -> None:
    assert shown_site.get("comparison/", plan="PLAN-9999").status_code == 404
    assert shown_site.get("comparison/comparison.pdf", plan="PLAN-9999").status_code == 404


def test_a_period_without_records_is_said_instead_of_an_empty_figure(shown_site: WardSite) -> None:
    empty = {**PERIODS, "baseline_first": "2020-01-01", "baseline_last": "2020-03-31"}
    text = unescape(shown_site.read("comparison/", language="en", **empty))
    assert "No record is kept of this period: Baseline" in text
    assert "2020-01-01 to 2020-03-31. There is nothing to compare" in text
    assert "No record is kept of this period: Intervention" not in text
    assert 'class="comparison"' not in text
    assert 'class="comparison"' in shown_site.read("comparison/", **PERIODS)
