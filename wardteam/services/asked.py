"""Who was asked in a period: questionnaires issued, returned and valid, and the shares made from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from wardteam.domain.calendar import Period
from wardteam.domain.questionnaires import Questionnaire, QuestionnaireSheet, QuestionnaireVersion
from wardteam.domain.study import MeasureKind
from wardteam.services.questionnaires import score
from wardteam.stats.comparison import QuestionnaireFlow
from wardteam.stats.counts import Share


@dataclass(frozen=True)
class Asked:
    """The sheets issued on the dates of a span, and those returned as the analysis sees them."""

    span: Period
    sheets: tuple[QuestionnaireSheet, ...]
    returned: tuple[Questionnaire, ...]

    @cached_property
    def valid(self) -> tuple[Questionnaire, ...]:
        """The valid ones of those returned."""
        return tuple(one for one in self.returned if one.is_valid)

    @cached_property
    def flow(self) -> QuestionnaireFlow:
        """Three numbers: issued, returned, valid."""
        came_back = sum(sheet.is_returned for sheet in self.sheets)
        return QuestionnaireFlow(len(self.sheets), came_back, len(self.valid))

    def answers(self, kind: MeasureKind) -> tuple[bool | None, ...]:
        """Give the classified outcome of each valid questionnaire, None where it was not answered."""
        if kind is MeasureKind.SATISFACTION:
            return tuple(one.is_satisfied for one in self.valid)
        return tuple(one.is_aware for one in self.valid)

    def share(self, kind: MeasureKind) -> Share | None:
        """Give the share with the outcome, None where nobody answered."""
        return _share(self.answers(kind))

    def share_of_issued(self, kind: MeasureKind) -> Share | None:
        """Give the same share, with everybody who was asked and gave no valid answer as missing."""
        known = self.share(kind)
        return known and Share(known.events, known.n, max(0, len(self.sheets) - known.n))

    def within(self, span: Period) -> Asked:
        """Give those issued on the dates of a shorter span."""
        sheets = tuple(sheet for sheet in self.sheets if sheet.day in span)
        codes = {sheet.code for sheet in sheets}
        return Asked(span, sheets, tuple(one for one in self.returned if one.code in codes))


def asked_in(
    sheets: Iterable[QuestionnaireSheet], versions: Iterable[QuestionnaireVersion], span: Period
) -> Asked:
    """Score the questionnaires issued on the dates of a span."""
    by_code = {version.code: version for version in versions}
    issued = tuple(sheet for sheet in sheets if sheet.day in span)
    scored = (score(by_code[s.version], s) for s in issued if s.is_returned and s.version in by_code)
    return Asked(span, issued, tuple(scored))


def _share(answers: Iterable[bool | None]) -> Share | None:
    given = list(answers)
    return Share.of(given) if any(answer is not None for answer in given) else None
