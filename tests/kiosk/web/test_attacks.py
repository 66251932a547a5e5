"""Attacks from the office's own network, without a credential or with a stolen tablet's: the kiosk goes on."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kiosk.store.credentials import hash_secret
from kiosk.web.wsgi.crowd import MOST_OF_ADDRESS
from tests.bench.load import Connection
from tests.office import OfficeStory, sample_configuration

ATTACKER = "127.0.0.66"
PATIENCE_S = 20
Service = tuple[OfficeStory, int]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    home: Path = tmp_path_factory.mktemp("attacked")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_HOME", str(home))
        url = f"sqlite:///{home / 'motcua.db'}"
        story = OfficeStory(url, sample_configuration(url, opening="always"))
        with story.app.store.writing() as tables:
            tables.clerks.add("c-1", "Lan", "hash of a PIN")
            tables.persons.add("chief", "hash of a password")
        yield story, story.service.start()
        story.service.stop_serving()
        story.close()


def attack_line(port: int, address: str = ATTACKER) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), PATIENCE_S, (address, 0))
    line.settimeout(PATIENCE_S)
    return line


def ask(port: int, method: str, path: str, body: object, token: str | None = None, address: str = ATTACKER) -> int:
    """The status that an attacker is answered with."""
    data = json.dumps(body).encode()
    credential = f"Authorization: Bearer {token}\r\n" if token else ""
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{credential}Content-Type: application/json\r\n"
    with attack_line(port, address) as line:
        line.sendall(f"{head}Content-Length: {len(data)}\r\nConnection: close\r\n\r\n".encode() + data)
        return int(line.recv(4096)[9:12])


def honest_numbers(served: Service, count: int = 5) -> list[int]:
    """What citizens at the kiosk are answered with meanwhile, on the kiosk's line and on a new one."""
    story, port = served
    statuses = []
    for _ in range(2):
        kiosk = Connection(port, story.token("kiosk"))
        statuses += [kiosk.call("POST", "/api/v1/tickets", {"service": "HT"})[0] for _ in range(count)]
        kiosk.close()
    return statuses


@pytest.mark.parametrize(
    "begun",
    [b"", b"GET / HTTP/1.1\r\nHost: 127.", b"POST /api/v1/tickets HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{"],
)
def test_two_hundred_slow_sockets_keep_nobody_waiting_and_are_cut_down_to_a_share(
    served: Service, begun: bytes
) -> None:
    story, port = served
    lines = [attack_line(port) for _ in range(200)]
    for line in lines:
        with suppress(OSError):  # it has made room
            line.sendall(begun)
    assert honest_numbers(served) == [201] * 10
    listeners = story.service._listeners
    assert listeners is not None
    open_of_attacker = [one for one in listeners.plain._crowd.all() if one.address == ATTACKER and not one.is_ended]
    assert len(open_of_attacker) <= MOST_OF_ADDRESS
    for line in lines:
        line.close()


def test_who_reads_no_answer_fills_only_his_own_share(served: Service) -> None:
    _, port = served
    lines = [attack_line(port) for _ in range(100)]
    for line in lines:
        with suppress(OSError):
            line.sendall(b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 5)
    assert honest_numbers(served) == [201] * 10
    for line in lines:
        line.close()


def test_a_tablet_opens_no_stream_beyond_its_share_and_the_kiosk_still_has_one(served: Service) -> None:
    story, port = served
    head = "GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {}\r\n\r\n"
    lines, statuses = [], []
    for _ in range(80):
        line = attack_line(port)
        line.sendall(head.format(story.token("tablet", "2")).encode())
        statuses.append(int(line.recv(4096)[9:12]))
        lines.append(line)
    assert statuses == [200] * 64 + [429] * 16
    with attack_line(port, "127.0.0.1") as kiosk:
        kiosk.sendall(head.format(story.token("kiosk")).encode())
        assert kiosk.recv(4096).startswith(b"HTTP/1.1 200 ")
    assert honest_numbers(served) == [201] * 10
    for line in lines:
        line.close()


