"""Part 8 of the report: who was on duty against the calls, nursing hours, waits by staffing and cover."""

from __future__ import annotations

from collections.abc import Iterator

from wardteam.errors import Message, Named
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.figure_cells import bar
from wardteam.services.quality_report.staff_months import months_table
from wardteam.services.quality_report.wording import count_cell, estimate_cell, span_words
from wardteam.services.staffing_load import Load
from wardteam.services.staffing_loop import StaffingLoop, loop_of
from wardteam.services.staffing_waits import CoverWaits, WaitAt
from wardteam.stats.figures import p_words
from wardteam.stats.plots import CurvePlot, HoursPlot
from wardteam.stats.report import Block, Bullets, Cell, Figure, Heading, Paragraph, Part, Table, Tone
from wardteam.stats.results import Result

TITLE = Message("Staffing: who was on duty when bells rang")
INFUSIONS_TOO = Message(
    "All patients' calls count as work here, infusion calls included; staff calls are left out."
)
MORE_NURSES = (
    "For one nurse more on duty the ratio of waits was {ratio} (95% CI {low} to {high}; {p}), within the "
    "same two hours of the day and with as many patients."
)
COVERED = (
    "At beds held by cover the geometric mean wait was {ratio} times that at beds held by their owner (95% "
    "CI {low} to {high}; {p})."
)
COVERED_ADJUSTED = (
    "Within the same two hours and with as many nurses on duty the ratio is {ratio} (95% CI {low} to "
    "{high}; {p})."
)
ASSOCIATED = Message("The difference is statistically significant: an association, not an effect.")
NOT_TOLD = Message("The difference is not statistically significant; the interval says what it may be.")
MOST_HEAVY = 4
HEAVY = (
    "At {hours} each nurse on duty had more calls than over the day as a whole, beyond chance: a trial with "
    "one nurse more at these hours would show whether waits shorten. Watch the waits and the unanswered "
    "calls before and after."
)
NOT_HEAVY = Message(
    "At no hour of the day do the calls per nurse exceed the whole day's beyond chance: the figures give no "
    "reason to shift staff between hours."
)


def staffing_part(analysis: Analysis) -> Part:
    """Write part 8; what rosters, census or cover don't tell is said in words."""
    loop = loop_of(analysis.data)
    blocks: list[Block] = [_coverage(loop)]
    if loop.hours:
        blocks += [*_loads(loop), *months_table(analysis.data), *_waits(loop), *_covers(loop)]
        blocks += [Heading(Message("Limits and proposals")), Bullets(loop.confounding), _proposals(loop)]
        blocks.append(_plainly(loop))
    else:
        blocks += months_table(analysis.data)
    blocks += [Paragraph((why,), Tone.WARNING) for why in loop.unanswered]
    return Part(8, TITLE, tuple(blocks))


def hours_figure(loop: StaffingLoop, *, is_half: bool = False) -> Figure:
    """Draw calls per nurse-hour by hour of the day, with the nurses on duty."""
    busiest = max(range(len(loop.hours)), key=lambda h: _rate(loop.hours[h]))
    return Figure(
        code="calls_per_nurse_hour",
        plot=HoursPlot(
            values=tuple(bar(load.rate, load.calls) for load in loop.hours),
            unit=Message("calls per nurse-hour"),
            staff=tuple(load.nurses or 0.0 for load in loop.hours),
            staff_unit=Message("nurses on duty, mean"),
        ),
        title=Message("Calls per nurse-hour by hour of the day"),
        caption=(
            Message(
                "{calls} calls on {days} days, {span}; 95% intervals by quasi-Poisson on days.",
                calls=sum(load.calls for load in loop.hours),
                days=len(loop.days),
                span=span_words(loop.span) if loop.span else "",
            ),
            INFUSIONS_TOO,
        ),
        alternative=(
            Message(
                "Bars for 24 hours; the highest is {rate} calls per nurse-hour at {hour}.",
                rate=f"{_rate(loop.hours[busiest]):.2f}",
                hour=_clock(busiest),
            ),
        ),
        is_half=is_half,
    )


def _coverage(loop: StaffingLoop) -> Paragraph:
    if loop.span is None:
        text = "{outside} patients' calls are kept; none of them falls on a day with a known roster."
        return Paragraph((Message(text, outside=loop.inside + loop.outside),), Tone.LEAD)
    text = (
        "{inside} patients' calls fall within published rosters ({days} whole days, {span}); {outside} lie "
        "outside and are counted apart. {nameless} calls within match no stay and are left out of the waits."
    )
    said = Message(
        text,
        inside=loop.inside,
        days=len(loop.days),
        span=span_words(loop.span),
        outside=loop.outside,
        nameless=loop.without_stay,
    )
    return Paragraph((said,), Tone.LEAD)


def _loads(loop: StaffingLoop) -> Iterator[Block]:
    yield hours_figure(loop)
    yield Table(
        code="load_by_shift",
        title=Message("Calls against nurse-hours by shift"),
        header=(
            Message("Shift"),
            Message("Calls"),
            Message("Nurse-hours"),
            Message("Calls per nurse-hour (95% CI)"),
        ),
        rows=tuple(
            (
                Cell.of(Named(s.shift.name, s.shift.name_en)),
                count_cell(s.load.calls),
                count_cell(round(s.load.nurse_hours)),
                estimate_cell(s.load.rate, 3),
            )
            for s in loop.shifts
        ),
        notes=(
            Message(
                "Calls rung while the shift runs, against the hours of all nurses on duty then; shifts that "
                "overlap share calls and hours."
            ),
        ),
        figures=(1, 2, 3),
    )


