"""The bundle for a ward PC without a network: wheels of everything, start scripts, a page to read."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from wardteam.errors import Conflict, Message, NotFound, WardteamError

WHEELS = "wheels"
WINDOWS_WHEELS = "wheels-windows"
SUMS = "SHA256SUMS"
WINDOWS = (
    "--platform=win_amd64",
    "--python-version=3.11",
    "--implementation=cp",
    "--only-binary=:all:",
)
# pip follows the markers of the computer it runs on, so what only Windows needs is named here.
ONLY_ON_WINDOWS = ("colorama",)

Pip = Callable[[Sequence[str]], None]
"""Runs pip with these arguments; WardteamError where it fails."""


@dataclass(frozen=True)
class Bundle:
    """What was made: the folder, its wheels, and its size."""

    folder: Path
    wheels: tuple[str, ...]
    windows_wheels: tuple[str, ...]
    size_bytes: int


def run_pip(arguments: Sequence[str]) -> None:
    """Run this environment's pip."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or [""]
        reason = next((line for line in reversed(lines) if line.startswith("ERROR")), lines[-1])
        raise WardteamError(Message("The packages could not be collected: {reason}", reason=reason))


def make_bundle(
    out: Path, *, source: Path | None = None, with_windows: bool = False, pip: Pip = run_pip
) -> Bundle:
    """Make the bundle in a new or empty folder; `source` is the project's folder.

    Raises
    ------
    Conflict
        If the folder holds anything.
    NotFound
        If the project's own source isn't there to build its wheel from.
    WardteamError
        If a package can't be had.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Conflict(Message("The folder {folder} is not empty; name a new one.", folder=str(out)))
    project = source or own_source()
    if not is_source(project):
        text = "The project's source was not found in {folder}; name its folder with --source."
        raise NotFound(Message(text, folder=str(project)))
    out.mkdir(parents=True, exist_ok=True)
    wheels = _collect(out / WHEELS, pip, project)
    windows = _collect_for_windows(out, wheels, pip) if with_windows else ()
    _write_scripts(out, with_windows=with_windows)
    _write_sums(out)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    return Bundle(out, _names(wheels), _names(windows), size)


def own_source() -> Path:
    """Give the project's folder that this package runs from, or the present folder."""
    beside = Path(__file__).parents[2]
    return beside if is_source(beside) else Path.cwd()


def is_source(folder: Path) -> bool:
    """Whether a folder holds the project's source."""
    return (folder / "pyproject.toml").is_file() and (folder / "wardteam" / "bundle").is_dir()


def _collect(folder: Path, pip: Pip, project: Path) -> tuple[Path, ...]:
    pip(["wheel", "--wheel-dir", str(folder), str(project)])
    return tuple(sorted(folder.glob("*.whl")))


def _collect_for_windows(out: Path, wheels: Sequence[Path], pip: Pip) -> tuple[Path, ...]:
    folder = out / WINDOWS_WHEELS
    own = [str(wheel) for wheel in wheels if wheel.name.startswith("wardteam-")]
    place = ["--dest", str(folder), "--find-links", str(out / WHEELS)]
    pip(["download", *WINDOWS, *place, *own, *ONLY_ON_WINDOWS])
    for wheel in own:
        shutil.copy2(wheel, folder)
    return tuple(sorted(folder.glob("*.whl")))


def _write_scripts(out: Path, *, with_windows: bool) -> None:
    texts = files("wardteam.bundle")
    start = out / "start.sh"
    start.write_bytes(_lines(texts.joinpath("start.sh").read_text(encoding="utf-8"), "\n"))
    start.chmod(0o755)
    # With a mark and both characters at line ends, so that Windows' own editor shows it right.
    page = texts.joinpath("README.txt").read_text(encoding="utf-8")
    (out / "README.txt").write_bytes(b"\xef\xbb\xbf" + _lines(page, "\r\n"))
    if with_windows:
        script = texts.joinpath("start.bat").read_text(encoding="ascii")
        (out / "start.bat").write_bytes(_lines(script, "\r\n"))


def _lines(text: str, end: str) -> bytes:
    return end.join([*text.splitlines(), ""]).encode("utf-8")


def _write_sums(out: Path) -> None:
    paths = sorted(path for path in out.rglob("*") if path.is_file())
    lines = [f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(out).as_posix()}" for path in paths]
    (out / SUMS).write_bytes(_lines("\n".join(lines), "\n"))


def _names(wheels: Sequence[Path]) -> tuple[str, ...]:
    return tuple(wheel.name for wheel in wheels)
