"""Awareness by how the questionnaire was answered: knowledge marked by patients alone is self-reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wardteam.domain.questionnaires import ItemKind, Mode, Questionnaire
from wardteam.errors import Message
from wardteam.services.quality_report.analysis import Analysis
from wardteam.stats.counts import Share
from wardteam.stats.figures import share_figure
from wardteam.stats.report import Block, Cell, Paragraph, Table, Tone

TITLE = Message("The two rates by how the questionnaire was answered (exploratory)")
SELF_REPORTED = Message(
    "On questionnaires answered by QR code, the patients marked by themselves whether they know an item: "
    "this is self-reported, and nobody tested it. Where the modes are mixed differently in the two "
    "periods, the difference in awareness can come from that alone."
)
NOT_TESTED = Message("Counts of the valid questionnaires that were answered; not tested.")


def modes_blocks(analysis: Analysis) -> Iterator[Block]:
    """Give both rates by mode and period; nothing where all questionnaires were answered in one way."""
    sides = [side.asked.valid for side in analysis.records]
    modes = [mode for mode in Mode if any(one.mode is mode for side in sides for one in side)]
    if len(modes) > 1:
        yield _table(analysis, modes, sides)
    if _has_self_reported(analysis, sides):
        yield Paragraph((SELF_REPORTED,), Tone.NOTE)


def _table(analysis: Analysis, modes: Sequence[Mode], sides: Sequence[Sequence[Questionnaire]]) -> Table:
    names = (analysis.plan.baseline.named, analysis.plan.intervention.named)
    header = (
        Message("Mode"),
        *(Message("Satisfied: {period}", period=name) for name in names),
        *(Message("Aware: {period}", period=name) for name in names),
    )
    rows = []
    for mode in modes:
        groups = [[one for one in side if one.mode is mode] for side in sides]
        liked = (_cell([one.is_satisfied for one in group]) for group in groups)
        known = (_cell([one.is_aware for one in group]) for group in groups)
        rows.append((Cell.of(Message("{mode}", mode=mode)), *liked, *known))
    return Table("shares_by_mode", TITLE, header, tuple(rows), (NOT_TESTED,), (1, 2, 3, 4))


def _cell(answers: Sequence[bool | None]) -> Cell:
    if all(answer is None for answer in answers):
        return Cell.of("–")
    share = Share.of(answers)
    return Cell.of(share_figure(share), value=share.value)


def _has_self_reported(analysis: Analysis, sides: Sequence[Sequence[Questionnaire]]) -> bool:
    """Whether patients answered items by QR that an interviewer is meant to ask."""
    asked_aloud = {
        version.code
        for version in analysis.data.versions
        if any(not item.choices for item in version.items_of(ItemKind.KNOWLEDGE))
    }
    return any(one.mode is Mode.QR and one.version in asked_aloud for side in sides for one in side)
