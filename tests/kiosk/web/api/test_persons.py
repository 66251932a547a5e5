"""Persons over HTTP: who adds whom, what each may do, what ends when it is taken away, what the journal tells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from kiosk.domain.accounts import SecondFactor
from kiosk.domain.totp import totp_code
from kiosk.store.credentials import hash_secret
from tests.office import OfficeStory, sample_configuration

PASSWORD = "mua xuân ở Ba Vì"
MAI, BAO = "Nguyễn Thị Mai", "Bảo"


class Person:
    """Somebody signed in in a browser."""

    def __init__(self, office: OfficeStory, name: str, browser: str = "", code: str = "") -> None:
        self._office = office
        body = {"name": name, "password": PASSWORD, "browser": browser, "code": code}
        self.answer = office.send("POST", "/api/v1/admin/session", None, body)
        self.token = self.answer.json.get("token", "")

    def __call__(self, method: str, path: str, body: Any = None) -> TestResponse:
        bearer = f"Bearer {self.token}"
        return self._office.send(method, f"/api/v1/{path}", None, body, Authorization=bearer)

    def may(self, path: str) -> bool:
        return self("GET", path).status_code == 200


@pytest.fixture
def office(small_office: OfficeStory) -> Iterator[OfficeStory]:
    """Mai administers."""
    with small_office.app.store.writing() as tables:
        tables.persons.add(MAI, hash_secret(PASSWORD))
    yield small_office


@pytest.fixture
def mai(office: OfficeStory) -> Person:
    return Person(office, MAI, "abcd1234")


def acts(office: OfficeStory) -> list[tuple[str, str, dict[str, Any]]]:
    told = [event for event in office.events() if event["type"] == "access.administered"]
    return [(event["data"]["act"], event["data"]["about"], event["actor"]) for event in told]


def test_an_administrator_adds_a_head_who_signs_in_and_may_do_what_heads_do(office: OfficeStory, mai: Person) -> None:
    assert mai("POST", "persons", {"name": BAO, "role": "head", "password": PASSWORD}).status_code == 204
    bao = Person(office, BAO)
    assert (bao.answer.json["name"], bao.answer.json["role"]) == (BAO, "head")
    assert [bao.may(path) for path in ("statistics", "reports", "admin/journal", "admin/alarms", "staff")] == [True] * 5
    assert [bao.may(path) for path in ("persons", "devices", "dossiers", "admin/voices", "followers")] == [False] * 5
    actor = {"kind": "admin", "id": "admin-abcd1234", "person": MAI}
    assert acts(office) == [("persons_post_person", BAO, actor)]
    assert PASSWORD not in str(office.events())


def test_the_page_learns_who_is_there_and_what_may_be_done(office: OfficeStory, mai: Person) -> None:
    me = mai("GET", "admin/me").json
    assert (me["name"], me["role"], me["second_factor"], me["business_date"]) == (MAI, "admin", False, "2024-04-15")
    assert {"GET /api/v1/persons", "PUT /api/v1/staff/<clerk>"} <= set(me["may"])
    technician = office.send("GET", "/api/v1/admin/me", "technician").json
    assert "GET /api/v1/devices" in technician["may"]
    assert not [one for one in technician["may"] if "report" in one or "statistics" in one or "tickets" in one]
    reader = office.send("GET", "/api/v1/admin/me", "reader").json
    changing = {one for one in reader["may"] if not one.startswith("GET ")}
    assert changing == {
        "PUT /api/v1/admin/password",
        "DELETE /api/v1/admin/session",
        "POST /api/v1/admin/second-factor",
        "PUT /api/v1/admin/second-factor",
        "POST /api/v1/report-orders",
        "DELETE /api/v1/report-orders/<order>",
    }
    program = office.send("GET", "/api/v1/admin/me", "admin").json
    assert (program["name"], program["signed_in"]) == (None, [])


def test_everybody_sees_where_they_are_signed_in_themselves_and_nobody_else(office: OfficeStory, mai: Person) -> None:
    mai("POST", "persons", {"name": BAO, "role": "reader", "password": PASSWORD})
    bao = Person(office, BAO, "zyxw9876")
    office.clock.passes(60)
    Person(office, BAO, "qwer5678")
    seen = bao("GET", "admin/me").json["signed_in"]
    assert [(one["browser"], one["since"]) for one in seen] == [
        ("reader-zyxw9876", "2024-04-15T01:05:00.000Z"),
        ("reader-qwer5678", "2024-04-15T01:06:00.000Z"),
    ]
    changed = {"password": PASSWORD, "new_password": "mùa thu ở Ba Vì"}
    assert bao("PUT", "admin/password", changed).status_code == 204
    assert bao("GET", "admin/me").status_code == 401
    assert len(mai("GET", "admin/me").json["signed_in"]) == 1


def test_everybody_with_a_password_is_listed_with_the_browsers(office: OfficeStory, mai: Person) -> None:
    mai("POST", "persons", {"name": BAO, "role": "reader", "password": PASSWORD})
    Person(office, BAO, "zyxw9876")
    listed = mai("GET", "persons").json["persons"]
    assert [(one["name"], one["role"], one["disabled"], one["second_factor"]) for one in listed] == [
        (BAO, "reader", False, False),
        (MAI, "admin", False, False),
    ]
    assert [one["browser"] for person in listed for one in person["signed_in"]] == ["reader-zyxw9876", "admin-abcd1234"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"name": MAI, "role": "head", "password": PASSWORD}, 409, "taken"),
        ({"name": BAO, "role": "head", "password": "matkhau123"}, 400, "bad-json"),
        ({"name": BAO, "role": "king", "password": PASSWORD}, 400, "bad-json"),
        ({"name": "a/b", "role": "head", "password": PASSWORD}, 400, "bad-json"),
        ({"name": BAO, "role": "head"}, 400, "bad-json"),
    ],
)
def test_who_cannot_be_added_is_told_why(mai: Person, body: dict[str, str], status: int, code: str) -> None:
    answer = mai("POST", "persons", body)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert len(mai("GET", "persons").json["persons"]) == 1


CHANGES: list[tuple[str, str, Any]] = [
    ("PUT", "persons/{}", {"role": "reader"}),
    ("PUT", "persons/{}", {"role": "head", "disabled": True}),
    ("PUT", "persons/{}/password", {"password": "mùa thu ở Ba Vì"}),
    ("DELETE", "persons/{}/second-factor", None),
    ("DELETE", "persons/{}", None),
]


@pytest.mark.parametrize(("method", "path", "body"), CHANGES)
def test_whatever_is_changed_of_a_person_ends_the_sessions_at_once(
    office: OfficeStory, mai: Person, method: str, path: str, body: Any
) -> None:
    mai("POST", "persons", {"name": BAO, "role": "head", "password": PASSWORD})
    bao, other = Person(office, BAO), Person(office, BAO)
    assert bao.may("statistics") and other.may("statistics")
    assert mai(method, path.format(BAO), body).status_code == 204
    for session in (bao, other):
        assert session("GET", "statistics").status_code == 401
    assert mai.may("statistics")
    assert acts(office)[-1][1:] == (BAO, {"kind": "admin", "id": "admin-abcd1234", "person": MAI})


def test_signing_out_ends_this_session_alone(office: OfficeStory, mai: Person) -> None:
    second = Person(office, MAI)
    assert second("DELETE", "admin/session").status_code == 204
    assert second("GET", "statistics").status_code == 401
    assert mai.may("statistics")


@pytest.mark.parametrize(
    ("method", "path", "body"), [("PUT", "", {"role": "head"}), ("PUT", "", {"role": "admin", "disabled": True})]
)
def test_the_last_administrator_stays(mai: Person, method: str, path: str, body: Any) -> None:
    answer = mai(method, f"persons/{MAI}{path}", body)
    assert (answer.status_code, answer.json["code"]) == (409, "illegal-transition")
    assert answer.json["title"] == "Đây là quản trị viên duy nhất. Hãy thêm một người khác trước."
    assert mai("DELETE", f"persons/{MAI}").status_code == 409
    assert mai.may("persons")


def test_nobody_else_is_changed_by_an_unknown_name(mai: Person) -> None:
    for method, path, body in CHANGES:
        assert mai(method, path.format("nobody"), body).status_code == 404


def test_a_telephone_is_added_by_its_owner_and_taken_away_by_an_administrator(office: OfficeStory, mai: Person) -> None:
    made = mai("POST", "admin/second-factor", {}).json
    assert made["secret"] in made["address"] and made["picture"].startswith("<svg ")
    assert isinstance(Person(office, MAI).token, str), "nothing is kept yet"
    step = office.clock.now_ms() // 30_000
    for broken in ("A" * 16, "A" * 31, "A" * 33, "1" * 32):
        assert mai("PUT", "admin/second-factor", {"secret": broken, "code": "000000"}).status_code == 400
    wrong = {"secret": made["secret"], "code": "000000", "password": PASSWORD}
    assert mai("PUT", "admin/second-factor", wrong).status_code == 400
    right = {"secret": made["secret"], "code": totp_code(made["secret"], step), "password": PASSWORD}
    assert mai("PUT", "admin/second-factor", right).status_code == 204
    assert Person(office, MAI).answer.status_code == 401
    office.clock.passes(30)
    assert Person(office, MAI, code=totp_code(made["secret"], step + 1)).answer.status_code == 200
    assert made["secret"] not in str(office.events())
    assert mai("DELETE", f"persons/{MAI}/second-factor").status_code == 403, "another person does"
    mai("POST", "persons", {"name": BAO, "role": "admin", "password": PASSWORD})
    assert Person(office, BAO)("DELETE", f"persons/{MAI}/second-factor").status_code == 204
    assert Person(office, MAI).answer.status_code == 200


def test_a_session_alone_changes_nothing_that_its_person_signs_in_with(office: OfficeStory, mai: Person) -> None:
    """Whoever found the page open, or carried off its token, gets no lasting way in by it."""
    new, old = "B" * 32, "A" * 32

    def add(**proof: str) -> int:
        code = totp_code(new, office.clock.now_ms() // 30_000)
        return mai("PUT", "admin/second-factor", {"secret": new, "code": code, **proof}).status_code

    def present() -> str:
        return totp_code(old, office.clock.now_ms() // 30_000)

    assert mai("PUT", f"persons/{MAI}/password", {"password": "mùa thu ở Ba Vì"}).status_code == 403
    assert (add(), add(password="guessed by somebody")) == (401, 401)
    with office.app.store.writing() as tables:
        assert tables.persons.second_factor(MAI) is None
        tables.persons.set_second_factor(MAI, SecondFactor(old, 0))
    for proof in ({}, {"password": PASSWORD}, {"password": PASSWORD, "present_code": "000000"}):
        assert add(**proof) == 401
        office.clock.passes(3600)
    other = Person(office, MAI, code=present())
    office.clock.passes(30)
    assert add(password=PASSWORD, present_code=present()) == 204
    assert (mai.may("statistics"), other.may("statistics")) == (True, False), "the other sessions end"
    refused = [event["data"]["account"] for event in office.events() if event["type"] == "access.refused"]
    assert refused == [MAI] * 5 and [act for act, _, _ in acts(office)] == ["persons_put_own_second_factor"]


def test_guessing_at_the_proof_is_held_off_like_at_the_sign_in(office: OfficeStory, mai: Person) -> None:
    code = totp_code("B" * 32, office.clock.now_ms() // 30_000)
    body = {"secret": "B" * 32, "code": code, "password": "guessed by somebody"}
    statuses = [mai("PUT", "admin/second-factor", body).status_code for _ in range(7)]
    assert statuses == [401] * 5 + [429] * 2


def test_the_head_sees_to_the_clerks(office: OfficeStory) -> None:
    def head(method: str, path: str, body: Any = None) -> TestResponse:
        return office.send(method, f"/api/v1/{path}", "head", body)

    lan = head("POST", "staff", {"name": "Đinh Thị Lan", "pin": "4827"})
    assert lan.status_code == 201
    assert head("POST", "staff", {"name": "Đinh Thị Lan", "pin": "5938"}).status_code == 409
    assert head("POST", "staff", {"name": "Minh", "pin": "1234"}).status_code == 400
    body = {"clerk": "Đinh Thị Lan", "pin": "4827"}
    assert office.send("POST", "/api/v1/session", "counter", body, counter="1").status_code == 200
    seated = {"id": lan.json["id"], "name": "Đinh Thị Lan", "disabled": False, "counter": "1"}
    assert head("GET", "staff").json == {"clerks": [seated]}
    assert head("PUT", f"staff/{lan.json['id']}", {"disabled": True}).status_code == 204
    assert head("GET", "staff").json == {"clerks": [seated | {"disabled": True, "counter": None}]}
    assert office.send("POST", "/api/v1/session", "counter", body, counter="1").status_code == 401
    assert head("PUT", f"staff/{lan.json['id']}", {"disabled": False}).status_code == 400
    assert head("PUT", f"staff/{lan.json['id']}", {"disabled": False, "pin": "7391"}).status_code == 204
    assert office.send("POST", "/api/v1/session", "counter", body | {"pin": "7391"}, counter="1").status_code == 200
    assert head("PUT", "staff/nobody", {"disabled": True}).status_code == 404
    told = [(act, about) for act, about, _ in acts(office)]
    assert told == [("staff_post_clerk", lan.json["id"])] + [("staff_put_clerk", lan.json["id"])] * 2
    assert acts(office)[0][2] == {"kind": "head", "id": "head-any", "person": "a head"}


def test_a_second_person_decides_what_the_first_called_wrong(office: OfficeStory, mai: Person) -> None:
    assert mai("POST", "persons", {"name": BAO, "role": "head", "password": PASSWORD}).status_code == 204
    bao, path = Person(office, BAO), "admin/corrections"
    seq = office.events()[0]["seq"]
    asked = bao("POST", path, {"seq": seq, "reason": "mistake"})
    assert asked.status_code == 201
    one = f"{path}/{asked.json['id']}"
    assert bao("POST", path, {"seq": seq, "reason": "mistake"}).status_code == 409
    refused = bao("POST", f"{one}/approve", {})
    assert (refused.status_code, refused.json["code"]) == (409, "illegal-transition")
    (waiting,) = mai("GET", path).json["waiting"]
    assert (waiting["asked_by"], waiting["own"], waiting["event"]["seq"]) == (BAO, False, seq)
    assert bao("GET", path).json["waiting"][0]["own"] is True
    assert mai("POST", f"{one}/approve", {}).status_code == 204
    assert mai("POST", f"{one}/approve", {}).status_code == 404
    told = mai("GET", path).json
    assert told["waiting"] == [] and told["done"][0]["confirmed_by"] == [BAO, MAI]
    assert [(act, about) for act, about, _ in acts(office)][-2:] == [
        ("corrections_post_correction", str(seq)),
        ("corrections_post_approval", asked.json["id"]),
    ]


def test_a_program_without_a_person_calls_nothing_wrong(office: OfficeStory) -> None:
    refused = office.send("POST", "/api/v1/admin/corrections", "admin", {"seq": 1, "reason": "mistake"})
    assert refused.status_code == 403 and "belongs to no person" in refused.json["detail"]


@pytest.mark.parametrize(("demanded", "asked_of"), [("administrators", {MAI}), ("everybody", {MAI, BAO})])
def test_where_a_telephone_is_demanded_nobody_does_anything_before_adding_one(
    home: Path, demanded: str, asked_of: set[str]
) -> None:
    known = sample_configuration(f"sqlite:///{home / 'motcua.db'}")
    server = known.server.model_copy(update={"second_factor": demanded})
    story = OfficeStory("", known.model_copy(update={"server": server}))
    with story.app.store.writing() as tables:
        tables.persons.add(MAI, hash_secret(PASSWORD))
        tables.persons.add(BAO, hash_secret(PASSWORD), "head")
    for name in (MAI, BAO):
        person = Person(story, name)
        me = person("GET", "admin/me").json
        assert me["second_factor_needed"] is (name in asked_of)
        assert person.may("staff") is (name not in asked_of)
        if name not in asked_of:
            continue
        assert sorted(me["may"]) == [
            *("DELETE /api/v1/admin/session", "GET /api/v1/admin/me", "POST /api/v1/admin/second-factor"),
            *("PUT /api/v1/admin/password", "PUT /api/v1/admin/second-factor"),
        ]
        secret = person("POST", "admin/second-factor", {}).json["secret"]
        code = totp_code(secret, story.clock.now_ms() // 30_000)
        assert (
            person("PUT", "admin/second-factor", {"secret": secret, "code": code, "password": PASSWORD}).status_code
            == 204
        )
        story.clock.passes(31)
        assert person.may("staff") and person("GET", "admin/me").json["second_factor_needed"] is False
    story.close()
