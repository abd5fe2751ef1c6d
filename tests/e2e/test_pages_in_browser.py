"""The pages in a real browser: accessible, quiet, within their width, moved by keyboard, printed."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from io import BytesIO

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

pytestmark = pytest.mark.browser

# Read here: the package's own reading fails where the locale isn't UTF-8.
AXE = (files(axe_playwright_python) / "axe.min.js").read_text(encoding="utf-8")

PAGES = {
    "overview": "w7/",
    "roster": "w7/roster/2026-05/",
    "nurse": "w7/nurse/N012/2026-05/",
    "teams": "w7/teams/",
    "day": "w7/day/2026-05-14/",
    "noticeboard": "w7/noticeboard/",
    "comparison": "w7/comparison/",
    "help": "w7/help/",
    "missing": "w7/nothing/",
}
SCREENS = [("zh", 1440, "light"), ("en", 1440, "dark"), ("zh", 390, "dark"), ("en", 390, "light")]


@pytest.fixture(scope="module", params=SCREENS, ids=lambda screen: "-".join(map(str, screen)))
def screen(browser: Browser, request: pytest.FixtureRequest) -> Iterator[tuple[Page, str, list[str]]]:
    language, width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda sent: heard.append(sent.url) if "127.0.0.1" not in sent.url else None)
    yield page, language, heard
    context.close()


@pytest.fixture
def wide(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def sheet(browser: Browser, site: str) -> Iterator[Page]:
    """Open the roster once for all that only move in it."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{site}/zh/w7/roster/2026-05/")
    yield page
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_quiet_and_within_its_width(
    screen: tuple[Page, str, list[str]], site: str, name: str
) -> None:
    page, language, heard = screen
    heard.clear()
    page.goto(f"{site}/{language}/{PAGES[name]}")
    page.evaluate("document.fonts.ready")
    page.evaluate(AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [text for text in heard if not (name == "missing" and "404" in text)] == []


@pytest.mark.parametrize(
    ("keys", "nurse", "day"),
    [
        ([], 0, 0),
        (["ArrowRight", "ArrowRight", "ArrowDown"], 1, 2),
        (["ArrowLeft", "ArrowUp"], 0, 0),
        (["End"], 0, 30),
        (["PageDown", "End", "Home"], 10, 0),
        (["Control+End"], 43, 30),
        (["Control+End", "ArrowDown", "ArrowRight"], 43, 30),
        (["Control+End", "Control+Home"], 0, 0),
    ],
)
def test_the_keyboard_moves_through_the_cells(sheet: Page, keys: list[str], nurse: int, day: int) -> None:
    sheet.locator(".sheet .cell[tabindex='0']").focus()
    for key in ["Control+Home", *keys]:
        sheet.keyboard.press(key)
    assert sheet.evaluate(
        """() => { const cell = document.activeElement, row = cell.parentElement;
        const rows = [...document.querySelectorAll('.sheet tbody tr:not(.team-line)')];
        return [rows.indexOf(row), [...row.querySelectorAll('.cell')].indexOf(cell)]; }"""
    ) == [nurse, day]
    assert sheet.locator(".sheet .cell[tabindex='0']").count() == 1


def test_the_focused_cell_is_said_in_words(sheet: Page) -> None:
    sheet.locator(".sheet .cell[tabindex='0']").focus()
    sheet.keyboard.press("Control+Home")
    words = sheet.locator("[data-readout]").inner_text().split("\n")
    assert words[:3] == ["林晓雯", "5月1日 星期五", "白班"]


def test_one_team_alone_is_shown_and_moved_through(wide: Page, site: str) -> None:
    wide.goto(f"{site}/zh/w7/roster/2026-05/")
    wide.get_by_role("button", name="第二组").click()
    assert wide.locator(".sheet tbody:visible").count() == 1
    assert wide.locator(".sheet tbody:visible tr:not(.team-line)").count() == 9
    wide.locator(".sheet tbody:visible .cell").first.click()
    wide.keyboard.press("Control+End")
    assert wide.evaluate("document.activeElement.closest('tbody').dataset.team") == "2"


def test_the_head_of_the_sheet_and_the_names_stay_in_view(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{site}/zh/w7/roster/2026-05/")
    page.get_by_role("button", name="整表").click()
    frame = page.locator(".sheet-frame")
    before = page.locator("tbody th.name").first.bounding_box()
    frame.evaluate("element => { element.scrollLeft = 500; }")
    after = page.locator("tbody th.name").first.bounding_box()
    assert before is not None
    assert after is not None
    assert before["x"] == after["x"]
    page.close()


def test_a_phone_shows_one_view_of_the_roster_at_a_time(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{site}/en/w7/roster/2026-05/")
    shown = []
    for name in ("By day", "By nurse", "Whole table"):
        page.get_by_role("button", name=name).click()
        shown.append(page.locator(".view:visible").get_attribute("aria-label"))
    assert shown == ["By day", "By nurse", "Whole table"]
    page.close()


def test_the_switch_between_light_and_dark_is_kept(wide: Page, site: str) -> None:
    wide.goto(f"{site}/zh/w7/help/")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = wide.evaluate(ground)
    button = wide.locator("[data-theme-switch]")
    button.click()
    button.click()
    dark = wide.evaluate(ground)
    assert dark != light
    wide.goto(f"{site}/en/w7/teams/")
    assert wide.evaluate(ground) == dark


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080), (3840, 2160)])
def test_the_noticeboard_fills_the_screen_without_overflowing(
    browser: Browser, site: str, width: int, height: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{site}/zh/w7/noticeboard/")
    page.evaluate("document.fonts.ready")
    page.wait_for_function("document.querySelector('[data-fit]').style.getPropertyValue('--board-size')")
    box = page.evaluate(
        "() => { const b = document.querySelector('[data-fit]');"
        "return [b.scrollHeight - b.clientHeight, b.scrollWidth - b.clientWidth, b.clientHeight]; }"
    )
    assert box[0] <= 0
    assert box[1] <= 0
    assert box[2] > height * 0.85
    page.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_roster_prints_one_page_wide_with_every_day(browser: Browser, site: str, language: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="dark")
    page.goto(f"{site}/{language}/w7/roster/2026-05/")
    page.evaluate("document.fonts.ready")
    reader = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    assert len(reader.pages) <= 2
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [842, 595]
    text = reader.pages[0].extract_text()
    assert "31" in text
    assert ("夜时" if language == "zh" else "Night h") in text
    assert ("结余" if language == "zh" else "Balance") not in text


def test_the_noticeboard_prints_on_one_a3_page(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{site}/zh/w7/noticeboard/")
    reader = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    assert len(reader.pages) == 1
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [1191, 842]
