"""Which language the command line speaks, decided before anything is read or said."""

from __future__ import annotations

import gettext
import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from wardteam.config import FILE_NAME
from wardteam.i18n import DOMAIN, LANGUAGES, LOCALE_FOLDER, LOCALES, Language


def choose_language(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> Language:
    """Choose: `--lang`, else WARDTEAM_LANGUAGE, else the folder's settings, else Chinese."""
    wanted = (
        given_option(arguments, "--lang"),
        environment.get("WARDTEAM_LANGUAGE", ""),
        _setting(arguments, environment),
    )
    return next((word for word in wanted if word in LANGUAGES), "zh")


def speak(language: Language) -> None:
    """Make click's own sentences speak the language too; it looks them up as gettext does."""
    gettext.bindtextdomain(DOMAIN, str(LOCALE_FOLDER))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = LOCALES[language]


def given_option(arguments: Sequence[str], name: str) -> str:
    """Give an option's value as it stands on the command line, empty where it is not there."""
    for place, argument in enumerate(arguments):
        if argument == name:
            return arguments[place + 1] if place + 1 < len(arguments) else ""
        if argument.startswith(f"{name}="):
            return argument.partition("=")[2]
    return ""


def _setting(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    folder = given_option(arguments, "--folder") or environment.get("WARDTEAM_FOLDER") or "wardteam-data"
    try:
        return str(tomllib.loads((Path(folder) / FILE_NAME).read_text(encoding="utf-8")).get("language", ""))
    except (OSError, ValueError):
        return ""  # whatever is wrong with the file is said when a command reads it
