"""Measure how fast call systems' files are taken in and the quality report is made, on invented data."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from wardteam.bootstrap.apart import Cost, run_apart
from wardteam.bootstrap.wiring import Installation, open_installation
from wardteam.config import Config
from wardteam.i18n import Language

if TYPE_CHECKING:
    from wardteam.domain.calls import BellCall
    from wardteam.domain.quality import QualityRecords

BY = "bench"
MOST_IMPORT_SECONDS = 60.0
MOST_IMPORT_MB = 600
MOST_REPORT_SECONDS = 10.0
_CALLS_AT_ONCE = 20_000
_WIDEST_SHIFT = 6 * 3600


@dataclass(frozen=True)
class ImportCost:
    """One import of a file: its rows, how many were added and refused, and what it cost."""

    file: str
    rows: int
    added: int
    refused: int
    cost: Cost


@dataclass(frozen=True)
class ReportCost:
    """The nine-part report made twice, each time in a process of its own.

    `steps` are the seconds of the first run's steps: reading, building, and each form; `differing` are
    the forms whose bytes are not the same again.
    """

    calls: int
    questionnaires: int
    days: int
    steps: dict[str, float]
    first: Cost
    again: Cost
    differing: tuple[str, ...] = ()


@dataclass(frozen=True)
class QualityBench:
    """All that was measured: each file imported and imported again, and the report."""

    imports: tuple[ImportCost, ...]
    report: ReportCost

    @property
    def is_good(self) -> bool:
        """Whether nothing is added twice, both reports have the same bytes, and every limit is kept."""
        firsts, again = self.imports[::2], self.imports[1::2]
        return (
            all(one.added == one.rows for one in firsts)
            and not any(one.added for one in again)
            and all(_keeps_limits(one.cost) for one in self.imports)
            and not self.report.differing
            and max(self.report.first.seconds, self.report.again.seconds) <= MOST_REPORT_SECONDS
        )


def _keeps_limits(cost: Cost) -> bool:
    return cost.seconds <= MOST_IMPORT_SECONDS and (cost.peak_mb or 0) <= MOST_IMPORT_MB


def import_costs(*, calls: int, excel_calls: int) -> Iterator[ImportCost]:
    """Import a CSV file of calls, twice, then an Excel file of others, twice, into a new installation."""
    with TemporaryDirectory(prefix="wardteam-bench-") as place:
        folder = Path(place)
        run_apart(make_files, folder, calls, excel_calls)
        for file in ("calls.csv", "calls.xlsx"):
            for _ in range(2):
                done = run_apart(import_file, folder, folder / file)
                yield ImportCost(file, *done.answer, done.cost)


def report_cost(*, calls: int, language: Language = "zh") -> ReportCost:
    """Make the report of the demo's two periods with at least so many calls, twice, and compare the bytes."""
    with TemporaryDirectory(prefix="wardteam-bench-") as place:
        folder = Path(place)
        kept = run_apart(fill, folder, calls).answer
        runs = [run_apart(make_report, folder, language) for _ in range(2)]
    (sums, steps), (sums_again, _) = (run.answer for run in runs)
    differing = tuple(form for form, digest in sums.items() if sums_again[form] != digest)
    return ReportCost(*kept, steps, runs[0].cost, runs[1].cost, differing)


def make_files(folder: Path, calls: int, excel_calls: int) -> None:
    """Keep the demo ward in the folder, and write the two files of its calls beside it."""
    from wardteam.demo.many_calls import HEADINGS, call_rows
    from wardteam.exchange.call_log.file_writing import write_call_file

    with _opened(folder) as (installation, ward), installation.units() as unit:
        book = unit.books.get(ward).book
    staff = tuple(nurse.staff_no for nurse in book.nurses)
    for file, prefix, count in (("calls.csv", "C", calls), ("calls.xlsx", "X", excel_calls)):
        rows = call_rows(count, beds=book.beds, staff=staff, prefix=prefix)
        write_call_file(folder / file, HEADINGS, rows)


