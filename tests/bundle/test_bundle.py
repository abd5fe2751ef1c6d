"""The offline bundle: what is collected, what its scripts say, and once for real an offline start."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from wardteam.bundle import Bundle, make_bundle
from wardteam.errors import Conflict, NotFound, WardteamError

ROOT = Path(__file__).parents[2]
OWN = "wardteam-0.1.0-py3-none-any.whl"


class FakePip:
    """Writes the wheels that pip would have collected, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def __call__(self, arguments: Sequence[str]) -> None:
        self.asked.append(list(arguments))
        option = "--wheel-dir" if arguments[0] == "wheel" else "--dest"
        folder = Path(arguments[arguments.index(option) + 1])
        folder.mkdir(parents=True)
        names = (OWN, "numpy-linux.whl") if arguments[0] == "wheel" else ("numpy-windows.whl",)
        for name in names:
            (folder / name).write_bytes(name.encode())


def made(tmp_path: Path, *, with_windows: bool = True) -> Bundle:
    return make_bundle(tmp_path / "ward pc", source=ROOT, with_windows=with_windows, pip=FakePip())


def test_a_bundle_holds_wheels_scripts_and_a_page_to_read(tmp_path: Path) -> None:
    bundle = made(tmp_path)
    names = {
        path.relative_to(bundle.folder).as_posix() for path in bundle.folder.rglob("*") if path.is_file()
    }
    assert names == {
        f"wheels/{OWN}",
        "wheels/numpy-linux.whl",
        f"wheels-windows/{OWN}",
        "wheels-windows/numpy-windows.whl",
        "start.sh",
        "start.bat",
        "README.txt",
        "SHA256SUMS",
    }
    assert bundle.wheels == ("numpy-linux.whl", OWN)
    assert bundle.windows_wheels == ("numpy-windows.whl", OWN)


def test_without_windows_nothing_of_windows_is_in_it(tmp_path: Path) -> None:
    bundle = made(tmp_path, with_windows=False)
    assert bundle.windows_wheels == ()
    assert not list(bundle.folder.glob("*.bat"))


def test_windows_wheels_are_asked_for_by_platform_and_never_built(tmp_path: Path) -> None:
    pip = FakePip()
    make_bundle(tmp_path / "out", source=ROOT, with_windows=True, pip=pip)
    asked = pip.asked[1]
    assert {"--platform=win_amd64", "--only-binary=:all:", "colorama"} <= set(asked)
    assert any(argument.endswith(OWN) for argument in asked)


def test_every_file_has_its_sum(tmp_path: Path) -> None:
    folder = made(tmp_path).folder
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS"]
    assert sums == {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files
    }


def test_each_script_has_the_line_ends_of_its_system(tmp_path: Path) -> None:
    folder = made(tmp_path).folder
    assert b"\r" not in (folder / "start.sh").read_bytes()
    assert os.access(folder / "start.sh", os.X_OK)
    batch = (folder / "start.bat").read_bytes()
    assert batch.isascii()
    assert batch.count(b"\r\n") == batch.count(b"\n")


def test_the_linux_script_is_sound_for_a_plain_shell(tmp_path: Path) -> None:
    script = made(tmp_path).folder / "start.sh"
    assert subprocess.run(["sh", "-n", str(script)], check=False).returncode == 0


def test_the_page_speaks_both_languages(tmp_path: Path) -> None:
    text = (made(tmp_path).folder / "README.txt").read_text(encoding="utf-8-sig")
    assert "离线安装包" in text
    assert "without a network" in text


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="ascii")
    with pytest.raises(Conflict, match="not empty"):
        make_bundle(tmp_path, source=ROOT, pip=FakePip())
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_without_the_source_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="--source"):
        make_bundle(tmp_path / "out", source=tmp_path, pip=FakePip())
    assert not (tmp_path / "out").exists()


def test_what_pip_says_reaches_the_user(tmp_path: Path) -> None:
    broken = tmp_path / "project"
    (broken / "wardteam" / "bundle").mkdir(parents=True)
    (broken / "pyproject.toml").write_text("not toml", encoding="ascii")
    with pytest.raises(WardteamError, match="could not be collected"):
        make_bundle(tmp_path / "out", source=broken)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the shell script is for Linux and macOS")
def test_a_ward_pc_without_a_network_installs_and_shows_the_pages(tmp_path: Path) -> None:
    folder = make_bundle(tmp_path / "病区 ward pc", source=ROOT).folder
    assert not missing_data(next((folder / "wheels").glob("wardteam-*.whl")))
    python = shutil.which("python3.11") or sys.executable
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "python3.11").write_text(f'#!/bin/sh\nexec "{python}" "$@"\n', encoding="utf-8")
    (tools / "python3.11").chmod(0o755)
    # Nothing of this computer's settings, and an index that nobody answers at.
    offline = {"PATH": f"{tools}:/usr/bin:/bin", "HOME": str(tmp_path), "PIP_CONFIG_FILE": os.devnull}
    nowhere = {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9", "LC_ALL": "C"}
    log = tmp_path / "log.txt"
    with log.open("wb") as out:
        serving = subprocess.Popen(
            [str(folder / "start.sh")],
            # Away from this project, whose sources would stand before the wheels.
            cwd=tmp_path,
            env=offline | nowhere,
            stdout=out,
            stderr=out,
            stdin=subprocess.DEVNULL,
        )
    try:
        assert answers(serving, "http://127.0.0.1:8080/") == 200, log.read_text(encoding="utf-8")
    finally:
        serving.terminate()
        serving.wait(timeout=20)


DATA = (
    "wardteam/locale/zh_CN/LC_MESSAGES/wardteam.mo",
    "wardteam/demo/people.toml",
    "wardteam/storage/migrations/env.py",
    "wardteam/storage/migrations/versions/r0001_people.py",
    "wardteam/bundle/start.sh",
    "wardteam_reports/tokens.json",
    "wardteam_reports/templates/noticeboard.typ",
    "wardteam_reports/fonts/NotoSansSC-Regular.ttf",
    "wardteam_reports/fonts/OFL.txt",
    "wardteam_web/templates/roster.html",
    "wardteam_web/static/css/tokens.css",
    "wardteam_web/static/js/roster.js",
    "wardteam_web/static/fonts/NotoSansSC-Bold.woff2",
)


def missing_data(wheel: Path) -> set[str]:
    """Give the files beside the code that a wheel lacks."""
    with zipfile.ZipFile(wheel) as opened:
        return set(DATA) - set(opened.namelist())


def answers(serving: subprocess.Popen[bytes], address: str) -> int:
    """Ask until the pages answer or the process ends."""
    for _ in range(600):
        if serving.poll() is not None:
            return 0
        try:
            with socket.create_connection(("127.0.0.1", 8080), timeout=1):
                break
        except OSError:
            time.sleep(0.5)
    with urllib.request.urlopen(address) as answer:
        return int(answer.status)
