"""The demo ward's quality records of two periods: 2025 as before, 2026 with responsibility teams."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from wardteam.demo.bells import NO_EFFECT, TEAM_EFFECT, Effect, make_calls
from wardteam.demo.cast import TODAY
from wardteam.demo.questionnaires import BASELINE, INTERVENTION, Attitude, make_questionnaires
from wardteam.demo.rooms import make_rooms
from wardteam.demo.stays import make_bed_stays, midnight_census
from wardteam.domain.calendar import Period
from wardteam.domain.quality import BellCall, PatientDays, QualityRecords, Questionnaire, StudyPeriod
from wardteam.domain.ward import WardSettings

# Both end on the day before today: the same calendar days, and none that lies ahead.
LAST_YEAR = Period(date(2025, 1, 1), TODAY.replace(year=2025) - timedelta(days=1))
THIS_YEAR = Period(date(2026, 1, 1), TODAY - timedelta(days=1))
BASELINE_PERIOD = StudyPeriod("对照期", "Baseline", LAST_YEAR)
INTERVENTION_PERIOD = StudyPeriod("观察期", "Intervention", THIS_YEAR)
ISSUED = (210, 208)
INVALID = (5, 4)


def demo_quality(seed: int = 7) -> QualityRecords:
    """Make bell calls, patient-days and questionnaires of both periods; equal for an equal seed."""
    rng = np.random.default_rng(seed)
    before = _captured(LAST_YEAR, NO_EFFECT, BASELINE, INVALID[0], rng)
    after = _captured(THIS_YEAR, TEAM_EFFECT, INTERVENTION, INVALID[1], rng)
    return QualityRecords(
        baseline=BASELINE_PERIOD,
        intervention=INTERVENTION_PERIOD,
        calls=before[0] + after[0],
        patient_days=before[1] + after[1],
        questionnaires=before[2] + after[2],
        issued=ISSUED,
        returned=(len(before[2]), len(after[2])),
    )


_Captured = tuple[tuple[BellCall, ...], tuple[PatientDays, ...], tuple[Questionnaire, ...]]


def _captured(
    span: Period, effect: Effect, attitude: Attitude, invalid: int, rng: np.random.Generator
) -> _Captured:
    beds = tuple(bed.code for bed in make_rooms()[1])
    stays = make_bed_stays(len(span), len(beds), rng)
    calls = make_calls(stays, beds, span, effect, WardSettings().zone, rng)
    return calls, midnight_census(stays, span), make_questionnaires(span, attitude, invalid, rng)
