"""Make the project's fonts: subsets of Noto Sans SC, run by hand when the face or the character list changes.

Needs fontTools and brotli, the unpacked npm package @expo-google-fonts/noto-sans-sc, and the Unihan
table Unihan_OtherMappings (bzip2, as Debian's unicode-data has it); see docs/fonts.md.
"""

from __future__ import annotations

import bz2
import re
import shutil
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
TTF_FOLDER = HERE / "wardteam_reports" / "fonts"
WOFF_FOLDER = HERE.parent / "web" / "wardteam_web" / "static" / "fonts"
WEIGHTS = {"400Regular": "Regular", "700Bold": "Bold"}
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")


def standard_characters(unihan: Path) -> set[int]:
    """Give the 8105 characters of the Table of General Standard Chinese Characters (kTGH)."""
    lines = bz2.decompress(unihan.read_bytes()).decode("utf-8")
    return {int(code, 16) for code in re.findall(r"^U\+([0-9A-F]+)\tkTGH\t", lines, re.MULTILINE)}


def gb2312_characters() -> set[int]:
    """Give every character of GB 2312, by decoding all its two-byte codes."""
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return {ord(c) for pair in pairs for c in pair.decode("gb2312", errors="ignore")}


def wanted_characters(covered: set[int], unihan: Path) -> set[int]:
    """Give what the subset keeps: the standard Chinese characters and every sign that is no ideograph."""
    signs = {c for c in covered if c < 0x2E80 or 0x3000 <= c < 0x3100 or 0x3200 <= c < 0x3400 or c >= 0xFF00}
    signs = {c for c in signs if c < 0x10000}
    return (standard_characters(unihan) | gb2312_characters() | signs) & covered


def make_subset(source: Path, target: Path, flavor: str | None, unihan: Path) -> int:
    """Write one subset and give its number of characters."""
    options = Options()
    options.flavor = flavor
    options.hinting = False
    options.layout_features = ["kern", "mark", "ccmp", "locl", "liga", "palt", "halt"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    font = TTFont(source, recalcTimestamp=False)
    characters = wanted_characters(set(font.getBestCmap()), unihan)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.flavor = flavor
    font.save(target)
    return len(characters)


def write_coverage(target: Path) -> None:
    """Write the characters that every weight has as lines of ranges in hexadecimal."""
    charmaps = [set(TTFont(path).getBestCmap()) for path in sorted(TTF_FOLDER.glob("*.ttf"))]
    covered = sorted(set.intersection(*charmaps))
    starts = [c for i, c in enumerate(covered) if i == 0 or covered[i - 1] != c - 1]
    ends = [c for i, c in enumerate(covered) if i == len(covered) - 1 or covered[i + 1] != c + 1]
    lines = (f"{start:04X}-{end:04X}\n" for start, end in zip(starts, ends, strict=True))
    target.write_text("".join(lines), encoding="ascii")


def main(package: Path, unihan: Path = UNIHAN) -> None:
    """Make the TTF for documents and the WOFF2 for web pages, each with the licence beside it."""
    for folder in (TTF_FOLDER, WOFF_FOLDER):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package / "LICENSE_FONT", folder / "OFL.txt")
    for folder_name, weight in WEIGHTS.items():
        source = package / folder_name / f"NotoSansSC_{folder_name}.ttf"
        count = make_subset(source, TTF_FOLDER / f"NotoSansSC-{weight}.ttf", None, unihan)
        make_subset(source, WOFF_FOLDER / f"NotoSansSC-{weight}.woff2", "woff2", unihan)
        sys.stdout.write(f"{weight}: {count} characters\n")
    write_coverage(TTF_FOLDER / "coverage.txt")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:]))
