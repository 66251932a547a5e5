"""Nobody stops the others: not who sends slowly, not who reads slowly, not who only listens."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from kiosk.web.wsgi.connection import IDLE_S, LAST_WORDS_S, NEVER, REQUEST_S
from tests.kiosk.web.wsgi.conftest import PATIENCE_S, Served, get, one_answer, post, serving, some, to_the_end


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.005)


def are_begun(served: Served, count: int) -> bool:
    return sum(connection.reader.is_within_a_request for connection in served.open_connections()) == count


def rests(served: Served) -> bool:
    """The client has to send something next."""
    connection = served.open_connections()[0]
    return connection.deadline != NEVER and not connection.is_sending


def is_answered(served: Served) -> bool:
    return served.ask(get("/", "Connection: close")).startswith(b"HTTP/1.1 200 OK")


def test_two_hundred_who_never_end_their_request_hold_no_thread() -> None:
    with serving(threads=1) as served:
        slow = [served.connect() for _ in range(200)]
        for line in slow:
            line.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab")
        assert is_answered(served)
        for line in slow:
            line.close()


def test_who_has_not_sent_his_request_within_ten_seconds_is_cut_off(served: Served) -> None:
    with served.connect() as head, served.connect() as body:
        head.sendall(b"GET / HTTP/1.1\r\n")
        body.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab")
        until(lambda: are_begun(served, 2))
        served.clock.added = REQUEST_S + 1
        assert to_the_end(head) == b"" == to_the_end(body)
    assert is_answered(served)


def test_a_byte_now_and_then_buys_no_more_time(served: Served) -> None:
    with served.connect() as line:
        line.sendall(b"GET /")
        until(lambda: are_begun(served, 1))
        served.clock.added = REQUEST_S - 3
        line.sendall(b"a")
        served.clock.added = REQUEST_S + 1
        assert to_the_end(line) == b""


def test_between_two_requests_a_connection_may_rest_longer(served: Served) -> None:
    with served.connect() as line:
        line.sendall(get("/1"))
        one_answer(line)
        until(lambda: rests(served))
        served.clock.added = REQUEST_S * 3
        served.server.end_overdue()
        line.sendall(get("/2"))
        assert one_answer(line)[2] == b"/2 "
        until(lambda: rests(served))
        served.clock.added += IDLE_S + 1
        assert to_the_end(line) == b""


def test_a_long_body_is_given_the_time_of_a_slow_line(served: Served) -> None:
    half = b"a" * 500_000
    with served.connect() as line:
        line.sendall(post("/", b"", "X: y").replace(b"Content-Length: 0", b"Content-Length: 1000000") + half)
        until(lambda: are_begun(served, 1))
        served.clock.added = REQUEST_S + 2
        served.server.end_overdue()
        line.sendall(half)
        assert one_answer(line)[0] == 200


def test_who_does_not_read_a_long_answer_holds_no_thread() -> None:
    with serving(threads=1) as served, served.connect() as line:
        line.sendall(get("/large/8000000"))
        for _ in range(5):
            assert is_answered(served)
        status, _, body = one_answer(line)
        assert (status, len(body)) == (200, 8_000_000)


def test_who_listens_to_a_stream_holds_no_thread() -> None:
    with serving(threads=1) as served:
        lines = [served.connect() for _ in range(50)]
        for line in lines:
            line.sendall(get("/stream"))
        until(lambda: len(served.application.stream.taken) == 50)
        assert is_answered(served)
        until(lambda: len(served.open_connections()) == 0)
        connection, head = served.application.stream.taken[0]
        assert head.startswith(b"HTTP/1.1 200 OK\r\n") and b"Connection: close\r\n" in head
        assert not connection.getblocking()
        for taken, _ in served.application.stream.taken:
            taken.close()
        for line in lines:
            line.close()


def test_above_the_bound_the_one_that_waits_longest_makes_room() -> None:
    with serving(most_connections=5) as served:
        oldest = served.connect()
        oldest.sendall(b"GET /")
        until(lambda: are_begun(served, 1))
        others = [served.connect() for _ in range(4)]
        until(lambda: len(served.open_connections()) == 5)
        assert is_answered(served)
        assert to_the_end(oldest) == b""
        for line in (oldest, *others):
            line.close()


def test_an_answer_that_is_being_made_is_never_cut_to_make_room() -> None:
    with serving(threads=2, most_connections=1) as served, served.connect() as line:
        line.sendall(get("/waits"))
        assert served.application.entered.acquire(timeout=PATIENCE_S)
        served.clock.added = 1000
        assert is_answered(served)
        served.application.gate.set()
        assert one_answer(line)[2] == b"/waits "


def test_an_error_of_the_application_is_answered_and_logged(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    assert served.ask(get("/fails")).startswith(b"HTTP/1.1 500 Internal Server Error\r\n")
    assert "on purpose" in caplog.text
    assert is_answered(served)


def test_a_client_that_leaves_before_its_answer_harms_nobody(served: Served) -> None:
    for _ in range(3):
        with served.connect() as line:
            line.sendall(get("/large/5000000"))
    assert is_answered(served)
    until(lambda: len(served.open_connections()) == 0)


def test_head_and_older_clients_get_what_they_understand(served: Served) -> None:
    head = served.ask(b"HEAD /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert head.endswith(b"\r\n\r\n") and b"Content-Length: 3\r\n" in head
    assert served.ask(b"GET /x HTTP/1.0\r\n\r\n").endswith(b"\r\n\r\n/x ")
    with served.connect() as line:
        line.sendall(b"GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        assert b"Connection: keep-alive\r\n" in one_answer(line)[1] + b"\r\n"


def test_the_last_word_arrives_before_the_line_is_cut(served: Served) -> None:
    with served.connect() as line:
        line.sendall(b"nonsense\r\n\r\n" + b"a" * 1000)
        assert some(line).startswith(b"HTTP/1.1 400 ")
        served.clock.added = LAST_WORDS_S + 1
        until(lambda: len(served.open_connections()) == 0)


def test_a_server_that_stops_answers_what_it_has_begun() -> None:
    with serving() as served, served.connect() as line:
        line.sendall(get("/waits"))
        assert served.application.entered.acquire(timeout=PATIENCE_S)
        closing = threading.Thread(target=served.server.close, args=(PATIENCE_S,))
        closing.start()
        with pytest.raises(OSError):
            while True:
                served.connect().close()
        served.application.gate.set()
        assert one_answer(line)[2] == b"/waits "
        closing.join(PATIENCE_S)
        assert to_the_end(line) == b""
        served.server.close = lambda seconds: None  # type: ignore[method-assign]


def test_progress_stands_still_only_when_every_thread_is_held() -> None:
    with serving(threads=1) as served, served.connect() as line:
        served.clock.added = 100.0
        assert served.clock() - served.server.progress_at < 1
        line.sendall(get("/waits"))
        assert served.application.entered.acquire(timeout=PATIENCE_S)
        served.clock.added = 150.0
        assert served.clock() - served.server.progress_at > 49
        served.application.gate.set()
        one_answer(line)
        until(lambda: served.clock() - served.server.progress_at < 1)
