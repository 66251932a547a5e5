"""How requests are read: kept open, one behind the other, in pieces, bounded, and never as two people read them."""

from __future__ import annotations

import pytest

from tests.kiosk.web.wsgi.conftest import Served, get, one_answer, post, some, to_the_end


def test_one_connection_asks_many_times(served: Served) -> None:
    with served.connect() as line:
        for n in range(3):
            line.sendall(get(f"/{n}"))
            assert one_answer(line)[2] == f"/{n} ".encode()
    assert len(served.open_connections()) <= 1


def test_requests_sent_together_are_answered_in_their_order(served: Served) -> None:
    answers = served.ask(get("/a") + post("/b", b"body") + get("/c", "Connection: close"))
    assert [answers.index(b"/a "), answers.index(b"/b body"), answers.index(b"/c ")] == sorted(
        [answers.index(b"/a "), answers.index(b"/b body"), answers.index(b"/c ")]
    )


def test_a_request_may_come_byte_by_byte(served: Served) -> None:
    with served.connect() as line:
        for byte in post("/slow", b"abc"):
            line.sendall(bytes([byte]))
        assert one_answer(line)[2] == b"/slow abc"


def test_chunks_of_a_body_are_joined_and_their_length_is_told(served: Served) -> None:
    chunks = b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    answer = served.ask(
        b"POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunks
    )
    assert answer.endswith(b"/x abcde")
    assert served.application.seen[0]["CONTENT_LENGTH"] == "5"
    assert "HTTP_TRANSFER_ENCODING" not in served.application.seen[0]


def test_a_client_that_asks_first_is_told_to_go_on(served: Served) -> None:
    with served.connect() as line:
        line.sendall(b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
        assert some(line) == b"HTTP/1.1 100 Continue\r\n\r\n"
        line.sendall(b"abc")
        assert one_answer(line)[2] == b"/x abc"


def test_a_long_body_waits_in_a_file_and_arrives_whole(served: Served) -> None:
    body = bytes(range(256)) * 4096
    answer = served.ask(post("/x", body, "Connection: close"))
    assert answer.endswith(b"/x " + body)


def test_the_environment_says_who_asks_what(served: Served) -> None:
    served.ask(get("/t/%C3%A0?q=%20a&b", "X-One: 1", "x-one: 2", "Cookie: a=1", "Cookie: b=2", "Connection: close"))
    environ = served.application.seen[0]
    assert environ["PATH_INFO"] == "/t/\u00c3\u00a0" and environ["QUERY_STRING"] == "q=%20a&b"
    assert environ["HTTP_X_ONE"] == "1, 2" and environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["REMOTE_ADDR"] == "127.0.0.1" and environ["SERVER_PORT"] == str(served.server.port)


def test_a_whole_address_as_the_target_is_understood(served: Served) -> None:
    served.ask(get("http://x/a?b", "Connection: close"))
    assert (served.application.seen[0]["PATH_INFO"], served.application.seen[0]["QUERY_STRING"]) == ("/a", "b")


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For: 10.0.0.1", "Forwarded: for=10.0.0.1", "X_Forwarded_For: 10.0.0.1", "Content_Length: 9"]
)
def test_nobody_says_through_a_header_that_he_is_somebody_else(served: Served, header: str) -> None:
    served.ask(get("/", header, "Connection: close"))
    environ = served.application.seen[0]
    assert not {key for key in environ if "FORWARDED" in key} and environ.get("CONTENT_LENGTH", "") == ""


SMUGGLED = [
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\nabc",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +4\r\n\r\nabcd",
    b"GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
]


@pytest.mark.parametrize("text", SMUGGLED)
def test_a_request_that_two_servers_could_read_differently_is_refused(served: Served, text: bytes) -> None:
    answer = served.ask(text)
    assert answer.startswith(b"HTTP/1.1 400 ") and answer.count(b"HTTP/1.1 ") == 1
    assert served.application.seen == []


@pytest.mark.parametrize("text", [b"\x16\x03\x01\x02\x00\x01", b"hello\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n"])
def test_what_is_no_request_is_refused(served: Served, text: bytes) -> None:
    assert served.ask(text).startswith(b"HTTP/1.1 400 Bad Request\r\n")


def test_a_body_above_the_limit_is_refused_before_it_is_sent(served: Served) -> None:
    answer = served.ask(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413 ") and b"Connection: close" in answer


def test_a_body_of_chunks_above_the_limit_is_refused_although_the_client_goes_on_sending(served: Served) -> None:
    with served.connect() as line:
        line.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        chunk = b"100000\r\n" + b"a" * 0x100000 + b"\r\n"
        for _ in range(9):
            line.sendall(chunk)
        assert to_the_end(line).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    "text",
    [
        b"GET /" + b"a" * 70_000,
        b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 70_000,
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 101 + b"\r\n",
    ],
)
def test_an_endless_head_is_refused(served: Served, text: bytes) -> None:
    assert served.ask(text).startswith(b"HTTP/1.1 431 ")


def test_another_protocol_is_not_spoken_and_the_request_is_answered(served: Served) -> None:
    answer = served.ask(get("/x", "Connection: Upgrade", "Upgrade: h2c"))
    assert answer.startswith(b"HTTP/1.1 200 OK") and b"Connection: close" in answer
