"""The comparison as words and rows in one language: what its PDF and its HTML both lay out."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from wardteam.domain.study import MeasureKind
from wardteam.errors import Message
from wardteam.i18n import Language, Translator, translator
from wardteam.stats.comparison import LEDGER_NAMES, Comparison, MeasureComparison
from wardteam.stats.figures import p_figure, share_figure
from wardteam.stats.results import Result
from wardteam_reports.comparison_words import NO_FIGURE, SHORT_NAMES, FigureWords, runs

Cell = list[list[dict[str, object]]]
UNITS = {
    MeasureKind.BELLS: Message("per 100 patient-days; calls/patient-days; a day, mean (SD)"),
    MeasureKind.ARRIVAL: Message(
        "seconds: geometric mean by stay; single calls median [Q1, Q3] and mean (SD)"
    ),
    MeasureKind.SATISFACTION: Message("n/answered (%)"),
    MeasureKind.AWARENESS: Message("n/answered (%)"),
}
SHARE_KINDS = (MeasureKind.SATISFACTION, MeasureKind.AWARENESS)


def comparison_data(
    comparison: Comparison, *, language: Language, made_at: datetime | None
) -> dict[str, object]:
    """Put the whole comparison into words: titles, rows of cells, notes; text runs, nothing else."""
    t = translator(language)
    words = FigureWords(t)
    return {
        "title": t("Comparison of two periods"),
        "subtitle": t(
            "{baseline} ({baseline_span}) against {intervention} ({intervention_span})",
            baseline=words.period(comparison.baseline),
            baseline_span=words.span(comparison.baseline.span),
            intervention=words.period(comparison.intervention),
            intervention_span=words.span(comparison.intervention.span),
        ),
        "main": _main_table(comparison, words),
        "effects": _effects_table(comparison, words),
        "spss": _call_level_table(comparison, words),
        "ledger": _ledger_table(comparison, words),
        "readings": [_reading(measure, t) for measure in comparison.measures],
        "readings_title": t("What this says"),
        "limits_title": t("Limits of inference"),
        "limits": [text_runs(t(limit)) for limit in comparison.limits],
        "chart_title": t("Figure 1. Estimates with 95% confidence intervals"),
        "footer": _footer(comparison, made_at, t),
    }


def text_runs(text: str) -> list[dict[str, object]]:
    """Give a text's runs as plain dicts."""
    return [asdict(run) for run in runs(text)]


def _footer(comparison: Comparison, made_at: datetime | None, t: Translator) -> str:
    mark = comparison.data_hash[:16]
    if made_at is None:
        return t("Data SHA-256 {hash}.", hash=mark)
    return t("Data SHA-256 {hash}; made {moment}.", hash=mark, moment=f"{made_at:%Y-%m-%d %H:%M}")


def _cell(*lines: str) -> Cell:
    return [text_runs(line) for line in lines]


def _main_table(comparison: Comparison, words: FigureWords) -> dict[str, object]:
    t = words.t
    header = [
        _cell(t("Measure")),
        _cell(words.period(comparison.baseline)),
        _cell(words.period(comparison.intervention)),
        _cell(t("As in the article")),
        _cell(t("Estimate"), t("95% CI")),
        _cell(t("Analysis")),
        _cell(t("Holm P")),
    ]
    return {
        "title": t("Table 1. Quality measures in the two periods"),
        "header": header,
        "rows": [_main_row(measure, words) for measure in comparison.measures],
        "notes": [text_runs(note) for note in _notes(comparison, words)],
    }


def _main_row(measure: MeasureComparison, words: FigureWords) -> list[Cell]:
    t = words.t
    name = t("{measure} (primary)", measure=measure.name) if measure.is_primary else t(measure.name)
    holm = NO_FIGURE if measure.holm_p is None else p_figure(measure.holm_p).removeprefix("=")
    return [
        _cell(name, t(UNITS[measure.kind])),
        _cell(*words.description(measure.baseline)),
        _cell(*words.description(measure.intervention)),
        _cell(*words.test(measure.naive)),
        _cell(*words.estimate(measure.right)),
        _cell(*words.test(measure.right)),
        _cell(holm),
    ]


