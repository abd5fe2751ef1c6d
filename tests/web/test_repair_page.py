"""The repair page: the head nurse alone, ways as cards, one press applies, a second changes nothing."""

import html
import re

import pytest
from werkzeug.datastructures import MultiDict

from tests.services.swap_kit import HEAD, PERIOD, WARD, day, keep
from tests.services.test_repair import short_ward
from tests.services.test_repair_borrow import teams_roster, teams_ward
from tests.web.quality_site import opened, ward_site_of
from wardteam.services.repair_reading import read_event
from wardteam_web.repair_form import read_asked, sent_again

ASKED = {"who": "W001", "first": day(0).isoformat(), "last": "", "shift": "", "unfreeze": "yes"}


@pytest.fixture
def site(tmp_path):
    with opened(tmp_path / "kept", is_new=True) as installation:
        keep(installation.units, short_ward())
    with ward_site_of(tmp_path / "kept", tmp_path / "ward", slot="own") as found:
        found.write_as(HEAD)
        yield found


def first_form(page: str) -> dict[str, object]:
    form = re.search(r'<form method="post".*?</form>', page, re.DOTALL).group()
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form):
        fields.setdefault(name, []).append(html.unescape(value))
    return {**fields, "reason": "flu", "kind": "sick", "is_told": "yes"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_ways_are_shown_as_cards(site, language):
    page = site.read("repair/", language=language, **ASKED)
    assert page.count('<article class="panel way"') >= 2
    assert "style=" not in page


def test_one_press_applies_and_a_second_changes_nothing(site):
    fields = first_form(site.read("repair/", language="en", **ASKED))
    answer = site.send("repair/", fields, language="en")
    assert answer.status_code == 302
    assert answer.location.endswith("/changes/")
    with site.installation.units() as unit:
        assert unit.rosters.at(WARD, day(0)).cell("W001", day(0)).code == "sick"
    again = site.send("repair/", fields, language="en")
    assert "changed in the meantime" in again.get_data(as_text=True)


def test_reasons_stay_with_the_head_nurse(site):
    site.write_as("W002")
    page = site.read("repair/", language="en", **ASKED)
    assert "<article" not in page
    assert "only she repairs" in html.unescape(page)
    assert site.send("repair/", {"cell": "[]"}).status_code == 403


def test_who_helps_another_team_is_sent_back_as_she_was_shown(tmp_path):
    with opened(tmp_path / "kept", is_new=True) as installation:
        keep(installation.units, teams_ward(), teams_roster())
    with ward_site_of(tmp_path / "kept", tmp_path / "ward", slot="own") as site:
        site.write_as(HEAD)
        page = site.read("repair/", language="en", **ASKED)
        way = next(card for card in page.split("<article")[1:] if "Another team helps" in card)
        assert "Price of borrowing: 20 points" in way
        assert site.send("repair/", first_form(way), language="en").status_code == 302
        with site.installation.units() as unit:
            cells = unit.rosters.at(WARD, day(0)).cells
        (helper,) = (who for (who, on), cell in cells.items() if on == day(0) and cell.team)
        span = f"{PERIOD.first}_{PERIOD.last}"
        for place in (f"roster/{span}/changes/", f"roster/{span}/", f"nurse/{helper}/{span}/"):
            assert "helps Team 1" in site.read(place, language="en"), place


def test_a_surge_of_one_team_is_asked_by_the_form():
    asked = read_asked(MultiDict({"surge_day": "2026-12-07", "surge_shift": "DAY", "surge_team": "2"}))
    assert asked.surge == ("2026-12-07:DAY/2:+1",)
    event = read_event(teams_ward(), surge=asked.surge, today=day(0))
    assert sent_again(event)["surge"] == list(asked.surge)


@pytest.mark.parametrize("cell", ["nonsense", "[]", '["W001","2026-12-07",null,["NOPE","",false]]'])
def test_a_press_with_foreign_cells_is_refused(site, cell):
    fields = {**first_form(site.read("repair/", language="en", **ASKED)), "cell": cell}
    assert site.send("repair/", fields).status_code == 400


def test_what_cannot_be_is_said(site):
    page = site.read("repair/", language="en", **{**ASKED, "last": "2026-11-01"})
    assert "last day lies before the first" in html.unescape(page)
