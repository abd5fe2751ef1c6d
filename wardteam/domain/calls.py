"""Call bells as a call system records them, how its columns are read, what an import did with its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class CallReason(StrEnum):
    """Why a call bell (呼叫铃) rang; UNKNOWN where the system records no reason or one nobody has mapped."""

    INFUSION = "infusion"
    TOILET = "toilet"
    PAIN = "pain"
    POSITION = "position"
    QUESTION = "question"
    OTHER = "other"
    UNKNOWN = "unknown"


class CallSource(StrEnum):
    """Where a call was placed: a patient's bed, a bathroom, or a nurse who calls for help."""

    BED = "bed"
    BATHROOM = "bathroom"
    STAFF = "staff"
    OTHER = "other"


class EndedBy(StrEnum):
    """Who ended a call: a nurse at the bed, somebody at the nurses' station, the patient, the system."""

    BEDSIDE = "bedside"
    STATION = "station"
    PATIENT = "patient"
    SYSTEM = "system"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class BellCall:
    """One call: placed, then answered, then arrived, then cleared; what did not happen is None.

    Moments are aware. `stay` is empty where the bed and moment must find it; `staff` is who came.
    """

    code: str
    bed: str
    reason: CallReason
    placed: datetime
    answered: datetime | None = None
    arrived: datetime | None = None
    cleared: datetime | None = None
    stay: str = ""
    room: str = ""
    source: CallSource = CallSource.BED
    ended_by: EndedBy = EndedBy.UNKNOWN
    staff: str = ""

    @property
    def arrival_seconds(self) -> float | None:
        """Seconds from call to arrival (护士到位时间), None where nobody arrived."""
        # Moments of one zone are subtracted by the clock on the wall, which is wrong across its changes.
        return None if self.arrived is None else self.arrived.timestamp() - self.placed.timestamp()


class CallField(StrEnum):
    """What a column of a call system's file can hold."""

    CODE = "code"
    WARD = "ward"
    ROOM = "room"
    BED = "bed"
    SOURCE = "source"
    REASON = "reason"
    PLACED = "placed"
    ANSWERED = "answered"
    ARRIVED = "arrived"
    CLEARED = "cleared"
    ENDED_BY = "ended_by"
    STAFF = "staff"
    STAY = "stay"


@dataclass(frozen=True)
class ClockOffset:
    """From this moment on the system's clock runs `seconds` ahead of the ward's (behind: negative)."""

    since: datetime
    seconds: float


@dataclass(frozen=True)
class CallMapping:
    """How the files of one call system are read; guessed once, corrected by people, and kept.

    `columns` gives the header of each field; `reasons`, `sources` and `ended_by` the system's own
    words. An empty `date_format` means ISO or any unambiguous form; `zone` is the clock's time zone,
    the ward's own where empty. `day` is the date on which the mapping was last changed.
    """

    code: str
    day: date
    columns: dict[CallField, str]
    reasons: dict[str, CallReason] = field(default_factory=dict)
    sources: dict[str, CallSource] = field(default_factory=dict)
    ended_by: dict[str, EndedBy] = field(default_factory=dict)
    encoding: str = ""
    date_format: str = ""
    zone: str = ""
    offsets: tuple[ClockOffset, ...] = ()


class ImportStep(StrEnum):
    """What an import did with rows of a call log; READ is all of them, the others add up to it."""

    READ = "read"
    ADDED = "added"
    COMPLETED = "completed"
    KNOWN = "known"
    DUPLICATE = "duplicate"
    OTHER_WARD = "other_ward"
    NO_BED = "no_bed"
    UNKNOWN_BED = "unknown_bed"
    NO_MOMENT = "no_moment"
    BAD_MOMENT = "bad_moment"
    SKIPPED_MOMENT = "skipped_moment"
    NEGATIVE = "negative"
    FUTURE = "future"
    ABSURD = "absurd"
    CONTRADICTION = "contradiction"
    BROKEN = "broken"

    @property
    def is_refusal(self) -> bool:
        """Whether rows of this step stand in the file of refused rows."""
        return self not in _TAKEN


_TAKEN = frozenset(
    (ImportStep.READ, ImportStep.ADDED, ImportStep.COMPLETED, ImportStep.KNOWN, ImportStep.DUPLICATE)
)


@dataclass(frozen=True)
class CallImport:
    """The ledger of one imported file; `code` is the SHA-256 of its bytes, `first` to `last` its calls.

    `notes` counts what was taken but is worth knowing: unmapped reasons, repeated hours of a clock
    change, corrected clock drift, by a stable key.
    """

    code: str
    day: date
    file: str
    ledger: dict[ImportStep, int]
    notes: dict[str, int] = field(default_factory=dict)
    first: datetime | None = None
    last: datetime | None = None


@dataclass(frozen=True)
class LiveToken:
    """A call system's right to send live events; `code` is the SHA-256 of the secret, which nobody keeps.

    `name` says whose it is; it ends after `last_day`, or on the date on which it was revoked.
    """

    code: str
    day: date
    name: str
    last_day: date | None = None
    revoked_on: date | None = None


@dataclass(frozen=True)
class EarlyEvent:
    """A live event that came before its call's first word, and waits for it.

    `code` is the SHA-256 of its content, `day` the date on which it came, `call` the call's number.
    """

    code: str
    day: date
    call: str
    fields: dict[str, str] = field(default_factory=dict)
