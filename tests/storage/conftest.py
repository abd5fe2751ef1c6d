"""A new database for each test, in SQLite always and in PostgreSQL where a server answers."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psycopg
import pytest

from wardteam.storage.store import Store, create_store

SERVERS = ("postgresql://root@127.0.0.1:5432/test", "postgresql://postgres@127.0.0.1:5432/postgres")


@cache
def postgresql_server() -> str | None:
    given = os.environ.get("WARDTEAM_TEST_POSTGRESQL")
    for url in (given,) if given else SERVERS:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            continue
        return url
    return None


def schema_url() -> Iterator[str]:
    server = postgresql_server()
    if server is None:
        reason = "no PostgreSQL server answers (set WARDTEAM_TEST_POSTGRESQL to its URL)"
        if os.environ.get("WARDTEAM_CI") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    schema = f"wardteam_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
        try:
            yield f"{server}{'&' if '?' in server else '?'}options=-csearch_path%3D{schema}"
        finally:
            connection.execute("SET client_min_messages = warning")
            connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ward data' / 'wardteam.sqlite3'}"


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    yield from schema_url()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = create_store(url)
    yield opened
    opened.close()


@pytest.fixture
def second_postgresql_url() -> Iterator[str]:
    yield from schema_url()
