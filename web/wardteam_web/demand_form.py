"""The forms of demand: the figures that a proposal takes for granted, and the lines that are accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wardteam.domain.shifts import DayKind
from wardteam.errors import BadInput, Finding, Message
from wardteam.services.demand.accept import DemandEdit
from wardteam.services.demand.assumptions import BOUNDS, Assumptions, read_assumptions
from wardteam_web.forms import FieldSpec, Kind

PERCENT = 100
SHARES = frozenset(("chance", "direct_share", "evening_share", "night_share"))
TARGET = ("target_minutes", "chance", "weeks")
GRANTED = ("call_minutes", "care_minutes", "direct_share", "evening_share", "night_share")
LABELS: dict[str, tuple[Message, Message | None]] = {
    "target_minutes": (Message("A call may wait, minutes"), None),
    "chance": (Message("Calls that may wait longer, %"), None),
    "weeks": (Message("Weeks looked at"), None),
    "call_minutes": (
        Message("Minutes with a patient who called"),
        Message("Empty: from the call log, arrival to leaving."),
    ),
    "care_minutes": (
        Message("Minutes of a piece of planned care"),
        Message("A nurse finishes it before she goes to a call."),
    ),
    "direct_share": (
        Message("Care at the patient, % of paid time"),
        Message("The rest is records, handover, medicines and breaks."),
    ),
    "evening_share": (Message("Care of an evening shift, % of the day's"), None),
    "night_share": (Message("Care of a night shift, % of the day's"), None),
}
TICK_ONE = Message("Tick the lines that are to hold.")
NOT_WHOLE = Message("A whole number was expected.")


def figure_fields() -> tuple[FieldSpec, ...]:
    """Give the fields of what is taken for granted; shares are asked for in percent."""
    return tuple(_field(name) for name in (*TARGET, *GRANTED))


def figure_values(assumed: Assumptions) -> dict[str, float | None]:
    """Give the fields' values."""
    return {name: _shown(name, value) for name, value in vars(assumed).items()}


def read_figures(form: Mapping[str, float | None]) -> Assumptions:
    """Read the fields; BadInput names those that can't be."""
    return read_assumptions(
        {
            name: value / PERCENT if name in SHARES and value is not None else value
            for name, value in form.items()
        }
    )


def read_edits(sent: Mapping[str, str], picked: list[str]) -> tuple[DemandEdit, ...]:
    """Read the ticked lines.

    Raises
    ------
    BadInput
        Where none is ticked, with every number that is none.
    """
    if not picked:
        raise BadInput((Finding("", TICK_ONE),))
    wrong: list[Finding] = []
    edits = tuple(_edits(sent, picked, wrong))
    if wrong:
        raise BadInput(tuple(wrong))
    return edits


def _edits(sent: Mapping[str, str], picked: list[str], wrong: list[Finding]) -> Iterator[DemandEdit]:
    kinds = {kind.value: kind for kind in DayKind}
    for key in picked:
        shift, _, kind = key.rpartition("-")
        texts = [sent.get(f"{name}-{key}", "").strip() for name in ("minimum", "wished")]
        if kind in kinds and all(text.isascii() and text.isdigit() and len(text) < 4 for text in texts):
            yield DemandEdit(shift, kinds[kind], int(texts[0]), int(texts[1]))
        else:
            wrong.append(Finding("", NOT_WHOLE, column=key, value=", ".join(texts)))


def _field(name: str) -> FieldSpec:
    words, hint = LABELS[name]
    low, high = (_shown(name, end) or 0.0 for end in BOUNDS[name])
    kind = Kind.WHOLE if name == "weeks" else Kind.DECIMAL
    return FieldSpec(name, words, kind, is_required=name != "call_minutes", hint=hint, low=low, high=high)


def _shown(name: str, value: float | None) -> float | None:
    if value is None:
        return None
    shown = round(PERCENT * value, 6) if name in SHARES else value
    return int(shown) if float(shown).is_integer() else shown
