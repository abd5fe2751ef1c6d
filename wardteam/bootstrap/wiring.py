"""Wires an installation together from its settings: store, clock, workshop with its handlers, web pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, cast

from wardteam.config import Config
from wardteam.domain.ward import WardSettings
from wardteam.errors import Message, NotFound
from wardteam.storage.engine import database_address, sqlite_file
from wardteam.storage.store import Store, create_store

if TYPE_CHECKING:
    from flask import Flask

    from wardteam.i18n import Language
    from wardteam.jobs.worker import Workshop
    from wardteam.services.desk import Desk
    from wardteam.services.ports import Clock, Job


def now() -> datetime:
    """Give the present moment."""
    return datetime.now(UTC)


def clock_on(day: date, clock: Clock = now) -> Clock:
    """Give a clock that shows the given date, at a ward's usual place, and this computer's time of day."""
    shift = day - clock().astimezone(WardSettings().zone).date()
    return lambda: clock() + shift


@dataclass(frozen=True)
class Installation:
    """An open installation: its settings, its store (which gives units of work), and its clock."""

    config: Config
    units: Store
    clock: Clock = now


@contextmanager
def open_installation(config: Config, *, clock: Clock = now, is_new: bool = False) -> Iterator[Installation]:
    """Open what the settings name, and close it again.

    Parameters
    ----------
    is_new
        Whether a missing SQLite file is made; else it is refused, so that a mistyped folder is noticed.

    Raises
    ------
    NotFound
        Where there is nothing yet in the folder.
    """
    file = sqlite_file(database_address(config.database_url))
    if not is_new and file is not None and not file.exists():
        text = "There is no ward data in {folder} yet; `wardteam init` makes it."
        raise NotFound(Message(text, folder=str(config.folder)))
    clock = clock if config.today is None else clock_on(config.today, clock)
    store = create_store(config.database_url, clock=clock)
    try:
        yield Installation(config, store, clock)
    finally:
        store.close()


@contextmanager
def open_workshop(installation: Installation) -> Iterator[Workshop]:
    """Open the installation's queue with a handler for every kind of job."""
    from wardteam.bootstrap.job_handlers import handlers
    from wardteam.jobs.queue import open_queue
    from wardteam.jobs.worker import Workshop

    config, units = installation.config, installation.units
    queue = open_queue(config.folder, installation=units.installation, url=config.queue)
    try:
        yield Workshop(units, queue, handlers(units, installation.clock), installation.clock)
    finally:
        queue.close()


def make_desk(installation: Installation, workshop: Workshop | None = None) -> Desk:
    """Make the desk of the staff pages; without a workshop, jobs wait in the database for a worker."""
    from wardteam.services.desk import Desk

    units, clock, config = installation.units, installation.clock, installation.config

    def leave(kind: str, ward: str, parameters: Mapping[str, object]) -> Job:
        with units() as unit:
            job = unit.jobs.add(kind, ward, parameters, at=clock())
            unit.commit()
        return job

    start = leave if workshop is None else workshop.submit
    return Desk(units, clock, config.folder, start, config.public_url.rstrip("/"))


def create_web(installation: Installation, workshop: Workshop | None = None) -> Flask:
    """Make the web pages over the installation's store."""
    from wardteam.bootstrap.pages import StorePages
    from wardteam.bootstrap.reading import WardReader
    from wardteam.bootstrap.secret import installation_secret
    from wardteam_web import create_app
    from wardteam_web.staff import Staff

    public_url = installation.config.public_url
    reader = WardReader(installation.units, installation.clock, public_url=public_url)
    staff = Staff(make_desk(installation, workshop), installation_secret(installation.config.folder))
    return create_app(StorePages(reader), staff=staff, default_language=_language(installation))


def create_public_web(installation: Installation) -> Flask:
    """Make the application of the public listener."""
    from wardteam_web.public.app import Limits, Public, create_public

    queue = installation.config.queue
    limits = Limits(storage=queue if queue.startswith(("redis://", "rediss://")) else "memory://")
    public = Public(installation.units, installation.clock, _language(installation), limits)
    return create_public(public)


def _language(installation: Installation) -> Language:
    return cast("Language", installation.config.language)  # checked by load_config
