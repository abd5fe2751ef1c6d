"""Cleaning of the call log on columns: every row is accounted for, and stays are found by bed and moment."""

from __future__ import annotations

import random
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from tests.services.quality_case import BEFORE, ZONE, quality_case
from wardteam.domain.beds import NursingGrade, Stay
from wardteam.domain.calls import BellCall, CallReason, CallSource, EndedBy
from wardteam.domain.study import Duration, Exclusion
from wardteam.services.bell_log import clean_log
from wardteam.services.call_columns import CallColumns
from wardteam.services.call_days import day_places, gap_days

NOON = datetime(2025, 3, 5, 12, tzinfo=ZONE)
EVERYTHING = tuple(Exclusion)


def call(code="c", *, bed="01", after=0, arrival=60, start=NOON, **fields):
    placed = start + timedelta(seconds=after)
    arrived = None if arrival is None else placed + timedelta(seconds=arrival)
    given = {"reason": CallReason.PAIN, "stay": "s1"} | fields
    return BellCall(code, bed, placed=placed, arrived=arrived, **given)


def log_of(*calls, stays=(), exclusions=()):
    return clean_log(CallColumns.of(calls, ZONE), BEFORE.span, stays=stays, exclusions=exclusions)


def taken(*calls, stays=()):
    return {step.value: n for step, n in log_of(*calls, stays=stays).taken.items() if n}


CANCELLED = {"arrival": None, "ended_by": EndedBy.PATIENT}


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ([], {}),
        ([call()], {"recorded": 1, "kept": 1}),
        ([call(arrival=-1)], {"recorded": 1, "refused": 1}),
        ([call(cleared=NOON - timedelta(seconds=1))], {"recorded": 1, "refused": 1}),
        ([call(arrival=0)], {"recorded": 1, "kept": 1}),
        ([call("a"), call("b")], {"recorded": 2, "duplicate": 1, "kept": 1}),
        ([call("a"), call("b"), call("c")], {"recorded": 3, "duplicate": 2, "kept": 1}),
        ([call(), call(after=10)], {"recorded": 2, "merged": 1, "kept": 1}),
        ([call(), call(after=11)], {"recorded": 2, "kept": 2}),
        ([call(), call(after=9), call(after=18)], {"recorded": 3, "merged": 2, "kept": 1}),
        ([call(), call(bed="02", after=5)], {"recorded": 2, "kept": 2}),
        ([call(bed=""), call(bed="", after=5)], {"recorded": 2, "kept": 2}),
        (
            [call(), call(after=5, source=CallSource.STAFF)],
            {"recorded": 2, "kept": 2, "staff": 1},
        ),
        ([call(arrival=3600)], {"recorded": 1, "kept": 1}),
        ([call(arrival=3601)], {"recorded": 1, "kept": 1, "flagged": 1}),
        ([call(arrival=None)], {"recorded": 1, "kept": 1, "unanswered": 1}),
        ([call(**CANCELLED)], {"recorded": 1, "kept": 1, "unanswered": 1, "cancelled": 1}),
        ([call(ended_by=EndedBy.PATIENT)], {"recorded": 1, "kept": 1}),
        ([call(stay="")], {"recorded": 1, "kept": 1, "without_stay": 1}),
        ([call(reason=CallReason.INFUSION)], {"recorded": 1, "kept": 1, "infusion": 1}),
        ([call(source=CallSource.BATHROOM)], {"recorded": 1, "kept": 1, "bathroom": 1}),
        ([call(start=NOON + timedelta(days=300))], {}),
    ],
)
def test_every_row_of_the_call_log_is_accounted_for(calls, expected):
    assert taken(*calls) == expected


def test_merged_presses_keep_the_first_press_the_first_arrival_and_what_is_known():
    first = call("a", arrival=None, reason=CallReason.UNKNOWN, stay="")
    log = log_of(first, call("b", after=8, arrival=40, reason=CallReason.TOILET))
    assert log.calls.placed.tolist() == [NOON.timestamp()]
    assert log.seconds(Duration.ARRIVAL).tolist() == [48.0]
    assert log.calls.stays[log.calls.stay[0]] == "s1"
    assert log.taken[next(step for step in log.taken if step == "kept")] == 1


def stay(code, bed, first, last=None):
    until = None if last is None else NOON + timedelta(days=last)
    return Stay(code, bed, NursingGrade.FIRST, NOON + timedelta(days=first), until)


