"""`wardteam calls token`: tokens made, listed and ended."""

from __future__ import annotations

from datetime import date

from wardteam.cli.session import Session
from wardteam.domain.calls import LiveToken


def run_new(session: Session, *, name: str, last_day: date | None, ward: str | None, as_json: bool) -> None:
    """Make a token and show its secret, once."""
    from wardteam.services.live_calls import new_token

    with session.open() as installation:
        code = session.ward(installation, ward)
        clock = installation.clock
        secret = new_token(installation.units, code, name, by=session.user, clock=clock, last_day=last_day)
    if as_json:
        session.screen.json({"name": name, "secret": secret})
        return
    session.screen.good("The token of {name}; it can't be shown again:", name=name)
    session.screen.console.print(secret, soft_wrap=True)


def run_list(session: Session, *, ward: str | None, as_json: bool) -> None:
    """List the tokens, those that hold no more too."""
    from wardteam.services.live_calls import tokens

    with session.open() as installation:
        found = tokens(installation.units, session.ward(installation, ward))
    if as_json:
        session.screen.json({"tokens": found})
        return
    if not found:
        session.screen.line("There is no token yet; `wardteam calls token new NAME` makes one.")
        return
    headings = ("Call system", "Made on", "Last day", "Ended on", "Code")
    session.screen.table(headings, [_row(token) for token in found])


def run_revoke(session: Session, *, name: str, ward: str | None, as_json: bool) -> None:
    """End a token."""
    from wardteam.services.live_calls import revoke_token

    with session.open() as installation:
        code = session.ward(installation, ward)
        clock = installation.clock
        token = revoke_token(installation.units, code, name, by=session.user, clock=clock)
    if as_json:
        session.screen.json({"token": token})
    else:
        session.screen.good("The token {name} holds no more.", name=token.name)


def _row(token: LiveToken) -> tuple[str, ...]:
    days = (token.day, token.last_day, token.revoked_on)
    return (token.name, *("" if day is None else day.isoformat() for day in days), token.code[:12])
