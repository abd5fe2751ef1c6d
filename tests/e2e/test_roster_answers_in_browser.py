"""Repair, why, conflicts, swaps, fairness, demand and the notice in a real browser; a sick nurse replaced."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from tests.services.swap_kit import WARD, clock, day, keep
from tests.services.test_repair_borrow import teams_roster, teams_ward
from tests.web.quality_site import opened
from wardteam.bootstrap.wiring import Installation, create_web
from wardteam.domain.wishes import Wish, WishKind
from wardteam.services import swaps
from wardteam_web.serving import close_running, open_server

pytestmark = pytest.mark.browser
AXE = (files(axe_playwright_python) / "axe.min.js").read_text(encoding="utf-8")
PERIOD = "2026-12-07_2026-12-20"
ASKED = f"repair/?who=W001&first={day(0)}&last=&shift="
PAGES = {
    "repair": "repair/",
    "ways": ASKED,
    "why": f"roster/{PERIOD}/why/W001/{day(0)}/",
    "wishes": f"roster/{PERIOD}/wishes/",
    "own wishes": f"nurse/W001/{PERIOD}/wishes/",
    "prices": f"roster/{PERIOD}/prices/",
    "conflicts": f"roster/{PERIOD}/conflicts/",
    "fairness": "fairness/",
    "one nurse's fairness": "fairness/W001/",
    "swaps": "swaps/",
    "new swap": f"swaps/new?staff_no=W002&day={day(2)}",
    "swap": "swaps/X26-0001/",
    "demand": "demand/",
    "notice": f"roster/{PERIOD}/changes/",
}
SCREENS = [("zh", 1440, "light"), ("en", 390, "dark"), ("zh", 390, "light")]


@dataclass(frozen=True)
class Served:
    """The address of the pages, and the installation behind them."""

    address: str
    installation: Installation

    def page(self, place: str, language: str = "zh") -> str:
        """Give a page's address."""
        return f"{self.address}/{language}/{WARD}/{place}"


def serving(folder: Path) -> Iterator[Served]:
    """Serve the ward of six with its published roster, a refused wish and an open swap."""
    with opened(folder, is_new=True) as installation:
        keep(
            installation.units,
            teams_ward(wishes=(Wish("W001", day(0), WishKind.OFF, points=3),)),
            teams_roster(),
        )
        gift = {"days": (day(2),), "asks": (), "to": (), "by": "W002", "clock": clock}
        swaps.offer(installation.units, WARD, staff_no="W002", **gift)
        server = open_server(create_web(installation), "127.0.0.1", 0, threads=6)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield Served(f"http://127.0.0.1:{server.effective_port}", installation)
        close_running(server)
        thread.join(timeout=5)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    yield from serving(tmp_path_factory.mktemp("answers") / "ward")


@pytest.fixture(scope="module", params=SCREENS, ids=lambda screen: "-".join(map(str, screen)))
def screen(browser: Browser, served: Served, request: pytest.FixtureRequest) -> Iterator[tuple[Page, str]]:
    language, width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    writing(page, served)
    yield page, language
    context.close()


def writing(page: Page, served: Served) -> None:
    """Say that the head nurse writes."""
    page.goto(served.page("who/"))
    page.select_option("#staff_no", "H001")
    page.locator("main form button[type=submit]").click()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_within_its_width(
    screen: tuple[Page, str], served: Served, name: str
) -> None:
    page, language = screen
    answer = page.goto(served.page(PAGES[name], language))
    assert answer is not None
    assert answer.status == 200
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    page.evaluate(AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_sick_nurse_is_replaced_in_the_published_roster(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rooms = serving(tmp_path_factory.mktemp("sick") / "ward")
    served = next(rooms)
    page = browser.new_page(viewport={"width": 390, "height": 900})
    writing(page, served)
    page.goto(served.page("repair/", "en"))
    page.select_option("#who-0", "W001")
    page.fill("#first-0", day(0).isoformat())
    page.get_by_role("button", name="Show the ways").click()
    first = page.locator("article.way").first
    replaced = first.locator(".steps li").first.inner_text().split(",")[0]
    first.locator("input[name=reason]").fill("flu")
    first.locator("input[name=is_told]").check()
    first.get_by_role("button", name="Apply way 1").click()
    assert urlsplit(page.url).path.endswith(f"/roster/{PERIOD}/changes/")
    notice = page.locator("table.changes").inner_text()
    assert replaced in notice
    assert "Nurse 1" in notice
    assert "flu" not in page.content()
    with served.installation.units() as unit:
        roster = unit.rosters.at(WARD, day(0))
    assert roster.cell("W001", day(0)).code == "sick"
    assert page.request.get(served.page(f"roster/{PERIOD}/changes.pdf")).body().startswith(b"%PDF")
    page.close()
    next(rooms, None)
