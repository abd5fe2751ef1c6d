"""The fairness ledger: the ward's table for the head nurse, and each nurse's own accounts and hours."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from wardteam.domain.ledger import Measure
from wardteam.errors import Named
from wardteam.exchange.ledger_xlsx import ledger_xlsx
from wardteam.services.fairness import Fairness, fairness, nurse_fairness
from wardteam.services.ledger_words import HOURS_RULES, MEASURE_RULES, source_of
from wardteam_web.context import ward, words
from wardteam_web.downloads import to_save
from wardteam_web.head_nurse import is_head_nurse, needs_head_nurse
from wardteam_web.ledger_chart import drift, largest, month_bars, months_width
from wardteam_web.staff import acting, staff

blueprint = Blueprint("fairness", __name__)


@blueprint.get("/fairness/")
def show() -> str | Answer:
    """Show the ward's ledger to the head nurse, and to a nurse her own accounts."""
    if not is_head_nurse():
        own = acting()
        return redirect(url_for("fairness.nurse", staff_no=own) if own else _ask())
    found = _found()
    return render_template(
        "fairness/show.html",
        found=found,
        measures=tuple(Measure),
        most={measure: largest(found.ledger.of(measure)) for measure in Measure},
        rules=MEASURE_RULES,
        drift=drift,
        signed=signed,
    )


@blueprint.get("/fairness/ledger.xlsx")
@needs_head_nurse
def download() -> Response:
    """Send every line of the ledger as an Excel file."""
    here = ward()
    made_at = staff().desk.now(here.code)
    content = ledger_xlsx(_found().ledger, _found().names, words().language, made_at=made_at)
    return to_save(content, f"{here.code}-fairness.xlsx")


@blueprint.get("/fairness/<staff_no>/")
def nurse(staff_no: str) -> str | Answer:
    """Show one nurse's accounts and hours, to herself and to the head nurse."""
    is_head = is_head_nurse()
    if not is_head and acting() != staff_no:
        return redirect(_ask())
    found = nurse_fairness(staff().desk.units, ward().code, staff_no, drafts=is_head)
    return render_template(
        "fairness/nurse.html",
        found=found,
        spreads={spread.measure: spread for spread in found.spreads},
        hours_rules=HOURS_RULES,
        rules=MEASURE_RULES,
        source_of=source_of,
        month_bars=month_bars,
        months_width=months_width,
        shifts=_shift_names(),
        signed=signed,
        is_head=is_head,
    )


def signed(value: float) -> str:
    """Print a balance with its sign, a true minus included."""
    return "0" if abs(value) < 0.05 else f"{value:+.1f}".replace("-", "−")


def _found() -> Fairness:
    return fairness(staff().desk.units, ward().code)


def _ask() -> str:
    return url_for("who.ask", onward=request.full_path.rstrip("?"))


def _shift_names() -> dict[str, Named]:
    with staff().desk.units() as unit:
        shifts = unit.books.get(ward().code).book.shifts
    return {shift.code: Named(shift.name, shift.name_en) for shift in shifts}
