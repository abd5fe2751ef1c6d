"""The noticeboard (公告栏) as PDF: an A3 poster or an A4 sheet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Literal

import segno

from wardteam.domain.documents import BoardBed, BoardTeam, DutyLine, Noticeboard, NurseCard
from wardteam.domain.teams import Role
from wardteam.i18n import Language, Translator, translator
from wardteam_reports import wording
from wardteam_reports.tokens import tokens
from wardteam_reports.typeset import compile_pdf

BoardPaper = Literal["a3", "a4"]

WORDS = {
    "beds_today": "Beds today",
    "bed": "Bed",
    "nurse": "Nurse today",
    "cover": "cover",
    "cover_key": "◐ cover: a colleague stands in while the responsible nurse is off",
    "duty": "On duty today",
    "feedback": "Tell us what you think",
    "feedback_hint": "Scan to answer the questionnaire",
    "qr": "QR code of the feedback page",
    "head_nurse": "Head nurse",
    "empty": "empty",
    "nobody": "nobody yet",
}


def noticeboard_pdf(board: Noticeboard, *, language: Language, paper: BoardPaper = "a3") -> bytes:
    """Typeset the noticeboard of a day.

    Raises
    ------
    ValueError
        If the board does not say when it was made.
    """
    if board.made_at is None:
        raise ValueError("made_at of the noticeboard must be set, got None")
    return compile_pdf(
        "noticeboard",
        board_data(board, language, paper),
        language=language,
        timestamp=board.made_at,
        files=dict(_files(board)),
    )


def board_data(board: Noticeboard, language: Language, paper: BoardPaper) -> dict[str, object]:
    """Put the board into the words of a language, as plain data; its notes are the ward's own business."""
    say = translator(language)
    return {
        "title": say(
            "{ward}: responsibility teams, {day}",
            ward=wording.ward_name(board.ward, language),
            day=wording.long_date(board.day, language),
        ),
        "ward": wording.ward_name(board.ward, language),
        "headline": say("Our nurses and their beds"),
        "hospital": wording.hospital_name(board.ward, language),
        "day": wording.long_date(board.day, language),
        "words": {key: say(text) for key, text in WORDS.items()},
        "paper": paper,
        "head_nurse": None if board.head_nurse is None else _person(board.head_nurse, say),
        "teams": [_team(team, say) for team in board.teams],
        "duty": [_duty(line, say) for line in board.duty if not _is_shown_by_beds(line, board)],
        "feedback": board.feedback_url,
    }


def _files(board: Noticeboard) -> Iterator[tuple[str, bytes]]:
    """Give the pictures: photographs by staff number and the feedback code."""
    cards = [c for t in board.teams for c in (t.leader, t.deputy, *t.members)]
    for card in (*cards, board.head_nurse):
        if card is not None and card.photo is not None:
            yield photo_path(card), card.photo
    if board.feedback_url:
        yield "feedback.svg", feedback_code(board.feedback_url)


def photo_path(card: NurseCard) -> str:
    """Give the path of a card's photograph among the document's files."""
    picture = card.photo or b""
    ending = "png" if picture.startswith(b"\x89PNG") else "webp" if picture[8:12] == b"WEBP" else "jpg"
    return f"photos/{card.staff_no}.{ending}"


def feedback_code(url: str) -> bytes:
    """Draw the QR code of an address as SVG."""
    out = io.BytesIO()
    dark = tokens().colour["accent_deep"]
    segno.make(url, error="m", micro=False).save(out, kind="svg", border=0, dark=dark, light=None)
    return out.getvalue()


def _person(card: NurseCard, say: Translator) -> dict[str, object]:
    name = wording.pick(card.name, say.language)
    return {
        "name": name,
        "monogram": monogram(card, say.language),
        "photo": "" if card.photo is None else photo_path(card),
        "alt": say("Portrait of {name}", name=name),
        "role": "" if card.role is None else say(card.role),
        "is_deputy": card.role is Role.DEPUTY,
        "facts": say(
            "{title} · {level} · {years} yrs", title=card.title, level=card.level, years=card.service_years
        ),
        "strengths": wording.pick(card.strengths, say.language),
    }


def monogram(card: NurseCard, language: Language) -> str:
    """Give what stands in place of a photograph: the surname's character, or initials."""
    if language == "zh":
        return card.name[0][:1]
    return "".join(part[0] for part in card.name[1].split()[:2]).upper()


def _team(team: BoardTeam, say: Translator) -> dict[str, object]:
    return {
        "number": team.team.number,
        "name": wording.team_name(team.team, say.language),
        "leader": None if team.leader is None else _person(team.leader, say),
        "members": [_person(c, say) for c in (team.deputy, *team.members) if c is not None],
        "beds": [_bed(bed, say) for bed in team.beds],
    }


def _bed(bed: BoardBed, say: Translator) -> dict[str, object]:
    return {
        "bed": bed.bed,
        "holder": "" if bed.holder is None else wording.pick(bed.holder.name, say.language),
        "is_cover": bed.holder is not None and bed.holder != bed.owner,
        "is_occupied": bed.is_occupied,
        "surname": bed.surname_masked,
    }


def _is_shown_by_beds(line: DutyLine, board: Noticeboard) -> bool:
    """Whether the shift's nurses are those whom the beds name already."""
    holders = {b.bed: b.holder.staff_no for team in board.teams for b in team.beds if b.holder is not None}
    return any(holders.get(bed) == card.staff_no for card, beds in line.nurses for bed in beds)


def _duty(line: DutyLine, say: Translator) -> dict[str, object]:
    return {
        "symbol": wording.pick(line.symbol, say.language),
        "name": wording.pick(line.name, say.language),
        "times": line.times,
        "fill": line.colour,
        "nurses": [
            {"name": wording.pick(card.name, say.language), "beds": zone_beds(beds, say)}
            for card, beds in line.nurses
        ],
    }


def zone_beds(beds: tuple[str, ...], say: Translator) -> str:
    """Name a nurse's beds shortly, empty where she has none of her own."""
    return say("beds {beds}", beds=wording.compact_beds(beds)) if beds else ""
