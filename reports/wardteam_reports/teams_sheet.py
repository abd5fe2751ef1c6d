"""The teams' report as PDF: who stands where, how even the teams are, and why each leader qualifies."""

from __future__ import annotations

from datetime import datetime

from wardteam.domain.documents import BalanceRow, BoardTeam, NurseCard, TeamsReport
from wardteam.i18n import Language, Translator, translator
from wardteam_reports import wording
from wardteam_reports.charts import balance_chart, balance_figures, balance_text
from wardteam_reports.typeset import compile_pdf

WORDS = {
    "teams": "Teams",
    "balance": "Balance between the teams",
    "attribute": "Attribute",
    "spread": "Difference",
    "reasons": "Why each leader and deputy qualifies",
    "moves": "Moves from the present teams",
    "no_moves": "Nobody changes her team.",
    "notes": "Notes",
    "solve": "How the proposal was made",
    "stage": "Stage",
    "status": "Status",
    "objective": "Objective",
    "bound": "Bound",
    "seconds": "Seconds",
    "balance_table": "Figures by attribute and team",
    "solve_table": "Stages of the solve",
}


def teams_pdf(report: TeamsReport, *, language: Language, made_at: datetime) -> bytes:
    """Typeset the report of how the teams are composed, on A4."""
    return compile_pdf(
        "teams",
        teams_data(report, language),
        language=language,
        timestamp=made_at,
        files={"balance.svg": balance_chart(report, language)} if report.balance else {},
    )


def teams_data(report: TeamsReport, language: Language) -> dict[str, object]:
    """Put the report into the words of a language, as plain data."""
    say = translator(language)
    return {
        "title": say(
            "Responsibility teams of {ward} from {day}",
            ward=wording.ward_name(report.ward, language),
            day=wording.long_date(report.on, language),
        ),
        "hospital": wording.hospital_name(report.ward, language),
        "words": {key: say(text) for key, text in WORDS.items()},
        "teams": [_team(team, report, say) for team in report.teams],
        "balance": [_balance(row, say) for row in report.balance],
        "chart_text": balance_text(report, language),
        "moves": [say(move) for move in report.moves],
        "notes": [say(note) for note in report.notes],
        "solve": _solve(report, say),
    }


def _team(team: BoardTeam, report: TeamsReport, say: Translator) -> dict[str, object]:
    people = [card for card in (team.leader, team.deputy, *team.members) if card is not None]
    heads = [card for card in (team.leader, team.deputy) if card is not None]
    return {
        "number": team.team.number,
        "name": wording.team_name(team.team, say.language),
        "people": [_person(card, say) for card in people],
        "reasons": [
            {**_person(card, say), "words": [say(reason) for reason in report.reasons.get(card.staff_no, ())]}
            for card in heads
        ],
    }


def _person(card: NurseCard, say: Translator) -> dict[str, str]:
    return {
        "name": wording.pick(card.name, say.language),
        "role": "" if card.role is None else say(card.role),
        "role_code": "" if card.role is None else card.role.value,
        "facts": say(
            "{title} · {level} · {years} yrs", title=card.title, level=card.level, years=card.service_years
        ),
    }


def _balance(row: BalanceRow, say: Translator) -> dict[str, object]:
    return {
        "attribute": say(row.attribute),
        "figures": list(balance_figures(row)),
        "spread": f"{row.spread:.{row.decimals}f}",
    }


def _solve(report: TeamsReport, say: Translator) -> dict[str, object] | None:
    record = report.record
    if record is None:
        return None
    return {
        "summary": say(
            "{status}; {wall} s elapsed, {cpu} s of processor time, seed {seed}, {workers} workers.",
            status=record.status,
            wall=f"{record.wall_seconds:.2f}",
            cpu=f"{record.cpu_seconds:.2f}",
            seed=record.seed,
            workers=record.workers,
        ),
        "stages": [
            [
                say(stage.name),
                say(stage.status),
                "–" if stage.objective is None else str(stage.objective),
                "–" if stage.bound is None else str(stage.bound),
                f"{stage.wall_seconds:.2f}",
            ]
            for stage in record.stages
        ],
    }
