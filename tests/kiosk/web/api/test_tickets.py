"""Tickets over HTTP: each step, and what each role sees."""

from __future__ import annotations

from typing import Any

import pytest

from tests.office import OfficeStory

CODE = "000.00.53.H48-240414-0001"
HIDDEN = ("priority", "reason", "clerk")
FIELDS = {
    "id",
    "number",
    "service",
    "state",
    "priority",
    "position",
    "estimated_wait_s",
    "issued_at",
    "called_at",
    "counter",
    "calls",
    "print",
    "business_date",
    "language",
    "dossiers",
    "clerk",
    "serving_at",
    "ended_at",
    "reason",
    "kept",
    "rated",
}


def act(office: OfficeStory, ticket: str, step: str, body: Any = None, role: str = "counter") -> Any:
    return office.send("POST", f"/api/v1/tickets/{ticket}/{step}", role, body or {})


def called(office: OfficeStory, counter: str = "1") -> str:
    office.take_number("HT")
    return str(office.send("POST", f"/api/v1/counters/{counter}/call-next", "counter", {}).json["id"])


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        (("recall",), "CALLED"),
        (("start",), "SERVING"),
        (("start", "complete"), "COMPLETED"),
        (("complete",), "COMPLETED"),
        (("no-show",), "NO_SHOW"),
        (("no-show", "return"), "WAITING"),
        (("hold",), "ON_HOLD"),
        (("hold", "return"), "WAITING"),
        (("hold", "recall"), "CALLED"),
        (("hold", "cancel"), "CANCELLED"),
        (("complete", "undo"), "CALLED"),
    ],
)
def test_the_steps_of_a_clerk(small_office: OfficeStory, steps: tuple[str, ...], state: str) -> None:
    ticket = called(small_office)
    answers = [act(small_office, ticket, step) for step in steps]
    assert [answer.status_code for answer in answers] == [200] * len(steps)
    assert answers[-1].json["state"] == state


@pytest.mark.parametrize(
    ("before", "step"),
    [("complete", "complete"), ("complete", "start"), ("no-show", "complete"), ("hold", "start"), ("start", "cancel")],
)
def test_a_step_that_does_not_follow_names_number_and_state(small_office: OfficeStory, before: str, step: str) -> None:
    ticket = called(small_office)
    act(small_office, ticket, before)
    answer = act(small_office, ticket, step)
    assert (answer.status_code, answer.json["code"], answer.json["number"]) == (409, "illegal-transition", "A001")
    assert answer.json["state"] in answer.json["title"]


@pytest.mark.parametrize("role", ["counter", "admin"])
def test_staff_see_why_somebody_goes_first(small_office: OfficeStory, role: str) -> None:
    ticket = small_office.take_number("HT", "disabled")
    answer = small_office.send("GET", f"/api/v1/tickets/{ticket.id}", role).json
    assert set(answer) == FIELDS and answer["priority"] == "disabled"


@pytest.mark.parametrize("role", ["kiosk", "tablet"])
def test_citizens_devices_see_neither_priority_nor_reason_nor_clerk(small_office: OfficeStory, role: str) -> None:
    small_office.take_number("HT")
    ticket = small_office.take_number("HT", "disabled")
    small_office.take_number("HT", "elderly")
    answer = small_office.send("GET", f"/api/v1/tickets/{ticket.id}", role).json
    assert [answer[name] for name in HIDDEN] == [None, None, None]
    assert answer["position"] == 1, "the place is still that of a priority ticket"
    act(small_office, ticket.id, "hold", {"reason": "waits for a paper"})
    assert small_office.send("GET", f"/api/v1/tickets/{ticket.id}", role).json["reason"] is None
    assert small_office.send("GET", f"/api/v1/tickets/{ticket.id}", "counter").json["reason"] == "waits for a paper"


def test_the_kiosk_is_told_where_a_phone_follows_the_ticket(small_office: OfficeStory) -> None:
    given = small_office.service.dependencies
    answer = small_office.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"}).json
    assert set(answer) == FIELDS | {"follow_url", "public_token"}
    expected = f"{given.public_url}/t/{answer['public_token']}" if given.public_url else None
    assert answer["follow_url"] == expected
    given.public_url = "http://mot-cua.bavi.vn"
    answer = small_office.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"}).json
    assert answer["follow_url"] == f"http://mot-cua.bavi.vn/t/{answer['public_token']}"
    given.public_url = ""
    assert small_office.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"}).json["follow_url"] is None


def test_a_phone_sees_its_number_and_place_and_nothing_of_a_person(small_office: OfficeStory) -> None:
    small_office.take_number("HT")
    ticket = small_office.take_number("HT", "disabled")
    answer = small_office.send("GET", f"/api/v1/public/tickets/{ticket.public_token}", None).json
    assert answer == {
        "number": "A002",
        "service": "HT",
        "state": "WAITING",
        "counter": None,
        "people_ahead": 0,
        "estimated_wait_s": None,
        "wait_span_s": None,
        "language": "vi",
        "rated": False,
    }


