"""A ward with small quality records in a real store, its staff pages, and a client that sends tokens."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.services.quality_case import quality_case
from wardteam.bootstrap.job_handlers import IMPORT_CALLS, handlers
from wardteam.bootstrap.pages import StorePages
from wardteam.bootstrap.reading import WardReader
from wardteam.bootstrap.wiring import Installation, make_desk, open_installation
from wardteam.config import Config
from wardteam.demo import demo_ward
from wardteam.domain.calls import BellCall
from wardteam.domain.control import (
    Action,
    ActionSource,
    Activity,
    ActivityKind,
    AdverseEvent,
    Audience,
    Audit,
    AuditLevel,
    Checklist,
    ChecklistItem,
    ControlArea,
    EventKind,
    EventLevel,
    ItemScore,
    Mark,
    Symposium,
)
from wardteam.errors import Named
from wardteam.jobs.running import run_job
from wardteam.services.call_columns import ENDINGS, REASONS, SOURCES, CallColumns
from wardteam.services.desk import Desk
from wardteam.services.ports import Job
from wardteam.services.quality_ports import Record
from wardteam_web import create_app
from wardteam_web.staff import Staff

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
TODAY = date(2026, 11, 23)
WARD = "demo"
HOME = f"/zh/{WARD}"
HEAD_NURSE, NURSE, OTHER_NURSE = "H001", "W001", "W002"
PUBLIC_URL = "https://ward.example"
CHECKLIST = Checklist(
    "L0001",
    date(2026, 1, 5),
    Named("查对制度检查表", "Checking rules"),
    ControlArea.CHECKING,
    (
        ChecklistItem("i1", Named("给药前核对身份", "Identity checked before medication"), 2, is_core=True),
        ChecklistItem("i2", Named("输液卡签名完整", "Infusion card signed"), 1),
    ),
)


def audit(code: str, day: date, team: str, second: Mark) -> Audit:
    """Give an audit whose first item is met."""
    scores = (ItemScore("i1", Mark.MET), ItemScore("i2", second, "" if second is Mark.MET else "漏签一处"))
    return Audit(code, day, CHECKLIST.code, AuditLevel.LEADER, team, NURSE, scores)


CONTROL: tuple[Record, ...] = (
    CHECKLIST,
    *(audit(f"A26-{n:04d}", date(2026, n, 10), str(1 + n % 5), Mark.MET) for n in range(1, 11)),
    audit("A26-0011", date(2026, 11, 12), "1", Mark.NOT_MET),
    Action(
        *("M26-0001", date(2026, 11, 1), ActionSource.AUDIT, "A26-0010", "漏签一处", "逐班检查", NURSE),
        *(date(2026, 11, 15), "1"),
    ),
    Activity(
        *("T26-0001", date(2026, 10, 8), ActivityKind.STUDY_SESSION, NURSE, "压力性损伤预防", "1", 12, 45)
    ),
    AdverseEvent("E26-0001", date(2026, 9, 3), EventKind.FALL, EventLevel.III, "2", "07"),
    Symposium(
        "S26-0001",
        date(2026, 9, 20),
        Audience.PATIENTS,
        {Audience.PATIENTS: 11, Audience.NURSES: 3},
        ("夜间走廊灯光太亮", "希望提前告知检查时间"),
        NURSE,
    ),
)


def single_calls(columns: CallColumns) -> Iterator[BellCall]:
    """Give columns as single calls."""

    def moment(name: str, row: int) -> datetime | None:
        seconds = float(getattr(columns, name)[row])
        return datetime.fromtimestamp(seconds, UTC) if seconds == seconds else None

    for row in range(len(columns)):
        yield BellCall(
            code=f"C{row:06d}",
            bed=columns.beds[columns.bed[row]],
            reason=REASONS[columns.reason[row]],
            placed=datetime.fromtimestamp(float(columns.placed[row]), UTC),
            answered=moment("answered", row),
            arrived=moment("arrived", row),
            cleared=moment("cleared", row),
            source=SOURCES[columns.source[row]],
            ended_by=ENDINGS[columns.ended_by[row]],
        )


def fill(installation: Installation) -> None:
    """Write the ward, its calls and its records."""
    case = quality_case()
    demo = demo_ward()
    book = replace(demo, stays=(*case.book.stays, *demo.stays))
    sheets = (replace(sheet, team=sheet.team.removeprefix("T")) for sheet in case.sheets)
    with installation.units() as unit:
        unit.books.save(book, expected_revision=None, by="test", at=NOW)
        unit.calls.take(WARD, list(single_calls(case.calls)))
        records = (*case.patient_days, *case.versions, *sheets, case.plan, *CONTROL)
        unit.captured.put_many(WARD, records, by=NURSE, at=NOW)
        unit.commit()


def empty_of_records(installation: Installation) -> None:
    """Write the ward alone."""
    with installation.units() as unit:
        unit.books.save(demo_ward(), expected_revision=None, by="test", at=NOW)
        unit.commit()


def without_past(installation: Installation) -> None:
    """Take stays and past duties out of the ward's book."""
    with installation.units() as unit:
        kept = unit.books.get(WARD)
        book = replace(kept.book, stays=(), history={}, wishes=())
        unit.books.save(book, expected_revision=kept.revision, by="test", at=NOW)
        unit.commit()


