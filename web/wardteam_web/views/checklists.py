"""Checklists: the ward's own and the given ones, written as lines of items."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from wardteam.domain.control import Checklist, ChecklistItem, ControlArea
from wardteam.errors import Conflict, Message, Named, WardteamError
from wardteam.services import capture
from wardteam.services.quality_ports import Kept
from wardteam_web.forms import FieldSpec, Kind, enum_choices, make_form, refuse
from wardteam_web.records.ground import Ground
from wardteam_web.records.page import Values
from wardteam_web.staff import acting
from wardteam_web.views.records import clash_words, ground_here
from wardteam_web.views.who import needs_writer

blueprint = Blueprint("checklists", __name__)
SPARE_LINES = 4
MOST_ITEMS = 60
NO_ITEM = Message("A checklist needs at least one item.")
BAD_WEIGHT = Message("The weight of item {number} must be a number above 0; got {value}.")


@blueprint.get("/checklists/")
def listing() -> str:
    """List the checklists."""
    ground = ground_here()
    return render_template("audits/checklists.html", ground=ground, checklists=ground.checklists)


@blueprint.route("/checklists/new", methods=["GET", "POST"])
@needs_writer
def new() -> str | Response:
    """Write a checklist."""
    return _answer(ground_here(), None)


@blueprint.route("/checklists/<code>/", methods=["GET", "POST"])
@needs_writer
def edit(code: str) -> str | Response:
    """Change a checklist."""
    ground = ground_here()
    with ground.desk.units() as unit:
        kept = unit.captured.find(ground.ward, Checklist, code)
    return _answer(ground, kept if kept is not None else abort(404))


def _fields(ground: Ground) -> list[FieldSpec]:
    return [
        FieldSpec("name", Message("Name in Chinese")),
        FieldSpec("name_en", Message("Name in English"), is_required=False),
        FieldSpec(
            "area",
            Message("What it controls"),
            Kind.CHOICE,
            choices=enum_choices(ControlArea, ground.words.t),
        ),
        FieldSpec("pass_percent", Message("Passes from, of 100"), Kind.WHOLE, low=1, high=100),
        FieldSpec("is_retired", Message("No longer in use"), Kind.CHECK, is_required=False),
    ]


def _values(checklist: Checklist | None) -> Values:
    if checklist is None:
        return {"pass_percent": 90, "area": ControlArea.OWN.value}
    return {
        "name": checklist.name.zh,
        "name_en": checklist.name.en,
        "area": checklist.area.value,
        "pass_percent": round(100 * checklist.pass_share),
        "is_retired": checklist.is_retired,
    }


Line = dict[str, str]


def _lines(kept: Checklist | None) -> list[Line]:
    if request.method == "POST":
        count = min(request.form.get("lines", 0, type=int), MOST_ITEMS)
        names = ("code", "zh", "en", "weight", "core")
        return [{name: request.form.get(f"{name}-{n}", "").strip() for name in names} for n in range(count)]
    items = kept.items if kept else ()
    return [
        {
            "code": item.code,
            "zh": item.text.zh,
            "en": item.text.en,
            "weight": f"{item.weight:g}",
            "core": "on" if item.is_core else "",
        }
        for item in items
    ]


def _read_items(lines: list[Line]) -> tuple[ChecklistItem, ...]:
    """Make the items of the filled lines; new ones get the next free number.

    Raises
    ------
    WardteamError
        Naming the first line that can't be an item.
    """
    filled = [line for line in lines if line["zh"] or line["en"]]
    if not filled:
        raise WardteamError(NO_ITEM)
    taken = {line["code"] for line in filled}
    free = (code for code in (f"i{n}" for n in range(1, 1000)) if code not in taken)
    items = []
    for number, line in enumerate(filled, start=1):
        weight = _weight(line["weight"] or "1", number)
        text = Named(line["zh"] or line["en"], line["en"])
        items.append(ChecklistItem(line["code"] or next(free), text, weight, bool(line["core"])))
    return tuple(items)


def _weight(text: str, number: int) -> float:
    try:
        weight = float(text)
    except ValueError:
        weight = 0.0
    if not 0 < weight <= 1000:
        raise WardteamError(Message(BAD_WEIGHT.text, number=number, value=text))
    return weight


def _answer(ground: Ground, kept: Kept[Checklist] | None) -> str | Response:
    t = ground.words.t
    form = make_form(_fields(ground), t, _values(kept.record if kept else None))
    lines = _lines(kept.record if kept else None)
    problems: tuple[str, ...] = ()
    if request.method == "POST" and form.validate_on_submit():
        try:
            _keep(ground, form.data, lines, kept)
            return redirect(url_for("checklists.listing"))
        except Conflict as conflict:
            problems = (clash_words(ground, kept, conflict),)
        except WardteamError as refusal:
            problems = refuse(form, refusal, t)
    blank = dict.fromkeys(("code", "zh", "en", "weight", "core"), "")
    shown = [*lines, *([blank] * SPARE_LINES if len(lines) < MOST_ITEMS else [])]
    return render_template(
        "audits/checklist.html", ground=ground, form=form, kept=kept, lines=shown, problems=problems
    )


def _keep(ground: Ground, values: Values, lines: list[Line], kept: Kept[Checklist] | None) -> None:
    with ground.desk.units() as unit:
        code = kept.record.code if kept else unit.captured.next_code(ground.ward, Checklist, "L")
    record = Checklist(
        code=code,
        day=kept.record.day if kept else ground.today,
        name=Named(values["name"], values["name_en"] or ""),
        area=ControlArea(values["area"]),
        items=_read_items(lines),
        pass_share=values["pass_percent"] / 100,
        is_retired=bool(values["is_retired"]),
    )
    capture.keep(
        ground.desk.units,
        ground.ward,
        record,
        expected_revision=request.form.get("revision", type=int) if kept else None,
        by=acting(),
        clock=ground.desk.clock,
    )
