"""Who makes room: whoever waits longest among the many, strangers before devices, and never a kiosk."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from kiosk.web.wsgi.connection import ClientConnection
from kiosk.web.wsgi.crowd import Crowd
from kiosk.web.wsgi.gate import OpenGate, Peer


class Street:
    """Connections, each a second younger than the one before."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.sockets: list[socket.socket] = []
        self.now = 0.0

    def comes(self, address: str, peer: Peer | None = None) -> ClientConnection:
        ours, theirs = socket.socketpair()
        self.sockets += [ours, theirs]
        self.now += 1.0
        connection = ClientConnection(ours, address, {}, OpenGate(), lambda: self.now)
        self.crowd.add(connection)
        if peer is not None:
            self.crowd.know(connection, peer)
        return connection


@pytest.fixture
def street() -> Iterator[Street]:
    made = Street(Crowd(6, most_of_address=3, most_of_holder=2))
    yield made
    for one in made.sockets:
        one.close()


def ended(*connections: ClientConnection) -> list[bool]:
    return [one.is_ended for one in connections]


def test_an_address_with_too_many_loses_its_own_that_waits_longest(street: Street) -> None:
    other = street.comes("10.0.0.2")
    crowd = [street.comes("10.0.0.1") for _ in range(4)]
    assert ended(other, *crowd) == [False, True, False, False, False]
    fifth = street.comes("10.0.0.1")
    assert ended(crowd[1], fifth) == [True, False], "who was ended already makes room no second time"


def test_who_has_shown_a_credential_is_no_longer_of_the_crowd(street: Street) -> None:
    known = street.comes("10.0.0.1", Peer("tablet"))
    crowd = [street.comes("10.0.0.1") for _ in range(3)]
    assert ended(known, *crowd) == [False] * 4


def test_a_device_with_too_many_loses_its_own(street: Street) -> None:
    lines = [street.comes(f"10.0.0.{n}", Peer("tablet")) for n in range(3)]
    assert ended(*lines) == [True, False, False]


def test_when_all_is_full_strangers_go_then_devices_and_never_the_first(street: Street) -> None:
    kiosk = street.comes("10.0.0.1", Peer("kiosk", is_first=True))
    tablet, board = street.comes("10.0.0.2", Peer("tablet")), street.comes("10.0.0.3", Peer("board"))
    strangers = [street.comes(f"10.0.1.{n}") for n in range(3)]
    street.comes("10.0.2.1")
    assert ended(kiosk, tablet, board, *strangers) == [False, False, False, True, False, False]
    for stranger in strangers:
        stranger.end()
    street.comes("10.0.2.2").end()
    street.crowd.make_room()
    street.crowd.make_room()
    street.crowd.make_room()
    street.crowd.make_room()
    assert ended(kiosk, tablet, board) == [False, True, True]


def test_an_answer_that_is_being_made_is_never_ended(street: Street) -> None:
    running = street.comes("10.0.0.1")
    running.is_running = True
    crowd = [street.comes("10.0.0.1") for _ in range(3)]
    assert ended(running, *crowd) == [False, True, False, False]


def test_who_left_is_counted_no_more(street: Street) -> None:
    for _ in range(10):
        street.crowd.remove(street.comes("10.0.0.1", Peer("tablet")))
    assert ended(*[street.comes("10.0.0.1", Peer("tablet")) for _ in range(2)]) == [False, False]
    assert len(street.crowd) == 2


def test_a_proxy_carries_many_and_is_no_crowd_of_its_own(street: Street) -> None:
    lines = []
    for _ in range(5):
        ours, theirs = socket.socketpair()
        street.sockets += [ours, theirs]
        connection = ClientConnection(ours, "10.0.0.9", {}, OpenGate(), lambda: 0.0)
        connection.is_proxy = True
        street.crowd.add(connection)
        lines.append(connection)
    assert ended(*lines) == [False] * 5
