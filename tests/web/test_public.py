"""The public listener: the questionnaire by one-time code, live calls by token, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.quality_site import NOW, WARD, opened
from wardteam.bootstrap.wiring import Installation
from wardteam.domain.questionnaires import Mode, QuestionnaireSheet
from wardteam.errors import Conflict, Message
from wardteam.services.live_tokens import new_token, revoke_token
from wardteam.services.questionnaires import issue
from wardteam_web.public.app import Limits, Public, create_public

GOOD = {f"S{n}": "5" for n in range(1, 6)} | {f"K{n}": "1" for n in range(1, 5)}
EVENT = {"code": "L1", "bed": "01", "reason": "infusion", "placed": "2026-11-23T11:00:00+08:00"}


@pytest.fixture
def installation(lean_ward: Path, tmp_path: Path) -> Iterator[Installation]:
    import shutil

    shutil.copytree(lean_ward, tmp_path / "ward")
    with opened(tmp_path / "ward") as given:
        yield given


def client_of(installation: Installation, limits: Limits | None = None, clock: Any = None) -> FlaskClient:
    public = Public(installation.units, clock or installation.clock, limits=limits or Limits())
    return create_public(public, is_testing=True).test_client()


@pytest.fixture
def client(installation: Installation) -> FlaskClient:
    return client_of(installation)


def code_of(installation: Installation, *, days: int = 7) -> str:
    issued = issue(
        installation.units, WARD, "V1", 1, Mode.QR, days_valid=days, by="H001", clock=installation.clock
    )
    return issued.secrets[0]


def send(client: FlaskClient, secret: str, event: Any, **headers: str) -> TestResponse:
    given = {"Authorization": f"Bearer {secret}"} | headers
    return client.post("/api/calls", data=json.dumps(event), headers=given, content_type="application/json")


@pytest.fixture
def token(installation: Installation) -> str:
    return new_token(installation.units, WARD, "tower", by="H001", clock=installation.clock)


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/zh/", f"/zh/{WARD}/", f"/zh/{WARD}/records/", f"/en/{WARD}/report/", "/ward.css"),
        *("/static/css/base.css", "/static/../secret.key", "/favicon.ico", "/api/", "/api/tokens", "/q.js"),
        *("/q/../zh/", "/q/a/b", "/%2e%2e/secret.key"),
    ],
)
def test_everything_else_is_404(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert WARD not in answer.text.replace(address, "")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("address", ["/q/abc", "/api/calls", "/q/"])
def test_no_other_method_is_answered(client: FlaskClient, address: str, method: str) -> None:
    assert client.open(address, method=method).status_code == 405
    assert client.get("/api/calls").status_code == 405


def test_a_code_opens_its_questionnaire_once(installation: Installation, client: FlaskClient) -> None:
    code = code_of(installation)
    page = client.get(f"/q/{code}")
    assert page.status_code == 200
    assert page.text.count("<fieldset") == 9
    assert "<script" not in page.text
    done = client.post(f"/q/{code}", data=GOOD)
    assert "谢谢您" in done.text
    with installation.units() as unit:
        sheet = unit.captured.all(WARD, QuestionnaireSheet)[-1]
    assert sheet.record.answers == (5,) * 5 + (1,) * 4
    assert sheet.by == "patient"
    assert client.get(f"/q/{code}").status_code == 410
    assert client.post(f"/q/{code}", data=GOOD).status_code == 410


def test_a_code_is_read_with_its_hyphens_and_capitals(
    installation: Installation, client: FlaskClient
) -> None:
    code = code_of(installation)
    typed = f"{code[:4]}-{code[4:8]} {code[8:]}".upper()
    assert client.get("/q/", query_string={"code": typed}).text.count("<fieldset") == 9


def test_a_code_expires(installation: Installation) -> None:
    code = code_of(installation, days=1)
    later = client_of(installation, clock=lambda: NOW.replace(day=26))
    assert later.get(f"/q/{code}").status_code == 410


def test_a_wrong_code_tells_nothing_of_any_ward(client: FlaskClient) -> None:
    answer = client.get("/q/abcdefgh")
    assert answer.status_code == 404
    assert "呼吸" not in answer.text


def test_nothing_answered_is_asked_for_and_the_code_stays_good(
    installation: Installation, client: FlaskClient
) -> None:
    code = code_of(installation)
    assert client.post(f"/q/{code}", data={}).status_code == 422
    assert client.post(f"/q/{code}", data={"S1": "99"}).status_code == 422
    assert client.post(f"/q/{code}", data={"S1": "4"}).status_code == 200


def test_an_answer_sent_by_another_site_is_refused(installation: Installation, client: FlaskClient) -> None:
    code = code_of(installation)
    refused = client.post(f"/q/{code}", data=GOOD, headers={"Origin": "https://evil.example"})
    assert refused.status_code == 403
    assert client.get(f"/q/{code}").status_code == 200


def test_the_questionnaire_speaks_english_where_the_phone_does(
    installation: Installation, client: FlaskClient
) -> None:
    page = client.get(f"/q/{code_of(installation)}", headers={"Accept-Language": "en-GB,en;q=0.8"})
    assert "Satisfied with 1" in page.text
    assert page.headers["X-Frame-Options"] == "DENY"


def test_who_asks_too_often_has_to_wait(installation: Installation) -> None:
    client = client_of(installation, Limits(questionnaire="3 per minute"))
    answers = [client.get("/q/nothing") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 429, 429]
    assert int(answers[-1].headers["Retry-After"]) >= 0
    assert "请求过于频繁" in answers[-1].text


def test_a_live_call_is_added_completed_and_known(client: FlaskClient, token: str) -> None:
    arrived = {"code": "L1", "arrived": "2026-11-23T11:02:00+08:00"}
    assert [send(client, token, event).status_code for event in (EVENT, arrived, EVENT)] == [201, 200, 200]


def test_a_call_that_says_something_else_is_a_conflict(client: FlaskClient, token: str) -> None:
    send(client, token, EVENT)
    answer = send(client, token, {**EVENT, "bed": "02"})
    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["problems"]


@pytest.mark.parametrize("body", ["[]", "no json", '"text"', "null"])
def test_what_is_no_object_is_refused(client: FlaskClient, token: str, body: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    answer = client.post("/api/calls", data=body, headers=headers, content_type="application/json")
    assert answer.status_code == 400


def test_a_wrong_field_is_named(client: FlaskClient, token: str) -> None:
    answer = send(client, token, {**EVENT, "bed": "999"}, **{"Accept-Language": "en"})
    assert answer.status_code == 422
    assert answer.json is not None
    assert [problem["field"] for problem in answer.json["problems"]] == ["bed"]


def test_without_a_valid_token_nothing_is_taken(
    installation: Installation, client: FlaskClient, token: str
) -> None:
    assert send(client, "guess", EVENT).status_code == 401
    assert client.post("/api/calls", json=EVENT).status_code == 401
    revoke_token(installation.units, WARD, "tower", by="H001", clock=installation.clock)
    assert send(client, token, EVENT).status_code == 401
    with installation.units() as unit:
        assert unit.calls.find(WARD, "L1") is None


def test_guessing_tokens_is_limited_by_address_and_calls_by_token(
    installation: Installation, token: str
) -> None:
    client = client_of(installation, replace(Limits(), refused="2 per minute", calls="3 per minute"))
    assert [send(client, "guess", EVENT).status_code for _ in range(4)] == [401, 401, 429, 429]
    assert [send(client, token, EVENT).status_code for _ in range(4)] == [201, 200, 200, 429]


def test_a_body_that_is_too_large_is_refused(client: FlaskClient, token: str) -> None:
    answer = send(client, token, {**EVENT, "staff": "x" * 100_000})
    assert answer.status_code == 413
    assert answer.json is not None
    assert answer.json["result"] == "refused"


def test_a_busy_database_asks_the_call_system_to_send_again(
    installation: Installation, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise Conflict(Message("busy"))

    monkeypatch.setattr("wardteam_web.public.calls.take_event", busy)
    answer = send(client_of(installation), token, EVENT)
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers


def test_a_step_before_its_call_is_accepted_and_waits(client: FlaskClient, token: str) -> None:
    step = {"code": EVENT["code"], "arrived": EVENT["placed"]}
    assert [send(client, token, event).status_code for event in (step, EVENT, step)] == [202, 201, 200]
