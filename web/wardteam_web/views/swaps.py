"""Swaps: a nurse offers duties, a colleague accepts, the head nurse approves; each sees her own side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from wardteam.domain.people import StaffKind
from wardteam.domain.swaps import Swap, SwapState
from wardteam.errors import Message, WardteamError
from wardteam.services import swaps
from wardteam.services.quality_ports import Kept
from wardteam.services.swap_cover import BedMove, bed_moves
from wardteam.services.swap_effect import Effect, NurseEffect
from wardteam.services.swap_standing import ListedSwap, list_swaps
from wardteam.services.swap_words import named_duties
from wardteam_web.fills import fill_query
from wardteam_web.records.ground import Ground
from wardteam_web.staff import acting
from wardteam_web.swap_choices import Choice, choices, read_choice, read_days
from wardteam_web.views.records import ground_here
from wardteam_web.views.who import needs_writer

blueprint = Blueprint("swaps", __name__)
MOST_CLOSED = 20
NOTHING_TICKED = Message("Tick at least one colleague with the duty that you would take.")


@blueprint.get("/swaps/")
def listing() -> str:
    """List what waits for the head nurse, what is offered, and what was decided lately."""
    ground = ground_here()
    found = list_swaps(ground.desk.units, ground.ward, clock=ground.desk.clock)
    return render_template(
        "swaps/list.html",
        ground=ground,
        waiting=[one for one in found if one.state is SwapState.ACCEPTED],
        offered=[one for one in found if one.state is SwapState.OFFERED],
        closed=[one for one in found if not one.is_open][:MOST_CLOSED],
        duties=lambda duties: named_duties(ground.book, duties),
        asked=lambda swap: tuple(ground.name(one) for one in swap.to),
        me=acting(),
    )


@blueprint.route("/swaps/new", methods=["GET", "POST"])
@needs_writer
def new() -> str | Response:
    """Show who could take a nurse's duties, and offer them."""
    ground = ground_here()
    staff_no = request.values.get("staff_no", "")
    try:
        days = read_days(request.values.getlist("day"))
    except ValueError:
        abort(404)
    if not days or staff_no not in {nurse.staff_no for nurse in ground.book.nurses}:
        abort(404)
    if request.method == "GET":
        return _new_page(ground, staff_no, days, ())
    try:
        step = _offer(ground, staff_no, days)
    except WardteamError as refused:
        return _new_page(ground, staff_no, days, (ground.words.t(refused.message),))
    return redirect(url_for("swaps.show", code=step.swap.code))


def _offer(ground: Ground, staff_no: str, days: tuple[date, ...]) -> swaps.SwapStep:
    try:
        picked = [read_choice(value) for value in request.form.getlist("pick")]
    except ValueError:
        abort(404)
    is_gift = "everybody" in request.form
    if not picked and not is_gift:
        raise WardteamError(NOTHING_TICKED)
    return swaps.offer(
        ground.desk.units,
        ground.ward,
        staff_no=staff_no,
        days=days,
        asks=tuple(dict.fromkeys(duty for _, duties in picked for duty in duties)),
        to=() if is_gift else tuple(dict.fromkeys(partner for partner, _ in picked)),
        by=acting(),
        clock=ground.desk.clock,
    )


def _new_page(ground: Ground, staff_no: str, days: tuple[date, ...], problems: tuple[str, ...]) -> str:
    given: dict[str, object] = {"exchanges": (), "gifts": (), "gives": ()}
    if acting() == staff_no:
        try:
            scene, found = swaps.partners_of(
                ground.desk.units, ground.ward, staff_no, days, clock=ground.desk.clock
            )
        except WardteamError as refused:
            problems = problems or (ground.words.t(refused.message),)
        else:
            index = scene.nurse(staff_no)
            duties = [scene.duty(index, scene.day(day)) for day in days] if index is not None else []
            exchanges = choices(scene, (p for p in found if p.takes), staff_no, staff_no)
            gifts = choices(scene, (p for p in found if not p.takes), staff_no, staff_no)
            given = {"exchanges": exchanges, "gifts": gifts, "gives": [d for d in duties if d is not None]}
    return render_template(
        "swaps/new.html", ground=ground, staff_no=staff_no, days=days, problems=problems, me=acting(),
        duties=lambda duties: named_duties(ground.book, duties), **given,
    )  # fmt: skip


