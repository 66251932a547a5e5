"""Whoever serves never holds what a citizen rates with: each call, as a counter and as its clerk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from pydantic import TypeAdapter

from kiosk.domain.tokens import hash_token, new_token
from kiosk.web.http.auth import COOKIE
from kiosk.web.http.calls import CALLS, CallDeclaration
from kiosk.web.http.stream import Audience
from tests.kiosk.test_typed_everywhere import Examples
from tests.kiosk.web.api.test_ratings import ANSWER, token_path
from tests.office import OfficeStory

ENDLESS = {"get /api/v1/stream", "get /api/v1/public/stream/<token>"}  # their frames are searched by themselves
KNOWN = {"code": "1", "name": "usb", "language": "vi", "page": "tablet", "printer": "hall"}


class Visits:
    """Three visits, waiting, served and rated, with everything by which somebody may rate them."""

    def __init__(self, office: OfficeStory) -> None:
        self.office = office
        self.tickets = [self._visit("call-next" if one else "") for one in range(3)]
        self.waiting, self.served, self.rated = self.tickets
        passes = [office.send("POST", token_path(self.served), None, {}).json for _ in range(2)]
        number = {"number": self.served["number"]}
        passes.append(office.send("POST", "/api/v1/ratings/token", "kiosk", number).json)
        body = {"ticket": self.rated["id"], "answers": ANSWER}
        self.rating = str(office.send("POST", "/api/v1/ratings", "tablet", body, counter="1").json["id"])
        tokens = [one["rating_token"] for one in passes]
        self.secrets = {
            **{f"the address of {one['number']}": str(one["public_token"]) for one in self.tickets},
            **{f"rating token {at}": token for at, token in enumerate(tokens)},
            **{f"the hash of rating token {at}": hash_token(token) for at, token in enumerate(tokens)},
        }

    def _visit(self, called: str) -> dict[str, Any]:
        ticket: dict[str, Any] = dict(self.office.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"}).json)
        if called:
            self.office.send("POST", "/api/v1/counters/1/call", "counter", {"number": ticket["number"]}, counter="1")
            self.office.send("POST", f"/api/v1/tickets/{ticket['id']}/complete", "counter", {}, counter="1")
        return ticket

    def found_in(self, text: str) -> list[str]:
        return [name for name, secret in self.secrets.items() if secret in text]


@pytest.fixture
def visits(small_office: OfficeStory) -> Visits:
    return Visits(small_office)


def asked(call: CallDeclaration, visits: Visits) -> Iterator[tuple[str, Any]]:
    """(path, body) for each visit, by its id and by its rating."""
    schema = TypeAdapter(call.body).json_schema(by_alias=True) if call.body not in {None, bytes} else {}
    for ticket in visits.tickets:
        body = Examples(ticket["id"], schema.get("$defs", {})).of(schema) if schema else None
        if isinstance(body, dict) and "number" in body:
            body["number"] = ticket["number"]
        path = call.path.replace("<rating_id>", visits.rating)
        for name, known in KNOWN.items():
            path = path.replace(f"<{name}>", known)
        yield re.sub(r"<[a-z_]+>", ticket["id"], path), body
        if "<" not in call.path and body is None:
            return


def signed_in(office: OfficeStory) -> FlaskClient:
    """The browser of a clerk who just signed in at counter 1."""
    session = new_token()
    with office.unit() as unit:
        unit.sessions.add(hash_token(session), "lan", "1", "counter-1", unit.now + 12 * 3_600_000)
    browser = office.service.flask_app.test_client()
    browser.set_cookie(COOKIE, session)
    return browser


def test_no_call_tells_a_counter_or_its_clerk_by_what_one_rates(visits: Visits) -> None:
    """Also the calls that refuse them, and what they refuse with; a visit is as it was for the citizen afterwards."""
    office = visits.office
    device = {"Authorization": f"Bearer {office.token('counter', '1')}"}
    told: list[str] = []
    answered: dict[int, int] = {}
    for call in CALLS:
        if call.name in ENDLESS:
            continue
        for path, body in asked(call, visits):
            with_token = office.service.flask_app.test_client().open(
                path, method=call.method, json=body, headers=device
            )
            with_session = signed_in(office).open(path, method=call.method, json=body)
            for who, answer in (("token", with_token), ("session", with_session)):
                answered[answer.status_code] = answered.get(answer.status_code, 0) + 1
                seen = f"{answer.headers} {answer.get_data().decode('utf-8', 'replace')}"
                told += [f"{who}, {call.name}: {name}" for name in visits.found_in(seen)]
    assert told == []
    assert answered[200] > 20 and answered[403] > 100, answered
    assert visits.found_in(str(visits.waiting)) == ["the address of A001"], "a kiosk is told, and it would be found"


def test_no_stream_tells_it_either(visits: Visits) -> None:
    stream = visits.office.service.stream
    stream.publish()
    for audience in Audience:
        frames = b"".join(stream.known_frames(0, audience)).decode()
        assert visits.found_in(frames) == [], audience
    assert visits.found_in(str(visits.office.events())) == [], "nor the journal"


def test_with_everything_a_citizen_has_a_counter_and_its_clerk_rate_nothing(visits: Visits) -> None:
    office, served = visits.office, visits.served
    before = office.types().count("rating.submitted")
    browser = signed_in(office)
    for token in (visits.secrets[f"rating token {at}"] for at in range(3)):
        body = {"ticket": served["id"], "answers": ANSWER, "rating_token": token}
        assert office.send("POST", "/api/v1/ratings", "counter", body, counter="1").status_code == 403
        assert browser.post("/api/v1/ratings", json=body).status_code == 403
        own = {"reasons": ["attitude"], "rating_token": token}
        assert browser.put(f"/api/v1/ratings/{visits.rating}/reasons", json=own).status_code == 403
    assert office.types().count("rating.submitted") == before
    assert not office.ticket(served["id"]).rated
