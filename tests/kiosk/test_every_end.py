"""Every end of a credential × every credential of an office: what is over, what goes on, kept by hand.

Each cell is asked of the service by a request and on an open stream, and again of a backup made before the end.
"""

from __future__ import annotations

import io
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kiosk.actions.counters import assign_clerk
from kiosk.actions.persons import give_second_factor
from kiosk.cli import main
from kiosk.domain.accounts import SecondFactor
from kiosk.domain.tokens import hash_token
from kiosk.maintenance.backup import copy_database
from kiosk.maintenance.ended_credentials import end_again
from kiosk.maintenance.housekeeping import Housekeeper
from kiosk.store.credentials import hash_secret, same_secret
from tests.office import TEN_YEARS_MS, OfficeStory

PATIENCE_S = 20.0
PASSWORD, ANOTHER = "the old password", "mua xuân ở Ba Vì"
OLD_PHONE, NEW_PHONE = "A" * 32, "B" * 32
COOKIES = {"Lan's cookie": "lan", "Minh's cookie": "minh"}
BEARERS = {
    "PC 1": "counter-1",
    "PC 2": "counter-2",
    "board": "board",
    "Mai here": "mai-a",
    "Mai there": "mai-b",
    "chief": "chief",
}
ALL = {**COOKIES, **BEARERS}
HOUR_MS = 3_600_000


@pytest.fixture
def story(home: Path, sample_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OfficeStory]:
    """Lan sits at counter 1, Minh at 2; Mai, a technician with a telephone, is signed in in two browsers."""
    opened = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    monkeypatch.setattr("kiosk.bootstrap.SystemClock", lambda: opened.clock)
    now = opened.clock.now_ms()
    with opened.app.store.writing() as tables:
        for name, role, counter in (
            ("counter-1", "counter", "1"),
            ("counter-2", "counter", "2"),
            ("board", "board", None),
        ):
            ends = now + TEN_YEARS_MS if name != "counter-2" else now + HOUR_MS
            tables.devices.add(name, role, counter, hash_token(name), now, ends)
        for code, name in (("lan", "Lan"), ("minh", "Minh")):
            tables.clerks.add(code, name, hashed(f"pin of {name}"))
        tables.persons.add("chief", hashed(f"{PASSWORD} of chief"))
        tables.persons.add("Mai", hashed(f"{PASSWORD} of Mai"), "technician")
        tables.persons.set_second_factor("Mai", SecondFactor(OLD_PHONE, 0))
        for token in ("mai-a", "mai-b", "chief"):
            person = "chief" if token == "chief" else "Mai"
            ends = now + 12 * HOUR_MS
            tables.person_sessions.add(hash_token(token), person, f"of-{token}", now, ends)
    for counter, clerk, ends in (("1", "lan", now + 2 * HOUR_MS), ("2", "minh", now + 12 * HOUR_MS)):
        sit(opened, counter, clerk, ends)
    yield opened
    opened.service.stop_serving()
    opened.close()


def sit(story: OfficeStory, counter: str, clerk: str, ends: int) -> None:
    with story.unit() as unit:
        unit.sessions.add(hash_token(clerk), clerk, counter, f"counter-{counter}", ends)
        assign_clerk(unit, counter, clerk.title())


def headers(name: str) -> dict[str, str]:
    if name in COOKIES:
        return {"Cookie": f"motcua_session={COOKIES[name]}"}
    return {"Authorization": f"Bearer {BEARERS[name]}"}


def ask(story: OfficeStory, method: str, path: str, name: str, body: Any = None) -> int:
    client = story.service.flask_app.test_client(use_cookies=False)
    return client.open(f"/api/v1/{path}", method=method, headers=headers(name), json=body).status_code


hashed = cache(hash_secret)  # it takes long by purpose


Ends = Callable[[OfficeStory], None]


def by(name: str, method: str, path: str, body: Any = None, status: int = 204) -> Ends:
    def run(story: OfficeStory) -> None:
        assert ask(story, method, path, name, body) == status

    return run


def typed(*words: str, text: str = "") -> Ends:
    def run(story: OfficeStory) -> None:
        sys.stdin = io.StringIO(text)
        assert main(list(words)) == 0
        story.clock.passes(1.5)  # what another process ends is seen within a second

    return run


