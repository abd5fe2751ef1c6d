"""What can be told to a user: messages with named fields, and the project's own few exceptions."""

from __future__ import annotations

import errno
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, init=False)
class Message:
    """A sentence for people that is put into words at the edge, in the reader's language.

    Parameters
    ----------
    text
        The English sentence; it is the key of the gettext catalogue. Fields stand in braces.
    fields
        Values of the fields: text, numbers, dates, enums, other messages, or tuples of these.
    """

    text: str
    fields: dict[str, Any] = field(default_factory=dict)  # any value that the translator can show

    def __init__(self, text: str, **fields: Any) -> None:  # the same: any showable value
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "fields", fields)

    def __hash__(self) -> int:
        return hash((self.text, repr(self.fields)))

    def __str__(self) -> str:
        return self.text.format_map({key: str(value) for key, value in self.fields.items()})


@dataclass(frozen=True)
class Named:
    """A name that the ward's own data has in both languages; a missing one falls back on the other."""

    zh: str
    en: str = ""

    def __str__(self) -> str:
        return self.en or self.zh


@dataclass(frozen=True)
class Finding:
    """One thing wrong with an input: where it stands, what was found, what was expected."""

    file: str
    problem: Message
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""


class WardteamError(Exception):
    """Anything that a user can act on; carries a message to be put into words."""

    exit_code = 1

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class BadInput(WardteamError):
    """An input was refused as a whole; every finding is listed and nothing was changed."""

    exit_code = 2

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(Message("Problems in the input: {count}. Nothing was changed.", count=len(findings)))
        self.findings = findings


class NotFound(WardteamError):
    """Something that was asked for by name does not exist."""

    exit_code = 3


class Conflict(WardteamError):
    """Somebody else changed the same thing in the meantime, or the change is not allowed now."""

    exit_code = 4


class Stopped(WardteamError):
    """The work was stopped before it had any result to keep."""

    exit_code = 130


_SYSTEM_REASONS = {
    errno.EADDRINUSE: "another program uses it already",
    errno.EADDRNOTAVAIL: "this computer has no such address",
    errno.EACCES: "permission is missing",
    errno.EPERM: "permission is missing",
    errno.ENOENT: "there is no such file or folder",
    errno.EEXIST: "something of this name is there already",
    errno.ENOSPC: "the disk is full",
    errno.EROFS: "it can only be read there, not written",
    errno.EISDIR: "it is a folder, not a file",
    errno.ENOTDIR: "a part of its path is a file, not a folder",
}


def system_reason(error: OSError) -> Message:
    """Say in words why the system refused; a rarer reason is quoted as the system gives it."""
    text = _SYSTEM_REASONS.get(error.errno or 0)
    if text is not None:
        return Message(text)
    return Message("the system says: {words}", words=error.strerror or str(error))
