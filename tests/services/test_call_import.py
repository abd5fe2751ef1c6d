"""Files of call systems become kept calls; the ledger adds up, and importing again changes nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.services.call_kit import HEADINGS, NOW, clock, log, opened, small_ward
from tests.services.call_kit import call_line as call
from wardteam.domain.calls import CallImport, CallMapping, CallReason, ClockOffset, ImportStep
from wardteam.errors import BadInput, Message
from wardteam.i18n import translator
from wardteam.services import call_import
from wardteam.services.call_import import guess_mapping, import_calls, keep_mapping, kept_mappings, read_head
from wardteam.storage.store import Store

DAY = "2026-01-05"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as store:
        yield store


def take(store: Store, path: Path, mapping: CallMapping | None = None, **options: object) -> CallImport:
    chosen = mapping or guess_mapping(read_head(path))
    return import_calls(store, "W1", path, chosen, by="test", clock=clock, **options)


def counts(found: CallImport) -> dict[str, int]:
    assert sum(found.ledger.values()) == 2 * found.ledger[ImportStep.READ]
    return {step.value: count for step, count in found.ledger.items()}


def kept(store: Store):
    with store() as unit:
        return unit.calls.page("W1")


def test_a_call_is_kept_with_all_that_its_row_says(store: Store, tmp_path: Path) -> None:
    path = log(
        tmp_path, call("C1", "1床", f"{DAY} 08:00:00", f"{DAY} 08:00:20", f"{DAY} 08:01:30", "08:02:00")
    )
    found = take(store, path)
    assert counts(found) == {"read": 1, "added": 1}
    (one,) = kept(store)
    assert (one.code, one.bed, one.room, one.reason, one.staff) == (
        "C1",
        "01",
        "301",
        CallReason.INFUSION,
        "001",
    )
    assert one.placed == datetime(2026, 1, 5, 0, 0, tzinfo=UTC)
    assert [(m - one.placed).seconds for m in (one.answered, one.arrived, one.cleared)] == [20, 90, 120]
    assert found.notes == {"bed:1床": 1}
    assert (found.first, found.last, found.day) == (one.placed, one.placed, date(2026, 6, 30))


BAD_ROWS = {
    ImportStep.UNKNOWN_BED: call(bed="99"),
    ImportStep.NO_BED: call(bed=""),
    ImportStep.NO_MOMENT: call(placed="--"),
    ImportStep.BAD_MOMENT: call(placed="昨天"),
    ImportStep.NEGATIVE: call("1", "01", f"{DAY} 08:00:00", f"{DAY} 07:59:59"),
    ImportStep.FUTURE: call(placed="2026-07-02 08:00:00"),
    ImportStep.ABSURD: call("1", "01", f"{DAY} 08:00:00", "", "", "2026-01-06 08:00:01"),
    ImportStep.BROKEN: call() + ",more",
}


@pytest.mark.parametrize("step", BAD_ROWS)
def test_a_row_that_is_no_call_is_refused_by_its_step(store: Store, tmp_path: Path, step: ImportStep) -> None:
    mapping = guess_mapping(read_head(log(tmp_path, call())))
    assert counts(take(store, log(tmp_path, BAD_ROWS[step]), mapping)) == {"read": 1, step.value: 1}
    assert kept(store) == ()


def test_at_the_edge_a_call_is_believed(store: Store, tmp_path: Path) -> None:
    rows = (call("1", "01", f"{DAY} 08:00:00", f"{DAY} 08:00:00", "", "2026-01-06 08:00:00"),)
    assert counts(take(store, log(tmp_path, *rows, call(2, placed="2026-07-01 12:00:00")))) == {
        "read": 2,
        "added": 2,
    }


def test_calls_of_another_ward_are_counted_apart(store: Store, tmp_path: Path) -> None:
    wards = ("测试病区", "W1", "test ward", "", "别的病区")
    rows = [f"{n},{ward},1,{DAY} 08:0{n}" for n, ward in enumerate(wards)]
    found = take(store, log(tmp_path, *rows, headings="呼叫编号,病区,床号,呼叫时间"))
    assert counts(found) == {"read": 5, "added": 4, "other_ward": 1}


def test_a_bathroom_or_a_nurse_calls_without_a_bed(store: Store, tmp_path: Path) -> None:
    path = log(tmp_path, f"301,,卫生间,{DAY} 08:00", headings="病房,床号,呼叫位置,呼叫时间")
    assert counts(take(store, path)) == {"read": 1, "added": 1}
    assert [(one.bed, one.room, one.source) for one in kept(store)] == [("", "301", "bathroom")]


def test_the_same_file_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    path = log(tmp_path, call(1), call(2), call(2), call(3, "99"))
    first = take(store, path)
    with store() as unit:
        before = unit.calls.revision("W1"), unit.captured.revision("W1")
    again = take(store, path)
    with store() as unit:
        assert (unit.calls.revision("W1"), unit.captured.revision("W1")) == before
        assert unit.captured.get("W1", CallImport, first.code).record.ledger == first.ledger
    assert counts(first) == {"read": 4, "added": 2, "duplicate": 1, "unknown_bed": 1}
    assert counts(again) == {"read": 4, "known": 2, "duplicate": 1, "unknown_bed": 1}


def test_a_file_without_numbers_is_known_again_in_another_form_and_order(
    store: Store, tmp_path: Path
) -> None:
    headings = "床号,呼叫类型,呼叫时间,到达时间"
    rows = (f"01,输液,{DAY} 08:00:00,", f"02,输液,{DAY} 08:00:00,", f"02,输液,{DAY} 08:00:00,")
    assert counts(take(store, log(tmp_path, *rows, headings=headings))) == {
        "read": 3,
        "added": 2,
        "duplicate": 1,
    }
    other = ("2,输液,2026/1/5 8:00,2026/1/5 8:03", "1,输液,2026/1/5 8:00,")
    again = take(store, log(tmp_path, *other, headings=headings, encoding="gb18030"))
    assert counts(again) == {"read": 2, "completed": 1, "known": 1}


def test_a_row_that_contradicts_a_kept_call_is_refused_and_changes_nothing(
    store: Store, tmp_path: Path
) -> None:
    take(store, log(tmp_path, call(1), call(2)))
    refused = tmp_path / "refused.csv"
    found = take(store, log(tmp_path, call(1, "02"), call(2), call(3)), refused_path=refused)
    assert counts(found) == {"read": 3, "added": 1, "known": 1, "contradiction": 1}
    assert [one.bed for one in kept(store)] == ["01"] * 3
    assert rows_of(refused)[1][:3] == ["2", translator("zh")(ImportStep.CONTRADICTION), "1"]


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.reader(source))


def test_refused_rows_are_written_with_their_reason_and_without_formulas(
    store: Store, tmp_path: Path
) -> None:
    refused = tmp_path / "refused.csv"
    path = log(tmp_path, call(1), call("=HYPERLINK(1)", "99"), call(3, placed="never"))
    take(store, path, refused_path=refused, language="en")
    assert refused.read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows_of(refused)[0] == ["Row", "Why it was refused", "Value found", *HEADINGS.split(",")]
    assert [row[:4] for row in rows_of(refused)[1:]] == [
        ["3", "bed not of this ward", "99", "'=HYPERLINK(1)"],
        ["4", "a moment that can't be read", "never", "3"],
    ]


def test_no_file_of_refused_rows_is_made_where_there_is_none(store: Store, tmp_path: Path) -> None:
    take(store, log(tmp_path, call()), refused_path=tmp_path / "refused.csv")
    assert not (tmp_path / "refused.csv").exists()


def test_words_that_nobody_mapped_are_counted_and_told(store: Store, tmp_path: Path) -> None:
    path = log(tmp_path, *(call(n).replace("输液", "唱歌") for n in range(3)))
    found = take(store, path)
    assert found.notes == {"reason:唱歌": 3}
    assert kept(store)[0].reason is CallReason.UNKNOWN
    (said,) = call_import.note_messages(found)
    assert str(said) == "3 calls have a reason that nobody has mapped: 唱歌."
    mapped = replace(guess_mapping(read_head(path)), reasons={"唱歌": CallReason.OTHER})
    assert counts(take(store, path, mapped)) == {"read": 3, "completed": 3}


def test_drift_is_taken_out_from_the_moment_on_which_it_was_noted(store: Store, tmp_path: Path) -> None:
    path = log(tmp_path, call(1), call(2, placed=f"{DAY} 10:00:00"))
    noted = ClockOffset(datetime(2026, 1, 5, 1, tzinfo=UTC), 90)
    found = take(store, path, replace(guess_mapping(read_head(path)), offsets=(noted,)))
    assert [f"{one.placed:%H:%M:%S}" for one in kept(store)] == ["08:00:00", "09:58:30"]
    assert found.notes == {"clock_drift": 1}


def test_another_zone_than_the_wards_is_honoured(store: Store, tmp_path: Path) -> None:
    path = log(tmp_path, call(1))
    take(store, path, replace(guess_mapping(read_head(path)), zone="UTC"))
    assert [one.placed for one in kept(store)] == [datetime(2026, 1, 5, 8, tzinfo=UTC)]


def test_the_hours_of_a_clock_change_are_refused_or_told_apart(tmp_path: Path) -> None:
    moments = ("2025-11-02 01:50:00", "2025-11-02 01:05:00", "2026-03-08 02:30:00")
    with opened(tmp_path, small_ward("America/New_York")) as store:
        rows = (call(n, placed=moment) for n, moment in enumerate(moments))
        found = take(store, log(tmp_path, *rows))
        assert counts(found) == {"read": 3, "added": 2, "skipped_moment": 1}
        assert found.notes == {"repeated_hour": 2}
        first, second = kept(store)
        assert second.placed.timestamp() - first.placed.timestamp() == 15 * 60


def test_a_stopped_import_says_what_it_kept_and_is_completed_by_the_next(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_import, "CHUNK", 300)
    path = log(tmp_path, *(call(n, "01", f"{DAY} 08:{n % 60:02}:{n // 60:02}") for n in range(900)))
    told: list[object] = []

    def stop(step: str, figures: object) -> bool:
        told.append((step, figures))
        return True

    found = take(store, path, progress=stop)
    assert counts(found) == {"read": 300, "added": 300}
    assert found.notes == {"stopped_at_row": 301}
    assert told == [("reading", {"rows": 300, "percent": told[0][1]["percent"]})]
    whole = take(store, path)
    assert counts(whole) == {"read": 900, "added": 600, "known": 300}
    with store() as unit:
        assert unit.captured.get("W1", CallImport, found.code).record == whole


def test_a_mapping_is_remembered_and_found_again(store: Store, tmp_path: Path) -> None:
    head = read_head(log(tmp_path, call()))
    mapping = keep_mapping(store, "W1", guess_mapping(head), by="test", clock=clock)
    assert mapping.day == date(2026, 6, 30)
    assert guess_mapping(head, kept_mappings(store, "W1")) == mapping
    assert keep_mapping(store, "W1", replace(mapping, day=date(2020, 1, 1)), by="x", clock=clock) == mapping


def test_the_preview_keeps_nothing(store: Store, tmp_path: Path) -> None:
    head = read_head(log(tmp_path, call(), call(2, "99")))
    shown = call_import.preview(store, "W1", head, guess_mapping(head), NOW)
    assert ([one.code for one in shown.calls], shown.refused) == (["1"], {ImportStep.UNKNOWN_BED: 1})
    assert shown.notes == {}
    assert kept(store) == ()


@pytest.mark.parametrize("text", [HEADINGS, "a,b\n1,2"])
def test_a_file_with_only_headings_adds_nothing_and_a_strange_one_is_refused(
    store: Store, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text, encoding="utf-8")
    if text == HEADINGS:
        assert take(store, path).ledger == {}
    else:
        with pytest.raises(BadInput) as refused:
            take(store, path)
        assert all(isinstance(finding.problem, Message) for finding in refused.value.findings)


HOSTILE_ROWS = {
    call(placed="9999-12-31 23:59:59"): ImportStep.FUTURE,
    call(placed="0001-01-01 00:00:00"): ImportStep.ABSURD,
    call(placed="1900-01-01 00:00:00"): ImportStep.ABSURD,
    call("1", "01", f"{DAY} 08:00:00", "", "9999-12-31 23:59:59"): ImportStep.FUTURE,
    call(placed="1e308"): ImportStep.BAD_MOMENT,
    call(placed=f"{DAY}T08:00:00+99:99"): ImportStep.BAD_MOMENT,
    call(placed=f"{DAY} 08:00:00") + "\0": ImportStep.BROKEN,
    call(code="9" * 9000): ImportStep.BROKEN,
    call(code="\x1b[31m"): ImportStep.BROKEN,
}


@pytest.mark.parametrize(("row", "step"), HOSTILE_ROWS.items())
def test_a_hostile_row_is_refused_by_itself(store: Store, tmp_path: Path, row: str, step: ImportStep) -> None:
    path = log(tmp_path, call("good", placed=f"{DAY} 07:00:00"), row)
    assert counts(take(store, path)) == {"read": 2, "added": 1, step.value: 1}
