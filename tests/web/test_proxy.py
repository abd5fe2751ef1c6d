"""The public listener behind a reverse proxy on the same computer: who asked is who the proxy says."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask, request
from waitress.server import BaseWSGIServer, MultiSocketServer

from wardteam_web.serving import close_running, open_public_server, open_server

Opened = Callable[[Flask, str, int], MultiSocketServer | BaseWSGIServer]


@contextmanager
def serving(open_it: Opened) -> Iterator[int]:
    app = Flask("asked")
    app.add_url_rule("/", "who", lambda: request.remote_addr or "")
    server = open_it(app, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield int(getattr(server, "effective_port", 0) or server.effective_listen[0][1])
    finally:
        close_running(server)
        thread.join(timeout=5)


def who(port: int, forwarded: str = "") -> str:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/", headers=headers)
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return answer.read().decode("ascii")


@pytest.mark.parametrize(
    ("open_it", "forwarded", "expected"),
    [
        (open_public_server, "", "127.0.0.1"),
        (open_public_server, "192.0.2.7", "192.0.2.7"),
        # What a phone made up stands first; the proxy's own word comes last.
        (open_public_server, "203.0.113.9, 192.0.2.7", "192.0.2.7"),
        (open_server, "192.0.2.7", "127.0.0.1"),
    ],
)
def test_only_the_public_listener_believes_its_proxy(open_it: Opened, forwarded: str, expected: str) -> None:
    with serving(open_it) as port:
        assert who(port, forwarded) == expected
