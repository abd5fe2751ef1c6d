"""Part 8: rosters against bells in blocks; whatever is missing is said, never left out in silence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.services.staffing_kit import at, busy_ward, call, nurse, patient_day, quality, roster, ward
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.staff_months import months_of_staff
from wardteam.services.quality_report.staffing import staffing_part
from wardteam.services.staffing_loop import NO_CALLS, NO_COVER, NO_ROSTER
from wardteam.stats.plots import CurvePlot, HoursPlot
from wardteam.stats.report import Figure, Paragraph, Part, Table, Tone

DAY = date(2026, 9, 2)


def part_of(data) -> Part:
    return staffing_part(Analysis(data))


def said(part: Part) -> str:
    return " ".join(
        str(sentence) for block in part.blocks if isinstance(block, Paragraph) for sentence in block.sentences
    )


def test_a_full_ward_has_hours_shifts_curve_and_covers() -> None:
    part = part_of(busy_ward(0.8, 1.5))
    plots = [type(block.plot) for block in part.blocks if isinstance(block, Figure)]
    assert plots == [HoursPlot, CurvePlot]
    codes = [block.code for block in part.blocks if isinstance(block, Table)]
    assert codes == ["load_by_shift", "staff_by_month", "owner_and_cover"]
    assert "the ratio of waits was 0.8" in said(part)
    assert "an association, not an effect" in said(part)
    assert "caused" not in said(part)
    assert part.number == 8


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (quality(ward(nurse("A"))), NO_CALLS),
        (quality(ward(nurse("A")), [call("1", at(DAY, 9))]), NO_ROSTER),
        (
            quality(
                ward(nurse("A")),
                [call("1", at(DAY, 9))],
                rosters=(roster(DAY - timedelta(days=1), A="-D-"),),
            ),
            NO_COVER,
        ),
        (quality(ward()), NO_CALLS),
    ],
)
def test_poor_data_become_a_part_that_says_what_is_missing(data, why) -> None:
    part = part_of(data)
    warnings = [b for b in part.blocks if isinstance(b, Paragraph) and b.tone is Tone.WARNING]
    assert why in [b.sentences[0] for b in warnings]


def test_months_have_hours_per_patient_day_and_patients_a_nurse() -> None:
    days = [date(2026, 9, 30) + timedelta(days=i) for i in range(4)]
    book = ward(nurse("A"), nurse("B"))
    data = quality(
        book,
        rosters=(roster(days[0], A="DDDD", B="NNNN"),),
        patient_days=tuple(patient_day(day, 10) for day in days),
    )
    (october,) = months_of_staff(data)
    assert october.days == 3
    assert october.hours_per_patient_day == pytest.approx((3 * 8 + 3 * 8) / 30)
    assert october.by_night == 10
    assert october.by_day == pytest.approx(10 / (8 / 10))


def test_a_difference_within_chance_is_called_so() -> None:
    words = said(part_of(busy_ward(1.0, 1.0)))
    assert words.count("not statistically significant") == 3
    assert "an association" not in words


def test_neighbouring_busy_hours_are_said_as_one_stretch() -> None:
    days = [date(2026, 9, 1) + timedelta(days=i) for i in range(30)]
    calls = [
        call(f"{i}-{h}-{k}", at(day, h + k / 60), stay=f"S{i}")
        for i, day in enumerate(days[1:-1])
        for h in range(8, 12)
        for k in range(9 if h in (9, 10) else 1)
    ]
    data = quality(ward(nurse("A")), calls, rosters=(roster(days[0], A="D" * 30),))
    assert "At ('09:00–11:00',) each nurse" in said(part_of(data))  # a range's own dash
