"""The calls as other programs see them."""

from __future__ import annotations

import json
import re
from typing import get_args

import pytest

from config.schema import Role
from kiosk.domain.persons import PERSON_ROLES
from kiosk.web.http.calls import CALLS
from tests.office import OfficeStory

PROBLEM = "application/problem+json"

OPEN = (
    "/api/v1/public/",
    "/api/v1/page/",
    "/api/v1/devices/pair",
    "/api/v1/openapi",
    "/api/v1/admin/session",
    "/api/v1/voices/prompts/",
    "/api/v1/voices/clips/",
)


def issue(office: OfficeStory, service: str = "HT", **headers: str) -> dict[str, object]:
    answer = office.send("POST", "/api/v1/tickets", "kiosk", {"service": service}, **headers)
    assert answer.status_code == 201, answer.text
    return dict(answer.json or {})


def test_a_ticket_from_the_kiosk_to_its_rating(small_office: OfficeStory) -> None:
    ticket = issue(small_office)
    assert (ticket["number"], ticket["state"], ticket["position"]) == ("A001", "WAITING", 1)
    called = small_office.send("POST", "/api/v1/counters/1/call-next", "counter", {}).json
    assert called["id"] == ticket["id"] and called["counter"] == "1" and called["calls"] == 1
    path = f"/api/v1/tickets/{ticket['id']}"
    assert small_office.send("POST", f"{path}/recall", "counter", {}).json["calls"] == 2
    assert small_office.send("POST", f"{path}/start", "counter", {}).json["state"] == "SERVING"
    assert small_office.send("POST", f"{path}/complete", "counter", {}).json["state"] == "COMPLETED"
    to_rate = small_office.send("GET", "/api/v1/counters/1", "tablet", counter="1").json["to_rate"]
    assert to_rate["id"] == ticket["id"]
    rating = {"ticket": ticket["id"], "answers": {"attitude": "not_satisfied"}}
    made = small_office.send("POST", "/api/v1/ratings", "tablet", rating, counter="1")
    assert made.status_code == 201
    again = small_office.send("POST", "/api/v1/ratings", "tablet", rating, counter="1")
    assert (again.status_code, again.json["code"]) == (409, "already-rated")
    reasons = small_office.send(
        "PUT", f"/api/v1/ratings/{made.json['id']}/reasons", "tablet", {"reasons": ["long_wait"]}, counter="1"
    )
    assert reasons.status_code == 200
    assert "rating.reasons_given" in small_office.types()


def test_the_same_key_gives_the_same_answer_and_another_body_is_refused(small_office: OfficeStory) -> None:
    first = issue(small_office, Idempotency_Key="tap-1")
    again = issue(small_office, Idempotency_Key="tap-1")
    assert first == again
    other = small_office.send("POST", "/api/v1/tickets", "kiosk", {"service": "DD"}, Idempotency_Key="tap-1")
    assert (other.status_code, other.json["code"]) == (409, "idempotency-mismatch")
    assert small_office.types().count("ticket.issued") == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "bad-json"),
        (b"[]", 400, "bad-json"),
        (b'{"service": 1}', 400, "bad-json"),
        (b'{"service": "HT", "name": "x"}', 400, "bad-json"),
        (b'{"service": "XX"}', 422, "unknown-service"),
        (b'{"service": "\\ud800"}', 400, "bad-json"),
        (b"\xff\xfe", 400, "bad-json"),
        (b'{"service": "HT", "priority": "king"}', 400, "bad-json"),
        (b"x" * 70_000, 413, "too-large"),
    ],
)
def test_bad_input_is_answered_with_a_problem_and_changes_nothing(
    small_office: OfficeStory, body: bytes, status: int, code: str
) -> None:
    assert small_office.service.stream.seq > 0
    before = small_office.events()
    answer = small_office.send("POST", "/api/v1/tickets", "kiosk", body)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.content_type.startswith(PROBLEM)
    assert answer.json["title"] and answer.json["detail"]
    assert small_office.events() == before


def test_a_closed_office_says_in_vietnamese_when_to_come_back(small_office: OfficeStory) -> None:
    small_office.clock.jumps_to("2024-04-15T12:00:00+07:00")
    answer = small_office.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"})
    assert (answer.status_code, answer.json["code"]) == (409, "closed")
    assert answer.json["title"] == "Chưa đến giờ lấy số. Mời quay lại lúc 13:30 15/04."


