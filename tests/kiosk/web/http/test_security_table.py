"""The table of docs/security.md, kept by hand, equals what is declared and what the running service does."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from kiosk.domain.persons import PersonRole
from kiosk.domain.tokens import hash_token
from kiosk.store.tables import OfficeTables
from kiosk.web.http.calls import CALLS
from tests.office import OfficeStory
from tests.sources import ROOT

TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (GET|POST|PUT|DELETE) (\S+) \| ([a-z ]+) \| (.+) \|$", re.MULTILINE)
TABLE = {f"{method} {path}": (set(roles.split()), thing) for method, path, roles, thing in ROW.findall(TEXT)}
PAGES_OF_THE_TABLE = re.findall(r"^\| `(/[^`]*)` \|", TEXT, re.MULTILINE)
DEVICES = ("kiosk", "tablet", "counter", "board", "sync", "report", "admin")
PERSONS: tuple[PersonRole, ...] = ("admin", "head", "technician", "reader")
ROLES = (*DEVICES, "head", "technician", "reader")
UUID = "01890000-0000-7000-8000-000000000000"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeStory]:
    opened = OfficeStory(f"sqlite:///{tmp_path_factory.mktemp('table')}/motcua.db")
    yield opened
    opened.close()


def address(path: str) -> str:
    return "/api/v1" + re.sub(r"\{[a-z_]+\}", UUID, path)


def test_the_table_names_every_call_and_its_credentials() -> None:
    declared = {}
    for call in CALLS:
        path = call.path.removeprefix("/api/v1").replace("<", "{").replace(">", "}")
        declared[f"{call.method} {path}"] = set(call.roles) or {"anyone"}
    expected = {name: roles for name, (roles, _) in TABLE.items()}
    assert expected == declared, "a call was added or changed: say in docs/security.md who may call it, on which object"


def test_whoever_is_not_named_in_the_table_is_refused(story: OfficeStory) -> None:
    browser = story.service.flask_app.test_client()
    before = story.events()
    for name, (roles, _) in TABLE.items():
        if roles == {"anyone"}:
            continue
        method, path = name.split(" ")
        for role in ROLES:
            if role not in roles:
                token = {"Authorization": f"Bearer {story.token(role)}"}
                assert browser.open(address(path), method=method, headers=token, json={}).status_code == 403, name
        if "none" not in roles:
            assert browser.open(address(path), method=method, json={}).status_code == 401, name
    assert story.events() == before


@pytest.mark.parametrize("how", ["revoked", "expired"])
def test_a_credential_that_is_over_opens_nothing(story: OfficeStory, how: str) -> None:
    now = story.app.clock.now_ms()
    for role in DEVICES:
        with story.app.store.writing() as tables:
            expires = now - 1 if how == "expired" else None
            tables.devices.add(f"{how}-{role}", role, None, hash_token(f"{how}-{role}"), now, expires)
            if how == "revoked":
                tables.devices.revoke(f"{how}-{role}", now)
    for person in PERSONS:
        with story.app.store.writing() as tables:
            expires = now - 1 if how == "expired" else now + 1000
            tables.persons.add(f"{how} {person}", "hash", person)
            token = hash_token(f"{how}-person-{person}")
            tables.person_sessions.add(token, f"{how} {person}", "browser", now, expires)
            if how == "revoked":
                tables.persons.set_role(f"{how} {person}", person, True)
    browser = story.service.flask_app.test_client()
    for name, (roles, _) in TABLE.items():
        method, path = name.split(" ")
        over = [f"{how}-{role}" for role in roles & set(DEVICES)]
        over += [f"{how}-person-{role}" for role in roles & set(PERSONS)]
        for credential in over:
            token = {"Authorization": f"Bearer {credential}"}
            assert browser.open(address(path), method=method, headers=token, json={}).status_code == 401, name


def test_a_credential_of_another_office_opens_nothing(story: OfficeStory) -> None:
    """Of the same database and the same service: its devices' tokens and its persons' sessions."""
    now = story.app.clock.now_ms()
    with story.app.store.writing() as tables:
        other = OfficeTables(tables.transaction, "ba-to")
        for role in DEVICES:
            other.devices.add(f"foreign-{role}", role, None, hash_token(f"foreign-{role}"), now)
        for person in PERSONS:
            other.persons.add(f"foreign {person}", "hash", person)
            other.person_sessions.add(hash_token(f"foreign-person-{person}"), f"foreign {person}", "b", now, now + 1000)
    browser = story.service.flask_app.test_client()
    before = story.events()
    for name, (roles, _) in TABLE.items():
        method, path = name.split(" ")
        foreign = [f"foreign-{role}" for role in roles & set(DEVICES)]
        foreign += [f"foreign-person-{role}" for role in roles & set(PERSONS)]
        for credential in foreign:
            token = {"Authorization": f"Bearer {credential}"}
            assert browser.open(address(path), method=method, headers=token, json={}).status_code == 401, name
    assert story.events() == before


def test_whoever_is_named_in_the_table_is_let_in(small_office: OfficeStory) -> None:
    """Past the role: what follows is refused for other reasons, here a body that is no object; none names a role."""
    browser = small_office.service.flask_app.test_client()
    for name, (roles, _) in TABLE.items():
        method, path = name.split(" ")
        if path in {"/stream", "/admin/findings"} or name == "DELETE /admin/session":
            continue  # they don't end, take long, or end what the rest is asked with
        for role in sorted(roles & set(ROLES)):
            token = {"Authorization": f"Bearer {small_office.token(role)}"}
            answer = browser.open(address(path), method=method, headers=token, data=b"[]")
            assert answer.status_code != 401 and "may not call this" not in answer.get_data(as_text=True), (name, role)


def test_a_clerks_session_opens_what_a_counters_token_opens_and_nothing_else(small_office: OfficeStory) -> None:
    small_office.token("counter", "1")
    now = small_office.clock.now_ms()
    with small_office.app.store.writing() as tables:
        tables.clerks.add("lan", "Lan", "hash")
        for cookie, ends in (("held", now + 60_000), ("ended", now - 1)):
            tables.sessions.add(hash_token(cookie), "lan", "1", "counter-1", ends)
        tables.sessions.add(hash_token("of nobody"), "lan", "1", "no such device", now + 60_000)
    browser = small_office.service.flask_app.test_client(use_cookies=False)

    def asked(name: str, cookie: str, **headers: str) -> tuple[int, str]:
        method, path = name.split(" ")
        sent = {"Cookie": f"motcua_session={cookie}", **headers}
        answer = browser.open(address(path), method=method, headers=sent, data=b"[]")
        return answer.status_code, answer.get_data(as_text=True)

    for name, (roles, _) in TABLE.items():
        if roles == {"anyone"} or name in {"GET /stream", "DELETE /session"}:
            continue
        status, text = asked(name, "held")
        assert (status == 403 and "may not call this" in text) == ("counter" not in roles), name
        assert status != 401, name
        if "none" not in roles:
            assert {asked(name, over)[0] for over in ("ended", "of nobody")} == {401}, name
        if not name.startswith("GET "):
            assert asked(name, "held", Origin="http://evil.example")[0] == 403, name


def test_head_opens_what_get_opens_and_changes_nothing(small_office: OfficeStory) -> None:
    """For everybody: with a body that would be taken, at every address, those of pages too."""
    browser = small_office.service.flask_app.test_client()
    read = {name.split(" ")[1]: roles for name, (roles, _) in TABLE.items() if name.startswith("GET ")}
    paths = {name.split(" ")[1] for name in TABLE} - {"/stream", "/admin/findings"}
    tokens = {role: {"Authorization": f"Bearer {small_office.token(role)}"} for role in ROLES}
    before = small_office.events()
    for path in sorted(paths):
        for role in (*ROLES, "none"):
            answer = browser.head(address(path), headers=tokens.get(role), json={"service": "HT"})
            assert answer.data == b"", path
            if path not in read:
                assert 400 <= answer.status_code < 500, (path, role)
            elif "anyone" not in read[path]:
                allowed = role in read[path] or (role == "none" and "none" in read[path])
                assert (answer.status_code not in {401, 403}) or not allowed or "own counter" in TABLE[f"GET {path}"][1]
                assert allowed or answer.status_code in {401, 403}, (path, role)
    for page in PAGES_OF_THE_TABLE:
        assert browser.head(page.replace("{token}", "x")).status_code < 500, page
    assert small_office.events() == before


def test_every_test_that_the_document_names_is_there() -> None:
    named = set(re.findall(r"`(tests/[a-z0-9_/]+\.py)`", TEXT))
    assert len(named) >= 3, "the rules of ASVS have a table and a test of their own"
    assert [one for one in sorted(named) if not (ROOT / one).is_file()] == []


# By hand: what a clerk may do with a ticket that is at another counter. The last two only add to what is known of it.
AT_ANOTHER_COUNTER = {
    **dict.fromkeys(("recall", "start", "complete", "no-show", "hold", "return", "cancel"), 409),
    **{"transfer": 409, "undo": 409, "notes": 201, "dossiers": 200},
}
BODIES = {
    "hold": {"reason": "x"},
    "transfer": {"service": "HT"},
    "notes": {"text": "x"},
    "dossiers": {"code": "000.00.53.H48-240414-0001"},
}


def test_a_ticket_at_another_counter_is_let_alone(small_office: OfficeStory) -> None:
    small_office.take_number("DD")
    ticket = small_office.send("POST", "/api/v1/counters/3/call-next", "counter", {}, counter="3").json["id"]
    for act, status in AT_ANOTHER_COUNTER.items():
        path = f"/api/v1/tickets/{ticket}/{act}"
        answer = small_office.send("POST", path, "counter", BODIES.get(act, {}), counter="1")
        assert answer.status_code == status, act
    assert (small_office.ticket(ticket).state, small_office.ticket(ticket).counter) == ("CALLED", "3")
