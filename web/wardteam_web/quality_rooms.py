"""The rooms of quality and their order in the pages' own navigation."""

from __future__ import annotations

from flask import current_app

from wardteam.errors import Message

QUALITY_PAGES: tuple[tuple[str, Message], ...] = (
    ("quality.show", Message("Dashboard")),
    ("capture.overview", Message("Records")),
    ("control.show", Message("Audits and actions")),
    ("plan.show", Message("Plan")),
    ("comparison.show", Message("Comparison")),
    ("report.show", Message("Report")),
    ("indicators.show", Message("Indicators")),
)
BELONGS = {
    **dict.fromkeys(("records", "who", "calls", "call_mapping", "call_jobs", "call_tokens"), "capture"),
    **dict.fromkeys(("questionnaires", "questionnaire_entry", "questionnaire_versions"), "capture"),
    **dict.fromkeys(("questionnaire_files", "sheets"), "capture"),
    **dict.fromkeys(("audits", "checklists"), "control"),
}
"""Blueprints without an entry of their own, and the room under which they are found."""
QUALITY_ROOMS = frozenset((*(endpoint.partition(".")[0] for endpoint, _ in QUALITY_PAGES), *BELONGS))
"""Blueprints that show the navigation of quality."""


def room_of(blueprint: str) -> str:
    """Give the room in whose entry of the navigation a page is found."""
    return BELONGS.get(blueprint, blueprint)


def quality_pages() -> tuple[tuple[str, Message], ...]:
    """Give the rooms that this application has, by their endpoints."""
    return tuple(
        (endpoint, label) for endpoint, label in QUALITY_PAGES if endpoint in current_app.view_functions
    )
