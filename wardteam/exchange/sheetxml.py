"""What a sheet's XML tells and its values don't: formulas without a value, errors, pictures, merges."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element
from xml.parsers import expat

from defusedxml.ElementTree import fromstring, iterparse

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"

Place = tuple[int, int]
"""Row and column, counted from 0."""

MOST_CELLS = 3_000_000
MOST_EMPTY_SHARE = 4
"""A larger sheet may span so many times the cells that it fills."""


class TooWide(Exception):
    """The filled cells of a sheet lie so far apart that reading it would take too much memory."""


@dataclass
class SheetFacts:
    """Places of a sheet by what stands there; merged ranges as their first and last place."""

    valueless: set[Place] = field(default_factory=set)
    formulas: set[Place] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)
    pictures: set[Place] = field(default_factory=set)
    merged: list[tuple[Place, Place]] = field(default_factory=list)


def read_facts(data: bytes) -> dict[str, SheetFacts]:
    """Read the facts of every worksheet, by its name.

    Raises
    ------
    TooWide
        Where a sheet's filled cells span too large an area.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: _sheet_facts(archive, path) for name, path in _sheets(archive)}


def check_spread(data: bytes) -> None:
    """Refuse a workbook of many rows whose filled cells lie far apart, quicker than reading its facts.

    A parser that gives rectangles would ask for more memory than there is, and end the program.

    Raises
    ------
    TooWide
        Where a sheet's cells span far more places than they fill.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for _, path in _sheets(archive):
            with archive.open(path) as source:
                spread = _Spread()
                spread.parser.ParseFile(source)
            area = (spread.last[0] + 1) * (spread.last[1] + 1)
            if area > MOST_CELLS and area > MOST_EMPTY_SHARE * spread.cells:
                raise TooWide


class _Spread:
    """Counts a sheet's cells and finds the last row and column; a document type is refused."""

    def __init__(self) -> None:
        self.cells = 0
        self.last = (0, 0)
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if name == "c":
            self.cells += 1
            row, column = _place(attributes.get("r", "A1"))
        elif name == "row":
            number = attributes.get("r", "1")
            row, column = (int(number) - 1 if number.isdecimal() else 0), 0
        else:
            return
        self.last = (max(self.last[0], row), max(self.last[1], column))

    def _refuse(self, *_: object) -> None:
        raise ValueError("a sheet with a document type")


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    targets = _relations(archive, "xl/workbook.xml")
    book = fromstring(archive.read("xl/workbook.xml"))
    for sheet in book.iter(f"{_MAIN}sheet"):
        kind, path = targets.get(sheet.get(f"{_REL}id", ""), ("", ""))
        if kind.endswith("/worksheet") and path in archive.namelist():
            yield sheet.get("name", ""), path


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(part)
    path = f"{folder}/_rels/{name}.rels"
    if path not in archive.namelist():
        return {}
    found = {}
    for relation in fromstring(archive.read(path)).iter(f"{_PACKAGE}Relationship"):
        target = relation.get("Target", "")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        found[relation.get("Id", "")] = (relation.get("Type", ""), whole)
    return found


def _sheet_facts(archive: zipfile.ZipFile, path: str) -> SheetFacts:
    facts = SheetFacts()
    last = (0, 0)
    with archive.open(path) as source:
        for _, element in iterparse(source, forbid_dtd=True):
            if element.tag == f"{_MAIN}c":
                place = _place(element.get("r", "A1"))
                if _note_cell(facts, place, element):
                    last = (max(last[0], place[0]), max(last[1], place[1]))
                    _check_area(last)
            elif element.tag == f"{_MAIN}mergeCell":
                facts.merged.append(_range(element.get("ref", "A1")))
            if element.tag == f"{_MAIN}row":
                element.clear()
    for kind, drawing in _relations(archive, path).values():
        if kind.endswith("/drawing") and drawing in archive.namelist():
            facts.pictures |= set(_pictures(archive.read(drawing)))
    return facts


def _check_area(last: Place) -> None:
    if (last[0] + 1) * (last[1] + 1) > MOST_CELLS:
        raise TooWide


def _note_cell(facts: SheetFacts, place: Place, cell: Element) -> bool:
    """Note what is special about a cell; give whether it holds anything."""
    formula = cell.find(f"{_MAIN}f")
    value = cell.findtext(f"{_MAIN}v") or "".join(cell.itertext()) * (cell.get("t") == "inlineStr")
    if formula is not None:
        facts.formulas.add(place)
        if "DISPIMG" in (formula.text or "").upper():
            facts.pictures.add(place)
        elif not value and cell.get("t") != "str":
            facts.valueless.add(place)
    if cell.get("t") == "e":
        if cell.get("vm"):
            facts.pictures.add(place)
        else:
            facts.errors[place] = value
    return formula is not None or bool(value)


def _pictures(drawing: bytes) -> Iterator[Place]:
    root = fromstring(drawing, forbid_dtd=True)
    for anchor in root:
        corner = anchor.find(f"{_DRAWING}from")
        if corner is not None and next(anchor.iter(f"{_DRAWING}pic"), None) is not None:
            yield int(corner.findtext(f"{_DRAWING}row", "0")), int(corner.findtext(f"{_DRAWING}col", "0"))


def _place(reference: str) -> Place:
    match = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})", reference)
    if match is None:
        return (0, 0)
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _range(reference: str) -> tuple[Place, Place]:
    first, _, last = reference.partition(":")
    return _place(first), _place(last or first)


def column_letter(column: int) -> str:
    """Give a column's letter, counted from 0: A, B, ..., Z, AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