def _waits(loop: StaffingLoop) -> Iterator[Block]:
    if len(loop.waits) >= 2:
        yield _curve(loop.waits)
    if loop.per_nurse is not None:
        yield Paragraph((*_worded(MORE_NURSES, loop.per_nurse), *loop.per_nurse.warnings))


def _curve(found: tuple[WaitAt, ...]) -> Figure:
    low, high = found[0], found[-1]
    return Figure(
        code="wait_by_nurses",
        plot=CurvePlot(
            x=tuple(w.nurses for w in found),
            values=tuple(bar(w.wait, w.calls) for w in found),
            x_unit=Message("nurses on duty at the call"),
            unit=Message("seconds to arrival, geometric mean"),
        ),
        title=Message("Wait by nurses on duty"),
        caption=(
            Message(
                "{calls} answered calls of known stays; 95% intervals allow for several calls of one stay. "
                "Numbers of nurses with few calls are joined.",
                calls=sum(w.calls for w in found),
            ),
            Message("Not adjusted: at night there are few nurses, and other calls."),
        ),
        alternative=(
            Message(
                "From {few} nurses with {long} s to {many} nurses with {short} s.",
                few=f"{low.nurses:.1f}",
                long=f"{low.wait.estimate or 0:.0f}",
                many=f"{high.nurses:.1f}",
                short=f"{high.wait.estimate or 0:.0f}",
            ),
        ),
    )


def _covers(loop: StaffingLoop) -> Iterator[Block]:
    if loop.cover is None:
        return
    yield _cover_table(loop.cover)
    sentences = _worded(COVERED, loop.cover.ratio)
    if loop.cover.adjusted is not None:
        sentences += _worded(COVERED_ADJUSTED, loop.cover.adjusted)
    yield Paragraph((*sentences, *loop.cover.ratio.warnings))


def _cover_table(cover: CoverWaits) -> Table:
    return Table(
        code="owner_and_cover",
        title=Message("Wait by day at beds held by their owner and by cover"),
        header=(
            Message("Bed held by"),
            Message("Calls"),
            Message("Stays"),
            Message("Seconds to arrival, geometric mean (95% CI)"),
        ),
        rows=tuple(
            (Cell.of(name), count_cell(side.calls), count_cell(side.stays), estimate_cell(side.wait, 1))
            for name, side in ((Message("its owner"), cover.owner), (Message("cover"), cover.cover))
        ),
        notes=(Message("During the shifts that hold beds; a stay may have calls in both rows."),),
        figures=(1, 2, 3),
    )


def _proposals(loop: StaffingLoop) -> Paragraph:
    heavy = heavy_hours(loop)
    if not heavy:
        return Paragraph((NOT_HEAVY,))
    return Paragraph((Message(HEAVY, hours=_stretches(heavy)),))


def heavy_hours(loop: StaffingLoop) -> tuple[int, ...]:
    """Give the four busiest hours whose whole interval of calls per nurse-hour lies above the day's rate."""
    hours = sum(load.nurse_hours for load in loop.hours)
    if not hours:
        return ()
    whole = sum(load.calls for load in loop.hours) / hours
    rates = ((hour, load.rate) for hour, load in enumerate(loop.hours))
    above = [hour for hour, rate in rates if rate and rate.interval and rate.interval.low > whole]
    busiest = sorted(above, key=lambda hour: -_rate(loop.hours[hour]))[:MOST_HEAVY]
    return tuple(sorted(busiest))


def _plainly(loop: StaffingLoop) -> Paragraph:
    text = (
        "Put simply: the roster and the bells were laid side by side. They show when each nurse had the "
        "most calls, and how long patients waited with more or fewer nurses there. They can't show that more "
        "nurses would have made the waits shorter."
    )
    return Paragraph((Message(text),) if loop.hours else (), Tone.SIMPLE)


def _worded(text: str, result: Result) -> tuple[Message, ...]:
    if result.estimate is None or result.interval is None or result.p is None:
        raise ValueError("a ratio of waits has an estimate, an interval and P")
    low, high = (f"{end:.3f}" for end in (result.interval.low, result.interval.high))
    said = Message(text, ratio=f"{result.estimate:.3f}", low=low, high=high, p=p_words(result.p))
    return said, ASSOCIATED if result.is_significant else NOT_TOLD


def _rate(load: Load) -> float:
    return load.rate.estimate or 0.0 if load.rate is not None else 0.0


def _stretches(hours: tuple[int, ...]) -> tuple[str, ...]:
    """Join neighbouring hours: 6, 7, 12 are 06:00-08:00 and 12:00-13:00."""
    firsts = [hour for hour in hours if hour - 1 not in hours]
    lasts = [hour for hour in hours if hour + 1 not in hours]
    return tuple(_clock(first, last) for first, last in zip(firsts, lasts, strict=True))


def _clock(first: int, last: int | None = None) -> str:
    after = (first if last is None else last) + 1
    return f"{first:02d}:00–{after:02d}:00"  # a range's own dash
