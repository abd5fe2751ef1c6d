"""The outer edge: runs the command line, puts every failure into words, and gives the exit code."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from wardteam.cli.languages import choose_language, given_option, speak
from wardteam.errors import BadInput, Finding, Message, Stopped, WardteamError, system_reason
from wardteam.i18n import Translator, translator

LOG_NAME = "wardteam.log"
INTERRUPTED = Stopped.exit_code
UNFORESEEN = 70
"""Exit code of a fault of the program itself."""


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code; nothing but words reaches the user."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    language = choose_language(arguments)
    speak(language)
    say = translator(language)
    try:
        return _run_command(arguments, say)
    except BrokenPipeError:
        # The reader of a pipe has gone, as with `| head`; Python's own flush at the end must not fail too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, click.Abort):
        click.echo(say("Stopped."), err=True)
        return INTERRUPTED
    except WardteamError as error:
        _tell(error, say, as_json="--json" in arguments)
        return error.exit_code
    except OSError as error:
        _tell(WardteamError(_of_the_system(error)), say, as_json="--json" in arguments)
        return WardteamError.exit_code
    except Exception:  # noqa: BLE001  # the outer edge
        return _tell_of_a_fault(arguments, say)


def _of_the_system(error: OSError) -> Message:
    reason = system_reason(error)
    if not error.filename:
        return Message("It can't be done: {reason}", reason=reason)
    return Message("{file}: {reason}", file=str(error.filename), reason=reason)


def _run_command(arguments: Sequence[str], say: Translator) -> int:
    from wardteam.cli.app import LazyGroup

    try:
        result = LazyGroup(say.language).main(list(arguments), prog_name="wardteam", standalone_mode=False)
    except click.ClickException as error:
        if "--json" in arguments:
            from wardteam.cli.screen import Screen

            Screen(say).json({"error": error.format_message(), "findings": ()})
        error.show()
        return error.exit_code
    return result if isinstance(result, int) else 0


def _tell(error: WardteamError, say: Translator, *, as_json: bool) -> None:
    from wardteam.cli.screen import Screen

    findings = error.findings if isinstance(error, BadInput) else ()
    if as_json:
        Screen(say).json({"error": error.message, "findings": findings})
    elif any(finding.sheet or finding.row or finding.column for finding in findings):
        Screen(say, is_error=True).findings(findings)
    elif findings:
        for finding in findings:
            click.echo(say("Error: {message}", message=_in_a_sentence(finding)), err=True)
        return
    click.echo(say("Error: {message}", message=error.message), err=True)


def _in_a_sentence(finding: Finding) -> Message:
    """Say what is wrong with a whole file or an option, which has no place in a table."""
    place = f"{finding.file} {finding.value}".strip()
    return Message("{file}: {reason}", file=place, reason=finding.problem) if place else finding.problem


def _tell_of_a_fault(arguments: Sequence[str], say: Translator) -> int:
    folder = given_option(arguments, "--folder") or os.environ.get("WARDTEAM_FOLDER") or "wardteam-data"
    path = Path(folder if Path(folder).is_dir() else ".") / LOG_NAME
    trace = logging.getLogger("wardteam.cli")
    path.touch(mode=0o600)
    trace.addHandler(logging.FileHandler(path, encoding="utf-8"))
    trace.propagate = False
    trace.error("wardteam %s", " ".join(arguments), exc_info=True)
    text = "Something went wrong in the program itself; the details are in {file}."
    click.echo(say(text, file=str(path)), err=True)
    return UNFORESEEN
