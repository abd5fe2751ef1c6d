"""The order of an import in the background: what a page or command writes down, and the worker reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from wardteam.i18n import Language

IMPORT_CALLS = "import_calls"


@dataclass(frozen=True)
class ImportOrder:
    """Which file is imported by which kept mapping, for whom, and where refused rows go in which language.

    `upload` is the SHA-256 of an uploaded file, a copy which goes once it was read to its end; else empty.
    """

    path: Path
    mapping: str
    by: str
    refused: Path | None = None
    language: Language = "zh"
    upload: str = ""


def import_parameters(
    path: Path,
    mapping: str,
    *,
    by: str,
    refused: Path | None = None,
    language: Language = "zh",
    upload: str = "",
) -> dict[str, object]:
    """Give the parameters of an import of calls, as `ImportOrder` names them."""
    given: dict[str, object] = {"path": str(path), "mapping": mapping, "by": by, "language": language}
    if upload:
        given["upload"] = upload
    return given if refused is None else given | {"refused": str(refused)}


def import_order(parameters: Mapping[str, object]) -> ImportOrder:
    """Read the parameters of an import."""
    refused, language = parameters.get("refused"), parameters.get("language")
    return ImportOrder(
        path=Path(str(parameters["path"])),
        mapping=str(parameters["mapping"]),
        by=str(parameters["by"]),
        refused=None if refused is None else Path(str(refused)),
        language="en" if language == "en" else "zh",
        upload=str(parameters.get("upload", "")),
    )
