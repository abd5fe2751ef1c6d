"""Serving the pages on the loopback address, and on no other until there are accounts."""

from __future__ import annotations

import socket
from ipaddress import ip_address

from flask import Flask
from waitress import create_server
from waitress.server import BaseWSGIServer, MultiSocketServer

from wardteam.errors import Conflict, Message, system_reason


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
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host.strip("[]"), port), family=family)
    except OSError as error:
        reason = Message("Port {port} can't be used: {reason}", port=port, reason=system_reason(error))
        raise Conflict(reason) from error
    return create_server(app, sockets=[listening], threads=threads, ident=None)


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
