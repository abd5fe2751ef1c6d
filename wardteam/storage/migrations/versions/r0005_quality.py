"""Calls by their codes, and one shelf of captured records with every version; what was kept moves over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Row = dict[str, Any]  # a row by its columns
BATCH = 5000
WRITER = "wardteam 0005"
OLD_STUDY = sa.TableClause(
    "quality_studies",
    sa.column("ward"),
    *(
        sa.column(f"{which}_{name}", sa.Date() if name in ("first", "last") else None)
        for which in ("baseline", "intervention")
        for name in ("name", "name_en", "first", "last", "issued", "returned")
    ),
)
OLD_CALLS = sa.TableClause(
    "old_bell_calls",
    *(sa.column(name) for name in ("ward", "position", "code", "bed", "reason", "stay")),
    *(sa.column(name, sa.DateTime(timezone=True)) for name in ("placed", "answered", "arrived", "cleared")),
)
OLD_DAYS = sa.TableClause(
    "patient_days",
    *(sa.column("ward"), sa.column("position"), sa.column("day", sa.Date), sa.column("occupied", sa.JSON)),
)
OLD_QUESTIONNAIRES = sa.TableClause(
    "questionnaires",
    *(sa.column("ward"), sa.column("position"), sa.column("code"), sa.column("asked_on", sa.Date)),
    *(sa.column(name, sa.JSON) for name in ("satisfaction_items", "knowledge_items")),
    *(sa.column(name, sa.Boolean) for name in ("is_satisfied", "is_aware", "is_valid")),
)
REVISIONS = sa.TableClause(
    "ward_revisions", sa.column("ward"), sa.column("saved_at", sa.DateTime(timezone=True))
)


def _ward(table: str) -> tuple[sa.Column[Any], sa.ForeignKeyConstraint]:
    tie = sa.ForeignKeyConstraint(["ward"], ["wards.code"], name=op.f(f"fk_{table}_ward"), ondelete="CASCADE")
    return sa.Column("ward", sa.String(length=64), nullable=False), tie


def _make_bell_calls() -> sa.Table:
    ward, tie = _ward("bell_calls")
    made = op.create_table(
        "bell_calls",
        ward,
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("code", "bed", "room", "stay", "staff")),
        *(sa.Column(name, sa.String(length=32), nullable=False) for name in ("reason", "source", "ended_by")),
        sa.Column("placed", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in ("answered", "arrived", "cleared")),
        tie,
        sa.PrimaryKeyConstraint("ward", "code", name=op.f("pk_bell_calls")),
    )
    op.create_index("ix_bell_calls_time", "bell_calls", ["ward", "placed", "code"], unique=False)
    return made


def _make_captured() -> sa.Table:
    ward, tie = _ward("captured")
    made = op.create_table(
        "captured",
        ward,
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_newest", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("written_by", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        tie,
        sa.PrimaryKeyConstraint("ward", "kind", "code", "revision", name=op.f("pk_captured")),
    )
    newest = sa.text("is_newest")
    keys = ["ward", "kind", "code"]
    op.create_index(
        "uq_captured_newest", "captured", keys, unique=True, sqlite_where=newest, postgresql_where=newest
    )
    op.create_index("ix_captured_day", "captured", ["ward", "kind", "day"], unique=False)
    return made


def _make_changes() -> sa.Table:
    ward, tie = _ward("quality_changes")
    return op.create_table(
        "quality_changes",
        ward,
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        tie,
        sa.PrimaryKeyConstraint("ward", name=op.f("pk_quality_changes")),
    )


def _move_calls(connection: sa.Connection, target: sa.Table) -> None:
    chosen = sa.select(OLD_CALLS).order_by(OLD_CALLS.c.ward, OLD_CALLS.c.position)
    found = connection.execute(chosen.execution_options(yield_per=BATCH))
    seen: set[tuple[str, str]] = set()
    for some in found.mappings().partitions():
        connection.execute(sa.insert(target), [_call(dict(row), seen) for row in some])


def _call(row: Row, seen: set[tuple[str, str]]) -> Row:
    """Give a call's new row; a code that stood there twice gets its old place behind it."""
    code = row["code"] if (row["ward"], row["code"]) not in seen else f"{row['code']}#{row['position']}"
    seen.add((row["ward"], code))
    moments = {name: _milliseconds(row[name]) for name in ("placed", "answered", "arrived", "cleared")}
    kept = {name: row[name] for name in ("ward", "bed", "reason", "stay")}
    blank = {"room": "", "staff": "", "source": "bed", "ended_by": "unknown"}
    return kept | blank | moments | {"code": code}


