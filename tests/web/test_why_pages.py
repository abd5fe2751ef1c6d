"""The pages of why this, why not and prices: who may read them, what they say, the job of the gains."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.web.quality_site import WardSite
from wardteam.domain.calendar import Period
from wardteam.domain.people import StaffKind
from wardteam.domain.roster import Roster, RosterCell
from wardteam.domain.wishes import Wish, WishKind
from wardteam.services.price_jobs import PRICES, gains_of, price_parameters
from wardteam_web.addresses import period_address, read_period

WARD = "demo"


@pytest.fixture
def planned(capture_site: WardSite) -> tuple[WardSite, str, str]:
    """Store a week in which all work day shifts, and a wish that is refused; give site, period and nurse."""
    site = capture_site
    with site.installation.units() as unit:
        kept = unit.books.get(WARD)
        book = kept.book
        first = book.period.first
        period = Period(first, first + timedelta(days=6))
        nurses = [n for n in book.staff(first) if n.kind is StaffKind.WARD]
        own = nurses[0]
        wish = Wish(own.staff_no, first + timedelta(days=1), WishKind.OFF, points=2)
        changed = replace(book, wishes=(wish,), period=period)
        unit.books.save(changed, expected_revision=kept.revision, by="test", at=site.installation.clock())
        week = {day: RosterCell("DAY" if day.weekday() < 5 else "off") for day in period}
        cells = {(n.staff_no, day): cell for n in nurses for day, cell in week.items()}
        roster = Roster(period, cells)
        unit.rosters.add_draft(WARD, roster, by="test", at=site.installation.clock())
        unit.commit()
    return site, period_address(period), own.staff_no


def test_the_page_of_a_cell_shows_what_else_would_cost(planned: tuple[WardSite, str, str]) -> None:
    site, period, own = planned
    day = period.partition("_")[0]
    text = site.read(f"roster/{period}/why/{own}/{day}/", language="en", seconds=0.2)
    assert "What else would cost" in text
    assert "If " in text
    assert "<html" in text
    part = site.read(f"roster/{period}/why/{own}/{day}/", language="en", seconds=0.2, part=1)
    assert "<html" not in part


def test_reasons_are_the_head_nurses_alone(planned: tuple[WardSite, str, str]) -> None:
    site, period, own = planned
    day = period.partition("_")[0]
    for place in (f"why/{own}/{day}/", "wishes/", "prices/"):
        assert site.get(f"roster/{period}/{place}", seconds=0.1).status_code == 200
    for who in ("", own):
        site.write_as(who)
        for place in (f"why/{own}/{day}/", "wishes/", "prices/"):
            answer = site.get(f"roster/{period}/{place}")
            assert answer.status_code == 302
            assert "/who/" in answer.location


def test_a_cell_that_is_not_there_is_not_found(planned: tuple[WardSite, str, str]) -> None:
    site, period, own = planned
    day = period.partition("_")[0]
    assert site.get(f"roster/{period}/why/X99/{day}/").status_code == 404
    assert site.get(f"roster/{period}/why/{own}/2020-01-01/").status_code == 404
    assert site.get(f"nurse/X99/{period}/wishes/").status_code == 404


def test_her_own_page_names_no_colleague(planned: tuple[WardSite, str, str]) -> None:
    site, period, own = planned
    site.write_as("")
    text = site.read(f"nurse/{own}/{period}/wishes/", language="en")
    with site.installation.units() as unit:
        nurses = unit.books.get(WARD).book.nurses
    main = text.partition("<main")[2]
    assert "Wish for" in main
    assert not [n.name_en for n in nurses if n.staff_no != own and n.name_en and n.name_en in main]


def test_refused_wishes_are_listed_with_what_decided(planned: tuple[WardSite, str, str]) -> None:
    site, period, own = planned
    text = site.read(f"roster/{period}/wishes/", language="en", seconds=0.2)
    assert f"/why/{own}/" in text
    assert "Wishes asked: 1, granted: 0" in text


def test_gains_are_computed_by_a_job(planned: tuple[WardSite, str, str]) -> None:
    site, period, _ = planned
    assert site.send(f"roster/{period}/prices/", {}).status_code == 302
    with site.installation.units() as unit:
        job = unit.jobs.latest(WARD, PRICES)
    assert job is not None
    state = site.get(f"roster/{period}/prices/{job.code}/state").json
    assert state == {"is_open": True, "rows": 0, "percent": 0}
    assert site.send(f"roster/{period}/prices/{job.code}/stop", {}).status_code == 302
    done = site.work_off(PRICES)
    assert gains_of(done.result or {}) == ()
    assert "What each rule costs" in site.read(f"roster/{period}/prices/", language="en")


def test_gains_are_read_back_as_they_were(planned: tuple[WardSite, str, str]) -> None:
    site, period, _ = planned
    span = read_period(period)
    with site.installation.units() as unit:
        unit.jobs.add(PRICES, WARD, price_parameters(span, 1, seconds=1.0), at=site.installation.clock())
        unit.commit()
    done = site.work_off(PRICES)
    gains = gains_of(done.result or {})
    assert gains
    assert all(gain.points >= gain.at_once for gain in gains)
    text = site.read(f"roster/{period}/prices/", language="en")
    assert "at least" in text or "proven" in text
