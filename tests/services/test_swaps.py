"""Swaps over a real store: offered, accepted, approved; refused in words where a step is not possible."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.swap_kit import HEAD, PERIOD, WARD, book, clock, day, keep, roster
from wardteam.domain.roster import CellChange, RosterCell
from wardteam.domain.shifts import Leave, LeaveKind
from wardteam.domain.swaps import Swap, SwapDuty, SwapState
from wardteam.errors import Conflict, NotFound
from wardteam.i18n import translator
from wardteam.services import swaps
from wardteam.services.swap_standing import list_swaps
from wardteam.storage.store import create_store

CALLED = {"clock": clock}
FREE = SwapDuty(day(8), "STRAIGHT")


@pytest.fixture
def units(tmp_path):
    store = create_store(f"sqlite:///{tmp_path / 'ward.sqlite3'}")
    keep(store)
    yield store
    store.close()


def offered(units, *, days=None, who="W001", **given):
    return swaps.offer(
        units, WARD, **{"staff_no": who, "days": days or (day(0),), "by": who, **CALLED, **given}
    )


def accepted(units, step, who, *takes):
    given = {"staff_no": who, "takes": takes, "expected_revision": step.revision, "by": who}
    return swaps.accept(units, WARD, step.swap.code, **given, **CALLED)


def approved(units, step, by=HEAD):
    return swaps.approve(units, WARD, step.swap.code, expected_revision=step.revision, by=by, **CALLED)


def present(units):
    with units() as unit:
        return unit.rosters.at(WARD, day(0))


def states(units):
    return [one.state for one in list_swaps(units, WARD, clock=clock)]


def change(units, who, when, code):
    with units() as unit:
        month = unit.rosters.at(WARD, when)
        new = CellChange(who, when, month.cell(who, when), RosterCell(code), "test", clock(), "test")
        unit.rosters.record_changes(WARD, PERIOD, month.version, [new])
        unit.commit()


def test_a_duty_is_given_away_accepted_and_approved_with_who_and_why(units):
    step = offered(units)
    assert step.swap.code == "X26-0001"
    assert [proposal.partner for proposal in step.proposals] == ["W002"]
    step = accepted(units, step, "W002")
    assert step.effect.of("W002").minutes == 480
    done = approved(units, step)
    assert done.swap.state is SwapState.APPROVED
    month = present(units)
    assert (month.cell("W001", day(0)).code, month.cell("W002", day(0)).code) == ("off", "EVENING")
    with units() as unit:
        changes = unit.rosters.changes(WARD, PERIOD, month.version)
        versions = unit.captured.history(WARD, Swap, "X26-0001")
    assert {(c.staff_no, c.by, c.reason) for c in changes} == {
        (who, HEAD, "换班 / swap X26-0001") for who in ("W001", "W002")
    }
    assert [(v.record.state.value, v.by) for v in versions] == [
        ("offered", "W001"), ("accepted", "W002"), ("approved", HEAD),
    ]  # fmt: skip


def test_an_exchange_gives_each_the_others_duty(units):
    step = offered(units, asks=(FREE, SwapDuty(day(7), "STRAIGHT")), to=("W002",))
    approved(units, accepted(units, step, "W002", day(7)))
    month = present(units)
    codes = {who: [month.cell(who, day(d)).code for d in (0, 7)] for who in ("W001", "W002")}
    assert codes == {"W001": ["off", "STRAIGHT"], "W002": ["EVENING", "off"]}


def test_only_she_herself_offers_accepts_and_withdraws_and_no_nurse_approves(units):
    with pytest.raises(Conflict, match="Only Nurse 1 herself"):
        offered(units, by="W002")
    step = offered(units)
    given = {"expected_revision": step.revision, **CALLED}
    with pytest.raises(Conflict, match="Only Nurse 2 herself"):
        swaps.accept(units, WARD, step.swap.code, staff_no="W002", by="W001", **given)
    with pytest.raises(Conflict, match="Only Nurse 1 herself"):
        swaps.withdraw(units, WARD, step.swap.code, by="W002", **given)
    with pytest.raises(Conflict, match="head nurse"):
        swaps.refuse(units, WARD, step.swap.code, reason="", by="W004", **given)
    step = accepted(units, step, "W002")
    with pytest.raises(Conflict, match="head nurse"):
        approved(units, step, by="W001")
    assert states(units) == [SwapState.ACCEPTED]


def test_steps_out_of_order_are_refused_in_words(units):
    step = offered(units)
    with pytest.raises(Conflict, match="can't take this step any more; it is: offered"):
        approved(units, step)
    with pytest.raises(Conflict, match="offered already, as X26-0001"):
        offered(units)
    step = swaps.withdraw(units, WARD, step.swap.code, expected_revision=1, by="W001", **CALLED)
    with pytest.raises(Conflict, match="it is: withdrawn"):
        accepted(units, step, "W002")
    with pytest.raises(NotFound):
        swaps.withdraw(units, WARD, "X26-0009", expected_revision=1, by="W001", **CALLED)


def test_who_looked_at_an_older_version_is_told(units):
    step = offered(units)
    accepted(units, step, "W002")
    with pytest.raises(Conflict, match="changed in the meantime"):
        accepted(units, step, "W002")


def test_of_several_asked_one_takes_herself_out_and_the_last_refusal_ends_it(units):
    asks = (FREE, SwapDuty(day(7), "STRAIGHT"), SwapDuty(day(0), "STRAIGHT"))
    step = offered(units, asks=asks, to=("W002", "W003"))
    given = {"reason": "那天有事", **CALLED}
    step = swaps.refuse(units, WARD, step.swap.code, by="W003", expected_revision=step.revision, **given)
    assert (step.swap.state, step.swap.to) == (SwapState.OFFERED, ("W002",))
    step = swaps.refuse(units, WARD, step.swap.code, by="W002", expected_revision=step.revision, **given)
    assert (step.swap.state, step.swap.reason) == (SwapState.REFUSED, "那天有事")


def test_the_head_nurse_refuses_only_with_a_reason(units):
    step = accepted(units, offered(units), "W002")
    given = {"expected_revision": step.revision, "by": HEAD, **CALLED}
    with pytest.raises(Conflict, match="say why"):
        swaps.refuse(units, WARD, step.swap.code, reason=" ", **given)
    done = swaps.refuse(units, WARD, step.swap.code, reason="当天新人多", **given)
    assert (done.swap.state, done.swap.reason) == (SwapState.REFUSED, "当天新人多")


def test_a_change_of_the_roster_overtakes_an_offer(units):
    step = offered(units)
    change(units, "W001", day(0), "STRAIGHT")
    assert states(units) == [SwapState.STALE]
    with pytest.raises(Conflict, match="no longer holds"):
        accepted(units, step, "W002")
    with units() as unit:
        assert unit.captured.get(WARD, Swap, step.swap.code).record.state is SwapState.STALE


def test_an_offer_expires_when_its_shift_begins(units):
    step = offered(units)
    late = clock().replace(month=12, day=7, hour=9)
    assert [one.state for one in list_swaps(units, WARD, clock=lambda: late)] == [SwapState.EXPIRED]
    with pytest.raises(Conflict, match="expired"):
        swaps.accept(
            units, WARD, step.swap.code, staff_no="W002", expected_revision=1, by="W002", clock=lambda: late
        )
    assert states(units) == [SwapState.EXPIRED]


def test_of_two_clashing_approvals_the_second_is_refused_and_nothing_of_it_stays(units, monkeypatch):
    first = accepted(units, offered(units), "W002")
    second = accepted(units, offered(units, who="W003", days=(day(0),)), "W002")
    seen = swaps.present_scene(units, WARD, day(0), clock)
    approved(units, first)
    monkeypatch.setattr(swaps, "present_scene", lambda *_: seen)
    monkeypatch.setattr(swaps, "refuse_over", lambda *_, **__: None)
    with pytest.raises(Conflict, match="changed in the meantime"):
        approved(units, second)
    with units() as unit:
        assert unit.captured.get(WARD, Swap, second.swap.code).record.state is SwapState.ACCEPTED
    monkeypatch.undo()
    with pytest.raises(Conflict, match="not possible"):
        approved(units, second)


def test_an_acceptance_that_the_rules_forbid_names_no_reason_of_anybody_else(units):
    step = offered(units)
    with pytest.raises(Conflict) as mine:
        accepted(units, step, "W006")
    assert "Nurse 6" in translator("en")(mine.value.message)
    with units() as unit:
        stored = unit.books.get(WARD)
        leave = replace(stored.book, leaves=(Leave("W002", LeaveKind.SICK, day(0), day(0)),))
        unit.books.save(leave, expected_revision=stored.revision, by="test", at=clock())
        unit.commit()
    for to in (("W002",), ("W006",), ()):
        with pytest.raises(Conflict) as told:
            offered(units, who="W001", days=(day(4),), to=to, asks=(SwapDuty(day(0), "EVENING"),))
        words = translator("en")(told.value.message)
        assert not any(word in words.lower() for word in ("sick", "leave", "pregnan"))


def test_what_the_offer_did_not_ask_for_is_not_taken(units):
    step = offered(units, asks=(SwapDuty(day(7), "STRAIGHT"),), to=("W002",))
    with pytest.raises(Conflict, match="does not ask"):
        accepted(units, step, "W002", day(8))
    with pytest.raises(Conflict, match="does not ask"):
        accepted(units, step, "W002")
    with pytest.raises(Conflict, match="not made to Nurse 3"):
        accepted(units, step, "W003", day(0))


@pytest.mark.parametrize(("number", "words"), [(1, "has no duty"), (20, "No roster is published")])
def test_a_day_without_duty_or_roster_can_not_be_offered(units, number, words):
    with pytest.raises(Conflict, match=words):
        offered(units, days=(day(0) + timedelta(days=number),))


def test_a_draft_takes_no_swaps(tmp_path):
    store = create_store(f"sqlite:///{tmp_path / 'draft.sqlite3'}")
    keep(store, book(), roster(), is_published=False)
    with pytest.raises(Conflict, match="No roster is published"):
        offered(store)
    store.close()