def _notes(comparison: Comparison, words: FigureWords) -> list[str]:
    t = words.t
    notes = [
        t(
            "As in the article: Student's t-test on daily counts and on single calls, Pearson's chi-square. "
            "Analysis: quasi-Poisson rate ratio, ratio of geometric means (Welch's test on the stays' "
            "logarithms), difference of shares with Newcombe's interval. Two-sided, alpha 0.05; "
            "Holm over the secondary measures."
        ),
        t(
            "Questionnaires issued, returned, valid: {before} and {after}.",
            before=_flow(comparison, 0),
            after=_flow(comparison, 1),
        ),
    ]
    if comparison.unanswered:
        notes.append(
            t(
                "Calls that nobody came to: {before} and {after}.",
                before=share_figure(comparison.unanswered[0]),
                after=share_figure(comparison.unanswered[1]),
            )
        )
    if comparison.infusion_per_100:
        before, after = (f"{rate:.1f}" for rate in comparison.infusion_per_100)
        notes.append(
            t("Infusion calls per 100 patient-days: {before} and {after}.", before=before, after=after)
        )
    return notes


def _flow(comparison: Comparison, which: int) -> str:
    flow = comparison.flows[which]
    return f"{flow.issued}/{flow.returned}/{flow.valid}"


def _effects_table(comparison: Comparison, words: FigureWords) -> dict[str, object]:
    t = words.t
    measures = [comparison.measure(kind) for kind in SHARE_KINDS]
    methods = dict.fromkeys(result.method for measure in measures for result in measure.supporting)
    rows = []
    for method in methods:
        found = [next((r for r in m.supporting if r.method == method), None) for m in measures]
        is_test = any(result is not None and result.p is not None for result in found)
        rows.append([_cell(t(method.name)), *(_cell(effect_words(r, words, is_test=is_test)) for r in found)])
    return {
        "title": t("Table 2. The two rates by every test and effect size"),
        "header": [_cell(t("Statistic")), *(_cell(t(SHORT_NAMES[kind])) for kind in SHARE_KINDS)],
        "rows": rows,
        "notes": [],
    }


def effect_words(result: Result | None, words: FigureWords, *, is_test: bool) -> str:
    """Give statistic and P of a test, else the estimate with its interval."""
    lines = words.test(result) if is_test else words.estimate(result)
    if len(lines) == 1:
        return lines[0]
    if is_test or (result and result.interval and result.interval.is_through_infinity):
        return words.t("{first}; {second}", first=lines[0], second=lines[1])
    return words.t("{estimate} ({interval})", estimate=lines[0], interval=lines[1])


def _call_level_table(comparison: Comparison, words: FigureWords) -> dict[str, object]:
    t = words.t
    measure = comparison.measure(MeasureKind.ARRIVAL)
    results = [result for result in (measure.naive, *measure.supporting) if result is not None]
    return {
        "title": t("Table 3. Arrival times call by call, as SPSS prints them (not primary)"),
        "header": [_cell(t("Test")), _cell(t("Statistic")), _cell("P")],
        "rows": [
            [_cell(t(r.method.name)), _cell(words.test(r)[0]), _cell(p_figure(r.p or 0.0).removeprefix("="))]
            for r in results
        ],
        "notes": [],
    }


def _ledger_table(comparison: Comparison, words: FigureWords) -> dict[str, object]:
    t = words.t
    rows = [
        [_cell(t(LEDGER_NAMES[line.step])), _cell(str(line.baseline)), _cell(str(line.intervention))]
        for line in comparison.ledger
    ]
    outside = t("{count} calls lie outside both periods.", count=comparison.outside)
    return {
        "title": t("Table 4. Ledger of the call log"),
        "header": [
            _cell(t("Step")),
            _cell(words.period(comparison.baseline)),
            _cell(words.period(comparison.intervention)),
        ],
        "rows": rows,
        "notes": [text_runs(outside)] if comparison.outside else [],
    }


def _reading(measure: MeasureComparison, t: Translator) -> dict[str, object]:
    return {
        "name": t(measure.name),
        "sentence": text_runs(t(measure.sentence)),
        "why": text_runs(t(measure.why)),
        "remarks": [text_runs(t(remark)) for remark in measure.remarks],
    }
