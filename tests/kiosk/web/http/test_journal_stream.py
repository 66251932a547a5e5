"""A stream tells every event once and in order, whoever else listens, reads slowly or leaves."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator

import pytest

from kiosk.domain.errors import TooMany
from kiosk.maintenance.initialise import start_new_epoch
from kiosk.web.http import journal_stream
from kiosk.web.http.journal_stream import BEAT_S, KEPT_BATCHES, PAGE, STUCK_S, JournalStream
from kiosk.web.http.stream import Audience
from tests.office import OfficeStory

HEAD = b"HTTP/1.1 200 OK\r\n\r\n"
TURNS = 500


class Listener:
    """A client of a stream that a test moves by hand, turn by turn."""

    def __init__(self, stream: JournalStream, after: int, whole: bool = True, buffer: int | None = None) -> None:
        self.stream = stream
        ours, theirs = socket.socketpair()
        if buffer is not None:
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, buffer)
        ours.setblocking(False)
        theirs.setblocking(False)
        self.line = theirs
        self.heard = b""
        stream.follow(after, Audience.STAFF if whole else Audience.CITIZENS).take_over(ours, HEAD)

    def hear(self) -> None:
        while True:
            try:
                piece = self.line.recv(1 << 20)
            except BlockingIOError:
                return
            if not piece:
                return
            self.heard += piece

    @property
    def told(self) -> list[int]:
        """The positions of the events it was told."""
        return [int(line[4:]) for line in self.heard.decode().splitlines() if line.startswith("id: ")]

    def hears_until(self, seq: int) -> list[int]:
        self.turn_until(lambda: bool(self.told) and self.told[-1] >= seq)
        return self.told

    def turn_until(self, condition: Callable[[], bool]) -> None:
        for _ in range(TURNS):
            self.stream.turn()
            self.hear()
            if condition():
                return
        raise AssertionError(f"not after {TURNS} turns; heard {self.heard[-200:]!r}")


class MovedTime:
    """Stands for the module `time`; `added` seconds lie between two looks of a test."""

    def __init__(self) -> None:
        self.added = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self.added


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> MovedTime:
    made = MovedTime()
    monkeypatch.setattr(journal_stream, "time", made)
    return made


@pytest.fixture
def stream(small_office: OfficeStory) -> Iterator[JournalStream]:
    small_office.take_number()
    made = JournalStream(small_office.app.store, small_office.clock.monotonic)
    small_office.app.store.after_commit.append(made.wake)
    yield made
    made.stop()
    if made.is_alive():
        made.join(10)
    else:
        made.run()


@pytest.mark.parametrize("behind", [0, 3, 11])
def test_it_begins_behind_the_position_that_was_named(
    small_office: OfficeStory, stream: JournalStream, behind: int
) -> None:
    for _ in range(10):
        small_office.take_number()
    stream.publish()
    listener = Listener(stream, behind)
    assert listener.hears_until(stream.seq) == list(range(behind + 1, stream.seq + 1))
    assert listener.heard.startswith(HEAD + b": open\n\n")


def test_it_goes_on_with_what_is_committed_later(small_office: OfficeStory, stream: JournalStream) -> None:
    before = stream.seq
    listener, other = Listener(stream, before), Listener(stream, before, whole=False)
    for _ in range(3):
        small_office.take_number()
        stream.turn()
    assert listener.hears_until(before + 3) == other.hears_until(before + 3) == [before + 1, before + 2, before + 3]
    assert b'"hash"' in listener.heard and b'"hash"' not in other.heard


def test_events_of_one_moment_are_told_together_and_encoded_once(
    small_office: OfficeStory, stream: JournalStream, monkeypatch: pytest.MonkeyPatch
) -> None:
    listeners = [Listener(stream, stream.seq) for _ in range(5)]
    before = stream.seq
    stream.turn()
    made = []
    real = journal_stream.Batch
    monkeypatch.setattr(journal_stream, "Batch", lambda entries: made.append(1) or real(entries))
    for _ in range(4):
        small_office.take_number()
    for listener in listeners:
        assert listener.hears_until(before + 4) == list(range(before + 1, before + 5))
    assert made == [1]


def test_who_is_further_behind_than_memory_reads_the_database(small_office: OfficeStory, stream: JournalStream) -> None:
    before = stream.seq
    for _ in range(KEPT_BATCHES + 10):
        small_office.take_number()
        stream.publish()
    assert Listener(stream, before).hears_until(stream.seq) == list(range(before + 1, stream.seq + 1))


def test_a_reader_that_stops_reading_holds_nobody_up_and_misses_nothing(
    small_office: OfficeStory, stream: JournalStream
) -> None:
    before = stream.seq
    slow, quick = Listener(stream, before, buffer=4096), Listener(stream, before)
    for _ in range(PAGE // 4):
        small_office.take_number()
        stream.publish()
        quick.hear()
    assert quick.hears_until(stream.seq) == list(range(before + 1, stream.seq + 1))
    small_office.take_number()
    stream.publish()
    assert slow.hears_until(stream.seq) == list(range(before + 1, stream.seq + 1))


def test_a_silent_stream_beats_at_least_every_two_seconds(stream: JournalStream, moved: MovedTime) -> None:
    listener = Listener(stream, stream.seq)
    listener.turn_until(lambda: listener.heard == HEAD + b": open\n\n")
    for beats in (1, 2, 3):
        moved.added += BEAT_S - 0.4
        listener.turn_until(lambda count=beats: listener.heard.count(b": beat\n\n") == count)  # type: ignore[misc]
    listener.turn_until(lambda: True)
    assert listener.heard.count(b": beat\n\n") == 3


def test_a_reader_that_takes_nothing_for_half_a_minute_is_let_go(
    small_office: OfficeStory, stream: JournalStream, moved: MovedTime
) -> None:
    listener = Listener(stream, stream.seq, buffer=4096)
    stream.turn()
    for _ in range(40):
        small_office.take_number()
        stream.publish()
    assert stream.followers == 1
    moved.added += STUCK_S + 1
    stream.turn()
    assert stream.followers == 0
    listener.line.close()


def test_who_leaves_is_no_longer_counted(stream: JournalStream) -> None:
    listener, other = Listener(stream, stream.seq), Listener(stream, stream.seq)
    other.turn_until(lambda: b": open" in other.heard)
    assert stream.followers == 2
    listener.line.close()
    other.turn_until(lambda: stream.followers == 1)


def test_what_a_listener_says_is_thrown_away(small_office: OfficeStory, stream: JournalStream) -> None:
    listener = Listener(stream, stream.seq)
    before = stream.seq
    listener.line.send(b"GET / HTTP/1.1\r\n\r\n")
    small_office.take_number()
    assert listener.hears_until(before + 1) == [before + 1]


def test_every_stream_ends_when_the_service_stops(stream: JournalStream) -> None:
    listener = Listener(stream, stream.seq)
    stream.start()
    listener.line.settimeout(10)
    while b": open" not in listener.heard:
        listener.heard += listener.line.recv(4096)
    late = Listener(stream, stream.seq)
    late.line.settimeout(10)
    stream.close(10)
    assert not stream.is_alive() and stream.followers == 0
    while piece := listener.line.recv(4096):
        assert piece == b": beat\n\n"
    while piece := late.line.recv(4096):
        assert piece == HEAD + b": open\n\n"


def test_a_new_epoch_ends_the_streams_and_whoever_comes_again_is_told_from_its_beginning(
    small_office: OfficeStory, stream: JournalStream
) -> None:
    small_office.take_number()
    before, at = stream.epoch, stream.seq
    listener = Listener(stream, at)
    stream.start()
    listener.line.settimeout(10)
    epoch = start_new_epoch(small_office.app)
    while listener.line.recv(4096):
        pass
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.settimeout(10)
    stream.follow(at, Audience.STAFF, before).take_over(ours, HEAD)
    assert theirs.recv(4096) == b"", "its position is of another epoch"
    again = Listener(stream, 0)
    again.line.settimeout(10)
    while b"office.epoch_started" not in again.heard:
        again.heard += again.line.recv(4096)
    small_office.take_number()
    stream.wake()
    while b"ticket.issued" not in again.heard:
        again.heard += again.line.recv(4096)
    assert stream.epoch == epoch and again.told == list(range(1, again.told[-1] + 1))


def test_who_comes_after_the_end_is_not_kept_waiting(stream: JournalStream) -> None:
    stream.stop()
    stream.run()
    late = Listener(stream, stream.seq)
    late.line.settimeout(10)
    assert late.line.recv(4096) == b"" and stream.followers == 0


def test_more_streams_than_the_service_bears_are_refused(
    stream: JournalStream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_stream, "MOST_STREAMS", 2)
    Listener(stream, 0), Listener(stream, 0)
    with pytest.raises(TooMany):
        stream.follow(0, Audience.STAFF)


def test_a_server_that_hands_nothing_over_tells_what_is_known(small_office: OfficeStory) -> None:
    small_office.take_number()
    answer = small_office.send("GET", "/api/v1/stream?after=0", "board")
    seqs = [int(line[4:]) for line in answer.text.splitlines() if line.startswith("id: ")]
    assert seqs == list(range(1, small_office.service.stream.seq + 1))
