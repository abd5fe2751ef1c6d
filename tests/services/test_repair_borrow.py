"""Borrowing in a repair over a real store: who helps is named and written; what stays open is said."""

import pytest

from tests.services.swap_kit import PATTERNS, PERIOD, WARD, book, clock, day, keep, nurse, roster
from tests.services.test_repair import UNRANKED, USUAL, apply
from wardteam.domain.roster import RosterCell
from wardteam.domain.shifts import Demand, Post
from wardteam.domain.teams import Membership, Role
from wardteam.errors import BadInput
from wardteam.i18n import translator
from wardteam.services.change_notice import change_notice
from wardteam.services.repair import propose_repairs
from wardteam.services.repair_events import Absence, RepairEvent, Surge
from wardteam.services.repair_reading import read_event
from wardteam.services.repair_words import open_post_line, step_line
from wardteam.services.roster_cases import check_stored
from wardteam.storage.store import create_store

ON_DAY = {"W001": "A", "W004": "A", "W005": "A"}
EACH_TEAM = Demand("DAY", 1, 1, days=(day(0),), post=Post.RESPONSIBLE, per_team=True)
SICK = RepairEvent((Absence("W001", day(0), day(0)),))


@pytest.fixture
def units(tmp_path):
    store = create_store(f"sqlite:///{tmp_path / 'ward.sqlite3'}")
    yield store
    store.close()


def teams_ward(**given):
    """Give the ward whose two teams need a responsible nurse on the first day; the second has two."""
    return book(demands=(*USUAL, EACH_TEAM), rule_settings=UNRANKED, **given)


def teams_roster():
    patterns = {who: ON_DAY.get(who, "-") + pattern[1:] for who, pattern in PATTERNS.items()}
    return roster(patterns)


def option_of(proposal, kind):
    return next((option for option in proposal.options if option.kind == kind), None)


def test_who_helps_from_another_team_is_named_and_written(units):
    published = keep(units, teams_ward(), teams_roster())
    proposal = propose_repairs(units, WARD, SICK, clock=clock)
    number = [option.kind for option in proposal.options].index("other_team")
    option = proposal.options[number]
    (step,) = option.steps
    assert step.staff_no in ("W004", "W005")
    assert (step.new.code, step.new.team, option.missing) == ("DAY", 1, 0)
    assert 0 < option.price < option_of(proposal, "other_ward").price
    assert "helps Team 1" in translator("en")(step_line(step))
    after = apply(units, proposal, number)
    assert after.cell(step.staff_no, day(0)) == RosterCell("DAY", Post.RESPONSIBLE, team=1)
    with units() as unit:
        read = unit.rosters.at(WARD, day(0))
        (changed,) = [
            c for c in unit.rosters.changes(WARD, PERIOD, published.version) if c.staff_no != "W001"
        ]
    assert read.cell(step.staff_no, day(0)).team == 1
    assert (changed.old.team, changed.new.team) == (None, 1)
    said = [translator("en")(words) for words in check_stored(units, WARD, PERIOD).shortages]
    assert not [words for words in said if "responsible nurse" in words]
    notice = change_notice(units, WARD, PERIOD, now=clock())
    (helper,) = [one for one in notice.nurses if one.staff_no == step.staff_no]
    assert helper.days[0].new.helps == ("一组", "Team 1")


def test_a_team_that_can_spare_nobody_lends_nobody(units):
    month = teams_roster()
    cells = {**month.cells, ("W005", day(0)): RosterCell("off")}
    keep(units, teams_ward(), type(month)(PERIOD, cells))
    assert option_of(propose_repairs(units, WARD, SICK, clock=clock), "other_team") is None


def test_what_another_ward_is_asked_for_is_said_with_its_price(units):
    keep(units, teams_ward(), teams_roster())
    option = option_of(propose_repairs(units, WARD, SICK, clock=clock), "other_ward")
    (post,) = option.open_posts
    assert (post.day, post.post, post.count, option.missing) == (day(0), Post.RESPONSIBLE, 1, 1)
    assert "Team 1" in translator("en")(open_post_line(post))
    assert option.price == book().settings.borrow_price


def test_a_locked_nurse_does_not_help_unless_asked(units):
    month = teams_roster()
    locked = {key: RosterCell(c.code, c.post, key[1] == day(0)) for key, c in month.cells.items()}
    keep(units, teams_ward(), type(month)(PERIOD, locked))
    assert option_of(propose_repairs(units, WARD, SICK, clock=clock), "other_team") is None
    assert option_of(propose_repairs(units, WARD, SICK, clock=clock, unlock=True), "other_team")


def test_a_surge_of_one_team_asks_for_more_in_that_team_alone(units):
    people = (*book().nurses, nurse("W007"))
    members = (*book().memberships, Membership("W007", 1, Role.MEMBER, day(0)))
    month = teams_roster()
    cells = {**month.cells, **{("W007", on): RosterCell("off") for on in PERIOD}}
    keep(units, teams_ward(nurses=people, memberships=members), type(month)(PERIOD, cells))
    event = RepairEvent(surges=(Surge(day(0), "DAY", 1, team=1),))
    proposal = propose_repairs(units, WARD, event, clock=clock)
    first = proposal.options[0]
    assert not first.missing
    assert {step.staff_no for step in first.steps} & {"W002", "W003", "W007"}
    apply(units, proposal)
    with units() as unit:
        raised = [d for d in unit.books.get(WARD).book.demands if d.team is not None]
    assert [(d.team, d.minimum, d.days, d.post) for d in raised] == [(1, 2, (day(0),), Post.RESPONSIBLE)]


@pytest.mark.parametrize(
    ("surge", "said"),
    [("2026-12-07:DAY/9:+1", "One of these teams"), ("2026-12-08:EVENING/1:+1", "no posts by team")],
)
def test_a_surge_of_no_team_is_refused(units, surge, said):
    keep(units, teams_ward(), teams_roster())
    event = read_event(teams_ward(), surge=(surge,), today=day(0))
    with pytest.raises(BadInput) as refused:
        propose_repairs(units, WARD, event, clock=clock)
    assert said in translator("en")(refused.value.findings[0].problem)
