"""The journal names the person who acted beside the device: clerk, administrator, whoever ran a command."""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.bootstrap import build_app
from kiosk.commands.common import operator
from kiosk.maintenance.initialise import create_office
from kiosk.maintenance.verification import verify_store
from kiosk.store.credentials import hash_secret
from kiosk.store.unit_of_work import Actor
from tests.office import OfficeStory, sample_configuration

AN, BINH = "clerk-an", "clerk-binh"


@pytest.fixture
def staffed(small_office: OfficeStory) -> OfficeStory:
    """An and Bình may sign in, the administrator as well."""
    secret = hash_secret("246810")
    with small_office.app.store.writing() as tables:
        tables.clerks.add(AN, "Lê Thị An", secret)
        tables.clerks.add(BINH, "Trần Văn Bình", secret)
        tables.persons.add("quantri", secret)
    return small_office


def sign_in(office: OfficeStory, clerk: str, counter: str) -> None:
    body = {"clerk": clerk, "pin": "246810"}
    assert office.send("POST", "/api/v1/session", "counter", body, counter=counter).status_code == 200


def actors(office: OfficeStory, kind: str) -> list[dict[str, Any]]:
    return [event["actor"] for event in office.events() if event["type"] == kind]


def test_at_a_counter_the_clerk_who_is_signed_in_acts(staffed: OfficeStory) -> None:
    staffed.take_number()
    staffed.take_number()
    call = "/api/v1/counters/{}/call-next"
    staffed.send("POST", call.format(1), "counter", {}, counter="1")
    sign_in(staffed, "Lê Thị An", "1")
    sign_in(staffed, BINH, "2")
    staffed.send("POST", call.format(1), "counter", {"finish_current": "complete"}, counter="1")
    assert actors(staffed, "ticket.called") == [
        {"kind": "counter", "id": "counter-1", "person": None},
        {"kind": "counter", "id": "counter-1", "person": AN},
    ]
    assert actors(staffed, "ticket.completed") == [{"kind": "counter", "id": "counter-1", "person": AN}]
    signed_in = [(actor["id"], actor["person"]) for actor in actors(staffed, "clerk.signed_in")]
    assert signed_in == [("counter-1", AN), ("counter-2", BINH)]


def test_whoever_signs_out_is_named_and_acts_no_more(staffed: OfficeStory) -> None:
    sign_in(staffed, AN, "1")
    assert staffed.send("DELETE", "/api/v1/session", "counter", counter="1").status_code == 204
    staffed.send("POST", "/api/v1/counters/1/pause", "counter", {}, counter="1")
    assert [actor["person"] for actor in actors(staffed, "clerk.signed_out")] == [AN]
    assert [actor["person"] for actor in actors(staffed, "counter.paused")] == [None]


def test_a_citizen_at_a_kiosk_or_a_tablet_is_nobody(staffed: OfficeStory) -> None:
    sign_in(staffed, AN, "1")
    ticket = staffed.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"}).json["id"]
    staffed.send("POST", "/api/v1/counters/1/call-next", "counter", {}, counter="1")
    staffed.send("POST", f"/api/v1/tickets/{ticket}/complete", "counter", {}, counter="1")
    body = {"ticket": ticket, "answers": {"attitude": "satisfied"}}
    assert staffed.send("POST", "/api/v1/ratings", "tablet", body, counter="1").status_code == 201
    assert actors(staffed, "ticket.issued") == [{"kind": "kiosk", "id": "kiosk-any", "person": None}]
    assert actors(staffed, "rating.submitted") == [{"kind": "tablet", "id": "tablet-1", "person": None}]


def test_an_administrator_acts_by_name_and_a_token_without_a_person(staffed: OfficeStory) -> None:
    body = {"name": "quantri", "password": "246810"}
    token = staffed.send("POST", "/api/v1/admin/session", None, body).json["token"]
    code = "000.00.53.H48-240414-0001"
    for number, headers in enumerate(({"Authorization": f"Bearer {token}"}, {})):
        dossier = {
            "code": f"{code[:-1]}{number}",
            "procedure": "1.000656",
            "field": "Hộ tịch",
            "channel": 1,
            "status": 2,
            "received_at": "2024-04-14T01:00:00.000Z",
        }
        answer = staffed.send("PUT", "/api/v1/dossiers", None if headers else "admin", [dossier], **headers)
        assert answer.status_code == 200, answer.text
    by_session, by_token = actors(staffed, "dossier.updated")
    assert (by_session["kind"], by_session["person"]) == ("admin", "quantri")
    assert by_session["id"].startswith("admin-"), "the session's device, as before"
    assert by_token == {"kind": "admin", "id": "admin-any", "person": None}


def test_a_command_names_who_ran_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SUDO_USER", raising=False)
    assert operator() == getpass.getuser()
    monkeypatch.setenv("SUDO_USER", "lan")
    assert operator() == "lan"
    monkeypatch.delenv("SUDO_USER")
    monkeypatch.setattr(getpass, "getuser", lambda: {}["nobody"])
    assert operator() is None


def test_whoever_began_the_office_stands_in_its_first_event(home: Path) -> None:
    app = build_app(sample_configuration(f"sqlite:///{home}/new.db"))
    create_office(app, "lan")
    with app.store.reading() as reading:
        (first,) = reading.journal.read(reading.state.head.epoch, 0, 10)
    app.close()
    assert json.loads(first.body)["actor"] == {"kind": "system", "id": "init", "person": "lan"}


def test_an_older_event_without_a_person_keeps_its_hash_beside_new_ones(
    staffed: OfficeStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kiosk.store import unit_of_work

    chain = unit_of_work.chain

    def older(*values: Any) -> Any:
        actor = {name: value for name, value in values[7].items() if name != "person"}
        return chain(*values[:7], actor, *values[8:])

    with monkeypatch.context() as before:
        before.setattr(unit_of_work, "chain", older)
        staffed.take_number()
    staffed.take_number()
    issued = actors(staffed, "ticket.issued")
    assert [sorted(actor) for actor in issued] == [["id", "kind"], ["id", "kind", "person"]]
    assert verify_store(staffed.app.store).differences == 0
    answer = staffed.send("GET", "/api/v1/journal?after=0&limit=100", "sync")
    assert [event["actor"] for event in answer.json["events"] if event["type"] == "ticket.issued"] == issued


def test_a_named_person_counts_more_than_who_is_signed_in(staffed: OfficeStory) -> None:
    sign_in(staffed, AN, "1")
    persons = []
    for actor in (
        Actor("counter", "pc", None, "1"),
        Actor("counter", "pc", BINH, "1"),
        Actor("counter", "pc", None, "2"),
    ):
        with staffed.app.store.unit(actor, staffed.clock.now_ms()) as unit:
            persons.append(unit.person)
    assert persons == [AN, BINH, None]
