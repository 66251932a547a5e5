"""A crowd holds its own share of the threads, and the reserve answers kiosks and counters."""

from __future__ import annotations

import socket

import pytest

from kiosk.web.wsgi.connection import ClientConnection
from kiosk.web.wsgi.gate import OpenGate, Peer
from kiosk.web.wsgi.turns import Turn, Turns


class Room:
    """Connections by address or device, without anybody at their other end."""

    def __init__(self) -> None:
        self.sockets: list[socket.socket] = []

    def enters(self, address: str = "10.0.0.1", peer: Peer | None = None) -> ClientConnection:
        ours, theirs = socket.socketpair()
        self.sockets += [ours, theirs]
        connection = ClientConnection(ours, address, {}, OpenGate(), lambda: 0.0)
        connection.peer = peer
        return connection


@pytest.fixture
def room() -> object:
    made = Room()
    yield made
    for one in made.sockets:
        one.close()


def turns() -> Turns:
    return Turns(10, lambda: 5.0)  # two threads for one address, eight for all but the first


KIOSK = Peer("kiosk", is_first=True)
TABLET = Peer("tablet")


def taken(turns: Turns, connection: ClientConnection) -> Turn:
    turn = turns.take(connection)
    assert turn is not None
    return turn


def test_an_address_runs_two_requests_at_once_and_the_third_stands_in_line(room: Room) -> None:
    office = turns()
    first, second, third = room.enters(), room.enters(), room.enters()
    turn = taken(office, first)
    taken(office, second)
    assert office.take(third) is None and office.next_in_line() is None
    office.give_back(first, turn)
    assert office.next_in_line() is third


def test_a_crowd_of_one_address_keeps_no_other_address_waiting(room: Room) -> None:
    office = turns()
    crowd = [room.enters() for _ in range(5)]
    assert [office.take(one) is not None for one in crowd] == [True, True, False, False, False]
    assert office.take(room.enters("10.0.0.2")) is not None


def test_all_addresses_together_leave_the_reserve_to_the_first(room: Room) -> None:
    office = turns()
    for n in range(8):
        taken(office, room.enters(f"10.0.0.{n}"))
    assert office.take(room.enters("10.0.0.99")) is None
    assert office.take(room.enters("10.0.0.99", TABLET)) is None
    assert [office.take(room.enters("10.0.0.1", KIOSK)) is not None for _ in range(3)] == [True] * 3


def test_a_device_has_a_share_of_its_own_wherever_it_comes_from(room: Room) -> None:
    office = turns()
    taken(office, room.enters("10.0.0.1", TABLET))
    taken(office, room.enters("10.0.0.2", TABLET))
    assert office.take(room.enters("10.0.0.3", TABLET)) is None
    assert office.take(room.enters("10.0.0.1")) is not None


def test_those_in_line_come_by_turns_and_not_by_who_sent_most(room: Room) -> None:
    office = turns()
    running = [room.enters(f"10.0.0.{n}") for n in range(8)]
    held = [taken(office, one) for one in running]
    many = [room.enters("10.0.1.1") for _ in range(3)]
    one = room.enters("10.0.1.2")
    for waiting in (*many, one):
        assert office.take(waiting) is None
    for connection, turn in zip(running, held, strict=True):
        office.give_back(connection, turn)
    assert [office.next_in_line() for _ in range(5)] == [many[0], one, many[1], many[2], None]


def test_who_was_ended_in_line_is_handed_out_at_once(room: Room) -> None:
    office = turns()
    for _ in range(2):
        taken(office, room.enters())
    waiting = room.enters()
    assert office.take(waiting) is None
    waiting.end()
    assert office.next_in_line() is waiting


def test_progress_stands_still_while_no_thread_is_free(room: Room) -> None:
    moments = iter([1.0, 2.0, 3.0])
    office = Turns(1, lambda: next(moments))
    connection = room.enters(peer=KIOSK)
    assert office.progress_at == 2.0
    turn = taken(office, connection)
    assert office.progress_at == 1.0
    office.give_back(connection, turn)
    assert office.wait_until_idle(0)
