"""What a roster run says of its progress where there is no terminal."""

from __future__ import annotations

from typing import Literal

import pytest

from wardteam.cli.job_view import JobView
from wardteam.cli.screen import Screen
from wardteam.i18n import translator
from wardteam.services.ports import Job, JobStatus


def job(points: int) -> Job:
    figures = {"seconds": 3, "shortage": points}
    return Job("j", "roster", "demo", {}, JobStatus.RUNNING, progress={"figures": figures})


@pytest.mark.parametrize(("language", "word"), [("zh", "扣分"), ("en", "points against")])
def test_progress_comes_at_most_every_ten_seconds(
    capfd: pytest.CaptureFixture[str], language: Literal["zh", "en"], word: str
) -> None:
    moments = iter([0.0, 1.0, 5.0, 10.9, 11.0, 12.0])
    view = JobView(Screen(translator(language)), 60, clock=lambda: next(moments))
    for points in (90, 80, 70, 60, 50):
        view.tell(job(points))
    lines = capfd.readouterr().out.splitlines()
    assert [line.split()[-1] for line in lines] == ["90", "60"]
    assert all(word in line for line in lines)
