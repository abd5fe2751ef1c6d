"""Pages of swaps: offering, answering and deciding, each with her own side and nobody else's reasons."""

import re

import pytest

from tests.services.swap_kit import HEAD, WARD, day, keep
from tests.web.quality_site import WardSite, opened, ward_site_of
from wardteam.domain.swaps import Swap
from wardteam.i18n import translator

NEW = {"staff_no": "W001", "day": day(0).isoformat()}
CODE = "X26-0001"
REASONS = ("pregnan", "妊娠", "怀孕", "孕期", "W006")


@pytest.fixture
def site(tmp_path):
    with opened(tmp_path / "kept", is_new=True) as installation:
        keep(installation.units)
    with ward_site_of(tmp_path / "kept", tmp_path / "ward", slot="own") as found:
        found.write_as("W001")
        yield found


def offer(site: WardSite, **fields):
    site.write_as("W001")
    return site.send("swaps/new", {**NEW, **fields})


def step(site: WardSite, who: str, name: str, **fields):
    site.write_as(who)
    with site.installation.units() as unit:
        revision = unit.captured.get(WARD, Swap, CODE).revision
    return site.send(f"swaps/{CODE}/{name}", {"revision": revision, **fields})


def test_a_duty_goes_from_offer_to_the_changed_roster(site):
    page = site.read("swaps/new", language="en", **NEW)
    values = re.findall(r'name="pick" value="([^"]+)"', page)
    assert f"W002 {day(7).isoformat()}=EVENING" not in values
    value = f"W002 {day(7).isoformat()}=STRAIGHT"
    assert value in values
    assert offer(site, pick=value).location.endswith(f"/swaps/{CODE}/")
    site.write_as("W002")
    answer = site.read(f"swaps/{CODE}/", language="en")
    assert "evenings 1 → 2" in answer
    assert step(site, "W002", "accept", pick=value).status_code == 302
    site.write_as(HEAD)
    decision = site.read(f"swaps/{CODE}/", language="en")
    assert "Every hard rule is kept" in decision
    assert "Approve and change the roster" in decision
    assert step(site, HEAD, "approve").status_code == 302
    with site.installation.units() as unit:
        month = unit.rosters.at(WARD, day(0))
    assert month.cell("W002", day(0)).code == "EVENING"
    assert "Approve" not in site.read(f"swaps/{CODE}/", language="en")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_nurse_reads_names_no_other_nurses_reason(site, language):
    offer(site, everybody="1")
    texts = [site.read("swaps/new", language=language, **NEW)]
    for who in ("W001", "W002", "W004", "W006"):
        site.write_as(who)
        texts += [site.read("swaps/", language=language), site.read(f"swaps/{CODE}/", language=language)]
        assert "approve" not in re.findall(rf'action="[^"]*/{CODE}/(\w+)"', texts[-1])
    told = [word for text in texts for word in REASONS if word in text.split("<main", 1)[1]]
    assert told == []


def test_another_nurse_is_told_that_only_she_herself_offers(site):
    site.write_as("W002")
    page = site.read("swaps/new", language="en", **NEW)
    assert "herself offers her duties" in page
    assert 'name="pick"' not in page
    refused = site.send("swaps/new", {**NEW, "everybody": "1"}, language="en")
    assert "herself does this" in refused.text


def test_a_nurse_can_not_approve_and_a_reason_is_read_by_the_two_alone(site):
    offer(site, pick="W002")
    step(site, "W002", "accept", pick="W002")
    words = translator("zh")("The head nurse approves or refuses this.")
    assert words in step(site, "W002", "approve").text
    assert step(site, HEAD, "refuse", reason="当天新人多").status_code == 302
    for who, is_told in (("W001", True), ("W002", True), ("W003", False), (HEAD, True)):
        site.write_as(who)
        assert ("当天新人多" in site.read(f"swaps/{CODE}/")) is is_told


def test_an_older_page_is_told_so(site):
    offer(site, pick="W002")
    answer = site.send(f"swaps/{CODE}/withdraw", {"revision": 9}, language="en")
    assert "has been changed in the meantime" in answer.text


def test_nothing_ticked_is_said_and_odd_addresses_are_not_found(site):
    assert "Tick at least one" in site.send("swaps/new", NEW, language="en").text
    for query in ({}, {"staff_no": "W001", "day": "soon"}, {"staff_no": "W9", "day": NEW["day"]}):
        assert site.get("swaps/new", **query).status_code == 404
    assert site.get("swaps/X26-0099/").status_code == 404
    assert site.send("swaps/new", {**NEW, "pick": "W002 soon=DAY"}).status_code == 404


def test_her_own_page_links_each_coming_duty_to_its_swap(site):
    page = site.read("nurse/W001/2026-12-07_2026-12-20/")
    assert page.count("swaps/new?") == 3


def test_her_own_page_marks_what_changed_since_publication(site):
    offer(site, pick="W002")
    step(site, "W002", "accept", pick="W002")
    assert "published" not in site.read("nurse/W002/2026-12-07_2026-12-20/", language="en").split("<table")[0]
    step(site, HEAD, "approve")
    page = site.read("nurse/W002/2026-12-07_2026-12-20/", language="en")
    assert "Changed since the roster was published: 7 Dec" in page
    assert page.count("is-moved") == 1
    assert "was O" in page
