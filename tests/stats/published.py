"""Published data sets that tests of means and ranks share, with their sources."""

from __future__ import annotations

# Student 1908 (Cushny and Peebles): extra hours of sleep; R's data set `sleep`.
SLEEP_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SLEEP_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

# Dobson 1983: dried weight of plants; R's data set `PlantGrowth` (ctrl, trt1, trt2).
PLANT_GROWTH = [
    [4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14],
    [4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69],
    [6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26],
]

# Beall 1942: insects counted under six sprays; R's data set `InsectSprays` (A to F).
INSECT_SPRAYS = [
    [10, 7, 20, 14, 14, 12, 10, 23, 17, 20, 14, 13],
    [11, 17, 21, 11, 16, 14, 17, 17, 19, 21, 7, 13],
    [0, 1, 7, 2, 3, 1, 2, 1, 3, 0, 1, 4],
    [3, 5, 12, 6, 4, 3, 5, 5, 5, 5, 2, 4],
    [3, 5, 3, 5, 3, 6, 1, 1, 3, 2, 6, 4],
    [11, 9, 15, 22, 15, 16, 13, 10, 26, 26, 24, 13],
]

# Ozone in New York, May to September 1973; R's data set `airquality`.
OZONE = {
    month: [None if value == "-" else float(value) for value in line.split()]
    for month, line in {
        "5": "41 36 12 18 - 28 23 19 8 - 7 16 11 14 18 14 34 6 30 11 1 11 4 32 - - - 23 45 115 37",
        "6": "- - - - - - 29 - 71 39 - - 23 - - 21 37 20 12 13 - - - - - - - - - -",
        "7": "135 49 32 - 64 40 77 97 97 85 - 10 27 - 7 48 35 61 79 63 16 - - 80 108 20 52 82 50 64 59",
        "8": "39 9 16 78 35 66 122 89 110 - - 44 28 65 - 22 59 23 31 44 21 9 - 45 168 73 - 76 118 84 85",
        "9": "96 78 73 91 47 32 20 23 21 24 44 21 28 9 13 46 18 13 24 16 13 23 36 7 14 30 - 14 18 20",
    }.items()
}

# Henderson and Velleman 1981: miles per gallon by gearbox; R's data set `mtcars`.
MPG_AUTOMATIC = [21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 21.5]
MPG_AUTOMATIC += [15.5, 15.2, 13.3, 19.2]
MPG_MANUAL = [21.0, 21.0, 22.8, 32.4, 30.4, 33.9, 27.3, 26.0, 30.4, 15.8, 19.7, 15.0, 21.4]

# NIST/ITL StRD, SiRstv.dat: resistance by five instruments.
SIRSTV = [
    [196.3052, 196.1240, 196.1890, 196.2569, 196.3403],
    [196.3042, 196.3825, 196.1669, 196.3257, 196.0422],
    [196.1303, 196.2005, 196.2889, 196.0343, 196.1811],
    [196.2795, 196.1748, 196.1494, 196.1485, 195.9885],
    [196.2119, 196.1051, 196.1850, 196.0052, 196.2090],
]


def smls(offset: int) -> list[list[float]]:
    """Give NIST's generated set of nine treatments: SmLs01 for 1, SmLs04 for 1000000."""
    tenths = [4, 3, 5, 3, 5, 3, 5, 3, 5]
    return [
        [float(f"{offset}.{t}")] + [float(f"{offset}.{t - 1}"), float(f"{offset}.{t + 1}")] * 10
        for t in tenths
    ]
