"""The page of demand: shown with its picture, lines ticked and edited, accepted, put back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from tests.services.demand.demand_kit import calls, census
from tests.web.quality_site import NOW, NURSE, WARD, WardSite, opened, ward_site_of
from wardteam.demo import demo_ward
from wardteam.domain.shifts import DayKind
from wardteam.services.day_demands import demands_on
from wardteam.services.demand.accept import decisions

KEY = "EVENING-weekend"


@pytest.fixture(scope="module")
def heavy_ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fill a ward once: weeks of calls, and a census of many patients who need much care."""
    folder = tmp_path_factory.mktemp("heavy") / "ward"
    with opened(folder, is_new=True) as installation, installation.units() as unit:
        book = replace(demo_ward(), stays=(), history={}, wishes=())
        unit.books.save(book, expected_revision=None, by="test", at=NOW)
        unit.captured.put_many(WARD, census(30, 15), by="test", at=NOW)
        unit.calls.take(WARD, calls(0.2))
        unit.commit()
    return folder


@pytest.fixture
def site(heavy_ward: Path, tmp_path: Path) -> Iterator[WardSite]:
    with ward_site_of(heavy_ward, tmp_path / "ward", slot="own") as site:
        yield site


@pytest.fixture(scope="module")
def shown(heavy_ward: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WardSite]:
    """Give pages that are only looked at."""
    with ward_site_of(heavy_ward, tmp_path_factory.mktemp("shown") / "ward", slot="shown") as site:
        yield site


def revision_on(page: str) -> str:
    return re.search(r'name="revision" value="(\d+)"', page)[1]


def evening_of_weekends(site: WardSite) -> tuple[int, int]:
    with site.installation.units() as unit:
        book = unit.books.get(WARD).book
    found = [d for d in book.demands if d.shift == "EVENING" and d.day_kind is DayKind.WEEKEND]
    return found[-1].minimum, found[-1].wished


def sent(site: WardSite, minimum: object, wished: object, **more: object):
    fields = {
        "pick": KEY,
        f"minimum-{KEY}": minimum,
        f"wished-{KEY}": wished,
        "revision": revision_on(site.read("demand/")),
        **more,
    }
    return site.send("demand/", fields)


def test_the_page_stands_beside_the_roster_in_both_languages(shown: WardSite) -> None:
    for language, title in (("zh", "人力需求测算"), ("en", "Demand from need")):
        page = shown.read("demand/", language=language)
        assert f"<h1>{title}</h1>" in page
        assert page.count("<svg") > 2
        assert 'role="img" aria-label=' in page
        assert "style=" not in page


def test_every_line_can_be_read_edited_and_ticked(shown: WardSite) -> None:
    page = shown.read("demand/", language="en")
    for kind in DayKind:
        for name in ("minimum", "wished"):
            assert f'name="{name}-EVENING-{kind.value}"' in page
    assert 'for="pick-EVENING-weekend"' in page
    assert "Hours of an ordinary week" in page


def test_an_edited_line_is_accepted_and_the_decision_shown(site: WardSite) -> None:
    answer = sent(site, 4, 5, reason="trial")
    assert answer.status_code == 302, answer.text
    assert evening_of_weekends(site) == (4, 5)
    (made,) = decisions(site.installation.units, WARD)
    assert (made.by, [c.shift for c in made.record.changes]) == ("H001", ["EVENING"])
    page = site.read("demand/", language="en", decided=made.record.code)
    assert f"Kept as {made.record.code}" in page
    assert "2 / 2 → 4 / 5" in page


def test_it_is_put_back_as_it_was(site: WardSite) -> None:
    before = evening_of_weekends(site)
    sent(site, 4, 5)
    (made,) = decisions(site.installation.units, WARD)
    page = site.read("demand/")
    answer = site.send(f"demand/{made.record.code}/put-back", {"revision": revision_on(page)})
    assert answer.status_code == 302, answer.text
    assert evening_of_weekends(site) == before


def test_numbers_that_cannot_be_are_named_and_still_stand_in_the_fields(shown: WardSite) -> None:
    before = evening_of_weekends(shown)
    for minimum, wished in ((5, 4), ("x", 4), (-1, 3), (3, 100)):
        answer = sent(shown, minimum, wished)
        assert answer.status_code == 200
        assert "中班" in unescape(answer.text[answer.text.index('role="alert"') :][:300])
        assert f'name="minimum-{KEY}" value="{minimum}"' in answer.text
    assert evening_of_weekends(shown) == before
    assert not decisions(shown.installation.units, WARD)


def test_nothing_ticked_is_said(shown: WardSite) -> None:
    answer = shown.send("demand/", {"revision": revision_on(shown.read("demand/"))})
    assert "请勾选" in answer.text


def test_a_line_that_the_ward_does_not_have_is_refused(shown: WardSite) -> None:
    fields = {"pick": "NONE-weekend", "minimum-NONE-weekend": 1, "wished-NONE-weekend": 1}
    answer = shown.send("demand/", {**fields, "revision": revision_on(shown.read("demand/"))})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.text


def test_a_page_that_was_overtaken_changes_nothing(site: WardSite) -> None:
    old = revision_on(site.read("demand/"))
    sent(site, 4, 5)
    answer = sent(site, 6, 6, revision=old)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.text
    assert evening_of_weekends(site) == (4, 5)
    assert f'name="minimum-{KEY}" value="6"' in answer.text


def test_figures_out_of_bounds_are_named_at_their_field(shown: WardSite) -> None:
    page = shown.read("demand/", language="en", target_minutes="0", chance="10", weeks="8")
    assert 'id="target_minutes-errors"' in page


def test_a_stricter_target_is_taken_from_the_address(shown: WardSite) -> None:
    query = {
        "target_minutes": "1", "chance": "1", "weeks": "8", "call_minutes": "", "care_minutes": "5",
        "direct_share": "60", "evening_share": "30", "night_share": "20",
    }  # fmt: skip
    strict = shown.read("demand/", language="en", **query)
    usual = shown.read("demand/", language="en")

    def night(page: str) -> int:
        return int(re.search(r'name="minimum-NIGHT-workday" value="(\d+)"', page)[1])

    assert night(strict) > night(usual)


@pytest.mark.parametrize("somebody", ["", NURSE])
def test_only_the_head_nurse_decides(site: WardSite, somebody: str) -> None:
    before = evening_of_weekends(site)
    site.write_as(somebody)
    answer = sent(site, 4, 5)
    assert answer.status_code == 302
    assert "/who/" in answer.location
    assert evening_of_weekends(site) == before
    page = site.read("demand/", language="en")
    assert "Choose who is writing" in page
    assert "Accept the ticked lines" not in page


def test_a_roster_made_afterwards_asks_for_the_new_numbers(site: WardSite) -> None:
    sent(site, 4, 5)
    with site.installation.units() as unit:
        book = unit.books.get(WARD).book
    saturday = next(d for d in book.period if book.calendar.kind(d) is DayKind.WEEKEND)
    assert [d.minimum for d in demands_on(book, saturday) if d.shift == "EVENING"] == [4]
