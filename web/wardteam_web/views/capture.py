"""The overview of everything that is entered: what there is, how fresh it is, and where to add to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template

from wardteam.domain.control import Audit, Checklist
from wardteam.domain.questionnaires import QuestionnaireSheet
from wardteam.errors import Message
from wardteam.services.quality_ports import Record
from wardteam_web.records.kinds import RECORD_PAGES
from wardteam_web.views.records import ground_here

blueprint = Blueprint("capture", __name__)
COUNTED: tuple[type[Record], ...] = (QuestionnaireSheet, Audit, Checklist)


@dataclass(frozen=True)
class Shelf:
    """One kind of record: its title, where it is listed and entered, how many there are, the newest day."""

    title: Message
    about: Message
    count: int
    newest: date | None
    listed: tuple[str, dict[str, str]]
    entered: tuple[str, dict[str, str]] | None
    entering: Message


@blueprint.get("/records/")
def overview() -> str:
    """Show what has been captured."""
    ground = ground_here()
    shelves = []
    with ground.desk.units() as unit:
        calls = unit.calls.span(ground.ward)
        for page in RECORD_PAGES:
            days = [kept.record.day for kept in unit.captured.all(ground.ward, page.kind)]
            place = {"kind": page.address}
            shelves.append(
                Shelf(
                    title=page.title,
                    about=page.about,
                    count=len(days),
                    newest=max(days, default=None),
                    listed=("records.listing", place),
                    entered=("records.new", place),
                    entering=page.new,
                )
            )
        counts = {kind: unit.captured.all(ground.ward, kind) for kind in COUNTED}
    newest = {kind: max((k.record.day for k in kept), default=None) for kind, kept in counts.items()}
    return render_template(
        "records/overview.html", ground=ground, shelves=shelves, calls=calls,
        counts={_name(kind): len(kept) for kind, kept in counts.items()},
        newest={_name(kind): day for kind, day in newest.items()},
    )  # fmt: skip


def _name(kind: type[Record]) -> str:
    return kind.__name__
