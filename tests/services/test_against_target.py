"""One period against its targets: reached, missed, or not to be told; words where there is no figure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.services.quality_case import BEFORE, PLAN, empty_case, quality_case
from wardteam.domain.study import MeasureKind
from wardteam.services.against_target import compare_with_target


def sentence(kind, target, data=None, period=None):
    data = data or quality_case()
    made = compare_with_target(replace(data, plan=replace(PLAN, targets={kind: target})), period)
    return str(next(line.sentence for line in made.lines if line.kind is kind))


@pytest.mark.parametrize(
    ("kind", "target", "verdict"),
    [
        (MeasureKind.BELLS, 200.0, "is reached."),
        (MeasureKind.BELLS, 50.0, "is missed."),
        (MeasureKind.BELLS, 101.0, "can't be told"),
        (MeasureKind.ARRIVAL, 300.0, "is reached."),
        (MeasureKind.ARRIVAL, 30.0, "is missed."),
        (MeasureKind.SATISFACTION, 0.2, "is reached."),
        (MeasureKind.SATISFACTION, 0.999, "is missed."),
    ],
)
def test_the_interval_decides(kind, target, verdict):
    assert verdict in sentence(kind, target)


def test_any_period_can_be_held_against_the_targets():
    assert sentence(MeasureKind.BELLS, 110.0) != sentence(MeasureKind.BELLS, 110.0, period=BEFORE)


def test_measures_without_target_or_figures_are_answered_in_words():
    made = compare_with_target(replace(quality_case(), plan=replace(PLAN, targets={})))
    assert all("names no target" in str(line.sentence) for line in made.lines)
    assert all("not enough records" in str(line.sentence) for line in compare_with_target(empty_case()).lines)


def test_without_stays_arrival_is_not_tested():
    data = quality_case()
    nameless = replace(data, book=replace(data.book, stays=()))
    assert "not enough records" in sentence(MeasureKind.ARRIVAL, 100.0, nameless)
