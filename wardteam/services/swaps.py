"""The steps of a swap: the rules are checked before each, on the roster as it is then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from wardteam.domain.swaps import Swap, SwapDuty, SwapState
from wardteam.errors import Conflict, Message
from wardteam.services.apply_changes import Edit, apply_changes
from wardteam.services.ports import Clock, UnitOfWorkFactory
from wardteam.services.quality_ports import Kept
from wardteam.services.swap_checks import duties_of, refuse_a_nurse, refuse_another, refuse_twice
from wardteam.services.swap_effect import Effect, effect_of
from wardteam.services.swap_partners import Proposal, suitable_partners
from wardteam.services.swap_scene import SwapScene
from wardteam.services.swap_standing import name_of, present_scene, refuse_over
from wardteam.services.swap_words import refusal, told

PREFIX = "X"
APPLIED = "换班 / swap {code}"


@dataclass(frozen=True)
class SwapStep:
    """A swap after a step, with its new revision and what the exchange does, where one is agreed.

    `proposals` are those who could accept an offer, best first.
    """

    swap: Swap
    revision: int
    effect: Effect | None = None
    proposals: tuple[Proposal, ...] = ()


def partners_of(
    units: UnitOfWorkFactory, ward: str, staff_no: str, days: Sequence[date], *, clock: Clock
) -> tuple[SwapScene, tuple[Proposal, ...]]:
    """Rank who could take a nurse's duties of these days, and the roster they were ranked on.

    Raises
    ------
    Conflict
        Where a day has no duty of hers, or none that can still be exchanged.
    """
    scene = present_scene(units, ward, min(days), clock)
    duties_of(scene, staff_no, days)
    return scene, suitable_partners(scene, staff_no, days)


def offer(
    units: UnitOfWorkFactory,
    ward: str,
    *,
    staff_no: str,
    days: Sequence[date],
    asks: Sequence[SwapDuty] = (),
    to: Sequence[str] = (),
    by: str,
    clock: Clock,
) -> SwapStep:
    """Offer a nurse's duties: for any of `asks` in return, or for nothing; to some colleagues or to all.

    Raises
    ------
    Conflict
        Where somebody else acts for her, a duty can't be exchanged or is offered already, or no
        colleague could take it under the rules.
    """
    scene = present_scene(units, ward, min(days), clock)
    refuse_another(scene.book, by, staff_no)
    gives = duties_of(scene, staff_no, days)
    found = suitable_partners(scene, staff_no, days, to=to)
    fitting = tuple(proposal for proposal in found if is_asked(asks, proposal.takes))
    unable = [one for one in to if one not in {proposal.partner for proposal in fitting}]
    if unable or not fitting:
        raise Conflict(refusal(scene.book, unable, gives))
    with units() as unit:
        refuse_twice([kept.record for kept in unit.captured.all(ward, Swap)], staff_no, gives)
        code = unit.captured.next_code(ward, Swap, f"{PREFIX}{scene.now:%y}-")
        swap = Swap(code, gives[0].day, staff_no, gives, tuple(asks), tuple(to))
        revision = unit.captured.put(ward, swap, expected_revision=None, by=by, at=clock())
        unit.commit()
    return SwapStep(swap, revision, proposals=fitting)


def accept(
    units: UnitOfWorkFactory,
    ward: str,
    code: str,
    *,
    staff_no: str,
    takes: Sequence[date] = (),
    expected_revision: int,
    by: str,
    clock: Clock,
) -> SwapStep:
    """Accept an offer, giving one's own duties of the days `takes` in return.

    Raises
    ------
    Conflict
        Where she was not asked, the giver did not ask for those duties, the rules forbid it, or the
        offer has been changed, closed or overtaken.
    """
    kept = _open(units, ward, code, SwapState.ACCEPTED, expected_revision)
    scene = present_scene(units, ward, kept.record.day, clock)
    refuse_another(scene.book, by, staff_no)
    refuse_over(units, ward, kept, scene, by=by, clock=clock)
    swap = kept.record
    if not swap.is_for(staff_no):
        raise Conflict(Message("This offer was not made to {nurse}.", nurse=name_of(scene.book, staff_no)))
    proposal = _proposal(scene, swap, staff_no, takes, reader=staff_no)
    swap = swap.accepted(staff_no, proposal.takes)
    revision = _put(units, ward, swap, kept.revision, by=by, clock=clock)
    return SwapStep(swap, revision, _effect(scene, swap, proposal))


def refuse(
    units: UnitOfWorkFactory,
    ward: str,
    code: str,
    *,
    reason: str,
    expected_revision: int,
    by: str,
    clock: Clock,
) -> SwapStep:
    """Refuse a swap: one who was asked, or the head nurse, who says why.

    Of several colleagues asked, one alone takes herself out and the offer stays.

    Raises
    ------
    Conflict
        Where the writer was not asked and is no head nurse, or gives no reason as head nurse.
    """
    kept = _open(units, ward, code, SwapState.REFUSED, expected_revision)
    swap = kept.record
    with units() as unit:
        book = unit.books.get(ward).book
    is_asked_herself = by == swap.partner or (swap.state is SwapState.OFFERED and by in swap.to)
    if not is_asked_herself:
        refuse_a_nurse(book, by)
        if not reason.strip():
            raise Conflict(Message("Please say why; both nurses read it."))
    others = tuple(one for one in swap.to if one != by)
    if is_asked_herself and swap.state is SwapState.OFFERED and others:
        swap = replace(swap, to=others)
    else:
        swap = swap.moved(SwapState.REFUSED, reason=reason.strip())
    return SwapStep(swap, _put(units, ward, swap, kept.revision, by=by, clock=clock))


def withdraw(
    units: UnitOfWorkFactory, ward: str, code: str, *, expected_revision: int, by: str, clock: Clock
) -> SwapStep:
    """Withdraw an offer; Conflict where somebody else does, or it is closed already."""
    kept = _open(units, ward, code, SwapState.WITHDRAWN, expected_revision)
    with units() as unit:
        refuse_another(unit.books.get(ward).book, by, kept.record.staff_no)
    swap = kept.record.moved(SwapState.WITHDRAWN)
    return SwapStep(swap, _put(units, ward, swap, kept.revision, by=by, clock=clock))


def approve(
    units: UnitOfWorkFactory, ward: str, code: str, *, expected_revision: int, by: str, clock: Clock
) -> SwapStep:
    """Approve an accepted swap and change the roster with it, both or neither.

    Raises
    ------
    Conflict
        Where a nurse approves, the rules forbid it now, or swap or roster were changed meanwhile.
    """
    kept = _open(units, ward, code, SwapState.APPROVED, expected_revision)
    swap = kept.record
    scene = present_scene(units, ward, swap.day, clock)
    refuse_a_nurse(scene.book, by)
    refuse_over(units, ward, kept, scene, by=by, clock=clock)
    proposal = _proposal(scene, swap, swap.partner, [d.day for d in swap.takes], reader=by)
    effect = _effect(scene, swap, proposal)
    roster, done = scene.roster, swap.moved(SwapState.APPROVED)
    edit = Edit(effect.cells, roster.cells, reason=APPLIED.format(code=code), by=by)
    with units() as unit:
        revision = unit.captured.put(ward, done, expected_revision=kept.revision, by=by, at=clock())
        apply_changes(unit, ward, roster.period, roster.version, edit, clock=clock)
        unit.commit()
    return SwapStep(done, revision, effect)


def effect_now(units: UnitOfWorkFactory, ward: str, swap: Swap, *, clock: Clock) -> tuple[SwapScene, Effect]:
    """Work out what an accepted swap would do to the roster as it is, whether the rules allow it or not."""
    scene = present_scene(units, ward, swap.day, clock)
    found = _matching(scene, swap, swap.partner, [duty.day for duty in swap.takes])
    choices = _plain(scene, swap, swap.partner, swap.days) if found is None else found.choices
    return scene, effect_of(scene, _both(scene, swap, swap.partner), choices)


def is_asked(asks: Sequence[SwapDuty], takes: Sequence[SwapDuty]) -> bool:
    """Whether the giver asked for these duties in return: for nothing, or for each by its day and shift."""
    asked = {(duty.day, duty.code) for duty in asks}
    return bool(takes) == bool(asked) and all((duty.day, duty.code) in asked for duty in takes)


def _open(
    units: UnitOfWorkFactory, ward: str, code: str, state: SwapState, expected_revision: int
) -> Kept[Swap]:
    """Read a swap that may take this step and that nobody has changed since it was looked at."""
    with units() as unit:
        kept = unit.captured.get(ward, Swap, code)
    if kept.revision != expected_revision:
        raise Conflict(
            Message("The swap {code} has been changed in the meantime; look at it again.", code=code)
        )
    if not kept.record.may_become(state):
        text = "The swap {code} can't take this step any more; it is: {state}."
        raise Conflict(Message(text, code=code, state=kept.record.state))
    return kept


def _put(units: UnitOfWorkFactory, ward: str, swap: Swap, revision: int, *, by: str, clock: Clock) -> int:
    with units() as unit:
        new = unit.captured.put(ward, swap, expected_revision=revision, by=by, at=clock(), reason=swap.reason)
        unit.commit()
    return new


def _proposal(scene: SwapScene, swap: Swap, partner: str, takes: Sequence[date], *, reader: str) -> Proposal:
    """Give the exchange as the rules allow it now; Conflict says what forbids it, as the reader may know."""
    found = _matching(scene, swap, partner, takes)
    if found is not None:
        return found
    name = name_of(scene.book, partner)
    taker = _both(scene, swap, partner)[1]
    duties = [scene.duty(taker, scene.day(d)) if d in scene.roster.period else None for d in takes]
    given = tuple(duty for duty in duties if duty is not None)
    if len(given) != len(duties) or not is_asked(swap.asks, given):
        raise Conflict(Message("The offer does not ask {nurse} for this in return.", nurse=name))
    days = sorted({*swap.days, *takes})
    effect = effect_of(scene, _both(scene, swap, partner), _plain(scene, swap, partner, days))
    raise Conflict(told(effect, reader, is_head=reader not in (partner, swap.staff_no)))


def _matching(scene: SwapScene, swap: Swap, partner: str, takes: Sequence[date]) -> Proposal | None:
    found = suitable_partners(scene, swap.staff_no, [duty.day for duty in swap.gives], to=[partner])
    fitting = (p for p in found if is_asked(swap.asks, p.takes))
    return next((p for p in fitting if sorted(d.day for d in p.takes) == sorted(takes)), None)


def _plain(scene: SwapScene, swap: Swap, partner: str, days: Sequence[date]) -> list[tuple[int, int, int]]:
    """Exchange the two nurses' cells of some days just as they stand."""
    both = _both(scene, swap, partner)
    places = [scene.day(day) for day in days]
    return [(n, d, int(scene.grid[other, d])) for d in places for n, other in (both, both[::-1])]


def _both(scene: SwapScene, swap: Swap, partner: str) -> tuple[int, int]:
    giver, taker = scene.nurse(swap.staff_no), scene.nurse(partner)
    if giver is None or taker is None:
        raise Conflict(Message("One of the two nurses is not in this roster any more."))
    return giver, taker


def _effect(scene: SwapScene, swap: Swap, proposal: Proposal) -> Effect:
    return effect_of(scene, _both(scene, swap, proposal.partner), proposal.choices)