def later(hours: float) -> Ends:
    return lambda story: story.clock.passes(hours * 3600 + 1)


def paired_again(story: OfficeStory) -> None:
    """Another machine takes the place of the first one at counter 1."""
    client = story.service.flask_app.test_client()
    body = {"role": "counter", "name": "counter-1", "counter": "1"}
    code = client.post("/api/v1/devices/pair", json=body).json["code"]
    assert ask(story, "POST", f"devices/pair/{code}/approve", "chief", {"name": "counter-1"}) == 200


def counter_closed(story: OfficeStory) -> None:
    assert ask(story, "POST", "counters/1/open", "PC 1", {}) == 200
    assert ask(story, "POST", "counters/1/close", "PC 1", {}) == 200


def another_telephone(story: OfficeStory) -> None:
    with story.app.store.writing() as tables:
        give_second_factor(tables, "Mai", NEW_PHONE)


def sign_in(counter: str, clerk: str) -> Ends:
    return by(f"PC {counter}", "POST", "session", {"clerk": clerk, "pin": f"pin of {clerk}"}, 200)


LAN, MAI = {"Lan's cookie"}, {"Mai here", "Mai there"}
PC_1 = {"PC 1", *LAN}
# By hand: what is over then, in words; everything else of the office goes on.
OVER: list[tuple[str, Ends, set[str]]] = [
    ("a device is put away", by("chief", "DELETE", "devices/counter-1"), PC_1),
    ("a device is revoked at the machine", typed("token", "revoke", "counter-1"), PC_1),
    ("another device takes its place", paired_again, PC_1),
    ("a device's token comes to its time", later(1), {"PC 2", "Minh's cookie"}),
    ("a device is renamed", by("chief", "PUT", "devices/counter-1/name", {"name": "desk"}), set()),
    ("a clerk signs out", by("Lan's cookie", "DELETE", "session"), LAN),
    ("a clerk is signed out by the page of another browser", by("PC 1", "DELETE", "session"), LAN),
    ("a counter is handed over", sign_in("1", "Minh"), {*LAN}),
    ("a clerk sits down elsewhere", sign_in("2", "Lan"), {"Minh's cookie"}),
    ("a counter closes", counter_closed, LAN),
    ("a counter pauses", by("PC 1", "POST", "counters/1/pause", {}, 200), set()),
    ("a clerk gets another PIN", by("chief", "PUT", "staff/lan", {"disabled": False, "pin": "9753"}), LAN),
    ("a clerk gets another PIN at the machine", typed("clerk", "set-pin", "Lan", text="9753\n"), LAN),
    ("a clerk is disabled", by("chief", "PUT", "staff/lan", {"disabled": True}), LAN),
    ("a clerk is disabled at the machine", typed("clerk", "disable", "Lan"), LAN),
    ("a sitting comes to its time", later(2), {*LAN, "PC 2", "Minh's cookie"}),
    ("a person signs out in one browser", by("Mai here", "DELETE", "admin/session"), {"Mai here"}),
    ("a person gets another password", by("chief", "PUT", "persons/Mai/password", {"password": ANOTHER}), MAI),
    ("a person gets another password at the machine", typed("admin", "set-password", "Mai", text=f"{ANOTHER}\n"), MAI),
    ("a person gets another role", by("chief", "PUT", "persons/Mai", {"role": "reader"}), MAI),
    ("a person gets another role at the machine", typed("admin", "role", "Mai", "--role", "reader"), MAI),
    ("a person is disabled", by("chief", "PUT", "persons/Mai", {"role": "technician", "disabled": True}), MAI),
    ("a person is disabled at the machine", typed("admin", "disable", "Mai"), MAI),
    ("a person is removed", by("chief", "DELETE", "persons/Mai"), MAI),
    ("a person is removed at the machine", typed("admin", "remove", "Mai"), MAI),
    ("a person's telephone is taken away", by("chief", "DELETE", "persons/Mai/second-factor"), MAI),
    ("a person's telephone is taken away at the machine", typed("admin", "totp", "Mai", "--off"), MAI),
    ("a person gets another telephone at the machine", another_telephone, MAI),
    ("a person's session comes to its time", later(12), {*MAI, "chief", *LAN, "Minh's cookie", "PC 2"}),
]
CELLS = [pytest.param(run, over, id=name) for name, run, over in OVER]


