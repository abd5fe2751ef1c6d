"""The hash of the data behind a report: calls by their columns, every other record by its fields."""

from __future__ import annotations

import hashlib

import numpy as np

from wardteam.services.call_columns import COLUMNS
from wardteam.services.quality_data import QualityData

RECORDS = (
    *("patient_days", "versions", "sheets", "checklists", "audits", "actions"),
    *("activities", "events", "symposia"),
)


def data_hash_of(data: QualityData) -> str:
    """Give the SHA-256 of plan, calls and all records; row order of the store plays no part."""
    digest = hashlib.sha256()
    digest.update(repr(data.plan).encode())
    for name in ("beds", "stays", "people"):
        digest.update(repr(getattr(data.calls, name)).encode())
    for name in COLUMNS:
        digest.update(np.ascontiguousarray(getattr(data.calls, name)).tobytes())
    for name in RECORDS:
        lines = sorted(repr(record) for record in getattr(data, name))
        digest.update("\n".join((name, *lines)).encode())
    return digest.hexdigest()
