"""What a proposal of demand takes for granted: every figure can be changed by the head nurse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wardteam.domain.shifts import ShiftKind
from wardteam.errors import BadInput, Finding, Message
from wardteam.stats.waiting import WaitRule

USUAL_CALL_MINUTES = 4.0
"""Minutes with a patient who called, where the log doesn't say when the nurse left and nobody says more."""
OUT_OF_BOUNDS = "A number from {low} to {high} was expected."
BOUNDS: dict[str, tuple[float, float]] = {
    "target_minutes": (0.5, 60),
    "chance": (0.001, 0.5),
    "weeks": (2, 104),
    "call_minutes": (0.2, 60),
    "care_minutes": (0.5, 60),
    "direct_share": (0.1, 0.95),
    "evening_share": (0, 1),
    "night_share": (0, 1),
}


@dataclass(frozen=True)
class Assumptions:
    """The target for calls, the weeks looked at, and what the log and the census don't say.

    Parameters
    ----------
    target_minutes, chance
        At most this share of calls may wait longer than the target for a free nurse.
    call_minutes
        Mean minutes with a patient who called; None takes them from the log (arrival to leaving).
    care_minutes
        Mean minutes of a piece of planned care, which is finished before a call is gone to.
    direct_share
        Share of a nurse's paid time that is care at the patient; the rest is records, handover, breaks.
    evening_share, night_share
        Planned care of an evening or night shift as a share of the day shift's.
    """

    target_minutes: float = 5.0
    chance: float = 0.1
    weeks: int = 8
    call_minutes: float | None = None
    care_minutes: float = 5.0
    direct_share: float = 0.6
    evening_share: float = 0.3
    night_share: float = 0.2

    def care_share(self, kind: ShiftKind) -> float:
        """Give the planned care of a shift of this kind as a share of a day shift's."""
        shares = {ShiftKind.EVENING: self.evening_share, ShiftKind.NIGHT: self.night_share}
        return shares.get(kind, 1.0)

    def rule(self, busy_share: float) -> WaitRule:
        """Give what a call finds where nurses are tied up for this share of their time."""
        return WaitRule(self.target_minutes, self.chance, min(max(busy_share, 0.0), 1.0), self.care_minutes)


def read_assumptions(given: Mapping[str, float | None]) -> Assumptions:
    """Read what was given by name, the usual figure where None stands.

    Raises
    ------
    BadInput
        With every figure that lies outside its bounds, by its name.
    """
    said = {name: value for name, value in given.items() if value is not None}
    wrong = tuple(
        Finding(
            "",
            Message(OUT_OF_BOUNDS, low=f"{BOUNDS[name][0]:g}", high=f"{BOUNDS[name][1]:g}"),
            column=name,
            value=f"{value:g}",
        )
        for name, value in said.items()
        if not BOUNDS[name][0] <= value <= BOUNDS[name][1]
    )
    if wrong:
        raise BadInput(wrong)
    weeks = int(said.pop("weeks", Assumptions.weeks))
    return Assumptions(weeks=weeks, **said)
