"""Turns what an audit found into corrective actions, one for each item that was not met."""

from __future__ import annotations

from datetime import date

from wardteam.domain.control import Action, ActionSource, Audit, Checklist, Mark

FAULTS = (Mark.PARTLY, Mark.NOT_MET)


def actions_from_audit(audit: Audit, checklist: Checklist, *, owner: str, due: date) -> tuple[Action, ...]:
    """Propose an action for each item found partly met or not met, in the checklist's order.

    The finding is the item's text with the auditor's note; the measure is left for people to say. The
    code joins the audit's and the item's, so that proposing twice makes the same actions.
    """
    scores = {score.item: score for score in audit.scores if score.mark in FAULTS}
    return tuple(
        Action(
            code=f"{audit.code}-{item.code}",
            day=audit.day,
            source=ActionSource.AUDIT,
            source_code=audit.code,
            finding=": ".join(filter(None, (item.text.zh or item.text.en, scores[item.code].note))),
            measure="",
            owner=owner,
            due=due,
            team=audit.team,
            item=item.code,
        )
        for item in checklist.items
        if item.code in scores
    )
