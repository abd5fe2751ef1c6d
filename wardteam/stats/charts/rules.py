"""The rule behind each kind of chart, in words for its caption."""

from __future__ import annotations

from wardteam.errors import Message
from wardteam.stats.charts.types import ChartKind

RULES: dict[ChartKind, Message] = {
    ChartKind.RUN: Message(
        "Run chart: the centre is the median. More than chance where the longest run exceeds "
        "round(log2 n) + 3, or the crossings lie below the 5% point of Binomial(n - 1, 1/2) (Anhøj)."
    ),
    ChartKind.I: Message(
        "I chart: mean ± 2.66 mean moving ranges, ranges of 3.267 means or more screened out once; "
        "signals by the four XmR rules."
    ),
    ChartKind.MR: Message("MR chart: mean moving range, upper limit 3.267 times it, lower limit 0."),
    ChartKind.XBAR: Message(
        "Xbar chart: weighted mean ± A3 times the standard deviation within subgroups; signals by the four "
        "XmR rules."
    ),
    ChartKind.S: Message(
        "S chart: standard deviation within subgroups, limits B3 and B4 times it; a lower limit below 0 is 0."
    ),
    ChartKind.P: Message(
        "P chart: mean share ± 3 binomial standard errors, cut at 0 and 100%; signals by the four XmR rules."
    ),
    ChartKind.PP: Message(
        "P' chart (Laney): the limits of a P chart times the variation between points, cut at 0 and 100%; "
        "signals by the four XmR rules."
    ),
    ChartKind.U: Message(
        "U chart: mean rate ± 3 Poisson standard errors, cut at 0; signals by the four XmR rules."
    ),
    ChartKind.UP: Message(
        "U' chart (Laney): the limits of a U chart times the variation between points, cut at 0; signals by "
        "the four XmR rules."
    ),
    ChartKind.C: Message(
        "C chart: mean count ± 3 times its square root, cut at 0; signals by the four XmR rules."
    ),
    ChartKind.G: Message(
        "G chart: cases between events, limits mean ± 3 sqrt(mean (mean + 1)), cut at 0; the centre line is "
        "the median; signals by the four XmR rules."
    ),
    ChartKind.T: Message(
        "T chart: time between events, limits of an I chart of y^(1/3.6), transformed back, cut at 0; "
        "signals by the four XmR rules."
    ),
}
