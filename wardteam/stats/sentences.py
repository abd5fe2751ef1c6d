"""The plain sentence under each measure: what was seen, how sure it is, never that it was caused."""

from __future__ import annotations

from wardteam.domain.study import ArrivalTest, MeasureKind
from wardteam.errors import Message
from wardteam.stats.comparison import (
    Description,
    MeasureComparison,
    RateDescription,
    ShareDescription,
    TimeDescription,
)
from wardteam.stats.figures import decimal, p_words, share_figure

SIGNIFICANT = {
    RateDescription: (
        "{measure}: {before} per 100 patient-days in the baseline and {after} in the intervention period "
        "(rate ratio {estimate}, 95% CI {low} to {high}; {p}). The difference is "
        "statistically significant: it is associated with the change, not shown to be caused by it."
    ),
    TimeDescription: (
        "{measure}: geometric mean {before} s in the baseline and {after} s in the "
        "intervention period (ratio {estimate}, 95% CI {low} to {high}; {p}). The difference is "
        "statistically significant: it is associated with the change, not shown to be caused by it."
    ),
    ShareDescription: (
        "{measure}: {before} in the baseline and {after} in the intervention period (difference {estimate} "
        "percentage points, 95% CI {low} to {high}; {p}). The difference is statistically significant: "
        "it is associated with the change, not shown to be caused by it."
    ),
}
NOT_SIGNIFICANT = {
    RateDescription: (
        "{measure}: {before} per 100 patient-days in the baseline and {after} in the intervention period "
        "(rate ratio {estimate}, 95% CI {low} to {high}; {p}). The difference is "
        "not statistically significant."
    ),
    TimeDescription: (
        "{measure}: geometric mean {before} s in the baseline and {after} s in the "
        "intervention period (ratio {estimate}, 95% CI {low} to {high}; {p}). The difference is "
        "not statistically significant."
    ),
    ShareDescription: (
        "{measure}: {before} in the baseline and {after} in the intervention period (difference {estimate} "
        "percentage points, 95% CI {low} to {high}; {p}). The difference is not statistically significant."
    ),
}
NO_TEST = "{measure}: {before} in the baseline and {after} in the intervention period; no test is possible."
NO_DATA = "{measure}: there are not enough records to compare the periods."

WHY = {
    MeasureKind.BELLS: Message(
        "The article's t-test compares bare daily counts; it does not know how many patients were there. "
        "The rate counts patients who never ring, and its interval allows for the scatter of the counts."
    ),
    MeasureKind.ARRIVAL: Message(
        "The article's t-test takes every call as independent and the times as normal; calls of one stay "
        "resemble each other and times are skewed, so it sees differences where there are none. "
        "Here each stay counts once, on the logarithmic scale."
    ),
    MeasureKind.SATISFACTION: Message(
        "The article gives chi-square and P alone; the difference with its interval says how large the "
        "change may be, and Holm's adjustment allows for several measures."
    ),
}
WHY_ARRIVAL = {
    ArrivalTest.STAY_MEANS: WHY[MeasureKind.ARRIVAL],
    ArrivalTest.CLUSTER_ROBUST: Message(
        "The article's t-test takes every call as independent and the times as normal; calls of one stay "
        "resemble each other and times are skewed, so it sees differences where there are none. "
        "Here the error is taken between stays, on the logarithmic scale."
    ),
    ArrivalTest.GEE: Message(
        "The article's t-test takes every call as independent and the times as normal; calls of one stay "
        "resemble each other and times are skewed, so it sees differences where there are none. "
        "Here calls of one stay are weighted by how alike they are, on the logarithmic scale."
    ),
}
WHY[MeasureKind.AWARENESS] = WHY[MeasureKind.SATISFACTION]


def sentence(measure: MeasureComparison) -> Message:
    """Word the measure's outcome from its right result and the P that decides."""
    before, after = measure.baseline, measure.intervention
    if before is None or after is None:
        return Message(NO_DATA, measure=measure.name)
    right, p = measure.right, measure.deciding_p
    if right is None or right.estimate is None or right.interval is None or p is None:
        return Message(NO_TEST, measure=measure.name, before=plain(before), after=plain(after))
    is_share = isinstance(before, ShareDescription)
    estimate, low, high = (
        decimal(100 * figure) if is_share else decimal(figure, 2)
        for figure in (right.estimate, right.interval.low, right.interval.high)
    )
    return Message(
        (SIGNIFICANT if p < 0.05 else NOT_SIGNIFICANT)[type(before)],
        measure=measure.name,
        before=central(before),
        after=central(after),
        estimate=estimate,
        low=low,
        high=high,
        p=p_words(p, adjusted=measure.holm_p is not None),
    )


def central(description: Description) -> str:
    """Print the figure of a period that the right result compares."""
    match description:
        case RateDescription():
            return f"{description.per_100:.1f}"
        case TimeDescription(geometric_mean=float(seconds)):
            return f"{seconds:.1f}"
        case TimeDescription():
            return f"{description.median:.1f}"
        case ShareDescription():
            return share_figure(description.share)


def plain(description: Description) -> Message | str:
    """Print the figure of a period with its unit, for a sentence without a test."""
    match description:
        case RateDescription():
            return Message("{rate} per 100 patient-days", rate=central(description))
        case TimeDescription():
            return Message("a median of {seconds} s", seconds=f"{description.median:.1f}")
        case ShareDescription():
            return share_figure(description.share)
