"""The questionnaire on a patient's phone: opened by a one-time code, answered once, without a name."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response, render_template, request
from flask_limiter import Limiter

from wardteam.domain.questionnaires import Item, QuestionnaireSheet, QuestionnaireVersion
from wardteam.errors import BadInput, Conflict, Message
from wardteam.services import questionnaires
from wardteam_web.public.app import public_desk, words

STYLE = Path(__file__).parents[1] / "static" / "css" / "public.css"
CODE = Message("Please type the code from your sheet.")
THANKS = Message("Thank you!")
THANKS_DETAIL = Message("Your answers have been kept without your name. You can close this page.")
ALL_EMPTY = Message("Please answer at least one question.")


def attach(app: Flask, limiter: Limiter, limit: str) -> None:
    """Add the questionnaire's addresses."""
    app.add_url_rule("/q.css", "style", _style)
    app.add_url_rule("/q/", "code", limiter.limit(limit)(_ask_for_code))
    app.add_url_rule(
        "/q/<code>", "questionnaire", limiter.limit(limit)(_questionnaire), methods=["GET", "POST"]
    )


def _style() -> Response:
    answer = Response(STYLE.read_text(encoding="utf-8"), mimetype="text/css")
    answer.headers["Cache-Control"] = "max-age=3600"
    return answer


def _ask_for_code() -> str | tuple[str, int]:
    code = "".join(sign for sign in request.args.get("code", "") if sign.isalnum())[:64]
    if code:
        return _questionnaire(code)
    return render_template("public/code.html", title=words().t(CODE))


def _questionnaire(code: str) -> str | tuple[str, int]:
    desk = public_desk()
    ward = questionnaires.code_ward(desk.units, code)
    with desk.units() as unit:
        book = unit.books.get(ward or unit.books.codes()[0]).book
    today = desk.clock().astimezone(book.settings.zone).date()
    opened = questionnaires.open_by_code(desk.units, book.ward.code, code, today=today)
    if isinstance(opened, Message):
        return _message(opened, code=404 if ward is None else 410)
    version, sheet = opened
    if request.method == "GET":
        return _form(code, version, sheet, {}, ())
    return _take(code, book.ward.code, version, sheet)


def _take(
    code: str, ward: str, version: QuestionnaireVersion, sheet: QuestionnaireSheet
) -> str | tuple[str, int]:
    given = {item.code: request.form.get(item.code, "") for item in version.items}
    answers = tuple(_answer(given[item.code]) for item in version.items)
    if all(answer is None for answer in answers):
        return _form(code, version, sheet, given, (words().t(ALL_EMPTY),)), 422
    desk = public_desk()
    try:
        questionnaires.answer_by_code(desk.units, ward, code, answers, clock=desk.clock)
    except BadInput as refusal:
        problems = tuple(words().t(finding.problem) for finding in refusal.findings)
        return _form(code, version, sheet, given, problems), 422
    except Conflict as conflict:
        return _message(conflict.message, code=409)
    return render_template("public/message.html", title=words().t(THANKS), detail=words().t(THANKS_DETAIL))


def _answer(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def _form(
    code: str,
    version: QuestionnaireVersion,
    sheet: QuestionnaireSheet,
    given: dict[str, str],
    problems: tuple[str, ...],
) -> str:
    return render_template(
        "public/questionnaire.html", code=code, version=version, sheet=sheet, given=given, problems=problems,
        choices={item.code: _choices(item) for item in version.items},
    )  # fmt: skip


def _choices(item: Item) -> tuple[tuple[str, str], ...]:
    t = words().t
    if item.choices:
        return tuple((str(number), t.show(name)) for number, name in enumerate(item.choices, start=1))
    if item.answers == (0, 1):
        return ("1", t("Yes")), ("0", t("No"))
    return tuple((str(answer), str(answer)) for answer in item.answers)


def _message(message: Message, *, code: int) -> tuple[str, int]:
    return render_template("public/message.html", title=words().t(message), detail=""), code
