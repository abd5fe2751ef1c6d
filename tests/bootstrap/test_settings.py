"""The settings that wire an installation: the date of an invented ward's clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from wardteam.bootstrap.wiring import clock_on, open_installation
from wardteam.config import FILE_NAME, Config, load_config
from wardteam.domain.ward import WardSettings
from wardteam.errors import BadInput

ZONE = WardSettings().zone
DAY = date(2026, 11, 23)


@pytest.mark.parametrize("hour", [0, 8, 15, 16, 23])
def test_a_shifted_clock_shows_the_date_and_keeps_the_time_of_day(hour: int) -> None:
    real = datetime(2031, 2, 28, hour, 30, tzinfo=UTC)
    shown = clock_on(DAY, lambda: real)().astimezone(ZONE)
    assert (shown.date(), shown.time()) == (DAY, real.astimezone(ZONE).time())


def test_a_shifted_clock_goes_on() -> None:
    moments = iter(datetime(2031, 2, 28, tzinfo=UTC) + timedelta(hours=n) for n in range(3))
    clock = clock_on(DAY, lambda: next(moments))
    first, second = clock(), clock()
    assert second - first == timedelta(hours=1)


def test_an_installation_with_a_date_of_its_own_goes_by_it(tmp_path: Path) -> None:
    real = datetime(2031, 2, 28, 5, tzinfo=UTC)
    with open_installation(Config(tmp_path, today=DAY), clock=lambda: real, is_new=True) as opened:
        assert opened.clock().astimezone(ZONE).date() == DAY
    with open_installation(Config(tmp_path), clock=lambda: real) as opened:
        assert opened.clock() == real


def test_the_date_is_read_from_the_settings_and_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    file.write_text("today = 2026-11-23\n", encoding="ascii")
    assert load_config(tmp_path, {}).today == DAY
    for wrong in ('today = "soon"\n', "today = 2026-11-23T08:00:00Z\n", "today = true\n"):
        file.write_text(wrong, encoding="ascii")
        with pytest.raises(BadInput) as refused:
            load_config(tmp_path, {})
        assert [finding.column for finding in refused.value.findings] == ["today"]
