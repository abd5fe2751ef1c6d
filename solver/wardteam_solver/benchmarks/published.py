"""What others have published about public instances, with the source of each figure.

Shift scheduling: T. Curtois and R. Qu, Computational results on new staff scheduling benchmark instances,
technical report, 2014 (Gurobi and ejection chain after 10 and 60 minutes); best known values as listed with
the data sets. INRC-II, static: A. Legrain, J. Omer and S. Rosat, A rotation-based branch-and-price approach
for the nurse scheduling problem, 2017 (lower and upper bound).
"""

from __future__ import annotations

from dataclasses import dataclass

from wardteam_solver.benchmarks.shapes import Shape


@dataclass(frozen=True)
class Published:
    """An instance's best known value and bound, and what other solvers reached; None where nobody says."""

    name: str
    best: int | None = None
    bound: int | None = None
    gurobi: tuple[int | None, int | None] = (None, None)
    ejection: tuple[int | None, int | None] = (None, None)


CURTOIS = (
    Published("Instance1", 607, None, (607, 607), (607, 607)),
    Published("Instance2", 828, None, (828, 828), (923, 837)),
    Published("Instance3", 1001, None, (1001, 1001), (1003, 1003)),
    Published("Instance4", 1716, None, (1716, 1716), (1719, 1718)),
    Published("Instance5", 1143, None, (1143, 1143), (1439, 1358)),
    Published("Instance6", 1950, None, (1950, 1950), (2344, 2258)),
    Published("Instance7", 1056, None, (1056, 1056), (1284, 1269)),
    Published("Instance9", 439, None, (439, 439), (474, 463)),
    Published("Instance11", 3443, None, (3443, 3443), (3967, 3661)),
    Published("Instance13", 1348, None, (500410, 3109), (8707, 3037)),
    Published("Instance14", 1278, None, (1482, 1280), (2542, 1847)),
    Published("Instance15", 3828, None, (None, 4964)),
    Published("Instance16", 3225, None, (None, 3233)),
    Published("Instance17", 5746, None, (None, 5851)),
    Published("Instance18", 4459, None, (None, 4760)),
    Published("Instance19", 3149, None, (None, 5420)),
    Published("Instance20", 4769),
    Published("Instance21", 21133),
)
INRC2 = (
    Published("n005w4_0_1-2-3-3"),
    Published("n030w4_1_6-2-9-1", 1685, 1615),
    Published("n030w4_1_6-7-5-3", 1840, 1740),
    Published("n040w4_0_2-0-6-1", 1640, 1335),
    Published("n040w4_2_6-1-0-6", 1865, 1570),
)
"""Of the first only a solution of the dynamic problem is published here; it costs 1695."""

SHAPES = (Shape(45, 42, 6), Shape(22, 84, 3), Shape(40, 84, 5), Shape(50, 182, 6), Shape(100, 182, 8))
"""The larger shapes of the family (instances 15, 18, 19, 20 and 21), as invented instances."""

BY_NAME = {one.name: one for one in (*CURTOIS, *INRC2)}