class Verified:
    """Counts what would have been verified, and how much at once, in place of the slow hash."""

    def __init__(self) -> None:
        self.count = self.at_once = self.most_at_once = 0
        self._lock = threading.Lock()

    def __call__(self, known: str | None, given: str) -> bool:
        with self._lock:
            self.count += 1
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        threading.Event().wait(0.005)
        with self._lock:
            self.at_once -= 1
        return False


@pytest.fixture
def verified(served: Service, monkeypatch: pytest.MonkeyPatch) -> Verified:
    counting = Verified()
    monkeypatch.setattr(served[0].service.dependencies, "same_secret", counting)
    return counting


def in_parallel(count: int, threads: int, work: object) -> list[int]:
    statuses: list[int] = []
    numbers = iter(range(count))

    def run() -> None:
        for n in numbers:
            statuses.append(work(n))  # type: ignore[operator]

    running = [threading.Thread(target=run) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(60)
    return statuses


def test_of_a_hundred_parallel_pins_five_at_most_are_verified(served: Service, verified: Verified) -> None:
    story, port = served
    token = story.token("counter", "1")
    statuses = in_parallel(
        100, 20, lambda n: ask(port, "POST", "/api/v1/session", {"clerk": "Lan", "pin": f"{n:04}"}, token)
    )
    assert 1 <= verified.count == statuses.count(401) <= 5, "who comes while one is verified is not even counted"
    assert set(statuses) == {401, 429}


def test_made_up_administrators_are_hashed_by_tens_and_one_at_a_time(served: Service, verified: Verified) -> None:
    _, port = served
    statuses = in_parallel(
        100,
        20,
        lambda n: ask(port, "POST", "/api/v1/admin/session", {"name": f"admin {n}", "password": "a guess"}),
    )
    assert verified.count <= 10 and verified.most_at_once == 1
    assert set(statuses) == {401, 429}
    assert honest_numbers(served) == [201] * 10


def test_from_many_addresses_no_more_than_two_are_verified_at_once(served: Service, verified: Verified) -> None:
    story, port = served
    token = story.token("counter", "3")

    def guess(n: int) -> int:
        if n % 10 == 0:
            return ask(port, "POST", "/api/v1/session", {"clerk": f"clerk {n}", "pin": "2468"}, token)
        return ask(port, "POST", "/api/v1/admin/session", {"name": "chief", "password": "?"}, None, f"127.0.1.{n}")

    statuses = in_parallel(100, 20, guess)
    assert verified.most_at_once <= 2 and set(statuses) <= {401, 429}


def test_nobody_locks_the_administrator_out_from_elsewhere(served: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    story, port = served
    with story.app.store.writing() as tables:
        tables.persons.add("deputy", hash_secret("the right password"))
    for _ in range(8):
        ask(port, "POST", "/api/v1/admin/session", {"name": "deputy", "password": "?"}, None, "127.0.0.77")
    right = {"name": "deputy", "password": "the right password"}
    assert ask(port, "POST", "/api/v1/admin/session", right, None, "127.0.0.77") == 429
    assert ask(port, "POST", "/api/v1/admin/session", right, None, "127.0.0.1") == 200


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("PUT /api/v1/dossiers HTTP/1.1\r\nContent-Length: 1073741824", 413),
        ("PUT /api/v1/dossiers HTTP/1.1\r\nContent-Length: 1000000", 401),
        ("POST /api/v1/tickets HTTP/1.1\r\nTransfer-Encoding: chunked", 401),
    ],
)
def test_a_huge_body_of_a_stranger_is_neither_taken_nor_kept(served: Service, head: str, status: int) -> None:
    _, port = served
    chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    sent, answer = 0, b""
    with attack_line(port) as line:
        line.sendall(f"{head}\r\nHost: 127.0.0.1\r\n\r\n".encode())
        try:
            while sent < 64 * 1024 * 1024:
                line.sendall(chunk)
                sent += len(chunk)
        except OSError:
            pass
        with suppress(OSError):  # cut while it went on sending
            answer = line.recv(4096)
    assert sent < 16 * 1024 * 1024
    assert answer == b"" or answer.startswith(f"HTTP/1.1 {status} ".encode())
    assert honest_numbers(served) == [201] * 10
