"""The notice of changes (排班变更通知) as a view: what changed since a roster was published, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wardteam.domain.calendar import Period
from wardteam.domain.documents import Pair, SheetCell
from wardteam.domain.ward import Ward


@dataclass(frozen=True)
class ChangedDay:
    """One nurse's changed date: old and new as they are shown, when and by whom it was decided.

    `reason` is empty on the posted notice, as is `by` where nobody is known.
    """

    day: date
    old: SheetCell | None
    new: SheetCell | None
    decided_at: datetime | None
    by: Pair
    reason: str = ""


@dataclass(frozen=True)
class ChangedNurse:
    """A nurse with her changed dates in order."""

    staff_no: str
    name: Pair
    team: int | None
    days: tuple[ChangedDay, ...]


@dataclass(frozen=True)
class ChangeNotice:
    """The notice of a period. `since` is the moment from which changes count; `from_version` the version
    that is compared, None where the record of the published version's own changes is read.
    """

    ward: Ward
    period: Period
    version: int
    since: datetime | None
    from_version: int | None
    made_at: datetime
    is_posted: bool
    nurses: tuple[ChangedNurse, ...]

    @property
    def change_count(self) -> int:
        """How many dates of all nurses changed."""
        return sum(len(nurse.days) for nurse in self.nurses)
