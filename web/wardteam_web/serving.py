"""Serving: staff pages on the loopback address alone, the public application where the ward wants it."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from ipaddress import ip_address

from flask import Flask
from waitress import create_server, wasyncore
from waitress.server import BaseWSGIServer, MultiSocketServer

from wardteam.errors import Conflict, Message, system_reason

NO_PROXY: Mapping[str, object] = {}


def serve(app: Flask, host: str = "127.0.0.1", port: int = 8080, *, threads: int = 4) -> None:
    """Serve the pages until stopped.

    Raises
    ------
    Conflict
        If the host is not a loopback address, or the port is taken.
    """
    open_server(app, host, port, threads=threads).run()


def open_server(app: Flask, host: str, port: int, *, threads: int = 4) -> MultiSocketServer | BaseWSGIServer:
    """Bind the address without serving yet; port 0 takes a free one."""
    refuse_open_address(host)
    return _bound(app, host, port, threads=threads)


def open_public_server(
    app: Flask, host: str, port: int, *, threads: int = 4
) -> MultiSocketServer | BaseWSGIServer:
    """Bind the public application's address, whichever it is, without serving yet.

    A reverse proxy on this computer is believed who asked, so that limits count phones and not the proxy.
    """
    proxy = {
        "trusted_proxy": "127.0.0.1",
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": "x-forwarded-for",
    }
    return _bound(app, host, port, threads=threads, proxy=proxy)


def close_running(server: MultiSocketServer | BaseWSGIServer) -> None:
    """End a server that another thread runs: its sockets are closed by that thread, between two requests."""
    server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map, ignore_all=True))
    server.task_dispatcher.shutdown()


def _bound(
    app: Flask, host: str, port: int, *, threads: int, proxy: Mapping[str, object] = NO_PROXY
) -> MultiSocketServer | BaseWSGIServer:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host.strip("[]"), port), family=family)
    except OSError as error:
        reason = Message("Port {port} can't be used: {reason}", port=port, reason=system_reason(error))
        raise Conflict(reason) from error
    return create_server(app, sockets=[listening], threads=threads, ident=None, **proxy)


def refuse_open_address(host: str) -> None:
    """Refuse an address that other computers could reach, saying why."""
    if not is_loopback(host):
        raise Conflict(
            Message(
                "The pages are served on this computer only (127.0.0.1), not on {host}: they have no "
                "accounts yet, and anyone on the network could read the ward's data.",
                host=host,
            )
        )


def is_loopback(host: str) -> bool:
    """Whether the host names this computer itself."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
