"""How many questionnaires were issued, returned and valid, why the others are not: in all and in parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wardteam.domain.calendar import Period
from wardteam.domain.questionnaires import Invalid, QuestionnaireSheet, QuestionnaireVersion
from wardteam.services.ports import UnitOfWorkFactory
from wardteam.services.questionnaire_scoring import invalid_because


@dataclass(frozen=True)
class FlowLine:
    """Three numbers of some sheets, and how many of the returned ones are not valid by the reason."""

    name: str
    issued: int
    returned: int
    valid: int
    invalid: Mapping[Invalid, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Flow:
    """The flow in all, by month of issue, by team and by mode; and how far double entry is.

    `entered_twice` are sheets with a second entry, `differing` those whose entries differ still.
    """

    total: FlowLine
    by_month: tuple[FlowLine, ...]
    by_team: tuple[FlowLine, ...]
    by_mode: tuple[FlowLine, ...]
    entered_twice: int
    differing: int


def flow(units: UnitOfWorkFactory, ward: str, span: Period | None = None) -> Flow:
    """Count a ward's sheets that were issued in a span of dates, or all."""
    with units() as unit:
        sheets = [kept.record for kept in unit.captured.all(ward, QuestionnaireSheet, span)]
        versions = [kept.record for kept in unit.captured.all(ward, QuestionnaireVersion)]
    return flow_of(versions, sheets)


def flow_of(versions: Sequence[QuestionnaireVersion], sheets: Sequence[QuestionnaireSheet]) -> Flow:
    """Count sheets; one whose version is unknown counts as returned, not as valid."""
    by_code = {version.code: version for version in versions}
    return Flow(
        total=_line("", sheets, by_code),
        by_month=_parts(sheets, by_code, lambda sheet: f"{sheet.day:%Y-%m}"),
        by_team=_parts(sheets, by_code, lambda sheet: sheet.team),
        by_mode=_parts(sheets, by_code, lambda sheet: sheet.mode.value),
        entered_twice=sum(sheet.second is not None for sheet in sheets),
        differing=sum(bool(sheet.differences) for sheet in sheets),
    )


def _parts(
    sheets: Iterable[QuestionnaireSheet],
    versions: Mapping[str, QuestionnaireVersion],
    key: Callable[[QuestionnaireSheet], str],
) -> tuple[FlowLine, ...]:
    parts: dict[str, list[QuestionnaireSheet]] = {}
    for sheet in sheets:
        parts.setdefault(key(sheet), []).append(sheet)
    return tuple(_line(name, parts[name], versions) for name in sorted(parts))


def _line(
    name: str, sheets: Sequence[QuestionnaireSheet], versions: Mapping[str, QuestionnaireVersion]
) -> FlowLine:
    returned = [sheet for sheet in sheets if sheet.is_returned]
    known = [sheet for sheet in returned if sheet.version in versions]
    reasons = [invalid_because(versions[sheet.version], sheet) for sheet in known]
    counted = Counter(reason for reason in reasons if reason is not None)
    return FlowLine(name, len(sheets), len(returned), reasons.count(None), dict(counted))
