"""Every kind of record that has its own pages, in the order in which they are listed."""

from __future__ import annotations

from typing import Any

from wardteam_web.records.kinds.actions import ACTIONS
from wardteam_web.records.kinds.activities import ACTIVITIES
from wardteam_web.records.kinds.days import DAYS
from wardteam_web.records.kinds.events import EVENTS
from wardteam_web.records.kinds.symposia import SYMPOSIA
from wardteam_web.records.page import RecordPage

RECORD_PAGES: tuple[RecordPage[Any], ...] = (DAYS, EVENTS, ACTIONS, ACTIVITIES, SYMPOSIA)
BY_ADDRESS = {page.address: page for page in RECORD_PAGES}
