from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from tests.storage.full_ward import NOW, everything, fill
from wardteam.domain.ward import Ward, WardBook
from wardteam.errors import Conflict, NotFound, WardteamError
from wardteam.storage import archive as form
from wardteam.storage import backup as room
from wardteam.storage.backup import backup, restore, verify
from wardteam.storage.engine import database_address
from wardteam.storage.shelves import Row
from wardteam.storage.store import create_store


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backup")
    url = f"sqlite:///{folder / 'w.sqlite3'}"
    store = create_store(url)
    fill(store)
    store.close()
    backup(url, folder / "ward.zip", clock=lambda: NOW)
    return folder / "ward.zip"


def contents(url: str) -> list[object]:
    store = create_store(url)
    try:
        return everything(store)
    finally:
        store.close()


def other_ward(url: str) -> list[object]:
    store = create_store(url)
    with store() as unit:
        unit.books.save(WardBook(Ward("OLD", "旧病区", "Old")), expected_revision=None, by="t", at=NOW)
        unit.commit()
    store.close()
    return contents(url)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def source_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'source.sqlite3'}"
    return request.getfixturevalue("second_postgresql_url")


def test_a_backup_of_any_database_restores_into_any_other(url: str, source_url: str, tmp_path: Path) -> None:
    store = create_store(source_url)
    fill(store)
    store.close()
    made = backup(source_url, tmp_path / "new" / "ward.zip", clock=lambda: NOW)
    assert restore(tmp_path / "new" / "ward.zip", url) == made
    assert (made.tables["photos"].rows, made.tables["bell_calls"].rows) == (1, 3)
    assert contents(url) == contents(source_url)


def test_a_restored_database_goes_on_being_written(archive: Path, url: str) -> None:
    restore(archive, url)
    store = create_store(url)
    with store() as unit:
        stored = unit.books.get("W1")
        assert unit.books.save(stored.book, expected_revision=stored.revision, by="t", at=NOW) == 2
    store.close()


def test_a_backup_takes_everything_but_the_installations_own(archive: Path) -> None:
    made = verify(archive)
    assert set(made.tables) == set(room.wards.metadata.tables) - {"jobs", "installation"}
    assert [name for name, entry in made.tables.items() if not entry.rows] == []


def test_a_backup_overwrites_no_file_and_makes_no_database(archive: Path, tmp_path: Path) -> None:
    before = archive.read_bytes()
    create_store(f"sqlite:///{tmp_path / 'w.sqlite3'}").close()
    with pytest.raises(Conflict):
        backup(f"sqlite:///{tmp_path / 'w.sqlite3'}", archive)
    with pytest.raises(NotFound):
        backup(f"sqlite:///{tmp_path / 'none.sqlite3'}", tmp_path / "b.zip")
    assert archive.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["w.sqlite3"]


def test_wards_that_are_there_are_replaced_only_when_asked_for(archive: Path, url: str) -> None:
    before = other_ward(url)
    with pytest.raises(Conflict, match="already"):
        restore(archive, url)
    assert contents(url) == before
    restore(archive, url, replace=True)
    assert contents(url)[0][0].book.ward.code == "W1"
    assert len(contents(url)[0]) == 1


def test_the_replaced_sqlite_database_stays_beside_the_new_one(archive: Path, sqlite_url: str) -> None:
    before = other_ward(sqlite_url)
    for ending in ("", "-2"):
        restore(archive, sqlite_url, replace=True)
        kept = f"{sqlite_url}.before-restore{ending}"
        assert Path(str(database_address(kept).database)).exists()
    assert contents(f"{sqlite_url}.before-restore") == before


