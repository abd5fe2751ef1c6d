"""The demo's daily numbers: midnight census, comings and goings, infusion hours, catheters, restraints."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from wardteam.demo.stays import BedStays, midnight_census
from wardteam.domain.calendar import Period
from wardteam.domain.census import CatheterKind, PatientDays

INFUSION_HOURS = 2.4
"""Hours of infusion of a patient on a day, on average."""
CATHETER_SHARES = {
    CatheterKind.URINARY: 0.11,
    CatheterKind.GASTRIC: 0.06,
    CatheterKind.TRACHEAL: 0.01,
    CatheterKind.CENTRAL_LINE: 0.03,
    CatheterKind.PICC: 0.07,
    CatheterKind.DRAIN: 0.04,
}
RESTRAINT_SHARE = 0.012


def make_patient_days(stays: BedStays, span: Period, rng: np.random.Generator) -> tuple[PatientDays, ...]:
    """Count each date of a period; the first one's admissions are those the census can't tell, so None."""
    came = np.bincount(stays.since, minlength=len(span) + 1)
    went = np.bincount(stays.until, minlength=len(span) + 1)
    return tuple(
        replace(
            one,
            admissions=int(came[place]) if place else None,
            discharges=int(went[place]) if place else None,
            infusion_hours=round(float(rng.normal(INFUSION_HOURS, 0.25)) * one.total, 1),
            catheter_days={
                kind: int(rng.binomial(one.total, share)) for kind, share in CATHETER_SHARES.items()
            },
            restraint_days=int(rng.binomial(one.total, RESTRAINT_SHARE)),
        )
        for place, one in enumerate(midnight_census(stays, span))
    )
