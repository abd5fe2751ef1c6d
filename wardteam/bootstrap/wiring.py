"""Wires an installation together from its settings: store, clock, workshop with its handlers, web pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, cast

from wardteam.config import Config
from wardteam.errors import Message, NotFound
from wardteam.storage.engine import database_address, sqlite_file
from wardteam.storage.store import Store, create_store

if TYPE_CHECKING:
    from flask import Flask

    from wardteam.jobs.worker import Workshop
    from wardteam.services.ports import Clock


def now() -> datetime:
    """Give the present moment."""
    return datetime.now(UTC)


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


def create_web(installation: Installation) -> Flask:
    """Make the web pages over the installation's store."""
    from wardteam.bootstrap.pages import StorePages
    from wardteam.bootstrap.reading import WardReader
    from wardteam_web import create_app

    language = cast(Literal["zh", "en"], installation.config.language)  # checked by load_config
    reader = WardReader(installation.units, installation.clock)
    return create_app(StorePages(reader), default_language=language)
