"""Headers, the Host check, and the refusal to serve any address but the loopback one."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest
from flask.testing import FlaskClient

import wardteam_web
from wardteam.errors import Conflict
from wardteam.i18n import translator
from wardteam_web import create_app
from wardteam_web.serving import open_server, refuse_open_address

ROOM = Path(wardteam_web.__file__).parent
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


@pytest.mark.parametrize(
    "address", ["/zh/w7/", "/zh/nowhere/", "/static/css/base.css", "/ward.css", "/favicon.ico"]
)
def test_every_answer_carries_the_strict_policy(client: FlaskClient, address: str) -> None:
    with client.get(address) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "localhost:80", "[::1]:8080", "127.0.0.7"])
def test_loopback_names_are_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/zh/w7/help/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "192.168.1.4:8080", "localhost.evil.example", "[2001:db8::1]"]
)
def test_a_foreign_host_name_is_refused(client: FlaskClient, host: str) -> None:
    assert client.get("/zh/w7/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(client: FlaskClient, method: str) -> None:
    assert client.open("/zh/w7/", method=method).status_code == 405


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.0.9", "::", "ward.example"])
def test_an_open_address_is_refused_with_the_reason(host: str) -> None:
    with pytest.raises(Conflict) as refusal:
        refuse_open_address(host)
    assert "目前还没有账号" in translator("zh")(refusal.value.message)
    assert "accounts yet" in translator("en")(refusal.value.message)


def test_a_taken_port_is_said_in_words(fake: ModuleType) -> None:
    app = create_app(fake.FakePages())
    server = open_server(app, "127.0.0.1", 0)
    try:
        with pytest.raises(Conflict, match="can't be used"):
            open_server(app, "127.0.0.1", int(server.effective_port))
    finally:
        server.close()


def test_no_template_has_an_inline_style_or_script() -> None:
    for path in (ROOM / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|\son(?!ward=)\w+=|<script(?![^>]*src=)", text), path.name


def test_nothing_in_the_room_names_an_outside_address() -> None:
    for path in [*ROOM.rglob("*.html"), *ROOM.rglob("*.css"), *ROOM.rglob("*.js")]:
        found = re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", path.read_text(encoding="utf-8"))
        assert found == [], path.name
