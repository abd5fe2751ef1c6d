"""Serving the web pages from the command line: the printed address, a free port, Ctrl-C to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wardteam.bootstrap.wiring import Installation, create_web
from wardteam.cli.screen import Screen
from wardteam.errors import Conflict

if TYPE_CHECKING:
    from flask import Flask
    from waitress.server import BaseWSGIServer, MultiSocketServer

TRIED_PORTS = 20


def serve_pages(
    installation: Installation, screen: Screen, host: str, port: int, *, takes_next: bool = False
) -> None:
    """Serve the pages until Ctrl-C; with `takes_next`, on the next free port where one is taken."""
    server = _opened(create_web(installation), host, port, takes_next=takes_next)
    shown = f"[{host}]" if ":" in host else host
    screen.good("The pages are at http://{host}:{port}/ (Ctrl-C ends them).", host=shown, port=_port(server))
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
    screen.line("The pages are no longer served.")


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
