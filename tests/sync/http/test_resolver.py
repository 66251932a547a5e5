"""Names: known, unknown, hanging, and addresses that need no lookup."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from sync.http.connections import Endpoint
from sync.http.resolver import Resolver, system_lookup

ADDRESS = [(int(socket.AF_INET), ("192.0.2.7", 443))]


def test_a_name_is_looked_up_each_time() -> None:
    lookups: list[tuple[str, int]] = []

    def lookup(host: str, port: int) -> list[tuple[int, tuple[object, ...]]]:
        lookups.append((host, port))
        return [(int(socket.AF_INET), ("192.0.2.7", port))]

    resolver = Resolver(lookup)
    assert resolver.addresses("mot-cua.example", 443) == ADDRESS
    assert resolver.addresses("mot-cua.example", 443) == ADDRESS
    assert lookups == [("mot-cua.example", 443)] * 2


@pytest.mark.parametrize("host", ["a" * 64 + ".example", "mot-cua.invalid"])
def test_a_name_that_cannot_be_is_an_error_and_holds_nothing(host: str) -> None:
    def lookup(name: str, port: int) -> list[tuple[int, tuple[object, ...]]]:
        if len(name.partition(".")[0]) > 63:
            name.encode("idna")
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    for _ in range(2):
        with pytest.raises(OSError, match=r"Name or service not known|label"):
            Resolver(lookup).addresses(host, 443)


def test_a_lookup_that_hangs_is_left_behind_and_its_late_answer_used() -> None:
    released = threading.Event()

    def lookup(host: str, port: int) -> list[tuple[int, tuple[object, ...]]]:
        released.wait(20)
        return list(ADDRESS)

    resolver = Resolver(lookup, wait_s=0.1)
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        resolver.addresses("mot-cua.example", 443)
    assert time.monotonic() - began < 2
    released.set()
    patient = time.monotonic() + 10
    while time.monotonic() < patient:
        try:
            assert resolver.addresses("mot-cua.example", 443) == ADDRESS
            return
        except TimeoutError:
            continue
    raise AssertionError("the answer never came")


@pytest.mark.parametrize(("host", "family"), [("127.0.0.1", socket.AF_INET), ("::1", socket.AF_INET6)])
def test_an_address_needs_no_thread(host: str, family: int) -> None:
    before = threading.active_count()
    assert Resolver().addresses(host, 80)[0][0] == family
    assert threading.active_count() == before
    assert system_lookup(host, 80)[0][1][:2] == (host, 80)


ENDPOINTS = [
    ("https://mot-cua.example/events?x=1", ("https", "mot-cua.example", 443)),
    ("https://mot-cua.example:8443", ("https", "mot-cua.example", 8443)),
    ("http://127.0.0.1/events", ("http", "127.0.0.1", 80)),
    ("http://[::1]:9200/events", ("http", "::1", 9200)),
    ("http://office:s%40cret@127.0.0.1:3128", ("http", "127.0.0.1", 3128)),
]


@pytest.mark.parametrize(("url", "endpoint"), ENDPOINTS)
def test_a_url_names_its_server(url: str, endpoint: tuple[str, str, int]) -> None:
    assert Endpoint.of(url) == Endpoint(*endpoint)