@contextmanager
def opened(folder: Path, *, is_new: bool = False, public_url: str = PUBLIC_URL) -> Iterator[Installation]:
    """Open the installation in a folder."""
    config = Config(folder=folder, public_url=public_url)
    with open_installation(config, clock=lambda: NOW, is_new=is_new) as installation:
        yield installation


@dataclass
class WardSite:
    """The staff pages of the ward `demo` with a client of their own; `by` writes where it isn't empty."""

    installation: Installation
    client: FlaskClient
    by: str = HEAD_NURSE
    _token: str = ""

    def __post_init__(self) -> None:
        self.write_as(self.by)

    def write_as(self, staff_no: str) -> None:
        """Write as somebody from now on; nobody where empty."""
        with self.client.session_transaction() as kept:
            kept["by"] = staff_no

    def get(self, place: str, *, language: str = "zh", **query: Any) -> TestResponse:
        """Open a page of the ward."""
        return self.client.get(f"/{language}/{WARD}/{place}", query_string=query)

    def read(self, place: str, *, language: str = "zh", **query: Any) -> str:
        """Give a page's text; it must be there."""
        answer = self.get(place, language=language, **query)
        if answer.status_code != 200:
            raise LookupError(f"{place}: {answer.status_code} {answer.location or answer.text[-600:]}")
        return answer.text

    def token(self) -> str:
        """Give the token of this browser's forms."""
        if not self._token:
            found = re.search(r'name="csrf_token" value="([^"]+)"', self.client.get(f"{HOME}/who/").text)
            if found is None:
                raise LookupError("no token")
            self._token = found[1]
        return self._token

    def send(self, place: str, fields: Mapping[str, Any], *, language: str = "zh") -> TestResponse:
        """Send a form with its token."""
        data = {"csrf_token": self.token(), **fields}
        return self.client.post(f"/{language}/{WARD}/{place}", data=data)

    def work_off(self, kind: str = IMPORT_CALLS) -> Job:
        """Run the newest job of a kind as a worker would, and give its row."""
        units, clock = self.installation.units, self.installation.clock
        work = handlers(units, clock)[kind]
        with units() as unit:
            job = unit.jobs.latest(WARD, kind)
        if job is None:
            raise LookupError(kind)
        return run_job(units, job.code, "test", work, clock=clock).job


def _new_app() -> Flask:
    pages = StorePages(WardReader(_nothing_open, _nothing_open))
    return create_app(pages, staff=Staff(_no_desk(), b"test"), is_testing=True)


@cache
def _shared_app(slot: str) -> Flask:  # an application a slot
    """Make an application once: its rules and templates cost more than a test does."""
    return _new_app()


def _nothing_open() -> NoReturn:
    raise LookupError("no site is open")


def _no_desk() -> Desk:
    return Desk(_nothing_open, _nothing_open, Path(), _nothing_open)


@contextmanager
def ward_site_of(
    kept: Path, folder: Path, *, public_url: str = PUBLIC_URL, slot: str = ""
) -> Iterator[WardSite]:
    """Open pages over a copy of a kept installation; of the sites of one `slot`, the last opened answers."""
    shutil.copytree(kept, folder)
    with opened(folder, public_url=public_url) as installation:
        app = _shared_app(slot) if slot else _new_app()
        app.extensions["wardteam"] = replace(
            app.extensions["wardteam"], pages=StorePages(WardReader(installation.units, installation.clock))
        )
        app.extensions["wardteam-staff"] = Staff(make_desk(installation), b"test")
        yield WardSite(installation, app.test_client())
