"""Values of two groups with the cluster (stay, patient, ward) that each comes from."""

from __future__ import annotations

import re
from collections.abc import Collection

from wardteam.errors import Message
from wardteam.exchange.figure_columns import Columns
from wardteam.exchange.figures_table import FiguresTable
from wardteam.services.any_table.answer import Gathering
from wardteam.services.any_table.groups import Grouped
from wardteam.stats.clustered_samples import ClusteredSample
from wardteam.stats.results import Unanswerable

NO_CLUSTER = "Rows with a figure but without a cluster are left out: {count}."
NOT_TWO = "Clusters are compared between two groups; the column has {count}."

REPEATED = (
    "Rows share values of the column {column}: rows of one patient are not independent, and P is too small "
    "then. Name the column with --cluster."
)
_PATIENT = re.compile(
    r"patient|subject|\bstays?\b|stay[ _]?id|admission[ _]?(id|no)|cluster|患者|病人|病案|住院号", re.I
)
_COUNT = re.compile(r"days?\b|number|count|hours?\b|床日|人数|例数|天", re.I)


def repeated_patients(table: FiguresTable, used: Collection[str]) -> tuple[Message, ...]:
    """Warn where a column that names patients or stays holds the same one twice and is not used."""
    found = []
    for place, heading in enumerate(table.headings):
        if heading in used or not _PATIENT.search(heading) or _COUNT.search(heading):
            continue
        codes = [code for row in table.rows if (code := row[place].strip())]
        if len(set(codes)) < len(codes):
            found.append(Message(REPEATED, column=heading))
    return tuple(found)


def clustered_samples(
    columns: Columns, parts: Grouped[float], cluster: str, gathering: Gathering
) -> tuple[ClusteredSample, ClusteredSample]:
    """Join values and clusters; a value without a cluster is left out, counted as missing and told.

    Raises
    ------
    Unanswerable
        Where there are not two groups.
    """
    codes = columns.codes(cluster)
    gathering.warn(*parts.warnings)
    if len(parts.names) != 2:
        raise Unanswerable(Message(NOT_TWO, count=len(parts.names)))
    without = 0
    samples = []
    for values, rows in zip(parts.values, parts.rows, strict=True):
        known = [(v, codes[i]) for v, i in zip(values, rows, strict=True) if v is not None]
        inside = [(v, c) for v, c in known if c is not None]
        without += len(known) - len(inside)
        missing = len(values) - len(inside)
        samples.append(ClusteredSample(tuple(v for v, _ in inside), tuple(c for _, c in inside), missing))
    if without:
        gathering.warn(Message(NO_CLUSTER, count=without))
    return samples[0], samples[1]