@blueprint.get("/swaps/<code>/")
def show(code: str) -> str:
    """Show a swap to who reads it."""
    return _page(ground_here(), code, ())


@blueprint.post("/swaps/<code>/<any(accept,refuse,withdraw,approve):step>")
@needs_writer
def take(code: str, step: str) -> str | Response:
    """Take a step."""
    ground = ground_here()
    _kept(ground, code)
    form, clock = request.form, ground.desk.clock
    given = (ground.desk.units, ground.ward, code)
    revision = form.get("revision", 0, type=int)
    try:
        if step == "accept":
            _, duties = read_choice(form.get("pick", "") or acting())
            takes = [duty.day for duty in duties]
            swaps.accept(
                *given, staff_no=acting(), takes=takes, expected_revision=revision, by=acting(), clock=clock
            )
        elif step == "refuse":
            reason = form.get("reason", "").strip()
            swaps.refuse(*given, reason=reason, expected_revision=revision, by=acting(), clock=clock)
        elif step == "withdraw":
            swaps.withdraw(*given, expected_revision=revision, by=acting(), clock=clock)
        else:
            swaps.approve(*given, expected_revision=revision, by=acting(), clock=clock)
    except WardteamError as refused:
        return _page(ground, code, (ground.words.t(refused.message),))
    except ValueError:
        abort(404)
    return redirect(url_for("swaps.show", code=code))


def _kept(ground: Ground, code: str) -> Kept[Swap]:
    with ground.desk.units() as unit:
        return unit.captured.find(ground.ward, Swap, code) or abort(404)


def _page(ground: Ground, code: str, problems: tuple[str, ...]) -> str:
    kept, me = _kept(ground, code), acting()
    found = list_swaps(ground.desk.units, ground.ward, clock=ground.desk.clock)
    listed = next(one for one in found if one.swap.code == code)
    swap, is_head = kept.record, _is_head(ground, me)
    sides = _sides(ground, listed, me, is_head=is_head)
    with ground.desk.units() as unit:
        history = unit.captured.history(ground.ward, Swap, code)
    return render_template(
        "swaps/show.html", ground=ground, swap=swap, listed=listed, problems=problems, me=me,
        is_head=is_head, is_concerned=is_head or me in (swap.staff_no, swap.partner, *swap.to),
        duties=lambda duties: named_duties(ground.book, duties), history=history,
        asked=tuple(ground.name(one) for one in swap.to), fills=_fills(sides), sides=sides,
    )  # fmt: skip


@dataclass(frozen=True)
class Sides:
    """What the reader decides on: the effect on all for the head nurse, on herself for a nurse."""

    effect: Effect | None = None
    moves: tuple[BedMove, ...] = ()
    own: NurseEffect | None = None
    options: tuple[Choice, ...] = ()


def _sides(ground: Ground, listed: ListedSwap, me: str, *, is_head: bool) -> Sides:
    swap, units, clock = listed.swap, ground.desk.units, ground.desk.clock
    if listed.state is SwapState.ACCEPTED and (is_head or me in (swap.staff_no, swap.partner)):
        scene, effect = swaps.effect_now(units, ground.ward, swap, clock=clock)
        if not is_head:
            return Sides(own=effect.of(me))
        return Sides(effect, bed_moves(units, scene, effect) if effect.is_allowed else ())
    if listed.state is SwapState.OFFERED and swap.is_for(me):
        scene, found = swaps.partners_of(units, ground.ward, swap.staff_no, swap.days, clock=clock)
        mine = (p for p in found if p.partner == me and swaps.is_asked(swap.asks, p.takes))
        return Sides(options=choices(scene, mine, swap.staff_no, me))
    return Sides()


def _fills(sides: Sides) -> str:
    """Give the colours of the strips that are shown."""
    shown = [*(sides.effect.nurses if sides.effect else ()), *([sides.own] if sides.own else ())]
    return fill_query(cell.colour for own in shown for day in own.strip for cell in (day.before, day.after))


def _is_head(ground: Ground, staff_no: str) -> bool:
    return any(n.staff_no == staff_no and n.kind is StaffKind.HEAD_NURSE for n in ground.book.nurses)