def every_call() -> list[tuple[str, str, frozenset[str]]]:
    return [(c.method, re.sub(r"<[^>]+>", "x", c.path), c.roles) for c in CALLS]


@pytest.mark.parametrize(("method", "path", "roles"), every_call())
def test_every_call_refuses_strangers_and_other_roles(
    small_office: OfficeStory, method: str, path: str, roles: frozenset[str]
) -> None:
    if not roles:
        assert path.startswith(OPEN)
        return
    if "none" not in roles:
        nobody = small_office.send(method, path, None, {} if method != "GET" else None)
        assert (nobody.status_code, nobody.json["code"]) == (401, "unauthorized")
    forged = small_office.send(method, path, None, None, Authorization="Bearer forged")
    assert forged.status_code == 401
    for role in {*get_args(Role), *PERSON_ROLES} - roles:
        answer = small_office.send(method, path, role, {} if method != "GET" else None)
        assert (answer.status_code, answer.json["code"]) == (403, "forbidden"), role


def test_a_counters_device_acts_at_its_own_counter_only(small_office: OfficeStory) -> None:
    issue(small_office)
    answer = small_office.send("POST", "/api/v1/counters/2/call-next", "counter", {}, counter="1")
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")
    assert small_office.send("POST", "/api/v1/counters/1/call-next", "counter", {}, counter="1").status_code == 200


def test_a_kiosk_cancels_only_what_it_issued_and_only_before_the_call(small_office: OfficeStory) -> None:
    mine, other = issue(small_office), issue(small_office)
    assert small_office.send("POST", f"/api/v1/tickets/{mine['id']}/cancel", "kiosk", {}).json["state"] == "CANCELLED"
    stranger = small_office.send("POST", f"/api/v1/tickets/{other['id']}/cancel", "kiosk", {}, counter="1")
    assert stranger.status_code == 409
    small_office.send("POST", "/api/v1/counters/1/call-next", "counter", {})
    assert small_office.send("POST", f"/api/v1/tickets/{other['id']}/cancel", "kiosk", {}).status_code == 409


def test_a_phone_sees_number_place_and_state_and_nothing_else(small_office: OfficeStory) -> None:
    ticket = issue(small_office)
    shown = small_office.send("GET", f"/api/v1/public/tickets/{ticket['public_token']}", None).json
    place = {"people_ahead", "estimated_wait_s", "wait_span_s"}
    assert set(shown) == {"number", "service", "state", "counter", "language", "rated", *place}
    assert small_office.send("GET", "/api/v1/public/tickets/111111111111", None).status_code == 404


def test_the_journal_is_read_in_pages_behind_a_position(small_office: OfficeStory) -> None:
    for _ in range(5):
        issue(small_office)
    whole = small_office.send("GET", "/api/v1/journal?after=0&limit=1000", "sync").json
    assert whole["last_seq"] == len(whole["events"]) and whole["epochs"][0]["epoch"] == whole["epoch"]
    page = small_office.send("GET", f"/api/v1/journal?after=2&limit=3&epoch={whole['epoch']}", "sync").json
    assert page["events"] == whole["events"][2:5]
    assert small_office.send("GET", "/api/v1/journal?after=-1", "sync").status_code == 400
    assert small_office.send("GET", "/api/v1/journal?limit=1001", "sync").status_code == 400


def test_the_stream_of_a_dead_epoch_asks_for_a_new_snapshot(small_office: OfficeStory) -> None:
    answer = small_office.send("GET", "/api/v1/stream?epoch=gone", "board")
    assert (answer.status_code, answer.json["code"]) == (409, "epoch-changed")


def dossier(code: str = "000.00.53.H48-240410-0012", **changes: object) -> dict[str, object]:
    return {
        "code": code,
        "procedure": "1.001193",
        "field": "Hộ tịch",
        "channel": 2,
        "status": 4,
        "received_at": "2024-04-10T01:00:00.000Z",
        "due_at": "2024-04-17T10:00:00.000Z",
        **changes,
    }


