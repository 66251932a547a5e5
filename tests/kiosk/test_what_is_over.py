"""A credential that is over: its streams end at once, whichever way it ended, and no restore brings it back."""

from __future__ import annotations

import io
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.actions.credentials import end_device, remove_device, set_pin
from kiosk.actions.persons import change_role, give_password, remove_person
from kiosk.actions.sign_in import sign_out_clerk
from kiosk.cli import main
from kiosk.domain.tokens import hash_token
from kiosk.maintenance.ended_credentials import end_again, ended_file
from kiosk.store.credentials import hash_secret, same_secret
from tests.office import OfficeStory

PATIENCE_S = 20.0


@pytest.fixture
def served(home: Path, sample_file: Path) -> Iterator[tuple[OfficeStory, int]]:
    story = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    with story.app.store.writing() as tables:
        tables.clerks.add("c-1", "Lan", hash_secret("2468"))
        tables.persons.add("chief", hash_secret("the old password"))
        now = story.clock.now_ms()
        tables.devices.add("quay-1", "counter", "1", hash_token("quay"), now)
        tables.devices.add("short", "admin", None, hash_token("short"), now, now + 5000)
        tables.persons.add("Mai", hash_secret("the old password"), "technician")
        tables.person_sessions.add(hash_token("mai"), "Mai", "browser-1", now, now + 3_600_000)
        tables.sessions.add(hash_token("cookie"), "c-1", "1", "quay-1", now + 3_600_000)
    yield story, story.service.start()
    if not story.service.stopped.is_set():
        story.service.stop_serving()
    story.close()


def stream(port: int, credential: str) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), PATIENCE_S)
    line.sendall(f"GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n{credential}\r\n\r\n".encode())
    assert line.recv(4096).startswith(b"HTTP/1.1 200 ")
    return line


def ends(line: socket.socket) -> bool:
    """Within the patience of the test; a beat comes every two seconds until then."""
    with line:
        while line.recv(4096):
            pass
    return True


def is_open(line: socket.socket) -> bool:
    line.setblocking(False)
    try:
        return bool(line.recv(4096))
    except BlockingIOError:
        return True


def revoked(story: OfficeStory) -> None:
    with story.app.store.writing() as tables:
        end_device(tables, "quay-1", story.clock.now_ms())


def put_away(story: OfficeStory) -> None:
    with story.app.store.writing() as tables:
        remove_device(tables, "quay-1")


def by_a_command(story: OfficeStory) -> None:
    assert main(["token", "revoke", "quay-1"]) == 0


def signed_out(story: OfficeStory) -> None:
    with story.unit() as unit:
        sign_out_clerk(unit, "cookie", "1")


def disabled(story: OfficeStory) -> None:
    with story.unit() as unit:
        set_pin(unit, unit.clerks.all()[0], "", True)


def person_disabled(story: OfficeStory) -> None:
    with story.app.store.writing() as tables:
        change_role(tables, "Mai", "technician", True)


def another_role(story: OfficeStory) -> None:
    with story.app.store.writing() as tables:
        change_role(tables, "Mai", "reader", False)


def another_password(story: OfficeStory) -> None:
    with story.app.store.writing() as tables:
        give_password(tables, "Mai", hash_secret("another password"))


def person_removed(story: OfficeStory) -> None:
    with story.app.store.writing() as tables:
        remove_person(tables, "Mai")


def idle_page(story: OfficeStory) -> None:
    signs_out = {"Authorization": "Bearer mai"}
    assert story.send("DELETE", "/api/v1/admin/session", None, **signs_out).status_code == 204


def expired(story: OfficeStory) -> None:
    story.clock.passes(6)


BEARER, COOKIE = "Authorization: Bearer {}", "Cookie: motcua_session=cookie"


