"""Capture in a real browser: accessible, within its width, keyed without a mouse, phones without script."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from tests.web.quality_site import WARD, fill, opened
from wardteam.bootstrap.wiring import Installation, create_public_web, create_web
from wardteam.domain.control import Audit
from wardteam.domain.questionnaires import Mode, QuestionnaireSheet
from wardteam.services.call_jobs import IMPORT_CALLS
from wardteam.services.questionnaires import issue
from wardteam_web.serving import close_running, open_public_server, open_server

pytestmark = pytest.mark.browser
AXE = (files(axe_playwright_python) / "axe.min.js").read_text(encoding="utf-8")
LOG = "呼叫编号,床号,呼叫类型,呼叫时间,到达时间\nX1,01,换药,2026-11-20 08:00:00,2026-11-20 08:02:00\n"
PAGES = (
    *("who/", "records/", "records/days/", "records/events/E26-0001/", "records/symposia/S26-0001/history"),
    *(
        "records/actions/new",
        "audits/",
        "audits/A26-0011/",
        "audits/new?checklist=L0001",
        "checklists/L0001/",
    ),
    *("calls/", "calls/upload", "calls/tokens/new", "questionnaires/", "questionnaires/issue"),
    *("questionnaires/enter", "questionnaires/new?version=V1", "questionnaires/AQ0003/"),
    *("questionnaires/AQ0003/second", "questionnaires/versions/", "questionnaires/versions/new?old=V1"),
    *("questionnaires/import",),
)
SCREENS = [("zh", 1440, "light"), ("en", 390, "dark"), ("zh", 390, "light")]


@dataclass(frozen=True)
class Served:
    """The addresses of both listeners, and the installation behind them."""

    staff: str
    public: str
    installation: Installation

    def page(self, place: str, language: str = "zh") -> str:
        """Give a page's address."""
        return f"{self.staff}/{language}/{WARD}/{place}"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with opened(tmp_path_factory.mktemp("browser") / "ward", is_new=True) as installation:
        fill(installation)
        servers = (
            open_server(create_web(installation), "127.0.0.1", 0, threads=6),
            open_public_server(create_public_web(installation), "127.0.0.1", 0),
        )
        threads = [threading.Thread(target=server.run, daemon=True) for server in servers]
        for thread in threads:
            thread.start()
        places = [f"http://127.0.0.1:{server.effective_port}" for server in servers]
        yield Served(places[0], places[1], installation)
        for server, thread in zip(servers, threads, strict=True):
            close_running(server)
            thread.join(timeout=5)


def writing(page: Page, served: Served, staff_no: str = "H001") -> None:
    """Say who writes, by the keyboard alone."""
    page.goto(served.page("who/"))
    page.locator("#staff_no").focus()
    page.select_option("#staff_no", staff_no)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/")


@pytest.fixture
def desk(browser: Browser, served: Served) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    writing(page, served)
    yield page
    context.close()


def wrongs(page: Page) -> list[str]:
    """Give what axe finds, in short."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].target))")
    return list(found)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: "-".join(map(str, screen)))
def test_every_page_is_accessible_quiet_and_within_its_width(
    browser: Browser, served: Served, screen: tuple[str, int, str]
) -> None:
    language, width, scheme = screen
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    writing(page, served)
    found = {}
    for place in PAGES:
        page.goto(served.page(place, language))
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0 or (wrong := wrongs(page)):
            found[place] = f"{over} too wide" if over > 0 else wrong
    context.close()
    assert found == {}
    assert heard == []


def test_an_audit_is_keyed_without_a_mouse(desk: Page, served: Served) -> None:
    desk.goto(served.page("audits/new?checklist=L0001"))
    desk.locator("select[name='level']").focus()
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowDown")
    desk.locator("input[name='mark-i1']").first.focus()
    desk.keyboard.press("Space")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("Tab")
    desk.keyboard.type("漏签")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/audits/A26-0012/")
    with served.installation.units() as unit:
        kept = unit.captured.get(WARD, Audit, "A26-0012").record
    assert [(score.mark.value, score.note) for score in kept.scores] == [("met", ""), ("not_met", "漏签")]


def test_answers_are_keyed_digit_by_digit(desk: Page, served: Served) -> None:
    desk.goto(served.page("questionnaires/new?version=V1"))
    desk.locator("input[name='item-0']").first.focus()
    for key in "55-43" + "1101":
        desk.keyboard.press(key)
    desk.locator("button[value='keep']").press("Enter")
    desk.wait_for_url("**/questionnaires/Q*/")
    with served.installation.units() as unit:
        kept = unit.captured.all(WARD, QuestionnaireSheet)[-1].record
    assert kept.answers == (5, 5, None, 4, 3, 1, 1, 0, 1)


def test_a_file_of_calls_is_mapped_and_its_import_can_be_watched(
    desk: Page, served: Served, tmp_path: Path
) -> None:
    log = tmp_path / "calls.csv"
    log.write_text(LOG, encoding="utf-8")
    desk.goto(served.page("calls/upload"))
    desk.set_input_files("#file", log)
    desk.get_by_role("button", name="查看各列").click()
    desk.wait_for_url("**/calls/upload/*/")
    assert wrongs(desk) == []
    desk.get_by_role("button", name="导入", exact=True).click()
    desk.wait_for_url("**/calls/job/*/")
    assert wrongs(desk) == []
    units = served.installation.units
    with units() as unit:
        job = unit.jobs.latest(WARD, IMPORT_CALLS)
    assert job is not None
    from wardteam.bootstrap.job_handlers import handlers
    from wardteam.jobs.running import run_job

    clock = served.installation.clock
    run_job(units, job.code, "test", handlers(units, clock)[IMPORT_CALLS], clock=clock)
    desk.get_by_text("导入完成。").wait_for(timeout=5000)
    assert wrongs(desk) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_patient_answers_on_a_phone_without_script(browser: Browser, served: Served, scheme: str) -> None:
    clock = served.installation.clock
    issued = issue(served.installation.units, WARD, "V1", 1, Mode.QR, by="H001", clock=clock)
    size = {"width": 390, "height": 844}
    looked = browser.new_context(viewport=size, color_scheme=scheme)
    page = looked.new_page()
    page.goto(f"{served.public}/q/{issued.secrets[0]}?lang=en")
    assert wrongs(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    looked.close()
    context = browser.new_context(
        viewport=size, has_touch=True, java_script_enabled=False, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(f"{served.public}/q/?lang=en")
    page.locator("#code").fill(issued.secrets[0].upper())
    page.get_by_role("button").click()
    for group in page.locator("fieldset").all():
        group.locator("input").first.check(force=True)
    page.get_by_role("button", name="Send").click()
    assert page.get_by_role("heading", name="Thank you!").is_visible()
    page.goto(f"{served.public}/q/{issued.secrets[0]}?lang=en")
    assert "has been answered already" in page.content()
    context.close()
