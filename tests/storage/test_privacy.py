"""Patients' data are for the owner of the files alone, and no log shows them."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.storage.full_ward import NOW, fill
from wardteam.storage.backup import backup
from wardteam.storage.store import Store, create_store


def test_the_database_its_journals_and_its_backup_are_for_their_owner_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ward.sqlite3'}"
    store = create_store(url)
    try:
        fill(store)
        backup(url, tmp_path / "ward.zip", clock=lambda: NOW)
        rights = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    finally:
        store.close()
    assert {"ward.sqlite3", "ward.sqlite3-wal", "ward.zip"} <= rights.keys()
    assert set(rights.values()) == {0o600}


def test_a_failing_statement_does_not_show_its_values(store: Store) -> None:
    with store() as unit, pytest.raises(sa.exc.SQLAlchemyError) as failure:
        unit.calls._connection.execute(
            sa.text("select * from nowhere where stay = :stay"), {"stay": "Z-1-secret"}
        )
    assert "Z-1-secret" not in str(failure.value)