@pytest.mark.parametrize(
    ("credential", "end"),
    [
        (BEARER.format("quay"), revoked),
        (BEARER.format("quay"), put_away),
        (BEARER.format("quay"), by_a_command),
        (BEARER.format("short"), expired),
        (COOKIE, signed_out),
        (COOKIE, disabled),
        (COOKIE, revoked),
        *((BEARER.format("mai"), end) for end in (person_disabled, another_role, another_password)),
        *((BEARER.format("mai"), end) for end in (person_removed, idle_page)),
    ],
)
def test_the_streams_of_a_credential_end_with_it(
    served: tuple[OfficeStory, int], credential: str, end: Callable[[OfficeStory], None]
) -> None:
    story, port = served
    other = stream(port, f"Authorization: Bearer {story.token('kiosk')}")
    line = stream(port, credential)
    end(story)
    assert ends(line)
    assert is_open(other), "nobody else's stream ends"
    other.close()


def test_a_request_with_it_is_refused_at_once(served: tuple[OfficeStory, int]) -> None:
    story, _ = served
    with_token = {"Authorization": "Bearer quay"}
    assert story.send("GET", "/api/v1/clerks", None, **with_token).status_code == 200
    revoked(story)
    assert story.send("GET", "/api/v1/clerks", None, **with_token).status_code == 401


def test_nothing_that_is_over_comes_back_with_a_restored_backup(
    served: tuple[OfficeStory, int], home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    story, _ = served
    assert main(["backup", "--to", str(home)]) == 0
    (copy,) = home.glob("motcua-ba-vi-*.db")
    revoked(story)
    monkeypatch.setattr(sys, "stdin", io.StringIO("9753\n"))
    assert main(["clerk", "set-pin", "Lan"]) == 0
    with story.app.store.writing() as tables:
        tables.persons.set_password("chief", hash_secret("another password"))
    kiosk = story.token("kiosk")
    story.service.stop_serving()
    story.close()
    capsys.readouterr()
    assert main(["restore", str(copy)]) == 0
    assert "đã chấm dứt từ trước nên không khôi phục: quay-1, Lan, chief" in capsys.readouterr().out
    again = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    with again.app.store.reading() as reading:
        assert reading.devices.by_token(hash_token("quay")) is None
        assert not same_secret(reading.clerks.all()[0].pin_hash, "2468")
        assert not same_secret(reading.persons.password_hash("chief"), "the old password")
        assert reading.sessions.get(hash_token("cookie")) is None
        assert reading.devices.by_token(hash_token(kiosk)) is None, "made after the backup"
    again.close()


def test_what_goes_on_comes_back(served: tuple[OfficeStory, int]) -> None:
    story, _ = served
    assert end_again(story.app.store, story.clock.now_ms()) == []
    with story.app.store.reading() as reading:
        assert reading.devices.by_token(hash_token("quay")) is not None
        assert same_secret(reading.clerks.all()[0].pin_hash, "2468")


def test_the_file_of_what_is_over_opens_nothing(served: tuple[OfficeStory, int], home: Path) -> None:
    story, _ = served
    before = story.app.store
    with before.reading() as reading:
        pin_hash = reading.clerks.all()[0].pin_hash
    disabled(story)
    revoked(story)
    file = home / "ended-credentials"
    text = file.read_text(encoding="ascii")
    assert len(ended_file().read()) >= 2 and file.stat().st_mode & 0o777 == 0o600
    assert "quay" not in text and pin_hash not in text


def test_a_new_pin_does_not_let_a_disabled_clerk_in_but_enable_does(
    served: tuple[OfficeStory, int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    story, _ = served
    assert main(["clerk", "disable", "Lan"]) == 0
    monkeypatch.setattr(sys, "stdin", io.StringIO("9753\n"))
    assert main(["clerk", "set-pin", "Lan"]) == 0
    assert "“Lan” vẫn bị khóa; muốn mở, hãy dùng motcua clerk enable" in capsys.readouterr().err
    attempt = {"clerk": "Lan", "pin": "9753"}
    assert story.send("POST", "/api/v1/session", "counter", attempt, "1").status_code == 401
    monkeypatch.setattr(sys, "stdin", io.StringIO("9753\n"))
    assert main(["clerk", "enable", "Lan"]) == 0
    assert story.send("POST", "/api/v1/session", "counter", attempt, "1").status_code == 200
