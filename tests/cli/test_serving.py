"""Serving two listeners: where the public one stands, that it ends, where its limits are counted."""

from __future__ import annotations

import io
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from wardteam.bootstrap.wiring import Installation, create_public_web, open_installation
from wardteam.cli import serving
from wardteam.cli.screen import Screen
from wardteam.config import Config
from wardteam.demo import demo_ward
from wardteam.errors import BadInput, Conflict
from wardteam.i18n import translator
from wardteam_web.public.app import Public


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with open_installation(Config(folder=tmp_path), is_new=True) as opened:
        with opened.units() as unit:
            unit.books.save(demo_ward(), expected_revision=None, by="test", at=opened.clock())
            unit.commit()
        yield opened


@pytest.fixture
def screen() -> Screen:
    made = Screen(translator("en"))
    made.console = Console(file=io.StringIO(), width=200)
    return made


def told(screen: Screen) -> str:
    return screen.console.file.getvalue()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("0.0.0.0:8443", ("0.0.0.0", 8443)),
        ("[::1]:80", ("::1", 80)),
        ("ward.example:0", ("ward.example", 0)),
    ],
)
def test_an_address_with_its_port_is_read(text: str, place: tuple[str, int]) -> None:
    assert serving.public_place(text) == place


@pytest.mark.parametrize("text", ["8443", ":8443", "host:", "host:port", "host:70000", "host:-1", "host:８"])
def test_what_is_no_address_with_a_port_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        serving.public_place(text)


def test_the_public_listener_lasts_as_long_as_its_block(installation: Installation, screen: Screen) -> None:
    with serving._public(installation, screen, ("127.0.0.1", 0)):
        found = re.search(r"127\.0\.0\.1:(\d+), and nothing else", told(screen))
        assert found is not None
        address = f"http://127.0.0.1:{found[1]}/q/"
        with urllib.request.urlopen(address) as answer:
            assert answer.status == 200
    assert "QR codes are left out" in told(screen)
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(address)


def test_a_taken_public_port_ends_the_start_in_words(installation: Installation, screen: Screen) -> None:
    with serving._public(installation, screen, ("127.0.0.1", 0)):
        found = re.search(r"127\.0\.0\.1:(\d+)", told(screen))
        assert found is not None
        with (
            pytest.raises(Conflict, match="can't be used"),
            serving._public(installation, screen, ("127.0.0.1", int(found[1]))),
        ):
            pass


@pytest.mark.parametrize(
    ("queue", "storage"),
    [
        ("", "memory://"),
        ("redis://127.0.0.1:6399/2", "redis://127.0.0.1:6399/2"),
        ("sqlite:///x", "memory://"),
    ],
)
def test_limits_are_counted_where_the_queue_is(
    installation: Installation, tmp_path: Path, queue: str, storage: str
) -> None:
    config = Config(folder=tmp_path, queue=queue)
    app = create_public_web(Installation(config, installation.units))
    public = app.extensions["wardteam-public"]
    assert isinstance(public, Public)
    assert public.limits.storage == storage