def opens(story: OfficeStory) -> set[str]:
    """Credentials that the service still takes."""
    return {name for name in ALL if ask(story, "GET", "voices", name) != 401}


def stream(port: int, name: str) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), PATIENCE_S)
    ((header, value),) = headers(name).items()
    line.sendall(f"GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n{header}: {value}\r\n\r\n".encode())
    assert line.recv(4096).startswith(b"HTTP/1.1 200 ")
    return line


def is_cut(line: socket.socket) -> bool:
    """Within the patience of the test; a beat comes every two seconds as long as it is open."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if not line.recv(4096):
            return True
    return False


def is_open(line: socket.socket) -> bool:
    line.setblocking(False)
    try:
        while line.recv(4096):
            pass
    except BlockingIOError:
        return True
    return False


@pytest.mark.parametrize(("end", "over"), CELLS)
def test_what_ends_ends_everywhere_and_nothing_else_does(story: OfficeStory, end: Ends, over: set[str]) -> None:
    assert opens(story) == set(ALL)
    port = story.service.start()
    with ExitStack() as lines:
        streams = {name: lines.enter_context(stream(port, name)) for name in ALL}
        end(story)
        assert set(ALL) - opens(story) == over
        assert [name for name in sorted(over) if not is_cut(streams[name])] == []
        assert {name for name in ALL if name not in over and is_open(streams[name])} == set(ALL) - over


@pytest.mark.parametrize(("end", "over"), CELLS)
def test_what_ends_comes_back_with_no_backup(
    story: OfficeStory, end: Ends, over: set[str], home: Path, request: pytest.FixtureRequest
) -> None:
    copy_database(home / "motcua.db", home / "before.db", with_words=False)
    end(story)
    name = request.node.callspec.id
    restored = OfficeStory(f"sqlite:///{home / 'before.db'}")
    restored.clock.ms = story.clock.ms
    told = end_again(restored.app.store, restored.clock.now_ms())
    assert opens(restored) == {"PC 1", "PC 2", "board"} - over
    with restored.app.store.reading() as reading:
        pins = {one.name: same_secret(one.pin_hash, f"pin of {one.name}") for one in reading.clerks.all()}
        passwords = {
            one.name: same_secret(reading.persons.password_hash(one.name), f"{PASSWORD} of {one.name}")
            for one in reading.persons.all()
        }
        factor = reading.persons.second_factor("Mai")
    clerk_ended, person_ended = over == LAN and ("PIN" in name or "disabled" in name), over == MAI
    assert pins == {"Lan": not clerk_ended, "Minh": True}
    assert passwords == {"chief": True, "Mai": not person_ended}
    assert (factor is None) == ("telephone" in name)
    expected = (
        (["counter-1"] if "PC 1" in over else []) + (["Lan"] if clerk_ended else []) + (["Mai"] if person_ended else [])
    )
    assert told == expected
    restored.close()


def test_a_role_that_was_given_back_comes_back_with_a_backup(story: OfficeStory, home: Path) -> None:
    copy_database(home / "motcua.db", home / "before.db", with_words=False)
    for role in ("reader", "technician"):
        assert ask(story, "PUT", "persons/Mai", "chief", {"role": role}) == 204
    restored = OfficeStory(f"sqlite:///{home / 'before.db'}")
    assert end_again(restored.app.store, restored.clock.now_ms()) == []
    restored.close()


@pytest.mark.parametrize(("end", "over"), [cell for cell in CELLS if set(cell.values[1]) >= LAN])
def test_nobody_acts_at_the_counter_in_the_name_of_whose_sitting_is_over(
    story: OfficeStory, end: Ends, over: set[str]
) -> None:
    """Whatever device stands at the counter next: the journal does not name Lan."""
    ticket = story.take_number().id
    end(story)
    Housekeeper(story.app, []).run_once()
    with story.app.store.writing() as tables:
        tables.devices.add("next", "counter", "1", hash_token("next"), story.clock.now_ms())
    client = story.service.flask_app.test_client()
    bearer = {"Authorization": "Bearer next"}
    assert client.post(f"/api/v1/tickets/{ticket}/hold", headers=bearer, json={"reason": "other"}).status_code == 200
    assert story.events()[-1]["actor"]["person"] != "lan"
