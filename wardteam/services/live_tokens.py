"""Tokens with which call systems send live events: shown once, kept as a hash, dated, revocable."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date
from hashlib import sha256

from wardteam.domain.calls import LiveToken
from wardteam.errors import BadInput, Conflict, Finding, Message
from wardteam.services.ports import Clock, UnitOfWorkFactory

SECRET_BYTES = 24


def new_token(
    units: UnitOfWorkFactory, ward: str, name: str, *, by: str, clock: Clock, last_day: date | None = None
) -> str:
    """Make a token for a call system and give its secret, which can't be shown again.

    Raises
    ------
    BadInput
        Where the name is empty or taken by a token that still holds, or the last day has passed.
    """
    with units() as unit:
        now = clock()
        today = now.astimezone(unit.books.get(ward).book.settings.zone).date()
        names = {kept.record.name for kept in unit.captured.all(ward, LiveToken) if holds(kept.record, today)}
        findings = []
        if not name.strip() or name.strip() in names:
            problem = Message("A name that no other valid token has was expected.")
            findings.append(Finding("", problem, value=name))
        if last_day is not None and last_day < today:
            problem = Message("A last day from {today} on was expected.", today=today.isoformat())
            findings.append(Finding("", problem, value=last_day.isoformat()))
        if findings:
            raise BadInput(tuple(findings))
        secret = secrets.token_urlsafe(SECRET_BYTES)
        token = LiveToken(hashed(secret), today, name.strip(), last_day)
        unit.captured.put(ward, token, expected_revision=None, by=by, at=now)
        unit.commit()
    return secret


def token_ward(units: UnitOfWorkFactory, secret: str, *, today: date) -> tuple[str, str] | None:
    """Give the ward and the name of the token with this secret, None where none holds today."""
    code = hashed(secret)
    with units() as unit:
        for ward in unit.books.codes():
            kept = unit.captured.find(ward, LiveToken, code)
            if kept is not None and holds(kept.record, today):
                return ward, kept.record.name
    return None


def tokens(units: UnitOfWorkFactory, ward: str) -> tuple[LiveToken, ...]:
    """Give a ward's tokens, those that hold no more too, in the order of their dates."""
    with units() as unit:
        return tuple(kept.record for kept in unit.captured.all(ward, LiveToken))


def revoke_token(units: UnitOfWorkFactory, ward: str, code: str, *, by: str, clock: Clock) -> LiveToken:
    """End a token now.

    Parameters
    ----------
    code
        The token's code, or its name where only one token of this name holds.

    Raises
    ------
    NotFound
        Where the ward has no such token.
    Conflict
        Where it holds no more.
    """
    with units() as unit:
        now = clock()
        today = now.astimezone(unit.books.get(ward).book.settings.zone).date()
        named = (k.record.code for k in unit.captured.all(ward, LiveToken) if k.record.name == code)
        holding = [c for c in named if holds(unit.captured.get(ward, LiveToken, c).record, today)]
        kept = unit.captured.get(ward, LiveToken, holding[0] if holding else code)
        if not holds(kept.record, today):
            raise Conflict(Message("The token {name} holds no more.", name=kept.record.name))
        token = replace(kept.record, revoked_on=today)
        unit.captured.put(ward, token, expected_revision=kept.revision, by=by, at=now)
        unit.commit()
    return token


def holds(token: LiveToken, today: date) -> bool:
    """Whether the token is valid on a date."""
    return token.revoked_on is None and (token.last_day is None or today <= token.last_day)


def hashed(secret: str) -> str:
    """Give the code under which a secret is kept."""
    return sha256(secret.encode()).hexdigest()
