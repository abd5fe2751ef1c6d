"""The tables of the ward's book; each holds one ordered list, and its columns are the record's fields."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from wardteam.domain.beds import NursingGrade
from wardteam.domain.people import Education, Level, RestrictionKind, Sex, StaffKind, Title
from wardteam.domain.rules import Severity
from wardteam.domain.shifts import DayKind, LeaveKind, Post, Segment, ShiftKind
from wardteam.domain.teams import PairKind, Role
from wardteam.domain.ward import CapSettings, LedgerSettings, WardSettings
from wardteam.domain.wishes import WishKind
from wardteam.storage.columns import METADATA, Coded, Moment, Packed, tuples

STAFF_NO = sa.String(64)
CODE = sa.String(64)


def _unpack_settings(value: dict[str, Any]) -> WardSettings:  # JSON
    caps = CapSettings(**{key: tuples(item) for key, item in value.pop("caps").items()})
    ledger = value.pop("ledger", {})
    since = ledger.pop("since", None)
    return WardSettings(
        caps=caps,
        ledger=LedgerSettings(since=date.fromisoformat(since) if since else None, **ledger),
        **{key: tuples(item) for key, item in value.items()},
    )


def _pack_settings(settings: WardSettings) -> dict[str, Any]:  # JSON
    since = settings.ledger.since
    packed = asdict(settings)
    packed["ledger"]["since"] = since and since.isoformat()
    return packed


def _unpack_segments(value: list[list[int]]) -> tuple[Segment, ...]:
    return tuple(Segment(start, end) for start, end in value)


SETTINGS = Packed(_pack_settings, _unpack_settings)
SEGMENTS = Packed(lambda value: [[s.start_minute, s.end_minute] for s in value], _unpack_segments)
DATES = Packed(lambda value: [d.isoformat() for d in value], lambda v: tuple(map(date.fromisoformat, v)))
TUPLE = Packed(list, tuples)
MAPPING = Packed(dict, dict)

wards = sa.Table(
    "wards",
    METADATA,
    sa.Column("code", CODE, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("name_en", sa.Text, nullable=False),
    sa.Column("hospital", sa.Text, nullable=False),
    sa.Column("hospital_en", sa.Text, nullable=False),
    sa.Column("settings", SETTINGS, nullable=False),
    sa.Column("balance_measures", TUPLE, nullable=False),
    sa.Column("period_first", sa.Date),
    sa.Column("period_last", sa.Date),
    sa.Column("revision", sa.Integer, nullable=False),
)

ward_revisions = sa.Table(
    "ward_revisions",
    METADATA,
    sa.Column("ward", CODE, sa.ForeignKey("wards.code", ondelete="CASCADE"), primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("saved_by", sa.Text, nullable=False),
    sa.Column("saved_at", Moment, nullable=False),
)


def _needed(name: str, kind: Any) -> sa.Column[Any]:  # any SQLAlchemy type
    return sa.Column(name, kind, nullable=False)


def _list_table(name: str, *rest: sa.Column[Any] | sa.Constraint) -> sa.Table:  # columns of any type
    """Make the table of one of the ward's ordered lists."""
    ward = sa.Column("ward", CODE, sa.ForeignKey("wards.code", ondelete="CASCADE"), primary_key=True)
    return sa.Table(name, METADATA, ward, sa.Column("ordinal", sa.Integer, primary_key=True), *rest)


def _of(column: str, table: str, key: str) -> sa.ForeignKeyConstraint:
    """Tie a column to another list of the same ward; checked at the end, as lists are written one by one."""
    targets = [f"{table}.ward", f"{table}.{key}"]
    return sa.ForeignKeyConstraint(["ward", column], targets, deferrable=True, initially="DEFERRED")


nurses = _list_table(
    "nurses",
    _needed("staff_no", STAFF_NO),
    _needed("name", sa.Text),
    _needed("birth_date", sa.Date),
    _needed("title", Coded(Title)),
    _needed("title_since", sa.Date),
    _needed("service_since", sa.Date),
    _needed("education", Coded(Education)),
    _needed("name_en", sa.Text),
    _needed("sex", Coded(Sex)),
    _needed("kind", Coded(StaffKind)),
    sa.Column("level", Coded(Level)),
    _needed("ability", sa.SmallInteger),
    _needed("contract_percent", sa.SmallInteger),
    _needed("is_preceptor", sa.Boolean),
    sa.Column("registration_until", sa.Date),
    _needed("is_registered_here", sa.Boolean),
    sa.Column("joined", sa.Date),
    sa.Column("left", sa.Date),
    _needed("strengths", sa.Text),
    _needed("strengths_en", sa.Text),
    _needed("photo", sa.Text),
    sa.Column("photo_consent", sa.Date),
    sa.Column("photo_consent_withdrawn", sa.Date),
    _needed("hours_balance_minutes", sa.Integer),
    _needed("annual_leave_days", sa.Integer),
    sa.UniqueConstraint("ward", "staff_no"),
)

rooms = _list_table(
    "rooms",
    _needed("code", CODE),
    _needed("position", sa.Integer),
    sa.UniqueConstraint("ward", "code"),
)