def test_dossiers_are_created_updated_left_or_refused_one_by_one(small_office: OfficeStory) -> None:
    first = small_office.send("PUT", "/api/v1/dossiers", "sync", [dossier(), dossier("nonsense")]).json
    assert (first["created"], [r["code"] for r in first["refused"]]) == (1, ["NONSENSE"])
    again = small_office.send("PUT", "/api/v1/dossiers", "sync", [dossier()]).json
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 1)
    changed = small_office.send("PUT", "/api/v1/dossiers", "sync", [dossier(status=9)]).json
    assert changed["updated"] == 1
    assert small_office.types().count("dossier.updated") == 2


def test_a_dossier_is_shown_masked_and_guessing_is_limited(small_office: OfficeStory) -> None:
    small_office.send("PUT", "/api/v1/dossiers", "sync", [dossier()])
    shown = small_office.send("GET", "/api/v1/dossiers/000.00.53.h48-240410-0012", "kiosk")
    assert shown.json["code_masked"] == "•••240410-0012" and "000.00.53" not in shown.text
    for _ in range(5):
        wrong = small_office.send("GET", "/api/v1/dossiers/000.00.53.H48-240410-9999", "kiosk")
        assert (wrong.status_code, wrong.json["code"]) == (404, "unknown-dossier")
    refused = small_office.send("GET", "/api/v1/dossiers/000.00.53.H48-240410-0012", "kiosk")
    assert (refused.status_code, refused.json["wait_s"], refused.headers["Retry-After"]) == (429, 60, "60")
    token = {"Authorization": f"Bearer {small_office.token('kiosk')}"}
    client = small_office.service.flask_app.test_client()
    path = "/api/v1/dossiers/000.00.53.H48-240410-0012"
    elsewhere = client.get(path, headers=token, environ_base={"REMOTE_ADDR": "10.0.0.9"})
    assert elsewhere.status_code == 200, "who guesses at one address stops nobody at another"
    small_office.clock.passes(61)
    assert small_office.send("GET", path, "kiosk").status_code == 200, "nor the next citizen for long"


def test_a_device_is_paired_after_an_administrator_approved_it(small_office: OfficeStory) -> None:
    asked = small_office.send("POST", "/api/v1/devices/pair", None, {"role": "kiosk", "name": "hall"}).json
    code, secret = asked["code"], {"device_code": asked["device_code"]}
    assert small_office.send("GET", f"/api/v1/devices/pair/{code}", None).json["state"] == "waiting"
    assert small_office.send("POST", f"/api/v1/devices/pair/{code}/approve", "admin", {}).status_code == 200
    for _ in range(2):
        assert "token" not in small_office.send("GET", f"/api/v1/devices/pair/{code}", None).json
    token = small_office.send("POST", "/api/v1/devices/pair/token", None, secret).json["token"]
    assert "token" not in small_office.send("POST", "/api/v1/devices/pair/token", None, secret).json
    answer = small_office.send("POST", "/api/v1/tickets", None, {"service": "HT"}, Authorization=f"Bearer {token}")
    assert answer.status_code == 201


def test_help_is_shown_on_every_console_until_it_is_answered(small_office: OfficeStory) -> None:
    asked = small_office.send("POST", "/api/v1/help", "kiosk", {"where": "kiosk"}).json
    waiting = small_office.send("GET", "/api/v1/counters/3/queue", "counter").json["help"]
    assert [h["id"] for h in waiting] == [asked["id"]]
    assert small_office.send("POST", f"/api/v1/help/{asked['id']}/answer", "counter", {}).status_code == 200
    assert small_office.send("GET", "/api/v1/counters/3/queue", "counter").json["help"] == []


def test_a_page_of_another_name_is_not_served(small_office: OfficeStory) -> None:
    answer = small_office.send("GET", "/healthz", None, None, Host="evil.example")
    assert answer.status_code == 400


def test_no_answer_comes_without_the_protecting_headers(small_office: OfficeStory) -> None:
    for path in ("/healthz", "/api/v1/openapi.json", "/nothing"):
        headers = small_office.send("GET", path, None).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_journal_never_holds_free_text(small_office: OfficeStory) -> None:
    ticket = issue(small_office)
    secret = "Nguyễn Thị Bí Mật 0905123456"
    small_office.send("POST", f"/api/v1/tickets/{ticket['id']}/notes", "counter", {"text": secret})
    assert "ticket.noted" in small_office.types()
    assert secret not in json.dumps(small_office.events(), ensure_ascii=False)
