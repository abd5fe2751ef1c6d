"""Pocket cards as PDF: each nurse's month on a small card, six to an A4 page, with cut marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from wardteam.domain.documents import LegendEntry, PocketCard, SheetCell, SheetDay
from wardteam.domain.shifts import DayKind
from wardteam.errors import Message, NotFound
from wardteam.i18n import Language, Translator, translator
from wardteam_reports import wording
from wardteam_reports.typeset import compile_pdf

WORDS = {"wished": "wish granted", "refused": "wish not granted"}


def pocket_cards_pdf(
    cards: Sequence[PocketCard], *, language: Language, made_at: datetime | None = None
) -> bytes:
    """Typeset the cards of one ward and period.

    Raises
    ------
    NotFound
        If there is no card at all.
    """
    if not cards:
        raise NotFound(Message("There is no pocket card to print: nobody stands in this roster."))
    moment = made_at or cards[0].made_at
    if moment is None:
        raise ValueError("made_at must be given or stand on the first card, got None")
    return compile_pdf("pocket_cards", cards_data(cards, language), language=language, timestamp=moment)


def cards_data(cards: Sequence[PocketCard], language: Language) -> dict[str, object]:
    """Put the cards into the words of a language, as plain data."""
    say = translator(language)
    first = cards[0]
    return {
        "title": say(
            "Pocket cards of {ward}, {period}",
            ward=wording.ward_name(first.ward, language),
            period=wording.span(first.period, language),
        ),
        "words": {key: say(text) for key, text in WORDS.items()},
        "weekdays": list(wording.WEEKDAYS[language]),
        "cards": [_card(card, say) for card in cards],
    }


def _card(card: PocketCard, say: Translator) -> dict[str, object]:
    language = say.language
    return {
        "name": wording.pick(card.nurse.name, language),
        "staff_no": card.nurse.staff_no,
        "period": wording.span(card.period, language),
        "ward": wording.ward_name(card.ward, language),
        "team": "" if card.team is None else wording.team_name(card.team, language),
        "team_number": None if card.team is None else card.team.number,
        "role": "" if card.nurse.role is None else say(card.nurse.role),
        "beds": say("beds {beds}", beds=wording.compact_beds(card.beds)) if card.beds else "",
        "hours": say(_hours(card)),
        "weeks": list(_weeks(card, language)),
        "legend": [_legend(entry, language) for entry in card.legend],
        "has_wishes": any(cell.wish is not None for cell in card.cells),
    }


def _hours(card: PocketCard) -> Message:
    worked = wording.hours(card.worked_minutes)
    if card.standard_minutes is None or card.balance_minutes is None:
        return Message("{worked} h planned", worked=worked)
    return Message(
        "{worked} h planned, {owed} h owed, balance {balance} h",
        worked=worked,
        owed=wording.hours(card.standard_minutes),
        balance=wording.signed_hours(card.balance_minutes),
    )


def _weeks(card: PocketCard, language: Language) -> Iterator[list[dict[str, object] | None]]:
    """Give calendar weeks from Monday, with None where a date lies outside the period."""
    days: list[dict[str, object] | None] = [None] * card.period.first.weekday()
    crosses = card.period.first.month != card.period.last.month
    days += [
        _day(day, cell, language, is_marked=crosses and (number == 0 or day.day.day == 1))
        for number, (day, cell) in enumerate(zip(card.days, card.cells, strict=True))
    ]
    days += [None] * (-len(days) % 7)
    return (days[start : start + 7] for start in range(0, len(days), 7))


def _day(day: SheetDay, cell: SheetCell, language: Language, *, is_marked: bool) -> dict[str, object]:
    """Give one date; a marked one carries its month."""
    return {
        "number": translator(language).day(day.day) if is_marked else str(day.day.day),
        "is_off": day.kind is not DayKind.WORKDAY,
        "kind": day.kind.value,
        "symbol": wording.pick(cell.symbol, language),
        "fill": cell.colour,
        "ink": cell.text_colour,
        "is_duty": cell.kind is not None,
        "wish": "" if cell.wish is None else "♥" if cell.wish else "♡",
    }


def _legend(entry: LegendEntry, language: Language) -> dict[str, str]:
    return {
        "symbol": wording.pick(entry.symbol, language),
        "name": wording.pick(entry.name, language),
        "times": entry.times,
    }