def test_a_damaged_database_is_moved_aside_and_replaced(archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "w.sqlite3"
    file.write_bytes(b"torn" * 2000)
    with pytest.raises(WardteamError, match="damaged"):
        restore(archive, f"sqlite:///{file}")
    restore(archive, f"sqlite:///{file}", replace=True)
    assert contents(f"sqlite:///{file}")[1] == b"\x00\xffpicture"
    assert (tmp_path / "w.sqlite3.before-restore").read_bytes() == b"torn" * 2000


def rewritten(archive: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(archive) as source:
        files = {name: source.read(name) for name in source.namelist()}
    change(files)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name, content)
    return target


def manifest(**values: object) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        files["manifest.json"] = json.dumps(json.loads(files["manifest.json"]) | values).encode()

    return change


def bomb(files: dict[str, bytes]) -> None:
    files["manifest.json"] = b" " * (2 << 20)


REFUSED: dict[str, tuple[Callable[[dict[str, bytes]], object], str]] = {
    "another zip": (lambda f: f.pop("manifest.json"), "no backup"),
    "another format": (manifest(format="x"), "no backup"),
    "a newer format": (manifest(version=99), "newer version"),
    "another schema": (manifest(schema="9999"), "made by version"),
    "a table missing": (lambda f: f.pop("nurses.jsonl"), "damaged"),
    "a file too many": (lambda f: f.update({"../evil": b""}), "damaged"),
    "a row changed": (lambda f: f.update({"wards.jsonl": f["wards.jsonl"].replace(b"W1", b"W2")}), "damaged"),
    "a row missing": (lambda f: f.update({"bell_calls.jsonl": b""}), "damaged"),
    "manifest of nothing": (lambda f: f.update({"manifest.json": b"[]"}), "damaged"),
    "a manifest that unpacks huge": (bomb, "too much"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_foreign_or_changed_archive_is_refused_and_nothing_is_changed(
    archive: Path, tmp_path: Path, sqlite_url: str, name: str
) -> None:
    before = other_ward(sqlite_url)
    change, words = REFUSED[name]
    with pytest.raises(WardteamError, match=words):
        restore(rewritten(archive, tmp_path / "bad.zip", change), sqlite_url, replace=True)
    assert contents(sqlite_url) == before


@pytest.mark.parametrize("content", [b"", b"some text", b"PK\x03\x04 and then nothing"])
def test_a_file_that_is_no_archive_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(WardteamError, match="no backup"):
        restore(path, f"sqlite:///{tmp_path / 'w.sqlite3'}")
    assert not (tmp_path / "w.sqlite3").exists()


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.97, 0.999])
def test_a_truncated_archive_is_refused(archive: Path, tmp_path: Path, share: float) -> None:
    whole = archive.read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(WardteamError):
        verify(cut)


def test_a_flipped_byte_is_refused_or_changes_nothing(archive: Path, tmp_path: Path) -> None:
    whole, random = archive.read_bytes(), Random(1)
    good = verify(archive)
    bad, refused = tmp_path / "bad.zip", 0
    for _ in range(150):
        place = random.randrange(len(whole))
        bad.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            assert verify(bad).tables == good.tables
        except WardteamError:
            refused += 1
    assert refused > 75


def test_a_restore_that_fails_in_the_middle_loses_nothing(
    archive: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = other_ward(url)
    written = room._batches

    def failing(rows: object) -> object:
        yield from written(rows)
        raise OSError("the plug was pulled")

    monkeypatch.setattr(room, "_batches", failing)
    with pytest.raises(OSError, match="plug"):
        restore(archive, url, replace=True)
    assert contents(url) == before


def test_a_failed_backup_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'w.sqlite3'}"
    create_store(url).close()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(room.form, "write_manifest", full)
    with pytest.raises(WardteamError, match="the disk is full"):
        backup(url, tmp_path / "out" / "b.zip")
    assert list((tmp_path / "out").iterdir()) == []


def test_an_older_backup_is_not_touched_by_restoring_it(archive: Path, tmp_path: Path, url: str) -> None:
    copy = Path(shutil.copy(archive, tmp_path / "copy.zip"))
    restore(copy, url)
    assert copy.read_bytes() == archive.read_bytes()


def test_a_ward_goes_on_being_written_while_its_backup_reads_one_moment(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = create_store(url)
    fill(store)
    before = everything(store)
    write_table = form.write_table

    def write_between(archive: zipfile.ZipFile, table: sa.Table, rows: Iterable[Row]) -> form.TableEntry:
        entry = write_table(archive, table, rows)
        with store() as unit:
            unit.books.save(
                WardBook(Ward(f"X{table.name}", "", "")), expected_revision=None, by="late", at=NOW
            )
            unit.commit()
        return entry

    monkeypatch.setattr(form, "write_table", write_between)
    monkeypatch.setattr("wardteam.storage.engine.BUSY_SECONDS", 0)
    backup(url, tmp_path / "ward.zip", clock=lambda: NOW)
    store.close()
    restore(tmp_path / "ward.zip", f"sqlite:///{tmp_path / 'again.sqlite3'}")
    assert contents(f"sqlite:///{tmp_path / 'again.sqlite3'}") == before
