"""The command line as its users run it: in this process, or in one of its own with a given environment."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from wardteam.domain.calendar import Period

WEEK = Period(date(2026, 12, 1), date(2026, 12, 7))
"""The demo ward's first week."""
CHOSEN = ("WARDTEAM_LANGUAGE", "WARDTEAM_FOLDER", "WARDTEAM_DATABASE", "WARDTEAM_QUEUE", "LANGUAGE")


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


Run = Callable[..., Ended]


def run_apart(*arguments: object, **environment: str) -> Ended:
    """Run one command in a process of its own."""
    command = [sys.executable, "-m", "wardteam", *(str(argument) for argument in arguments)]
    given = {key: value for key, value in os.environ.items() if key not in CHOSEN}
    done = subprocess.run(command, capture_output=True, check=False, env=given | environment, timeout=300)
    return Ended(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
