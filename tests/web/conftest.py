"""The application over a fake ward, and a client for it."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from flask.testing import FlaskClient

from tests.web.quality_site import WardSite, empty_of_records, fill, opened, ward_site_of, without_past
from wardteam_web import create_app


def load_fake() -> ModuleType:
    """Load the fake ward once; tests are no package, so it has no import path of its own."""
    name = "wardteam_fake_pages"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / "fake_pages.py")
        if spec is None or spec.loader is None:
            raise ImportError(name)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


@pytest.fixture(scope="session")
def fake() -> ModuleType:
    return load_fake()


@pytest.fixture(scope="session")
def client(fake: ModuleType) -> FlaskClient:
    return create_app(fake.FakePages(), is_testing=True).test_client()


@pytest.fixture(scope="session")
def kept_ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fill an installation once; sites are copies of it."""
    folder = tmp_path_factory.mktemp("kept") / "ward"
    with opened(folder, is_new=True) as installation:
        fill(installation)
    return folder


@pytest.fixture(scope="session")
def lean_ward(kept_ward: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Leave out what only analysis reads, stays and past duties: every page reads the whole book."""
    folder = tmp_path_factory.mktemp("lean") / "ward"
    shutil.copytree(kept_ward, folder)
    with opened(folder) as installation:
        without_past(installation)
    return folder


@pytest.fixture
def capture_site(lean_ward: Path, tmp_path: Path) -> Iterator[WardSite]:
    """Give the pages of a ward of its own in which records are entered, by the head nurse."""
    with ward_site_of(lean_ward, tmp_path / "ward", slot="own") as site:
        yield site


@pytest.fixture
def ward_site(kept_ward: Path, tmp_path: Path) -> Iterator[WardSite]:
    """Give the pages of a ward of its own, where the head nurse writes."""
    with ward_site_of(kept_ward, tmp_path / "ward", slot="own") as site:
        yield site


@pytest.fixture(scope="module")
def shown_site(kept_ward: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WardSite]:
    """Give pages that a module's tests only look at."""
    with ward_site_of(kept_ward, tmp_path_factory.mktemp("shown") / "ward", slot="shown") as site:
        yield site


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[WardSite]:
    """Give the pages of a ward in which nothing has been captured."""
    with opened(tmp_path / "kept", is_new=True) as installation:
        empty_of_records(installation)
    with ward_site_of(tmp_path / "kept", tmp_path / "ward", slot="own") as site:
        yield site
