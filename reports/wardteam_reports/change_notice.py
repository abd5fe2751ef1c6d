"""The notice of changes (排班变更通知) as PDF: from the view to plain data for its template."""

from __future__ import annotations

from wardteam.domain.documents import SheetCell
from wardteam.domain.notices import ChangedDay, ChangedNurse, ChangeNotice
from wardteam.domain.shifts import Post
from wardteam.i18n import Language, Translator, translator
from wardteam_reports import wording
from wardteam_reports.typeset import compile_pdf

WORDS = {
    "name": "Name",
    "date": "Date",
    "was": "Old shift",
    "now": "New shift",
    "decided": "Decided",
    "reason": "Reason",
    "read": "Read and signed",
    "table": "Changed shifts by nurse and date",
    "nothing": "Nothing has changed.",
    "head_nurse": "Head nurse:",
    "signed_on": "Date:",
}


def change_notice_pdf(notice: ChangeNotice, *, language: Language) -> bytes:
    """Typeset the notice, portrait A4; the posted one has no reason and no kind of leave."""
    data = notice_data(notice, language)
    return compile_pdf("change_notice", data, language=language, timestamp=notice.made_at)


def notice_data(notice: ChangeNotice, language: Language) -> dict[str, object]:
    """Put the view into the words of a language, as plain data."""
    say = translator(language)
    return {
        "title": say("Notice of roster changes"),
        "words": {key: say(text) for key, text in WORDS.items()},
        "hospital": wording.hospital_name(notice.ward, language),
        "ward": wording.ward_name(notice.ward, language),
        "period": wording.span(notice.period, language),
        "since": notice_since(notice, say),
        "made": say("made on {moment}", moment=f"{notice.made_at:%Y-%m-%d %H:%M}"),
        "internal": "" if notice.is_posted else say("For the head nurse alone: not to be posted."),
        "posted": notice.is_posted,
        "summary": say(
            "{changes} changes for {people} people", changes=notice.change_count, people=len(notice.nurses)
        ),
        "nurses": [_nurse(nurse, say) for nurse in notice.nurses],
    }


def notice_since(notice: ChangeNotice, say: Translator) -> str:
    """Say from when on changes count, or what is compared."""
    if notice.from_version is not None:
        text = "Version {version} compared with version {earlier}"
        return say(text, version=notice.version, earlier=notice.from_version)
    if notice.since is None:
        return say("Version {version}", version=notice.version)
    moment = f"{notice.since:%Y-%m-%d %H:%M}"
    return say("Version {version}, changes since {moment}", version=notice.version, moment=moment)


def _nurse(nurse: ChangedNurse, say: Translator) -> dict[str, object]:
    return {
        "name": wording.pick(nurse.name, say.language),
        "days": [_day(day, say) for day in nurse.days],
    }


def _day(day: ChangedDay, say: Translator) -> dict[str, object]:
    weekday = wording.weekday(day.day, say.language)
    by = wording.pick(day.by, say.language)
    at = "" if day.decided_at is None else f"{day.decided_at:%m-%d %H:%M}"
    return {
        "date": say("{day} ({weekday})", day=day.day, weekday=weekday),
        "was": _cell(day.old, say),
        "now": _cell(day.new, say),
        "decided": at if not by else say("{moment}, {name}", moment=at, name=by),
        "reason": day.reason,
    }


def _cell(cell: SheetCell | None, say: Translator) -> dict[str, str]:
    if cell is None:
        return {"symbol": "–", "post": "", "fill": "", "ink": ""}
    team = wording.pick(cell.helps, say.language)
    said = [say(cell.post)] if cell.post is not Post.NONE else []
    post = " · ".join([*said, *([say("helps {team}", team=team)] if team else [])])
    return {
        "symbol": wording.pick(cell.symbol, say.language),
        "post": post,
        "fill": cell.colour if cell.kind is not None else "",
        "ink": cell.text_colour,
    }
