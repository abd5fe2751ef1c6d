"""What became of many records taken in at once."""

from __future__ import annotations

from wardteam.cli.session import Session
from wardteam.services.quality_ports import PutMany


def tell_of_many(session: Session, done: PutMany, *, as_json: bool) -> None:
    """Say how many records are new, changed, and as they were."""
    if as_json:
        session.screen.json({"added": done.added, "changed": done.changed, "same": done.same})
        return
    counts = {"added": done.added, "changed": done.changed, "same": done.same}
    session.screen.good("{added} added, {changed} changed, {same} as they were.", **counts)
