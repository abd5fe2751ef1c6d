"""A served fake ward and a Chromium; skipped with a reason where there is none, failing where CI asks."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Browser, sync_playwright

from wardteam_web import create_app
from wardteam_web.serving import close_running, open_server


def _load_fake() -> ModuleType:
    name = "wardteam_fake_pages"
    if name not in sys.modules:
        path = Path(__file__).parents[1] / "web" / "fake_pages.py"
        spec = importlib.util.spec_from_file_location(name, path)
        if spec is None or spec.loader is None:
            raise ImportError(name)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """Serve the fake ward on a free port of this computer, and give its address."""
    server = open_server(create_app(_load_fake().FakePages()), "127.0.0.1", 0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    close_running(server)
    thread.join(timeout=5)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the Chromium that the system has."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        reason = "no Chromium on this computer"
        if os.environ.get("WARDTEAM_CI") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()
