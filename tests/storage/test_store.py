from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from tests.storage.full_ward import NOW, fill
from wardteam.domain.ward import Ward, WardBook
from wardteam.errors import Conflict, WardteamError
from wardteam.storage.engine import Turns, database_address
from wardteam.storage.record_tables import rosters
from wardteam.storage.revisions import MIGRATIONS, NEWEST, REVISIONS, VERSION_TABLE
from wardteam.storage.store import Store, create_store
from wardteam.storage.ward_tables import wards

BOOK = WardBook(Ward("W1", "一病区", "Ward 1"))


def execute(url: str, statement: str) -> None:
    engine = sa.create_engine(database_address(url).set(drivername=driver(url)))
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def driver(url: str) -> str:
    return "sqlite" if url.startswith("sqlite") else "postgresql+psycopg"


def test_the_migrations_make_just_the_tables_of_the_code(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True}
        )
        differences = compare_metadata(context, wards.metadata)
    assert [d for d in differences if d != ("remove_table", VERSION_TABLE)] == []


def test_the_listed_revisions_are_those_of_the_migrations() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    found = [script.revision for script in scripts.walk_revisions()]
    assert tuple(reversed(found)) == REVISIONS
    assert scripts.get_heads() == [NEWEST]


def test_opening_a_store_again_changes_nothing_and_keeps_its_name(url: str, store: Store) -> None:
    with store() as unit:
        unit.books.save(BOOK, expected_revision=None, by="t", at=NOW)
        unit.commit()
    again = create_store(url)
    assert again.installation == store.installation
    with again() as unit:
        assert unit.books.get("W1").book == BOOK
    again.close()


def test_many_may_open_a_new_store_at_once(url: str) -> None:
    names: list[str] = []

    def open_one() -> None:
        store = create_store(url)
        names.append(store.installation)
        store.close()

    threads = [threading.Thread(target=open_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names) == 4
    assert len(set(names)) == 1


def test_opening_waits_for_another_that_is_making_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.2, other.rollback)
        release.start()
        create_store(f"sqlite:///{path}").close()
        release.join()


def test_a_copied_database_is_another_installation(tmp_path: Path, sqlite_url: str) -> None:
    first = create_store(sqlite_url)
    first.close()
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(Path(str(database_address(sqlite_url).database)).read_bytes())
    second = create_store(f"sqlite:///{copy}")
    second.close()
    assert first.installation != second.installation


def test_sqlite_runs_with_write_ahead_log_and_foreign_keys(sqlite_url: str) -> None:
    store = create_store(sqlite_url)
    with store.engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    store.close()
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 15000}


REFUSED = {
    "another program's": ("CREATE TABLE patients (id INTEGER)", "another program"),
    "a newer one": (f"UPDATE {VERSION_TABLE} SET version_num='9999'", "newer version"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_database_that_is_not_ours_or_newer_is_refused_untouched(url: str, name: str) -> None:
    statement, words = REFUSED[name]
    if name == "a newer one":
        create_store(url).close()
    else:
        database = database_address(url).database
        if url.startswith("sqlite"):
            Path(str(database)).parent.mkdir()
    execute(url, statement)
    with pytest.raises(WardteamError, match=words):
        create_store(url)


UNREADABLE = {
    "text": b"no database at all, but some text that is long enough to look at" * 20,
    "a torn file": None,
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path, name: str) -> None:
    path = tmp_path / "w.sqlite3"
    url = f"sqlite:///{path}"
    if (content := UNREADABLE[name]) is None:
        create_store(url).close()
        whole = path.read_bytes()
        content = whole[:100] + b"\xee" * (len(whole) - 100)
    path.write_bytes(content)
    with pytest.raises(WardteamError, match="damaged or no database"):
        create_store(url)


@pytest.mark.parametrize("url", ["nonsense", "mysql://root@127.0.0.1/test"])
def test_an_address_that_is_none_is_refused_in_words(url: str) -> None:
    with pytest.raises(WardteamError):
        create_store(url)


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WardteamError, match="can't be made"):
        create_store(f"sqlite:///{tmp_path / 'file' / 'w.sqlite3'}")


def test_two_writers_lose_no_change(store: Store) -> None:
    with store() as unit:
        unit.books.save(BOOK, expected_revision=None, by="t", at=NOW)
        unit.commit()
    conflicts: list[Conflict] = []

    def write(rounds: int) -> None:
        kept = 0
        while kept < rounds:
            try:
                with store() as unit:
                    stored = unit.books.get("W1")
                    unit.books.save(stored.book, expected_revision=stored.revision, by="t", at=NOW)
                    unit.commit()
                kept += 1
            except Conflict as conflict:
                conflicts.append(conflict)

    threads = [threading.Thread(target=write, args=(15,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store() as unit:
        assert unit.books.get("W1").revision == 1 + 3 * 15
    # SQLite's writers wait for each other from the first read on; PostgreSQL's meet at the revision.
    assert store.engine.name == "postgresql" or not conflicts


KILLED = """
import sys
from tests.storage.full_ward import NOW, calls
from wardteam.domain.ward import Ward, WardBook
from wardteam.storage.store import create_store
store = create_store(sys.argv[1])
with store() as unit:
    unit.books.save(WardBook(Ward("W1", "", "")), expected_revision=None, by="t", at=NOW)
    unit.calls.take("W1", calls(501))
    unit.commit()
for number in range(2, 10**6):
    with store() as unit:
        unit.books.save(WardBook(Ward("W1", str(number), "")), expected_revision=number - 1, by="t", at=NOW)
        unit.calls.take("W1", calls(500 + number))
        unit.commit()
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
"""


@pytest.mark.parametrize("lines", [1, 4])
def test_a_process_killed_while_it_writes_loses_nothing_committed(url: str, lines: int) -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", KILLED, url]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        committed = [int(process.stdout.readline()) for _ in range(lines)][-1]
        process.kill()
        committed = max([committed, *map(int, process.stdout.read().split())])
    store = create_store(url)
    with store() as unit:
        stored, kept = unit.books.get("W1"), unit.calls.span("W1")
    store.close()
    assert kept is not None
    # One more may have been committed than could still be told; never half of one.
    assert stored.revision in (committed, committed + 1)
    assert stored.book.ward.name == str(stored.revision)
    assert kept.count == 500 + stored.revision


def test_a_locked_database_is_said_to_be_busy(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wardteam.storage.engine.BUSY_SECONDS", 0.05)
    store = create_store(sqlite_url)
    with closing(sqlite3.connect(str(database_address(sqlite_url).database))) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Conflict, match="busy"), store() as unit:
            unit.books.codes()
    store.close()


def test_two_published_rosters_of_one_period_are_impossible_even_for_the_database(store: Store) -> None:
    fill(store)
    with store.engine.connect() as connection:
        row = dict(connection.execute(sa.select(rosters)).mappings().one())
        with pytest.raises(Conflict):
            connection.execute(sa.insert(rosters), {**row, "code": "other", "version": 2})


class Beginning:
    """A connection that counts how many threads of the process ask SQLite for the lock at once."""

    def __init__(self) -> None:
        self.asking = 0
        self.most = 0

    def get_execution_options(self) -> dict[str, object]:
        return {}

    def exec_driver_sql(self, _statement: str) -> None:
        self.asking += 1
        self.most = max(self.most, self.asking)
        time.sleep(0.01)
        self.asking -= 1


def test_threads_ask_for_the_lock_one_after_the_other_so_that_none_waits_in_vain() -> None:
    turns, connection = Turns(), Beginning()
    threads = [threading.Thread(target=turns.begin, args=(connection,)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (connection.most, connection.asking) == (1, 0)
