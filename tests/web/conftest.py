"""The application over a fake ward, and a client for it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from flask.testing import FlaskClient

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
