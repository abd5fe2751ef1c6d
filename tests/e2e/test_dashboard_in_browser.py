"""Dashboard, plan, comparison, report, control and indicators in a real browser, over a real store."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from importlib.resources import files

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.quality_site import HEAD_NURSE, WARD, empty_of_records, fill, opened
from wardteam.bootstrap.wiring import create_web
from wardteam_web.serving import close_running, open_server

pytestmark = pytest.mark.browser

AXE = (files(axe_playwright_python) / "axe.min.js").read_text(encoding="utf-8")
PERIOD = "baseline_first=2025-01-01&baseline_last=2025-03-31&intervention_first=2025-02-01"
PAGES = {
    "dashboard": "quality/",
    "weekly": "quality/?by=week",
    "measure": "quality/bells/?by=week",
    "calls": "quality/bells/2026-05/",
    "sheets": "quality/satisfaction/2026-05/",
    "audits": "quality/audits_passed/2026-05/",
    "plan": "plan/",
    "new plan": "plan/new",
    "revision": "plan/PLAN-0001/edit",
    "comparison": "comparison/",
    "refused": f"comparison/?with=periods&{PERIOD}&intervention_last=2026-03-31",
    "targets": "comparison/?with=targets&period_first=2026-01-01&period_last=2026-03-31",
    "report": "report/?make=1",
    "month": "report/?make=1&edition=monthly&month=2026-05",
    "control": "control/?period_first=2026-01-01&period_last=2026-11-23",
    "indicators": "indicators/?quarter=2026Q2",
    "rows": "indicators/2026Q2/beds_to_nurses/",
    "demand": "demand/",
}
SCREENS = [("zh", 1440, "light"), ("en", 1440, "dark"), ("zh", 390, "dark"), ("en", 390, "light")]


def served(folder, write) -> Iterator[str]:
    with opened(folder, is_new=True) as installation:
        write(installation)
        server = open_server(create_web(installation), "127.0.0.1", 0, threads=8)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.effective_port}"
        close_running(server)
        thread.join(timeout=5)


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from served(tmp_path_factory.mktemp("ward") / "data", fill)


@pytest.fixture(scope="module")
def empty_ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from served(tmp_path_factory.mktemp("empty") / "data", empty_of_records)


def write_as_head_nurse(page: Page, site: str, language: str) -> None:
    page.goto(f"{site}/{language}/{WARD}/who/")
    page.locator("#staff_no").select_option(HEAD_NURSE)
    page.locator("main button[type=submit]").click()


@pytest.fixture(scope="module", params=SCREENS, ids=lambda screen: "-".join(map(str, screen)))
def screen(
    browser: Browser, ward: str, request: pytest.FixtureRequest
) -> Iterator[tuple[Page, str, list[str]]]:
    language, width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda sent: heard.append(sent.url) if "127.0.0.1" not in sent.url else None)
    write_as_head_nurse(page, ward, language)
    yield page, language, heard
    context.close()


def violations(page: Page) -> list[tuple[str, str]]:
    page.evaluate("document.fonts.ready")
    page.evaluate(AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [(v["id"], v["nodes"][0]["html"][:200]) for v in found["violations"]]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_quiet_and_within_its_width(
    screen: tuple[Page, str, list[str]], ward: str, name: str
) -> None:
    page, language, heard = screen
    heard.clear()
    answer = page.goto(f"{ward}/{language}/{WARD}/{PAGES[name]}")
    assert answer.status == 200
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert heard == []


@pytest.mark.parametrize("place", ["quality/", "plan/", "comparison/", "report/", "control/", "indicators/"])
def test_a_ward_without_records_is_accessible_too(browser: Browser, empty_ward: str, place: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(f"{empty_ward}/en/{WARD}/{place}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_the_report_comes_by_itself_after_its_hint(browser: Browser, ward: str) -> None:
    page = browser.new_page()
    page.goto(f"{ward}/en/{WARD}/report/?edition=monthly&month=2026-04", wait_until="commit")
    expect(page.locator(".qr")).to_be_visible(timeout=60_000)
    assert "make=1" in page.url
    page.close()


def test_a_point_is_reached_from_the_dashboard_by_keyboard(browser: Browser, ward: str) -> None:
    page = browser.new_page()
    page.goto(f"{ward}/en/{WARD}/quality/")
    page.locator("#bells h2 a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/quality/bells/")
    page.locator("table a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/quality/bells/2026-06/")
    assert page.locator("table").count() == 2
    page.close()


def test_a_draft_is_locked_on_the_page(browser: Browser, empty_ward: str) -> None:
    page = browser.new_page()
    write_as_head_nurse(page, empty_ward, "en")
    page.goto(f"{empty_ward}/en/{WARD}/plan/new")
    page.get_by_label("Name in Chinese", exact=True).fill("夜班方案")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Lock the plan").click()
    expect(page.locator(".state")).to_have_text("locked")
    page.close()