@pytest.mark.parametrize(
    ("stays", "found"),
    [
        ((), None),
        ((stay("s", "01", -1),), "s"),
        ((stay("s", "02", -1),), None),
        ((stay("s", "01", 0),), "s"),
        ((stay("s", "01", -3, 0),), None),
        ((stay("old", "01", -9, -4), stay("s", "01", -4, 4)), "s"),
        ((stay("long", "01", -9, 9), stay("short", "01", -3, -2)), "long"),
        ((stay("s", "01", 1),), None),
    ],
)
def test_a_call_finds_its_stay_by_bed_and_moment(stays, found):
    log = log_of(call(stay=""), stays=stays)
    place = int(log.calls.stay[0])
    assert (None if place < 0 else log.calls.stays[place]) == found


def test_a_stay_that_the_call_names_is_kept():
    log = log_of(
        call(stay="named"), call("x", bed="02", stay=""), stays=(stay("s", "01", -1), stay("t", "02", -1))
    )
    assert [log.calls.stays[place] for place in log.calls.stay] == ["named", "t"]


def test_finding_stays_agrees_with_looking_at_each():
    draw = random.Random(7)
    stays = [
        stay(f"s{n}", draw.choice("AB"), a := draw.uniform(-20, 20), a + draw.uniform(0, 9))
        for n in range(60)
    ]
    calls = [
        call(f"c{n}", bed=draw.choice("AB"), after=draw.uniform(-20, 20) * 86400, stay="") for n in range(300)
    ]
    kept = log_of(*calls, stays=stays).calls
    for bed, placed, place in zip(kept.bed, kept.placed, kept.stay, strict=True):
        at = datetime.fromtimestamp(placed, ZONE)
        holding = {s.code for s in stays if s.bed == kept.beds[bed] and s.is_in_bed(at)}
        assert (kept.stays[place] in holding) if place >= 0 else not holding


@pytest.mark.parametrize(
    ("fields", "is_bell", "is_timed"),
    [
        ({}, True, True),
        ({"reason": CallReason.INFUSION}, False, True),
        ({"source": CallSource.STAFF}, False, False),
        ({"source": CallSource.BATHROOM}, False, False),
        ({"arrival": 4000}, True, False),
        ({"stay": ""}, False, False),
        ({"arrival": None, "ended_by": EndedBy.PATIENT}, True, False),
    ],
)
def test_each_exclusion_leaves_the_measures_it_concerns(fields, is_bell, is_timed):
    excluded, kept = (log_of(call(**fields), exclusions=e) for e in (EVERYTHING, ()))
    assert excluded.is_bell.tolist() == [is_bell]
    assert excluded.is_timed(Duration.ARRIVAL).tolist() == [is_timed]
    assert kept.is_bell.tolist() == [True]
    assert kept.is_timed(Duration.ARRIVAL).tolist() == [fields.get("arrival", 60) is not None]


def test_calls_fall_on_the_wards_own_dates():
    late, early = (
        call(c, start=datetime(2025, 3, d, h, 30, tzinfo=ZONE)) for c, d, h in (("a", 5, 23), ("b", 6, 0))
    )
    places = day_places(CallColumns.of([late, early], ZONE), BEFORE.span)
    assert places.tolist() == [63, 64]


def test_dates_follow_a_clock_that_is_changed():
    zone = ZoneInfo("Europe/Berlin")
    moments = [datetime(2025, 3, d, h, 30, tzinfo=zone) for d, h in ((30, 0), (30, 23), (31, 0))]
    columns = CallColumns.of([call(str(n), start=at) for n, at in enumerate(moments)], zone)
    assert np.diff(day_places(columns, BEFORE.span)).tolist() == [0, 1]


@pytest.mark.parametrize(("a_day", "found"), [(12, 1), (8, 0)])
def test_a_silent_day_is_a_gap_only_where_calls_were_to_be_expected(a_day, found):
    days = list(BEFORE.span)[:20]
    calls = [
        call(f"{day}{n}", start=datetime(day.year, day.month, day.day, n, tzinfo=ZONE))
        for day in days
        if day != days[4]
        for n in range(a_day)
    ]
    gaps = gap_days(CallColumns.of(calls, ZONE), BEFORE.span, dict.fromkeys(days, 10))
    assert gaps == ((days[4],) if found else ())


def test_two_hundred_thousand_calls_are_cleaned_in_a_moment():
    data = quality_case()
    calls = data.calls
    many = calls.rows(np.repeat(np.arange(len(calls)), 40))
    many.placed[:] += np.tile(np.arange(40) * 3600.0, len(calls))
    began = time.process_time()
    log = clean_log(many, BEFORE.span, stays=data.book.stays)
    assert time.process_time() - began < 1.5
    assert log.taken.total() > 100_000
