"""Settings: `wardteam.toml` beside the data, over it the environment; every wrong key is named."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from wardteam.errors import BadInput, Finding, Message

FILE_NAME = "wardteam.toml"


@dataclass(frozen=True)
class Config:
    """What an installation sets. Empty `database` and `queue` mean SQLite files in `folder`.

    `database` is an SQLAlchemy URL; `queue` is a `redis://` URL; `language` is zh or en.
    `public` is the HOST:PORT of the second listener, off where empty; `public_url` is the address under
    which phones reach it. `today` is the date of an invented ward's clock, so that a demo stays as it was
    made; a real ward has none and goes by this computer's clock.
    """

    folder: Path = Path("wardteam-data")
    database: str = ""
    queue: str = ""
    language: str = "zh"
    workers: int = 2
    public: str = ""
    public_url: str = ""
    today: date | None = None

    @property
    def database_url(self) -> str:
        """The database's URL, the SQLite file of the folder by default."""
        return self.database or f"sqlite:///{(self.folder / 'wardteam.sqlite3').resolve()}"


def load_config(folder: Path | None = None, environment: Mapping[str, str] = os.environ) -> Config:
    """Read the settings of a folder.

    Raises
    ------
    BadInput
        Listing every unknown key and wrong value at once.
    """
    base = folder or Path(environment.get("WARDTEAM_FOLDER", "wardteam-data"))
    path = base / FILE_NAME
    values = _file_values(path)
    for name in ("database", "queue", "language", "workers", "public", "public_url"):
        given = environment.get(f"WARDTEAM_{name.upper()}")
        if given is not None:
            values[name] = int(given) if name == "workers" and given.isdigit() else given
    findings = tuple(_findings(path, values))
    if findings:
        raise BadInput(findings)
    known = {name: value for name, value in values.items() if name != "folder"}
    return replace(Config(folder=base), **known)  # type: ignore[arg-type]  # checked by _findings


def _file_values(path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    try:
        return dict(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = Message("The settings file is not valid TOML: {reason}", reason=str(error))
        raise BadInput((Finding(file=str(path), problem=problem),)) from error


def _findings(path: Path, values: Mapping[str, object]) -> list[Finding]:
    known = {f.name for f in fields(Config)} - {"folder"}
    found = []
    for key, value in values.items():
        if key not in known:
            problem = Message("Unknown setting; known are {known}.", known=tuple(sorted(known)))
        elif key == "language" and value not in ("zh", "en"):
            problem = Message("The language must be zh or en.")
        elif key == "workers" and not (isinstance(value, int) and 1 <= value <= 64):
            problem = Message("The number of workers must be a whole number from 1 to 64.")
        elif key == "today" and type(value) is not date:
            problem = Message("A date such as 2026-12-01 was expected.")
        elif key == "public_url" and value and not _is_web_address(value):
            problem = Message("An address such as https://ward.example was expected.")
        elif key not in ("workers", "today") and not isinstance(value, str):
            problem = Message("Text was expected.")
        else:
            continue
        found.append(Finding(file=str(path), column=key, value=str(value), problem=problem))
    return found


def _is_web_address(value: object) -> bool:
    parts = urlsplit(value) if isinstance(value, str) else None
    return parts is not None and parts.scheme in ("http", "https") and bool(parts.netloc)