def test_a_transfer_keeps_number_and_place_and_may_note_the_service_left_behind(small_office: OfficeStory) -> None:
    ticket = called(small_office)
    answer = act(small_office, ticket, "transfer", {"service": "DD", "keep": True}).json
    assert (answer["number"], answer["service"], answer["state"], answer["kept"]) == ("A001", "DD", "WAITING", ["HT"])
    assert act(small_office, ticket, "transfer", {"service": "XX"}).status_code == 422


def test_a_dossier_is_linked_by_its_code_as_it_is_typed(small_office: OfficeStory) -> None:
    ticket = called(small_office)
    answer = act(small_office, ticket, "dossiers", {"code": "000.00.53.h48-240414-0001"})
    assert (answer.status_code, answer.json["dossiers"]) == (200, ["000.00.53.H48-240414-0001"])
    assert act(small_office, ticket, "dossiers", {"code": "no such code"}).json["code"] == "bad-json"


def test_a_note_is_kept_apart_from_the_journal(small_office: OfficeStory) -> None:
    answer = act(small_office, called(small_office), "notes", {"text": "Bà con quên căn cước"})
    assert answer.status_code == 201 and set(answer.json) == {"id"}
    assert all("căn cước" not in str(event) for event in small_office.events())


def test_a_number_written_by_hand_is_entered_afterwards(small_office: OfficeStory) -> None:
    body = {"number": "A031", "issued_at": "2024-04-15T07:30:00+07:00"}
    answer = small_office.send("POST", "/api/v1/tickets/paper", "counter", body)
    assert (answer.status_code, answer.json["number"]) == (201, "A031")
    assert answer.json["issued_at"] == "2024-04-15T00:30:00.000Z"
    assert small_office.take_number("HT").number == "A032"


def test_there_are_no_appointments_yet(small_office: OfficeStory) -> None:
    body = {"service": "HT", "appointment": "01900000-0000-7000-8000-000000000000"}
    assert small_office.send("POST", "/api/v1/tickets", "kiosk", body).json["code"] == "bad-json"


def test_a_ticket_that_there_is_not_is_unknown(small_office: OfficeStory) -> None:
    for method, path in (("GET", ""), ("POST", "/recall"), ("POST", "/complete"), ("POST", "/undo")):
        answer = small_office.send(method, f"/api/v1/tickets/none{path}", "counter", {} if method == "POST" else None)
        assert (answer.status_code, answer.json["code"]) == (404, "unknown-ticket")


def test_a_dossier_is_linked_with_whether_it_is_known_and_removed_again(small_office: OfficeStory) -> None:
    ticket = called(small_office)
    answer = act(small_office, ticket, "dossiers", {"code": CODE.lower()})
    assert (answer.json["dossiers"], answer.json["linked"], answer.json["is_known"]) == ([CODE], CODE, False)
    removed = small_office.send("DELETE", f"/api/v1/tickets/{ticket}/dossiers/{CODE}", "counter")
    assert (removed.status_code, removed.json["dossiers"]) == (200, [])
    again = small_office.send("DELETE", f"/api/v1/tickets/{ticket}/dossiers/{CODE}", "counter")
    assert (again.status_code, again.json["code"]) == (404, "unknown-dossier")


REFUSALS = [
    ("khong phai ma", "Mã hồ sơ chưa đủ hoặc sai. Mã đúng có dạng 000.00.53.H48-240414-0001."),
    ("000.00.53.H48-240231-0001", "Ngày trong mã 000.00.53.H48-240231-0001 không đúng. Xin xem lại mã."),
]


@pytest.mark.parametrize(("code", "title"), REFUSALS)
def test_a_refused_dossier_code_says_what_is_wrong_with_it(small_office: OfficeStory, code: str, title: str) -> None:
    answer = act(small_office, called(small_office), "dossiers", {"code": code})
    assert (answer.status_code, answer.json["code"], answer.json["title"]) == (400, "bad-json", title)


def test_a_refused_undo_says_what_is_true(small_office: OfficeStory) -> None:
    ticket = called(small_office)
    assert act(small_office, ticket, "undo").status_code == 200
    refused = act(small_office, ticket, "undo")
    assert (refused.status_code, refused.json["code"]) == (409, "too-late")
    assert refused.json["title"] == "Quầy 1 không có việc nào trong một phút qua để hoàn tác."


def test_a_clerk_who_cancelled_by_mistake_undoes_it(small_office: OfficeStory) -> None:
    ticket = small_office.take_number("HT").id
    assert act(small_office, ticket, "cancel", {"reason": None}).json["state"] == "CANCELLED"
    assert act(small_office, ticket, "undo").json["state"] == "WAITING"


def test_a_transfer_to_a_closed_counter_is_warned_of_or_refused_until_confirmed(small_office: OfficeStory) -> None:
    ticket = called(small_office)
    refused = act(small_office, ticket, "transfer", {"counter": "3", "confirmed": False})
    assert (refused.status_code, refused.json["code"]) == (409, "counter-closed")
    assert refused.json["title"] == "Quầy 3 đang không mở. Bà con được chuyển đến phải chờ quầy mở."
    assert act(small_office, ticket, "transfer", {"counter": "3"}).json["warning"] == "counter-closed"
