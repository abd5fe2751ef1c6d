"""Questionnaires: how many were issued, returned and valid, every sheet, issuing more, and which to key."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from wardteam.domain.calendar import Period
from wardteam.domain.questionnaires import Mode, QuestionnaireSheet
from wardteam.errors import BadInput, Finding, Message, WardteamError
from wardteam.services.questionnaire_entry import first_entry_by
from wardteam.services.questionnaires import Issued, flow
from wardteam.services.questionnaires import issue as issue_sheets
from wardteam_web.forms import FieldSpec, Kind, enum_choices, make_form, refuse
from wardteam_web.questionnaires.cards import cards_of
from wardteam_web.questionnaires.states import SHOWN, Show, is_shown, sheet_state, with_share
from wardteam_web.records.ground import Ground
from wardteam_web.staff import acting
from wardteam_web.views.records import ground_here
from wardteam_web.views.who import needs_writer

blueprint = Blueprint("questionnaires", __name__)
A_PAGE = 50
MOST_SHEETS = 200
DAYS_VALID = 14
NO_ADDRESS = Message(
    "No public address is set, so that no phone can open these sheets. Nothing was issued: choose another "
    "way of answering, or tick the box to issue them all the same."
)
UNKNOWN_SHEET = Message("There is no sheet of this number.")
NO_VERSION = Message("The ward has no questionnaire in use yet.")


@blueprint.get("/questionnaires/")
def show() -> str:
    """Show the flow of a span of dates, and the sheets by what has to be done with them."""
    ground = ground_here()
    span, shown = _span(), _show()
    versions = {version.code: version for version in ground.versions}
    with ground.desk.units() as unit:
        kept = unit.captured.all(ground.ward, QuestionnaireSheet, span)[::-1]
    belongs = is_shown(shown, versions)
    listed = [one for one in kept if belongs(one.record)]
    start = max(request.args.get("from", 0, type=int), 0)
    return render_template(
        "questionnaires/show.html", ground=ground, flow=flow(ground.desk.units, ground.ward, span), span=span,
        kept=listed[start : start + A_PAGE], start=start, total=len(listed), step=A_PAGE, shown=shown,
        shows=SHOWN, state=lambda sheet: sheet_state(versions, sheet), share=with_share, mode=Mode,
        versions=ground.versions,
    )  # fmt: skip


@blueprint.route("/questionnaires/issue", methods=["GET", "POST"])
@needs_writer
def issue() -> str | Response:
    """Issue sheets; what can be shown only once is shown now, ready to print."""
    ground = ground_here()
    fields = _issue_fields(ground)
    if not ground.versions:
        return redirect(url_for("questionnaire_versions.listing"))
    first_mode = Mode.QR if ground.desk.public_url else Mode.PAPER
    values = {"count": 20, "mode": first_mode.value, "days_valid": DAYS_VALID}
    form = make_form(fields, ground.words.t, values)
    problems: tuple[str, ...] = ()
    if request.method == "POST" and form.validate_on_submit():
        try:
            _check_address(ground, Mode(form.data["mode"]))
            return _issued(ground, form)
        except WardteamError as refusal:
            problems = refuse(form, refusal, ground.words.t)
    return render_template("questionnaires/issue.html", ground=ground, form=form, problems=problems)


@blueprint.get("/questionnaires/enter")
@needs_writer
def enter() -> str | Response:
    """Choose which sheet is keyed: one that was issued, by its number, or a new one of a version."""
    ground = ground_here()
    asked = request.args.get("sheet", "").strip()
    problems: tuple[str, ...] = ()
    with ground.desk.units() as unit:
        kept = unit.captured.all(ground.ward, QuestionnaireSheet)
    if asked:
        found = next((one.record for one in kept if one.record.code.casefold() == asked.casefold()), None)
        if found is not None:
            return redirect(_entry_of(ground, found))
        problems = (ground.words.t(UNKNOWN_SHEET),)
    waiting = [one.record for one in kept if not one.record.is_returned and one.record.mode is not Mode.QR]
    return render_template(
        "questionnaires/enter.html", ground=ground, asked=asked, problems=problems, waiting=waiting[:A_PAGE],
        versions=[version for version in ground.versions if not version.is_retired],
    )  # fmt: skip


def _entry_of(ground: Ground, sheet: QuestionnaireSheet) -> str:
    """Give the page on which this person goes on with a sheet: its first entry, its second, or the sheet."""
    if not sheet.is_returned:
        return url_for("questionnaire_entry.first", code=sheet.code)
    with ground.desk.units() as unit:
        first_by = first_entry_by(unit.captured.history(ground.ward, QuestionnaireSheet, sheet.code))
    is_second = sheet.second is None and sheet.mode is not Mode.QR and acting() != first_by
    return url_for("questionnaire_entry.second" if is_second else "sheets.show", code=sheet.code)


def _issue_fields(ground: Ground) -> list[FieldSpec]:
    t = ground.words.t
    versions = [(v.code, f"{t.show(v.name)} · {v.code}") for v in ground.versions if not v.is_retired]
    modes = enum_choices(Mode, t)
    return [
        FieldSpec("version", Message("Version"), Kind.CHOICE, choices=versions),
        FieldSpec("count", Message("How many sheets"), Kind.WHOLE, low=1, high=MOST_SHEETS),
        FieldSpec("mode", Message("How it is answered"), Kind.CHOICE, choices=modes),
        FieldSpec("team", Message("Team"), Kind.CHOICE, is_required=False, choices=ground.teams()),
        FieldSpec(
            "days_valid",
            Message("Days for which the codes hold"),
            Kind.WHOLE,
            low=1,
            high=366,
            hint=Message("Only for sheets answered by phone."),
        ),
    ]


def _check_address(ground: Ground, mode: Mode) -> None:
    """Refuse codes for phones that can't reach the form, until that was confirmed."""
    if mode is Mode.QR and not ground.desk.public_url and not request.form.get("is_understood"):
        raise BadInput((Finding("", NO_ADDRESS),))


def _issued(ground: Ground, form: FlaskForm) -> str:
    values, desk = form.data, ground.desk
    mode = Mode(values["mode"])
    done = issue_sheets(
        desk.units,
        ground.ward,
        values["version"],
        values["count"],
        mode,
        days_valid=values["days_valid"],
        team=values["team"] or "",
        by=acting(),
        clock=desk.clock,
    )
    return _cards(ground, done, mode, values["team"] or "")


def _cards(ground: Ground, done: Issued, mode: Mode, team: str) -> str:
    address = ground.desk.public_url
    return render_template(
        "questionnaires/issued.html", ground=ground, issued=done, mode=mode, team=team, address=address,
        cards=tuple(cards_of(done, address)) if mode is Mode.QR else (),
    )  # fmt: skip


def _span() -> Period | None:
    """Give the span of dates that was asked for; None for all, also where it is none."""
    try:
        first, last = (date.fromisoformat(request.args.get(name, "")) for name in ("first", "last"))
        return Period(first, last)
    except ValueError:
        return None


def _show() -> Show:
    asked = request.args.get("show", "")
    return Show(asked) if asked in tuple(Show) else Show.ALL
