"""The secret of an installation: it signs cookies and form tokens, and never leaves its folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

FILE_NAME = "secret.key"
BYTES = 32


def installation_secret(folder: Path) -> bytes:
    """Give the folder's secret, made at the first asking and readable by its owner alone."""
    path = folder / FILE_NAME
    try:
        found = path.read_bytes()
    except FileNotFoundError:
        return _made(path)
    return found if len(found) >= BYTES else _made(path, is_new=False)


def _made(path: Path, *, is_new: bool = True) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | (os.O_EXCL if is_new else os.O_TRUNC)
    secret = secrets.token_bytes(BYTES)
    try:
        with os.fdopen(os.open(path, flags, 0o600), "wb") as out:
            out.write(secret)
    except FileExistsError:
        # Another process made it between the look and the making.
        return path.read_bytes()
    return secret
