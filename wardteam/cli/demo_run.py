"""The demo's steps, each with its status, objective, bound and time, from the empty store to the figures."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from wardteam.bootstrap.apart import peak_megabytes
from wardteam.bootstrap.demo_records import keep_records, with_past
from wardteam.bootstrap.document_set import (
    Piece,
    comparison_pieces,
    report_pieces,
    roster_pieces,
    sheet_pieces,
    workbook_piece,
)
from wardteam.bootstrap.papers import Papers
from wardteam.bootstrap.reading import Planned, WardReader
from wardteam.bootstrap.wiring import Installation, open_installation
from wardteam.cli.comparison_lines import show_comparison
from wardteam.cli.demo_folder import DemoFolder
from wardteam.cli.job_view import run_roster_job
from wardteam.cli.outcome import drafted_version, kept_record, show_outcome, stored_report
from wardteam.cli.screen import Screen
from wardteam.cli.session import Session
from wardteam.cli.writing import write_pieces
from wardteam.config import Config
from wardteam.demo.cast import TODAY
from wardteam.domain.calendar import Period
from wardteam.domain.plans import TeamPlan
from wardteam.domain.ward import WardBook
from wardteam.errors import Message
from wardteam.services import roster_cases as cases

if TYPE_CHECKING:
    from wardteam.domain.documents import TeamsReport
    from wardteam.services.roster_report import RosterReport

BY = "demo"
WORKERS = 2


@dataclass
class DemoRun:
    """One run of the demo in its folder."""

    folder: DemoFolder
    installation: Installation
    session: Session
    seed: int
    started: float

    @staticmethod
    @contextmanager
    def opened(folder: DemoFolder, session: Session, *, seed: int) -> Iterator[DemoRun]:
        """Open the demo's own store; the environment's settings do not apply to it."""
        started = time.monotonic()
        config = Config(folder=folder.data, language=session.language, today=TODAY)
        with open_installation(config, is_new=True) as installation:
            yield DemoRun(folder, installation, session, seed, started)

    @property
    def screen(self) -> Screen:
        """Where it is shown."""
        return self.session.screen

    @contextmanager
    def step(self, title: Message) -> Iterator[None]:
        """Head a step, and say how long it took."""
        began = time.monotonic()
        self.screen.heading(title)
        yield
        self.screen.good("done in {seconds} s", seconds=f"{time.monotonic() - began:.1f}")

    def play(self, *, seconds: float) -> None:
        """Run all steps."""
        with self.step(Message("Demo ward")):
            book = self._make_ward()
        ward, period = book.ward.code, book.period or Period.month(2026, 12)
        with self.step(Message("Responsibility teams")):
            teams = self._make_teams(ward, period)
        with self.step(Message("Bed owners")):
            self._make_beds(ward, period)
        with self.step(Message("Making the roster")):
            report = self._make_roster(ward, period, seconds)
        with self.step(Message("Cover")):
            self._make_cover(ward, period)
        with self.step(Message("Publishing")):
            self._publish(ward, period, report)
        with self.step(Message("Documents")):
            self._write_documents(ward, period, teams)
        with self.step(Message("Quality figures")):
            self._compare(ward)
        self._sum_up()

    def _make_ward(self) -> WardBook:
        from wardteam.demo import demo_photos, demo_quality, demo_ward
        from wardteam.exchange.photos import clean_photo

        book = demo_ward(self.seed)
        code = book.ward.code
        photos = demo_photos(book, self.seed)
        with self.installation.units() as unit:
            dated = with_past(book, self.seed)
            unit.books.save(dated, expected_revision=None, by=BY, at=self.installation.clock())
            for nurse in book.nurses:
                if nurse.staff_no in photos:
                    unit.photos.put(code, nurse.photo, clean_photo(photos[nurse.staff_no]))
            unit.commit()
        records = demo_quality(self.seed)
        keep_records(self.installation, code, records, seed=self.seed, by=BY)
        text = (
            "{nurses} nurses, {beds} beds, {patients} patients, {wishes} wishes; "
            "{calls} bell calls, {answers} questionnaires"
        )
        self.screen.line(
            text,
            nurses=len(book.staff(book.period.first if book.period else date.max)),
            beds=len(book.beds),
            patients=sum(stay.discharged is None for stay in book.stays),
            wishes=len(book.wishes),
            calls=len(records.calls),
            answers=sum(sheet.is_returned for sheet in records.sheets),
        )
        return book

    def _make_teams(self, ward: str, period: Period) -> TeamPlan:
        units, clock = self.installation.units, self.installation.clock
        plan = cases.make_teams(units, ward, on=period.first, by=BY, clock=clock, seed=self.seed)
        self.screen.record(plan.record)
        self.screen.line("Moves to another team: {count}", count=len(plan.moves))
        self.screen.list(plan.notes)
        return plan

    def _make_beds(self, ward: str, period: Period) -> None:
        units, clock = self.installation.units, self.installation.clock
        plan = cases.make_beds(units, ward, on=period.first, by=BY, clock=clock, seed=self.seed)
        self.screen.record(plan.record)
        self.screen.line("Beds whose owner changes: {count}", count=len(plan.changes))
        self.screen.list(plan.notes)

    def _make_roster(self, ward: str, period: Period, seconds: float) -> RosterReport:
        job = run_roster_job(
            self.installation,
            self.screen,
            ward,
            period,
            seconds=seconds,
            seed=self.seed,
            workers=WORKERS,
            by=BY,
        )
        drafted_version(job)
        report = stored_report(self.installation, ward, period)
        show_outcome(self.screen, kept_record(self.installation, ward, "roster"), report, most=8)
        return report

    def _make_cover(self, ward: str, period: Period) -> None:
        cover = cases.make_cover(self.installation.units, ward, period, clock=self.installation.clock)
        self.screen.record(cover.record)
        covered = sum(c.is_cover for c in cover.covers)
        text = "{held} beds held day by day, {covered} of them as cover"
        self.screen.line(text, held=len(cover.covers), covered=covered)
        self.screen.list(cover.notes, most=8)

    def _publish(self, ward: str, period: Period, report: RosterReport) -> None:
        if report.hard or report.shortages:
            self.screen.warn("Kept as a draft: a shortage is confirmed by people only.")
            return
        units, clock = self.installation.units, self.installation.clock
        version = cases.stored_roster(units, ward, period).version
        cases.publish(units, ward, period, version, by=BY, clock=clock)
        self.screen.line("Version {version} is published.", version=version)

    def _write_documents(self, ward: str, period: Period, teams: TeamPlan) -> None:
        reader = WardReader(self.installation.units, self.installation.clock)
        papers = Papers(reader, self.session.language)
        planned = reader.planned(ward, period)
        if planned is None:
            return
        write_pieces(self.screen, self.folder.documents, self._pieces(papers, planned, teams))

    def _pieces(self, papers: Papers, planned: Planned, plan: TeamPlan) -> Iterator[Piece]:
        from wardteam.services.documents import teams_report

        day = planned.roster.period.first
        photos = papers.reader.photos(planned.book, planned.revision)
        report: TeamsReport = teams_report(planned.book, plan, photos=photos)
        yield from sheet_pieces(papers, planned)
        yield from roster_pieces(papers, planned, day, report)
        yield workbook_piece(papers, planned.book.ward.code)
        yield from comparison_pieces(papers, planned.book.ward.code)
        yield from report_pieces(papers, planned.book.ward.code)

    def _compare(self, ward: str) -> None:
        comparison = WardReader(self.installation.units, self.installation.clock).comparison(ward)
        if comparison is not None:
            show_comparison(self.screen, comparison)

    def _sum_up(self) -> None:
        text = "The documents are in {folder}; the ward's data are in {data}."
        self.screen.good(
            text, folder=str(self.folder.documents.resolve()), data=str(self.folder.data.resolve())
        )
        total = f"{time.monotonic() - self.started:.0f}"
        memory = peak_megabytes()
        if memory is None:
            self.screen.good("{seconds} s in all.", seconds=total)
        else:
            self.screen.good(
                "{seconds} s in all, at most {memory} MB of memory.", seconds=total, memory=memory
            )
