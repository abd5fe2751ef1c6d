"""Serving from the command line: staff pages on this computer, a worker, and the public listener if asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from wardteam.bootstrap.wiring import Installation, create_public_web, create_web, open_workshop
from wardteam.cli.screen import Screen
from wardteam.errors import BadInput, Conflict, Finding, Message

if TYPE_CHECKING:
    from flask import Flask
    from waitress.server import BaseWSGIServer, MultiSocketServer

TRIED_PORTS = 20
NOT_A_PLACE = Message("An address and a port such as 0.0.0.0:8443 were expected.")


def serve_pages(
    installation: Installation,
    screen: Screen,
    host: str,
    port: int,
    *,
    takes_next: bool = False,
    public: str = "",
) -> None:
    """Serve until Ctrl-C: the pages with a worker for long jobs, and what phones and call systems reach.

    Parameters
    ----------
    takes_next
        Whether the next free port is taken where one is in use.
    public
        HOST:PORT of the public listener; none where empty.
    """
    from wardteam.jobs.worker import LocalWorker

    place = public_place(public) if public else None
    with open_workshop(installation) as workshop:
        server = _opened(create_web(installation, workshop), host, port, takes_next=takes_next)
        with LocalWorker(workshop), _public(installation, screen, place):
            shown = f"[{host}]" if ":" in host else host
            screen.good(
                "The pages are at http://{host}:{port}/ (Ctrl-C ends them).", host=shown, port=_port(server)
            )
            try:
                server.run()
            except KeyboardInterrupt:
                pass
            finally:
                server.close()
    screen.line("The pages are no longer served.")


def public_place(text: str) -> tuple[str, int]:
    """Read HOST:PORT.

    Raises
    ------
    BadInput
        Where it is none.
    """
    host, separator, port = text.rpartition(":")
    if not separator or not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise BadInput((Finding("--public", NOT_A_PLACE, value=text),))
    return host.strip("[]"), int(port)


@contextmanager
def _public(installation: Installation, screen: Screen, place: tuple[str, int] | None) -> Iterator[None]:
    """Serve the public listener in a thread for as long as the block lasts."""
    if place is None:
        yield
        return
    from wardteam_web.serving import close_running, open_public_server

    server = open_public_server(create_public_web(installation), *place)
    thread = threading.Thread(target=server.run, name="wardteam-public", daemon=True)
    thread.start()
    text = "Questionnaires and live calls are taken at {host}:{port}, and nothing else."
    screen.good(text, host=place[0], port=_port(server))
    if not installation.config.public_url:
        screen.warn("No public_url is set: QR codes are left out until it is.")
    try:
        yield
    finally:
        close_running(server)
        thread.join(timeout=5)


def _opened(app: Flask, host: str, port: int, *, takes_next: bool) -> MultiSocketServer | BaseWSGIServer:
    from wardteam_web.serving import open_server, refuse_open_address

    refuse_open_address(host)
    for tried in range(port, min(port + TRIED_PORTS, 65536)) if takes_next and port else ():
        try:
            return open_server(app, host, tried)
        except Conflict:
            continue
    return open_server(app, host, 0 if takes_next else port)


def _port(server: MultiSocketServer | BaseWSGIServer) -> int:
    listening = getattr(server, "effective_port", None)
    return int(listening or server.effective_listen[0][1])