def _milliseconds(moment: datetime | None) -> int | None:
    if moment is None:
        return None
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return (aware - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def _move_records(connection: sa.Connection, target: sa.Table, changes: sa.Table) -> None:
    for study in connection.execute(sa.select(OLD_STUDY)).mappings().all():
        ward = study["ward"]
        saved = sa.select(sa.func.max(REVISIONS.c.saved_at)).where(REVISIONS.c.ward == ward)
        at = connection.scalar(saved) or datetime.now(UTC)
        head = {
            "ward": ward,
            "revision": 1,
            "is_newest": True,
            "reason": "",
            "written_by": WRITER,
            "written_at": at if connection.dialect.name == "postgresql" else at.replace(tzinfo=None),
        }
        records = [head | record for record in _records(connection, dict(study))]
        connection.execute(sa.insert(target), records)
        connection.execute(sa.insert(changes), {"ward": ward, "calls": 1, "records": 1})


def _records(connection: sa.Connection, study: Row) -> Iterator[Row]:
    yield _record("study_plan", "plan-1", study["intervention_last"], _plan(study))
    days = sa.select(OLD_DAYS).where(OLD_DAYS.c.ward == study["ward"]).order_by(OLD_DAYS.c.position)
    by_day = {row["day"]: row["occupied"] for row in connection.execute(days).mappings()}
    for day, occupied in by_day.items():
        yield _record("patient_days", day.isoformat(), day, {"occupied": occupied})
    asked = sa.select(OLD_QUESTIONNAIRES).where(OLD_QUESTIONNAIRES.c.ward == study["ward"])
    rows = connection.execute(asked.order_by(OLD_QUESTIONNAIRES.c.position)).mappings().all()
    yield from _questionnaires([dict(row) for row in rows], study)


def _record(kind: str, code: str, day: date, body: Row) -> Row:
    if kind != "patient_days":
        body = {"code": code} | body
    text = json.dumps({"day": day.isoformat()} | body, ensure_ascii=False, separators=(",", ":"))
    return {"kind": kind, "code": code, "day": day, "body": text}


def _plan(study: Row) -> Row:
    periods = {
        which: {
            "name": study[f"{which}_name"],
            "name_en": study[f"{which}_name_en"],
            "span": {end: study[f"{which}_{end}"].isoformat() for end in ("first", "last")},
        }
        for which in ("baseline", "intervention")
    }
    return {"name": {"zh": "升级前的比较", "en": "The comparison before the update"}} | periods


def _questionnaires(rows: list[Row], study: Row) -> Iterator[Row]:
    """Give the version that the old questionnaires amount to, and every sheet issued."""
    scales = max((len(row["satisfaction_items"]) for row in rows), default=0)
    known = max((len(row["knowledge_items"]) for row in rows), default=0)
    if not scales + known:
        return
    first = min([study["baseline_first"], *(row["asked_on"] for row in rows)])
    name = {"zh": "升级前的问卷", "en": "The questionnaire before the update"}
    items = [_item("S", place, "likert", "满意度条目", "Satisfaction item") for place in range(1, scales + 1)]
    items += [_item("K", place, "knowledge", "知识条目", "Knowledge item") for place in range(1, known + 1)]
    yield _record("questionnaire_version", "migrated-1", first, {"name": name, "items": items})
    codes: set[str] = set()
    for row in rows:
        code = row["code"] if row["code"] not in codes else f"{row['code']}#{row['position']}"
        codes.add(code)
        yield _sheet(row | {"code": code}, scales, known)
    for which in ("baseline", "intervention"):
        yield from _other_sheets(which, study, rows, scales + known)


def _item(letter: str, place: int, kind: str, zh: str, en: str) -> Row:
    text = {"zh": f"{zh}{place}", "en": f"{en} {place}"}
    return {"code": f"{letter}{place}", "text": text, "kind": kind} | ({"key": 1} if letter == "K" else {})


def _sheet(row: Row, scales: int, known: int) -> Row:
    right = [None if item is None else int(item) for item in row["knowledge_items"]]
    answers = [*_filled(row["satisfaction_items"], scales), *_filled(right, known)]
    body: Row = {"version": "migrated-1", "mode": "face_to_face", "answers": answers}
    body["returned_on"] = row["asked_on"].isoformat()
    if not row["is_valid"]:
        is_short = sum(answer is not None for answer in answers) < 0.8 * len(answers)
        body["invalid"] = "too_few_answers" if is_short else "contradictory"
        body["note"] = "marked invalid before the update; the reason was not kept"
    return _record("questionnaire_sheet", row["code"], row["asked_on"], body)


def _filled(items: list[Any], count: int) -> list[Any]:  # answers or None
    return [*items, *[None] * (count - len(items))]


def _other_sheets(which: str, study: Row, rows: list[Row], items: int) -> Iterator[Row]:
    """Give the sheets of a period that were only counted: issued, and returned without being kept."""
    first, last = study[f"{which}_first"], study[f"{which}_last"]
    kept = sum(first <= row["asked_on"] <= last for row in rows)
    issued, returned = study[f"{which}_issued"], study[f"{which}_returned"]
    for number in range(kept + 1, max(issued, returned) + 1):
        body: Row = {"version": "migrated-1", "mode": "face_to_face", "answers": []}
        body["note"] = "counted before the update; its answers were not kept"
        if number <= returned:
            body |= {"returned_on": first.isoformat(), "answers": [None] * items}
        yield _record("questionnaire_sheet", f"{which}-{number:04d}", first, body)


def upgrade() -> None:
    """Make the new tables, move what was kept, drop the old ones."""
    connection = op.get_bind()
    op.rename_table("bell_calls", "old_bell_calls")
    if connection.dialect.name == "postgresql":
        op.execute("ALTER INDEX pk_bell_calls RENAME TO pk_old_bell_calls")
    calls, records, changes = _make_bell_calls(), _make_captured(), _make_changes()
    _move_calls(connection, calls)
    _move_records(connection, records, changes)
    for name in ("old_bell_calls", "patient_days", "questionnaires", "quality_studies"):
        op.drop_table(name)


def downgrade() -> None:
    """Refuse: the older tables can't hold what people have captured since."""
    raise NotImplementedError("revision 0005 has no way back; restore the backup made before it")