def import_file(folder: Path, file: Path) -> tuple[int, int, int]:
    """Import a file as the command does; give rows read, added and refused."""
    from wardteam.domain.calls import ImportStep
    from wardteam.services.call_import import guess_mapping, import_calls, read_head

    with _opened(folder) as (installation, ward):
        mapping = guess_mapping(read_head(file))
        units, clock, refused = installation.units, installation.clock, folder / "refused.csv"
        found = import_calls(units, ward, file, mapping, by=BY, clock=clock, refused_path=refused)
    bad = sum(count for step, count in found.ledger.items() if step.is_refusal)
    return found.ledger.get(ImportStep.READ, 0), found.ledger.get(ImportStep.ADDED, 0), bad


def fill(folder: Path, calls: int) -> tuple[int, int, int]:
    """Keep the demo's quality records with more calls; give calls, valid questionnaires and days."""
    from wardteam.bootstrap.demo_records import keep_records
    from wardteam.demo import demo_quality

    records = demo_quality()
    more = replace(records, calls=tuple(repeated_calls(records, calls)))
    with _opened(folder) as (installation, ward):
        keep_records(installation, ward, more, seed=7, by=BY)
    spans = (records.plan.baseline.span, records.plan.intervention.span)
    valid = sum(sheet.is_returned and sheet.invalid is None for sheet in records.sheets)
    return len(more.calls), valid, sum(len(span) for span in spans)


def repeated_calls(records: QualityRecords, count: int) -> Iterator[BellCall]:
    """Give the calls, again and again at other times of their days, until there are `count` of them."""
    yield from records.calls
    rounds = -(-count // len(records.calls)) - 1
    again = (_later(call, number) for number in range(1, rounds + 1) for call in records.calls)
    yield from islice(again, max(0, count - len(records.calls)))


def _later(call: BellCall, number: int) -> BellCall:
    """Give the same call at another moment, some hours nearer to the middle of its day."""
    seconds = 1 + number * 7919 % _WIDEST_SHIFT
    shift = timedelta(seconds=seconds if call.placed.hour < 12 else -seconds)

    def moved(moment: datetime | None) -> datetime | None:
        return None if moment is None else moment + shift

    return replace(
        call,
        code=f"{call.code}-{number}",
        placed=call.placed + shift,
        answered=moved(call.answered),
        arrived=moved(call.arrived),
        cleared=moved(call.cleared),
    )


def make_report(folder: Path, language: Language) -> tuple[dict[str, str], dict[str, float]]:
    """Read the records and make the report in every form; give the forms' sums and the steps' seconds."""
    from wardteam.bootstrap.quality_papers import FORMS, QualityPapers
    from wardteam.bootstrap.reading import WardReader

    sums: dict[str, str] = {}
    steps: dict[str, float] = {}
    with _opened(folder) as (installation, ward):
        moment = installation.clock().replace(hour=4, minute=0, second=0, microsecond=0)
        papers = QualityPapers(WardReader(installation.units, lambda: moment), language, ward)
        with _timed(steps, "read"):
            papers.data  # noqa: B018  # read once, and kept
        with _timed(steps, "build"):
            papers.report  # noqa: B018  # built once, and kept
        for form in FORMS:
            with _timed(steps, form):
                sums[form] = sha256(papers.make(form)).hexdigest()
    return sums, steps


@contextmanager
def _timed(steps: dict[str, float], name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    steps[name] = time.perf_counter() - began


@contextmanager
def _opened(folder: Path) -> Iterator[tuple[Installation, str]]:
    """Open the installation in the folder, with the demo ward in it, on the demo's date."""
    from wardteam.demo import demo_ward
    from wardteam.demo.cast import TODAY

    with open_installation(Config(folder, today=TODAY), is_new=True) as installation:
        with installation.units() as unit:
            codes = unit.books.codes()
            if not codes:
                book = demo_ward()
                unit.books.save(book, expected_revision=None, by=BY, at=installation.clock())
                unit.commit()
                codes = (book.ward.code,)
        yield installation, codes[0]
