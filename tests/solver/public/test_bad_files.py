"""Malformed, contradictory, empty or huge files: what is wrong is named with file and line, all at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.solver.public.instances import DATA
from wardteam.errors import BadInput, Finding
from wardteam.services.bench_public import load_curtois, load_inrc2
from wardteam_solver.benchmarks.inrc2 import InstanceName
from wardteam_solver.benchmarks.public import MOST_BYTES, MOST_FINDINGS

SMALL = (DATA / "small.txt").read_text()


def row_of(text: str, line: str) -> int:
    return text.splitlines().index(line) + 1


def findings_of_bytes(tmp_path: Path, data: bytes) -> tuple[Finding, ...]:
    path = tmp_path / "given.txt"
    path.write_bytes(data)
    with pytest.raises(BadInput) as caught:
        load_curtois(path)
    assert {finding.file for finding in caught.value.findings} == {"given.txt"}
    return caught.value.findings


def findings(tmp_path: Path, text: str) -> tuple[Finding, ...]:
    return findings_of_bytes(tmp_path, text.encode())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("A,2,E,2", "A,2,E,-2", "whole number from 0"),
        ("A,2,E,2", "A,2,E,two", "whole number from 0"),
        ("A,2,E,2", "A,2,E,99999999999999999999999", "whole number from 0"),
        ("A,2,E,2", "A,13,E,2", "from 0 to 12"),
        ("A,2,E,2", "A,2,X,2", "not known here; known are, for example: ('E', 'L', 'N')"),
        ("A,2,E,2", "Z,2,E,2", "not known here"),
        ("A,2,E,2", "A,2,E", "EmployeeID, Day, ShiftID, Weight"),
        ("L,480,E", "L,480,X", "not known here"),
        ("L,480,E", "E,480,", "stands there twice"),
        ("L,480,E", "L,0,E", "from 1 to 1440"),
        ("L,480,E", "L 1,480,E", "without blanks"),
        ("B,5,6", "B,5,-6", "from 0 to 12"),
        ("F,E=5|N=13,2400,960,3,1,1,0", "D,E=5|N=13,2400,960,3,1,1,0", "stands there twice"),
        ("F,E=5|N=13,2400,960,3,1,1,0", "F,E=5|N=13,960,2400,3,1,1,0", "at least 2400 and at most 960"),
        ("F,E=5|N=13,2400,960,3,1,1,0", "F,E=5|N=13,959,950,3,1,1,0", "contradict"),
        ("F,E=5|N=13,2400,960,3,1,1,0", "F,E=5|N=13,2400,960,3,4,1,0", "at least 4 and at most 3"),
        ("F,E=5|N=13,2400,960,3,1,1,0", "F,E=5|X=13,2400,960,3,1,1,0", "not known here"),
        ("F,E=5|N=13,2400,960,3,1,1,0", "F,E5,2400,960,3,1,1,0", "whole number"),
        ("13", "0", "from 1 to 400"),
        ("13", "4000", "from 1 to 400"),
        ("1,L,1,100,1", "0,L,1,100,1", "Day 0 and shift L stand there twice"),
        ("SECTION_COVER", "SECTION_COVERS", "One of these sections was expected"),
        ("SECTION_COVER", "SECTION_SHIFTS", "This section stands there twice"),
    ],
)
def test_a_bad_line_is_named_with_what_was_expected(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = "\n".join(new if line == old else line for line in SMALL.splitlines())
    found = findings(tmp_path, text)
    at = [f for f in found if said in str(f.problem)]
    assert at, [str(f.problem) for f in found]
    assert at[0].row == row_of(SMALL, old)


@pytest.mark.parametrize("name", ["HORIZON", "SHIFTS", "STAFF", "DAYS_OFF", "SHIFT_ON_REQUESTS", "COVER"])
def test_a_missing_section_is_named(tmp_path: Path, name: str) -> None:
    before, _, rest = SMALL.partition(f"SECTION_{name}\n")
    after = rest.partition("SECTION_")
    found = findings(tmp_path, before + after[1] + after[2])
    assert [str(f.problem) for f in found] == [f"The section SECTION_{name} is missing."]


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = SMALL.replace("A,2,E,2", "A,2,X,2").replace("C,8,N,3", "C,8,N,-3").replace("B,9,L,1", "B,99,L,1")
    found = findings(tmp_path, text)
    assert [(f.row, f.value) for f in found] == [
        (row_of(text, "A,2,X,2"), "X"),
        (row_of(text, "C,8,N,-3"), "-3"),
        (row_of(text, "B,99,L,1"), "99"),
    ]


@pytest.mark.parametrize(
    ("data", "row", "said"),
    [
        (b"", None, "The file is empty."),
        (b" \n\r\n", None, "The file is empty."),
        (b"SECTION_HORIZON\n\x00\x01", 2, "binary"),
        ("SECTION_HORIZON".encode("utf-16"), 1, "binary, or UTF-16"),
        ("SECTION_HORIZON\n# 护士".encode("gbk"), 2, "UTF-8"),
        (b"x" * (MOST_BYTES + 1), None, "larger than"),
        (b"just words", 1, "SECTION_"),
    ],
)
def test_what_is_no_text_of_this_kind_is_refused(
    tmp_path: Path, data: bytes, row: int | None, said: str
) -> None:
    found = findings_of_bytes(tmp_path, data)
    assert found[-1 if said != "SECTION_" else 0].row in (row, None)
    assert any(said in str(f.problem) and f.row == row for f in found)


@pytest.mark.parametrize(
    ("staff", "days", "shifts", "said"),
    [
        (401, 28, 2, "401 employees are too many"),
        (3, 28, 61, "61 shifts are too many"),
        (300, 300, 60, "5400000 cells"),
        (0, 28, 1, "At least one was expected: employees"),
        (3, 28, 0, "At least one was expected: shifts"),
    ],
)
def test_absurd_sizes_are_refused_in_words(
    tmp_path: Path, staff: int, days: int, shifts: int, said: str
) -> None:
    lines = ["SECTION_HORIZON", str(days), "SECTION_SHIFTS", *(f"s{n},480," for n in range(shifts))]
    lines += ["SECTION_STAFF", *(f"p{n},,4800,0,5,1,1,4" for n in range(staff))]
    lines += ["SECTION_DAYS_OFF", "SECTION_SHIFT_ON_REQUESTS", "SECTION_SHIFT_OFF_REQUESTS", "SECTION_COVER"]
    assert said in " ".join(str(f.problem) for f in findings(tmp_path, "\n".join(lines)))


def test_runs_that_would_fill_the_memory_are_refused(tmp_path: Path) -> None:
    lines = ["SECTION_HORIZON", "390", "SECTION_SHIFTS", "D,480,", "SECTION_STAFF"]
    lines += [f"p{n},D=390,99999,0,390,380,380,99" for n in range(20)]
    lines += ["SECTION_DAYS_OFF", "SECTION_SHIFT_ON_REQUESTS", "SECTION_SHIFT_OFF_REQUESTS", "SECTION_COVER"]
    assert ["Runs of these lengths" in str(f.problem) for f in findings(tmp_path, "\n".join(lines))] == [True]


def test_a_file_full_of_faults_is_cut_off_with_words(tmp_path: Path) -> None:
    found = findings(tmp_path, SMALL + "\n".join(f"{n},?,?,?,?" for n in range(1000)))
    assert len(found) == MOST_FINDINGS + 1
    assert any("There are more" in str(f.problem) for f in found)


def test_a_folder_or_nothing_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.txt"):
        with pytest.raises(BadInput):
            load_curtois(path)


@pytest.mark.parametrize(
    "name", ["", "n004w2", "n004w2_0", "n004w2_0_3-", "n004w2_a_3-0", "../x_0_3-0", "a b_0_1"]
)
def test_what_is_no_name_of_an_instance_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="Problems in the input"):
        InstanceName.parse(name)


def test_every_missing_file_of_an_instance_is_named() -> None:
    with pytest.raises(BadInput) as caught:
        load_inrc2(DATA / "n004w2", InstanceName.parse("n004w2_7_3-5-0-5"))
    assert [f.file for f in caught.value.findings] == ["H0-n004w2-7.txt", "WD-n004w2-5.txt"]


def test_a_name_with_another_number_of_weeks_is_refused() -> None:
    with pytest.raises(BadInput) as caught:
        load_inrc2(DATA / "n004w2", InstanceName.parse("n004w2_0_3-0-3"))
    assert [str(f.problem) for f in caught.value.findings] == [
        "The scenario has 2 weeks; the name must list as many."
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("Sc-n004w2.txt", "Late (2,3)", "Late (3,2)", "may not be above"),
        ("Sc-n004w2.txt", "Late (2,3)", "Late 2-3", "such as (2,5)"),
        ("Sc-n004w2.txt", "SKILLS = 2", "SKILLS = 3", "differ; there are 2"),
        ("Sc-n004w2.txt", "Bea Full 1 Nurse", "Bea Half 1 Nurse", "not known here"),
        ("Sc-n004w2.txt", "Bea Full 1 Nurse", "Ann Full 1 Nurse", "stands there twice"),
        ("Sc-n004w2.txt", "Bea Full 1 Nurse", "Bea Full 2 Nurse", "differ; there are 1"),
        ("Sc-n004w2.txt", "Late 1 Early", "Late 1 Noon", "not known here"),
        ("Sc-n004w2.txt", "WEEKS = 2", "WEEKS = 57", "57 weeks; the name"),
        ("Sc-n004w2.txt", "Full (8,10) (3,5) (2,3)", "Full (8,10) (399,400) (2,3)", "Runs of these lengths"),
        ("Sc-n004w2.txt", "WEEKS = 2", "WEEKS = -2", "whole number from 1"),
        ("H0-n004w2-0.txt", "Bea 0 0 None 0 0 4", "Bea 0 0 None 1 1 4", "A last shift with its runs"),
        ("H0-n004w2-0.txt", "Bea 0 0 None 0 0 4", "Bea 0 0 Late 3 2 0", "A last shift with its runs"),
        ("H0-n004w2-0.txt", "Bea 0 0 None 0 0 4", "", "The history of Bea is missing"),
        ("H0-n004w2-0.txt", "0 n004w2", "0 n005w4", "The scenario n004w2 was expected"),
        ("WD-n004w2-3.txt", "Bea Late Sat ", "Bea Late Sam ", "not known here"),
        ("WD-n004w2-3.txt", "Bea Late Sat ", "Bea Late ", "NURSE SHIFT DAY"),
        ("WD-n004w2-3.txt", "SHIFT_OFF_REQUESTS = 4", "SHIFT_OFF_REQUESTS = 9", "differ; there are 4"),
        ("WD-n004w2-3.txt", "REQUIREMENTS", "", "The section REQUIREMENTS is missing"),
    ],
)
def test_a_bad_line_of_the_competition_is_named(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    folder = shutil.copytree(DATA / "n004w2", tmp_path / "n004w2")
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
    with pytest.raises(BadInput) as caught:
        load_inrc2(folder, InstanceName.parse("n004w2_0_3-0"))
    found = [f for f in caught.value.findings if said in str(f.problem)]
    assert found
    assert found[0].file == file
