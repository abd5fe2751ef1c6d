"""Moments in the forms that call systems write, and clocks that are changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardteam.exchange.call_log.moments import BadMoment, DateOrder, MomentReader, SkippedHour, order_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
AT = datetime(2026, 1, 5, 8, 3, 22, tzinfo=SHANGHAI)

FORMS = {
    "2026-01-05 08:03:22": AT,
    "2026-01-05T08:03:22": AT,
    "2026-01-05 08:03:22.500": AT + timedelta(milliseconds=500),
    "2026/1/5 8:03": AT.replace(second=0),
    "2026.1.5 8:03:22": AT,
    "20260105080322": AT,
    "20260105 080322": AT,
    "2026年1月5日 8时3分": AT.replace(second=0),
    "2026年1月5日8时3分22秒": AT,
    "2026/1/5 上午8:03:22": AT,
    "2026/1/5 8:03:22 PM": AT.replace(hour=20),
    "05/01/2026 08:03:22": AT,
    "２０２６-01-05 08：03：22": AT,
    "46027.3356712963": AT,
    "1767571402": AT,
    "1767571402000": AT,
    "2026-01-05T00:03:22Z": AT,
    "2026-01-05T00:03:22.500+00:00": AT + timedelta(milliseconds=500),
    "2026-01-05 01:03:22 +0100": AT,
    "2026-01-05": AT.replace(hour=0, minute=0, second=0),
}


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(round(seconds, 3), UTC)


@pytest.mark.parametrize("text", FORMS)
def test_every_usual_form_is_read_the_first_time_and_when_its_pieces_are_known(text: str) -> None:
    reader = MomentReader(SHANGHAI, DateOrder.DAY_FIRST)
    assert [moment(reader.placed(text)) for _ in range(2)] == [FORMS[text]] * 2


@pytest.mark.parametrize(
    "text", ["", "x", "2026-13-05 08:00", "2026-01-05 25:00:00", "2026-02-30", "123", "1/2/26 8:00", "99:99"]
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(BadMoment):
        MomentReader(SHANGHAI, DateOrder.DAY_FIRST).placed(text)


@given(
    st.datetimes(datetime(2000, 1, 2), datetime(2099, 12, 30)),
    st.sampled_from(
        [
            *("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y%m%d%H%M%S", "%Y年%m月%d日 %H时%M分%S秒"),
            *("%d/%m/%Y %H:%M:%S", "%d.%m.%Y %I:%M:%S %p", "%Y-%m-%dT%H:%M:%S+08:00"),
        ]
    ),
)
def test_what_a_system_writes_reads_back(wall: datetime, form: str) -> None:
    seconds = MomentReader(SHANGHAI, DateOrder.DAY_FIRST).placed(wall.strftime(form))
    assert moment(seconds) == wall.replace(microsecond=0, tzinfo=SHANGHAI)


def test_a_date_with_its_year_last_is_not_read_without_an_order_unless_it_is_clear() -> None:
    reader = MomentReader(SHANGHAI)
    with pytest.raises(BadMoment):
        reader.placed("05/01/2026 08:00")
    assert reader.placed("25/01/2026 08:00") == reader.placed("01/25/2026 08:00")
    assert order_of("25/01/2026") is DateOrder.DAY_FIRST
    assert order_of("01/25/2026") is DateOrder.MONTH_FIRST


def test_a_bare_time_of_day_is_of_the_call_or_past_its_midnight() -> None:
    reader = MomentReader(SHANGHAI)
    placed = reader.placed("2026-01-05 23:59:50")
    later = [reader.later(text, placed) - placed for text in ("23:59:55", "00:00:10", "23:59:40")]
    assert later == [5, 20, -10]


def test_an_hour_that_the_clock_skipped_is_refused() -> None:
    with pytest.raises(SkippedHour):
        MomentReader(NEW_YORK).placed("2026-03-08 02:30:00")


REPEATED = ("2026-11-01 00:50:00", "2026-11-01 01:10:00", "2026-11-01 01:50:00", "2026-11-01 01:05:00")


@pytest.mark.parametrize("newest_first", [False, True])
def test_the_two_passes_of_a_repeated_hour_are_told_apart_by_the_rows_order(*, newest_first: bool) -> None:
    reader = MomentReader(NEW_YORK, newest_first=newest_first)
    step = -1 if newest_first else 1
    found = [moment(reader.placed(text)) for text in REPEATED[::step]][::step]
    expected = ["04:50", "05:10", "05:50", "06:05"]
    assert [f"{at:%H:%M}" for at in found] == expected
    assert reader.clock.repeated == 3


def test_a_step_after_a_call_in_the_second_pass_is_of_the_second_pass() -> None:
    reader = MomentReader(NEW_YORK)
    for text in REPEATED:
        placed = reader.placed(text)
    assert reader.later("2026-11-01 01:06:00", placed) - placed == 60
