"""Demand proposed from patients, calls and the ward's floor, beside the present one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.demand.demand_kit import TODAY, book, calls, census, data, worked
from tests.services.staffing_kit import at
from wardteam.domain.beds import Bed
from wardteam.domain.calendar import Period
from wardteam.domain.shifts import DayKind, Demand, Segment
from wardteam.errors import BadInput
from wardteam.services.demand.affordable import weekly_words
from wardteam.services.demand.assumptions import Assumptions, read_assumptions
from wardteam.services.demand.proposal import propose_demand
from wardteam.services.demand.types import DemandLine, DemandProposal, KindProposal, Weekly
from wardteam.services.quality_data import QualityData

QUICK = Assumptions()


def kind_of(proposal: DemandProposal, kind: DayKind = DayKind.WORKDAY) -> KindProposal:
    return next(one for one in proposal.kinds if one.kind is kind)


def line_of(proposal: DemandProposal, shift: str, kind: DayKind = DayKind.WORKDAY) -> DemandLine:
    return next(line for line in kind_of(proposal, kind).lines if line.ask.shift.code == shift)


@pytest.fixture(scope="module")
def quiet() -> QualityData:
    return data(calls(0.5), rosters=worked())


@pytest.fixture(scope="module")
def busy() -> QualityData:
    return data(calls(0.5, busy=14.0, minutes=9.0), rosters=worked())


def test_a_quiet_ward_is_asked_for_its_floor(quiet: QualityData) -> None:
    found = propose_demand(quiet, QUICK)
    for shift in ("STRAIGHT", "EVENING", "NIGHT"):
        line = line_of(found, shift)
        assert (line.minimum, line.wished) == (2, 2)
        assert "Double-staffed" in str(line.need.reasons[0])


def test_the_day_shift_keeps_enough_for_its_beds_with_the_leaders(quiet: QualityData) -> None:
    # Five beds a team: a leader takes up to four as cover, so one responsible nurse is the fewest.
    line = line_of(propose_demand(quiet, QUICK), "DAY")
    assert (line.ask.fixed, line.ask.teams, line.minimum) == (2, 2, 1)
    assert line.need.nurses == 4


def test_the_wished_number_leaves_each_nurse_no_more_than_her_own_beds() -> None:
    # Seven beds a team: cover caps of 4 + 5 need one responsible nurse, base caps of 2 + 4 need two.
    beds = tuple(Bed(str(i + 1), "R") for i in range(14))
    line = line_of(propose_demand(data(calls(0.5), book=book(beds=beds)), QUICK), "DAY")
    assert (line.minimum, line.wished) == (1, 2)


def test_within_an_hour_the_weaker_half_counts() -> None:
    made = book()
    late = (Segment(8 * 60 + 30, 12 * 60), Segment(14 * 60, 18 * 60))
    shifts = tuple(replace(s, segments=late) if s.code == "DAY" else s for s in made.shifts)
    nurses = kind_of(
        propose_demand(data(calls(0.5), book=replace(made, shifts=shifts)), QUICK)
    ).present.nurses
    assert (nurses[8], nurses[9]) == (2, 8)


def test_calls_of_one_evening_hour_raise_the_evening_alone(quiet: QualityData, busy: QualityData) -> None:
    calm, loud = propose_demand(quiet, QUICK), propose_demand(busy, QUICK)
    assert line_of(loud, "EVENING").minimum > line_of(calm, "EVENING").minimum
    assert line_of(loud, "NIGHT").minimum == line_of(calm, "NIGHT").minimum
    assert "19:00" in str(line_of(loud, "EVENING").need.reasons[0])


def test_the_proposal_holds_the_target_at_every_hour_and_the_present_staff_does_not(
    busy: QualityData,
) -> None:
    kind = kind_of(propose_demand(busy, QUICK))
    assert max(kind.proposed.chances) <= QUICK.chance
    assert kind.present.chances[19] > QUICK.chance
    assert kind.present.overall is not None
    assert kind.proposed.overall is not None
    assert kind.proposed.overall < kind.present.overall


def test_the_weakest_hour_counts_where_shifts_overlap(busy: QualityData) -> None:
    nurses = kind_of(propose_demand(busy, QUICK)).present.nurses
    # Day with straight-through, that alone from 12 to 14, day with evening from 16 to 18, then one by one.
    day, straight, evening, night = 2 + 2 * 2, 2, 2, 2
    assert nurses[9] == day + straight
    assert nurses[12] == straight
    assert nurses[16] == day + evening
    assert nurses[20] == evening
    assert nurses[3] == night


def test_heavier_patients_ask_for_more_by_their_hours_of_care() -> None:
    # 40 patients of grade I: 60 h of care by day, 18 h of an evening, 4.8 h from each nurse.
    found = propose_demand(data(calls(0.5), patient_days=census(40, 0)), QUICK)
    day = line_of(found, "DAY").need.nurses + line_of(found, "STRAIGHT").need.nurses
    assert day == 13
    assert line_of(found, "EVENING").need.nurses == 4
    assert "Patients: 40" in str(line_of(found, "EVENING").need.reasons[0])


def test_the_range_of_patients_comes_from_quiet_and_busy_days() -> None:
    mixed = tuple(
        replace(day, occupied={grade: n * (1 + 3 * (i % 2)) for grade, n in day.occupied.items()})
        for i, day in enumerate(census(12, 0))
    )
    need = line_of(propose_demand(data(calls(0.5), patient_days=mixed), QUICK), "EVENING").need
    assert need.low < need.nurses < need.high


def test_the_nights_hours_are_those_of_the_next_date() -> None:
    # Calls at 03:00 of Saturdays belong to the nights of Fridays, which are workdays.
    rung = [c for c in calls(1.0) if at(c.placed.date(), 3) > c.placed or c.placed.hour > 3]
    rung += [c for c in calls(3.0, hours=(3,)) if c.placed.weekday() == 5]
    found = propose_demand(data(rung), QUICK)
    workday, weekend = (kind_of(found, kind).calls for kind in (DayKind.WORKDAY, DayKind.WEEKEND))
    assert workday is not None
    assert weekend is not None
    assert workday.hours[3].calls == pytest.approx(3 / 5, abs=0.2)
    assert weekend.hours[3].calls == 0


def test_the_rosters_as_worked_stand_beside_the_plans(quiet: QualityData) -> None:
    kind = kind_of(propose_demand(quiet, QUICK))
    assert kind.worked is not None
    assert (kind.worked.nurses[9], kind.worked.nurses[12], kind.worked.nurses[3]) == (6.0, 2.0, 2.0)


def test_the_week_is_counted_in_hours_against_the_contracts(quiet: QualityData) -> None:
    week = propose_demand(quiet, QUICK).weekly
    a_day = 8 * (2 + 2 * 2 + 2 + 2 + 2)
    assert week.present_minimum == 7 * a_day
    assert week.present_wished == 5 * 8 * (2 + 3 * 2 + 2 + 3 + 2) + 2 * a_day
    assert week.available == pytest.approx(12 * 40)
    assert week.proposed_minimum == 7 * 8 * (4 + 2 + 2 + 2)


@pytest.mark.parametrize(
    ("minimum", "wished", "said"),
    [
        (500, 520, "minimum is not affordable"),
        (300, 500, "80 h a week are missing"),
        (300, 300, "leaves 120 h"),
    ],
)
def test_what_the_contracts_give_is_said(minimum: float, wished: float, said: str) -> None:
    span = Period(TODAY, TODAY + timedelta(days=27))
    words = [str(message) for message in weekly_words(Weekly(100, 100, minimum, wished, 420, span))]
    assert said in words[-1]
    assert "(2.5 full-time" in words[0]


def test_without_calls_patients_alone_propose_and_it_is_said() -> None:
    kind = kind_of(propose_demand(data(), QUICK))
    assert (kind.calls, kind.is_thin, kind.present.chances) == (None, True, ())
    assert any("No call is kept" in str(words) for words in kind.notes)


def test_without_calls_and_patients_the_present_numbers_stand() -> None:
    found = propose_demand(data(patient_days=()), QUICK)
    assert not any(line.is_changed for line in found.lines)
    assert any("No census" in str(words) for words in kind_of(found).notes)


def test_a_few_days_are_called_thin() -> None:
    few = 3 * 7
    late = [c for c in calls(1.0) if c.placed.date() >= TODAY - timedelta(days=few)]
    kind = kind_of(propose_demand(data(late), QUICK), DayKind.WEEKEND)
    assert kind.is_thin
    assert any("Only" in str(words) for words in kind.notes)


def test_a_public_holiday_that_was_not_seen_has_no_calls_of_its_own(quiet: QualityData) -> None:
    holiday = kind_of(propose_demand(quiet, QUICK), DayKind.HOLIDAY)
    assert (holiday.day_count, holiday.calls) == (0, None)
    assert not any(line.is_changed for line in holiday.lines)


def test_hours_that_no_shift_covers_are_named() -> None:
    made = book()
    shifts = tuple(
        replace(s, segments=(Segment(18 * 60, 24 * 60),)) if s.code == "EVENING" else s for s in made.shifts
    )
    demands = tuple(d for d in made.demands if d.shift != "DAY")
    found = propose_demand(data(calls(0.5), book=replace(made, shifts=shifts, demands=demands)), QUICK)
    assert any("16:00–17:00" in str(words) for words in kind_of(found).notes)


def test_lines_by_weekday_are_named_since_they_go_first() -> None:
    made = book()
    own = Demand("EVENING", 4, 4, weekdays=(0,))
    found = propose_demand(data(calls(0.5), book=replace(made, demands=(*made.demands, own))), QUICK)
    assert any("by weekday or date" in str(words) for words in kind_of(found).notes)


def test_minutes_come_from_the_log_unless_she_says_so(quiet: QualityData) -> None:
    measured = kind_of(propose_demand(quiet, QUICK)).calls
    said = kind_of(propose_demand(quiet, Assumptions(call_minutes=7.0))).calls
    assert measured is not None
    assert said is not None
    assert (measured.mean_minutes, said.mean_minutes) == (pytest.approx(4.0), pytest.approx(7.0))


def test_a_model_that_the_log_contradicts_is_said_not_to_fit() -> None:
    slow = [replace(c, arrived=c.placed + timedelta(minutes=9), cleared=None) for c in calls(1.0)]
    notes = kind_of(propose_demand(data(slow, rosters=worked()), QUICK)).notes
    assert any("lie apart" in str(words) for words in notes)


def test_every_wrong_figure_is_refused_at_once() -> None:
    with pytest.raises(BadInput) as refused:
        read_assumptions({"chance": 0.0, "weeks": 1, "target_minutes": None, "night_share": 0.2})
    assert {finding.column for finding in refused.value.findings} == {"chance", "weeks"}
