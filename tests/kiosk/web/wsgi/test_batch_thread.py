"""What writes is answered together by one thread, in order, and holds nobody who only reads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from kiosk.web.wsgi.batch_thread import MOST_TOGETHER
from kiosk.web.wsgi.connection import IDLE_S, REQUEST_S, ClientConnection
from kiosk.web.wsgi.gate import OpenGate, Peer
from kiosk.web.wsgi.response import Application
from tests.kiosk.web.wsgi.conftest import PATIENCE_S, Served, get, one_answer, post, serving, some, to_the_end
from tests.kiosk.web.wsgi.test_server import until


class Devices(OpenGate):
    """Everybody is a counter, but for who says that it is a tablet."""

    def peer(self, environ: dict[str, Any]) -> Peer | None:
        return Peer("tablet") if "HTTP_X_TABLET" in environ else Peer("counter", is_first=True)


class Counted:
    """`joined` is raised by a request's answer; `failed` are the places of actions that are not kept."""

    def __init__(self, failed: set[int]) -> None:
        self.joined = 0
        self._failed = failed

    def failure(self, first: int, behind: int) -> BaseException | None:
        return OSError("not kept") if self._failed & set(range(first, behind)) else None


class Posts:
    """Batching of all POST requests; `sizes` of the batches that have ended. A commit takes until `gate` is set."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.failed_places: set[int] = set()
        self.committing = threading.Semaphore(0)
        self.failure: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()
        self._batch = Counted(set())

    def takes(self, environ: Mapping[str, Any]) -> bool:
        return bool(environ["REQUEST_METHOD"] == "POST")

    @contextmanager
    def together(self) -> Iterator[Counted]:
        batch = self._batch = Counted(self.failed_places)
        yield batch
        self.committing.release()
        assert self.gate.wait(PATIENCE_S)
        if self.failure is not None:
            raise self.failure
        self.sizes.append(batch.joined)

    def joins(self) -> None:
        self._batch.joined += 1

    def failed(self, failure: BaseException) -> Application:
        def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            start("503 Service Unavailable", [("Content-Length", "8")])
            return [str(failure).encode()]

        return answer


@pytest.fixture
def posts() -> Posts:
    return Posts()


@pytest.fixture
def served(posts: Posts) -> Iterator[Served]:
    with serving(1, Devices(), posts) as started:
        inside = started.application

        def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            if environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"] != "/refused":
                posts.joins()
            return inside(environ, start)

        assert started.server._batch is not None
        started.server._batch._application = application
        yield started


def has_arrived(served: Served, path: str) -> bool:
    assert served.server._batch is not None
    return any(one.reader.ready[0].environ["PATH_INFO"] == path for one in served.server._batch._arrived)


def test_a_connection_may_write_and_read_in_turn(served: Served, posts: Posts) -> None:
    with served.connect() as line:
        for number in range(3):
            line.sendall(post(f"/{number}", b"x"))
            assert one_answer(line)[2] == f"/{number} x".encode()
            line.sendall(get("/read"))
            assert one_answer(line)[2] == b"/read "
    assert posts.sizes == [1, 1, 1]


def test_requests_sent_in_one_go_are_answered_in_their_order(served: Served) -> None:
    with served.connect() as line:
        line.sendall(
            post("/1", b"a") + get("/2") + post("/3", b"b") + post("/4", b"c") + get("/5", "Connection: close")
        )
        bodies = [part.partition(b"\r\n\r\n")[2] for part in to_the_end(line).split(b"HTTP/1.1 200 OK")[1:]]
    assert bodies == [b"/1 a", b"/2 ", b"/3 b", b"/4 c", b"/5 "]


def test_nothing_is_sent_before_the_batch_has_ended(served: Served, posts: Posts) -> None:
    posts.gate.clear()
    with served.connect() as line:
        line.sendall(post("/", b"x"))
        assert posts.committing.acquire(timeout=PATIENCE_S)
        line.settimeout(0.05)
        with pytest.raises(TimeoutError):
            line.recv(1)
        posts.gate.set()
        line.settimeout(PATIENCE_S)
        assert one_answer(line)[0] == 200


def test_those_who_come_during_a_commit_share_the_next_one(served: Served, posts: Posts) -> None:
    posts.gate.clear()
    lines = [served.connect() for _ in range(MOST_TOGETHER)]
    lines[0].sendall(post("/", b"x"))
    assert posts.committing.acquire(timeout=PATIENCE_S)
    for line in lines[1:]:
        line.sendall(post("/", b"x"))
    batch = served.server._batch
    assert batch is not None
    until(lambda: len(batch._arrived) == MOST_TOGETHER - 1)
    posts.gate.set()
    for line in lines:
        assert one_answer(line)[0] == 200
        line.close()
    assert posts.sizes == [1, MOST_TOGETHER - 1]


def test_those_who_come_while_others_are_answered_share_their_commit(served: Served, posts: Posts) -> None:
    with served.connect() as early, served.connect() as late:
        early.sendall(post("/waits", b""))
        assert served.application.entered.acquire(timeout=PATIENCE_S)
        late.sendall(post("/late", b""))
        until(lambda: has_arrived(served, "/late"))
        served.application.gate.set()
        assert (one_answer(early)[2], one_answer(late)[2]) == (b"/waits ", b"/late ")
    assert posts.sizes == [2]


def test_a_commit_is_not_put_off_by_those_who_keep_coming(served: Served, posts: Posts) -> None:
    lines = [served.connect() for _ in range(MOST_TOGETHER + 1)]
    lines[0].sendall(post("/waits", b""))
    assert served.application.entered.acquire(timeout=PATIENCE_S)
    for line in lines[1:]:
        line.sendall(post("/", b""))
    batch = served.server._batch
    assert batch is not None
    until(lambda: len(batch._arrived) == MOST_TOGETHER)
    served.application.gate.set()
    for line in lines:
        assert one_answer(line)[0] == 200
        line.close()
    assert posts.sizes == [MOST_TOGETHER, 1]


def test_who_sends_its_next_request_while_it_waits_is_answered_twice(served: Served, posts: Posts) -> None:
    posts.gate.clear()
    lines = [served.connect() for _ in range(MOST_TOGETHER + 2)]
    lines[0].sendall(post("/first", b""))
    assert posts.committing.acquire(timeout=PATIENCE_S)
    batch = served.server._batch
    assert batch is not None
    for count, line in enumerate(lines[1:], 1):
        line.sendall(post("/waits" if count == 1 else "/", b""))
        until(lambda count=count: len(batch._arrived) == count)  # type: ignore[misc]
    posts.gate.set()
    assert served.application.entered.acquire(timeout=PATIENCE_S)
    lines[-1].sendall(post("/second", b"", "Connection: close"))
    served.application.gate.set()
    assert [one_answer(line)[0] for line in lines[:-1]] == [200] * (len(lines) - 1)
    assert to_the_end(lines[-1]).count(b"HTTP/1.1 200 OK") == 2
    for line in lines:
        line.close()


def test_what_was_not_kept_is_not_answered_well(served: Served, posts: Posts) -> None:
    posts.gate.clear()
    paths = ["/a", "/refused", "/b", "/c"]
    lines = [served.connect() for _ in paths]
    with served.connect() as first:
        first.sendall(post("/first", b""))
        assert posts.committing.acquire(timeout=PATIENCE_S)
        posts.failed_places = {1}
        for line, path in zip(lines, paths, strict=True):
            line.sendall(post(path, b""))
            until(lambda path=path: has_arrived(served, path))  # type: ignore[misc]
        posts.gate.set()
        assert one_answer(first)[0] == 200
    answers = [one_answer(line) for line in lines]
    assert [(status, body) for status, _, body in answers] == [
        (200, b"/a "),
        (200, b"/refused "),
        (503, b"not kept"),
        (200, b"/c "),
    ]


def test_a_reader_is_not_held_by_who_writes(served: Served) -> None:
    with served.connect() as writer, served.connect() as reader:
        writer.sendall(post("/waits", b""))
        assert served.application.entered.acquire(timeout=PATIENCE_S)
        reader.sendall(get("/2"))
        assert one_answer(reader)[2] == b"/2 "
        served.application.gate.set()
        assert one_answer(writer)[2] == b"/waits "


def test_a_writer_is_not_held_by_who_only_reads(served: Served) -> None:
    """Once a connection has written, no other thread is needed for it."""
    with served.connect() as slow, served.connect() as writer:
        writer.sendall(post("/1", b""))
        assert one_answer(writer)[0] == 200
        slow.sendall(get("/waits"))
        assert served.application.entered.acquire(timeout=PATIENCE_S)
        writer.sendall(post("/2", b""))
        assert one_answer(writer)[2] == b"/2 "
        served.application.gate.set()
        assert one_answer(slow)[0] == 200


def test_what_others_write_takes_its_turn_among_the_others(served: Served, posts: Posts) -> None:
    """However much a tablet or a stranger sends, no kiosk waits for it."""
    with served.connect() as line:
        line.sendall(post("/", b"", "X-Tablet: 1"))
        assert one_answer(line)[0] == 200
        assert posts.sizes == []
        line.sendall(post("/", b""))
        assert one_answer(line)[0] == 200
        line.sendall(post("/", b"", "X-Tablet: 1"))
        assert one_answer(line)[0] == 200
    assert posts.sizes == [1]


def test_a_long_answer_is_taken_as_slowly_as_the_client_likes(served: Served) -> None:
    size = 8_000_000
    with served.connect() as line, served.connect() as other:
        line.sendall(post(f"/large/{size}", b""))
        other.sendall(post("/", b""))
        assert one_answer(other)[0] == 200
        assert len(one_answer(line)[2]) == size
        line.sendall(post("/again", b""))
        assert one_answer(line)[2] == b"/again "


def test_after_its_last_answer_a_connection_ends(served: Served) -> None:
    assert served.ask(post("/", b"x", "Connection: close")).endswith(b"/ x")
    until(lambda: served.open_connections() == [])


def test_what_is_no_request_is_refused_on_a_connection_that_writes(served: Served) -> None:
    with served.connect() as line:
        line.sendall(post("/", b""))
        assert one_answer(line)[0] == 200
        line.sendall(b"no request\r\n\r\n")
        assert some(line).startswith(b"HTTP/1.1 400 ")
        assert to_the_end(line) == b""


def test_who_leaves_is_forgotten(served: Served) -> None:
    line = served.connect()
    line.sendall(post("/", b""))
    assert one_answer(line)[0] == 200
    line.close()
    until(lambda: served.open_connections() == [])
    assert served.server._batch is not None
    assert served.server._batch._connections == {}


def waits_for(one: ClientConnection, more: bool, seconds: float) -> bool:
    """Whether its answer is written, and it is given so long for its next request or for the rest of one."""
    return one.reader.is_within_a_request == more and one.deadline == one._began + seconds


@pytest.mark.parametrize(("sent", "seconds"), [(b"", IDLE_S), (b"POST / HTTP/1.1\r\n", REQUEST_S)])
def test_who_sends_nothing_more_is_cut_off(served: Served, sent: bytes, seconds: float) -> None:
    with served.connect() as line:
        line.sendall(post("/", b""))
        assert one_answer(line)[0] == 200
        line.sendall(sent)
        until(lambda: all(waits_for(one, bool(sent), seconds) for one in served.open_connections()))
        served.clock.added = seconds + 1
        assert to_the_end(line) == b""


def test_a_fault_of_one_batch_is_not_the_end_of_the_next(served: Served, posts: Posts) -> None:
    posts.gate.clear()
    with served.connect() as line:
        line.sendall(post("/", b""))
        assert posts.committing.acquire(timeout=PATIENCE_S)
        posts.failure = KeyError("on purpose")
        posts.gate.set()
        assert to_the_end(line) == b""
    posts.failure = None
    with served.connect() as line:
        line.sendall(post("/", b""))
        assert one_answer(line)[0] == 200


def test_a_stream_takes_the_connection_over(served: Served) -> None:
    with served.connect() as line:
        line.sendall(post("/stream", b""))
        until(lambda: len(served.application.stream.taken) == 1)
        assert served.open_connections() == []
        served.application.stream.taken[0][0].close()


def test_progress_stands_still_while_a_writer_is_held(served: Served) -> None:
    with served.connect() as line:
        line.sendall(post("/waits", b""))
        assert served.application.entered.acquire(timeout=PATIENCE_S)
        served.clock.added = 50.0
        assert served.clock() - served.server.progress_at > 49
        served.application.gate.set()
        one_answer(line)
        until(lambda: served.clock() - served.server.progress_at < 1)


def test_a_server_that_stops_answers_what_it_has_begun_to_write(posts: Posts) -> None:
    with serving(1, Devices(), posts) as served, served.connect() as line:
        line.sendall(post("/waits", b""))
        assert served.application.entered.acquire(timeout=PATIENCE_S)
        closing = threading.Thread(target=served.server.close, args=(PATIENCE_S,))
        closing.start()
        served.application.gate.set()
        assert one_answer(line)[2] == b"/waits "
        closing.join(PATIENCE_S)
        assert to_the_end(line) == b""
        served.server.close = lambda seconds: None  # type: ignore[method-assign]