beds = _list_table(
    "beds",
    _needed("code", CODE),
    _needed("room", CODE),
    _needed("usual_grade", Coded(NursingGrade)),
    sa.UniqueConstraint("ward", "code"),
    _of("room", "rooms", "code"),
)

stays = _list_table(
    "stays",
    _needed("code", CODE),
    _needed("bed", CODE),
    _needed("grade", Coded(NursingGrade)),
    _needed("admitted", Moment),
    sa.Column("discharged", Moment),
    _needed("minimum_level", Coded(Level)),
    _needed("surname_masked", sa.Text),
    sa.UniqueConstraint("ward", "code"),
    _of("bed", "beds", "code"),
)

shifts = _list_table(
    "shifts",
    _needed("code", CODE),
    _needed("symbol", sa.Text),
    _needed("symbol_en", sa.Text),
    _needed("name", sa.Text),
    _needed("name_en", sa.Text),
    _needed("kind", Coded(ShiftKind)),
    _needed("segments", SEGMENTS),
    _needed("minutes", sa.Integer),
    _needed("summer_segments", SEGMENTS),
    _needed("colour", sa.Text),
    _needed("text_colour", sa.Text),
    _needed("holds_beds", sa.Boolean),
    _needed("counts_in_ratio", sa.Boolean),
    _needed("is_duty", sa.Boolean),
    _needed("is_double_staffed", sa.Boolean),
    sa.Column("minimum_senior", Coded(Level)),
    _needed("fairness_weight", sa.Integer),
    sa.UniqueConstraint("ward", "code"),
)

demands = _list_table(
    "demands",
    _needed("shift", CODE),
    _needed("minimum", sa.Integer),
    _needed("wished", sa.Integer),
    sa.Column("maximum", sa.Integer),
    sa.Column("day_kind", Coded(DayKind)),
    _needed("weekdays", TUPLE),
    _needed("days", DATES),
    _needed("post", Coded(Post)),
    _needed("per_team", sa.Boolean),
    sa.Column("team", sa.Integer),
    _of("shift", "shifts", "code"),
)

leaves = _list_table(
    "leaves",
    _needed("staff_no", STAFF_NO),
    _needed("kind", Coded(LeaveKind)),
    _needed("start", sa.Date),
    _needed("end", sa.Date),
    _of("staff_no", "nurses", "staff_no"),
)

wishes = _list_table(
    "wishes",
    _needed("staff_no", STAFF_NO),
    _needed("day", sa.Date),
    _needed("kind", Coded(WishKind)),
    _needed("shift", CODE),
    _needed("points", sa.Integer),
    _of("staff_no", "nurses", "staff_no"),
)

restrictions = _list_table(
    "restrictions",
    _needed("staff_no", STAFF_NO),
    _needed("kind", Coded(RestrictionKind)),
    sa.Column("start", sa.Date),
    sa.Column("end", sa.Date),
    sa.Column("event_date", sa.Date),
    _needed("children", sa.Integer),
    _needed("shift", CODE),
    _of("staff_no", "nurses", "staff_no"),
)

pairs = _list_table(
    "pairs",
    _needed("first", STAFF_NO),
    _needed("second", STAFF_NO),
    _needed("kind", Coded(PairKind)),
    _of("first", "nurses", "staff_no"),
    _of("second", "nurses", "staff_no"),
)

teams = _list_table(
    "teams",
    _needed("number", sa.Integer),
    _needed("name", sa.Text),
    _needed("name_en", sa.Text),
    _needed("colour", sa.Text),
    sa.UniqueConstraint("ward", "number"),
)

memberships = _list_table(
    "memberships",
    _needed("staff_no", STAFF_NO),
    _needed("team", sa.Integer),
    _needed("role", Coded(Role)),
    _needed("start", sa.Date),
    sa.Column("end", sa.Date),
    _needed("is_pinned", sa.Boolean),
    _of("staff_no", "nurses", "staff_no"),
    _of("team", "teams", "number"),
)

ownerships = _list_table(
    "ownerships",
    _needed("bed", CODE),
    _needed("staff_no", STAFF_NO),
    _needed("start", sa.Date),
    sa.Column("end", sa.Date),
    _of("bed", "beds", "code"),
    _of("staff_no", "nurses", "staff_no"),
)

rule_settings = _list_table(
    "rule_settings",
    _needed("rule", CODE),
    sa.Column("severity", Coded(Severity)),
    sa.Column("weight", sa.Integer),
    _needed("parameters", MAPPING),
)

calendar_days = _list_table(
    "calendar_days",
    _needed("day", sa.Date),
    _needed("name", sa.Text),
    _needed("is_makeup", sa.Boolean),
)

history_cells = _list_table(
    "history_cells",
    _needed("staff_no", STAFF_NO),
    _needed("day", sa.Date),
    _needed("code", CODE),
    _needed("post", Coded(Post)),
    _needed("is_locked", sa.Boolean),
    sa.Column("team", sa.Integer),
    sa.UniqueConstraint("ward", "staff_no", "day"),
)

balances = _list_table(
    "balances",
    _needed("measure", CODE),
    _needed("staff_no", STAFF_NO),
    _needed("amount", sa.Integer),
    sa.UniqueConstraint("ward", "measure", "staff_no"),
)
