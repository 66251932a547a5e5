"""The simulated one-stop system as other people's engineers drive it: by HTTP, one fault at a time."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from contract.envelope import BATCH, cloud_event, encode_cloud_event, signature
from sync.connectors.cloudevents_http import packed
from sync.simulator.faults import AFTER, AT_ONCE, BEFORE, MODES
from sync.simulator.onestop import OneStop
from tests.sync.journal import Office

SOURCE = "urn:motcua:ba-vi:e1"


def call(
    province: OneStop, method: str, path: str, body: Any = None, kind: str = "application/json"
) -> tuple[int, str]:
    """(status, body); no redirect is followed."""
    connection = HTTPConnection("127.0.0.1", province.port, timeout=10)
    connection.request(method, path, None if body is None else json.dumps(body), {"Content-Type": kind})
    answer = connection.getresponse()
    found = answer.status, answer.read().decode(errors="replace")
    connection.close()
    return found


def deliver(province: OneStop, office: Office, first: int, last: int) -> dict[str, Any]:
    batch = [cloud_event(event) for event in office.epochs["e1"][first - 1 : last]]
    status, text = call(province, "POST", "/events", batch, BATCH)
    assert status == 200, text
    found: dict[str, Any] = json.loads(text)
    return found


def cursor(province: OneStop) -> int:
    return int(json.loads(call(province, "GET", f"/events/cursor?source={SOURCE}")[1])["accepted_through"])


def test_a_fault_is_set_shown_and_healed_by_http(office: Office, province: OneStop) -> None:
    office.happen(3)
    assert call(province, "POST", "/control/fail", {"mode": "status", "status": 507, "times": 2})[0] == 200
    assert "Đang giả lập sự cố: status" in call(province, "GET", "/")[1]
    batch = [cloud_event(event) for event in office.epochs["e1"]]
    assert [call(province, "POST", "/events", batch, BATCH)[0] for _ in range(3)] == [507, 507, 200]
    call(province, "POST", "/control/fail", {"mode": "html"})
    assert "Wi-Fi" in call(province, "POST", "/events", batch, BATCH)[1]
    assert call(province, "POST", "/control/heal", {})[0] == 200
    assert deliver(province, office, 1, 3)["accepted_through"] == 3


def test_a_packed_batch_is_one_whole_member_of_gzip(office: Office, province: OneStop) -> None:
    office.happen(30)
    whole = b"[" + b",".join(map(encode_cloud_event, office.epochs["e1"])) + b"]"
    body = packed(whole, 30)
    for spoilt in (body[:-1], body[:-8], body + b"x", body + body):
        assert posted(province, spoilt) == 400
        assert cursor(province) == 0
    assert posted(province, body) == 200 and cursor(province) == 30


def posted(province: OneStop, body: bytes) -> int:
    connection = HTTPConnection("127.0.0.1", province.port, timeout=10)
    connection.request("POST", "/events", body, {"Content-Type": BATCH, "Content-Encoding": "gzip"})
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_fault_that_nobody_knows_is_refused_with_those_that_are(province: OneStop) -> None:
    status, text = call(province, "POST", "/control/fail", {"mode": "earthquake"})
    assert status == 400 and "gzip_bomb" in text
    assert MODES >= AFTER | BEFORE | AT_ONCE and not BEFORE & AFTER


def test_every_fault_stands_in_the_document_with_its_control_call() -> None:
    guide = (Path(__file__).resolve().parents[3] / "docs" / "for-the-one-stop-side.md").read_text(encoding="utf-8")
    rows = [line for line in guide.splitlines() if re.match(r"\| N\d+ \|", line)]
    assert [row.split()[1] for row in rows] == [f"N{n}" for n in range(1, 11)]
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert named >= MODES, MODES - named


@pytest.mark.parametrize("mode", sorted(BEFORE - {"hang"}))
def test_what_fails_before_storing_stores_nothing(mode: str, office: Office, province: OneStop) -> None:
    office.happen(2)
    province.fail(mode, 1, status=500, mib=1, seconds=0.3)
    batch = [cloud_event(event) for event in office.epochs["e1"]]
    call(province, "POST", "/events", batch, BATCH)
    assert cursor(province) == 0


@pytest.mark.parametrize("mode", sorted(AFTER))
def test_what_fails_after_storing_has_stored(mode: str, office: Office, province: OneStop) -> None:
    office.happen(2)
    province.fail(mode, 1)
    call(province, "POST", "/events", [cloud_event(event) for event in office.epochs["e1"]], BATCH)
    assert cursor(province) == 2


def test_a_restored_receiver_lacks_its_newest_events(office: Office, province: OneStop) -> None:
    office.happen(9)
    deliver(province, office, 1, 9)
    province.fail("rewind", after=4)
    assert cursor(province) == 4


def answered(province: OneStop, office: Office) -> tuple[list[tuple[float, bytes]], bool]:
    """One delivery: what came when (seconds since the request), piece by piece, and whether it ended by a reset."""
    body = json.dumps([cloud_event(event) for event in office.epochs["e1"]]).encode()
    head = f"POST /events HTTP/1.1\r\nHost: x\r\nContent-Type: {BATCH}\r\nConnection: close\r\n"
    pieces: list[tuple[float, bytes]] = []
    with socket.create_connection(("127.0.0.1", province.port), timeout=10) as connection:
        connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        began = time.monotonic()
        try:
            while piece := connection.recv(65536):
                pieces.append((time.monotonic() - began, piece))
        except ConnectionResetError:
            return pieces, True
    return pieces, False


@pytest.mark.parametrize("reset", [False, True])
@pytest.mark.parametrize("count", [0, 1, 40, 200])
def test_the_connection_ends_after_so_many_bytes_of_the_answer_and_the_batch_is_stored(
    count: int, reset: bool, office: Office, province: OneStop
) -> None:
    office.happen(2)
    province.fail("reset" if reset else "cut", 1, bytes=count)
    pieces, was_reset = answered(province, office)
    assert sum(len(piece) for _, piece in pieces) == count and was_reset is reset
    assert cursor(province) == 2
    assert deliver(province, office, 1, 2)["accepted_through"] == 2


def test_an_answer_comes_late_slowly_or_in_slices_and_whole(office: Office, province: OneStop) -> None:
    office.happen(2)
    whole = len(b"".join(piece for _, piece in answered(province, office)[0]))
    province.fail("latency", 1, ms=300)
    pieces, _ = answered(province, office)
    assert pieces[0][0] >= 0.29 and sum(len(piece) for _, piece in pieces) == whole
    province.fail("slow", 1, bytes_per_s=1000)
    pieces, _ = answered(province, office)
    assert pieces[-1][0] >= 0.8 * whole / 1000 and sum(len(piece) for _, piece in pieces) == whole
    assert all(len(piece) <= 0.05 * 1000 * 4 for _, piece in pieces), "a drip, not a burst after a pause"
    province.fail("slice", 1, bytes=1)
    pieces, _ = answered(province, office)
    assert len(pieces) > whole / 4 and sum(len(piece) for _, piece in pieces) == whole


def test_healing_ends_what_is_held_back(office: Office, province: OneStop) -> None:
    office.happen(1)
    province.fail("latency", ms=60_000)
    threading.Timer(0.2, province.heal).start()
    pieces, _ = answered(province, office)
    assert 0.1 < pieces[0][0] < 5


def test_a_spoilt_answer_spoils_none_that_follows_on_the_same_connection(office: Office, province: OneStop) -> None:
    office.happen(1)
    batch = json.dumps([cloud_event(event) for event in office.epochs["e1"]])
    connection = HTTPConnection("127.0.0.1", province.port, timeout=10)
    times = []
    province.fail("latency", 1, ms=400)
    for _ in range(2):
        began = time.monotonic()
        connection.request("POST", "/events", batch, {"Content-Type": BATCH})
        assert json.loads(connection.getresponse().read())["accepted_through"] == 1
        times.append(time.monotonic() - began)
    connection.close()
    assert times[0] >= 0.4 > times[1]


@pytest.mark.parametrize(
    ("mode", "options"),
    [
        ("latency", {"ms": -1}),
        ("latency", {"ms": "late"}),
        ("slow", {"bytes_per_s": 0}),
        ("slice", {"bytes": 0}),
        ("cut", {"bytes": -1}),
        ("reset", {"bytes": True}),
        ("poison", {"seqs": 7}),
        ("poison", {"status": 500}),
        ("status", {}),
        ("status", {"status": "busy"}),
        ("hang", {"seconds": "long"}),
        ("refuse", {"seqs": ["one"]}),
        ("rewind", {"after": "noon"}),
        ("html", {"times": 0}),
        ("html", {"times": "twice"}),
        ("partial", {"count": -1}),
    ],
)
def test_options_that_make_no_sense_are_refused_at_once(mode: str, options: dict[str, Any], province: OneStop) -> None:
    assert call(province, "POST", "/control/fail", {"mode": mode, **options})[0] == 400
    assert province.faults.mode == ""


@pytest.mark.parametrize("status", [400, 413, 422, 409])
def test_a_batch_that_holds_a_poisonous_event_is_refused_whole(status: int, office: Office, province: OneStop) -> None:
    office.happen(9)
    call(province, "POST", "/control/fail", {"mode": "poison", "seqs": [7], "status": status})
    batch = [cloud_event(event) for event in office.epochs["e1"]]
    assert call(province, "POST", "/events", batch, BATCH)[0] == status and cursor(province) == 0
    assert deliver(province, office, 1, 6)["accepted_through"] == 6
    assert call(province, "POST", "/events", batch[6:7], BATCH)[0] == status and cursor(province) == 6
    province.heal()
    assert deliver(province, office, 7, 9)["accepted_through"] == 9


def test_an_event_that_was_refused_is_taken_when_it_comes_again_alone(office: Office, province: OneStop) -> None:
    office.happen(5)
    province.fail("refuse", 1, seqs=[2, 4])
    assert [row["seq"] for row in deliver(province, office, 1, 5)["refused"]] == [2, 4]
    answer = deliver(province, office, 2, 2)
    assert [row["seq"] for row in answer["refused"]] == [4] and answer["accepted_through"] == 5
    assert [row["seq"] for row in province.store.stored("ba-vi", "e1")] == [1, 2, 3, 5]


@pytest.mark.parametrize("depth", [900, 200_000])
@pytest.mark.parametrize("place", ["/events", "/control/fail", "/control/dossiers", "/portal/mapi/g"])
def test_a_body_nested_too_deeply_is_refused_like_any_other_that_is_malformed(
    place: str, depth: int, province: OneStop
) -> None:
    method = "PUT" if place.endswith("dossiers") else "POST"
    for body in ("[" * depth, "[" * depth + "]" * depth, '[{"data":' * depth):
        connection = HTTPConnection("127.0.0.1", province.port, timeout=10)
        connection.request(method, place, body, {"Content-Type": BATCH if place == "/events" else "application/json"})
        status = connection.getresponse().status
        connection.close()
        assert status == 400 or (status == 200 and place.startswith("/portal"))


@pytest.mark.parametrize("sign", ["", "sha256=", "sha256=" + "0" * 64, "chữ ký".encode().decode("latin-1")])
def test_a_signature_that_is_missing_or_wrong_is_refused_when_a_secret_is_set(sign: str, office: Office) -> None:
    office.happen(1)
    province = OneStop(hmac_secret="bí mật")
    province.port = province.start()
    body = json.dumps([cloud_event(event) for event in office.epochs["e1"]]).encode()
    try:
        for method, path, sent in (("POST", "/events", body), ("GET", f"/events/cursor?source={SOURCE}", b"")):
            for given, status in ((sign, 401), (signature("bí mật", sent), 200), (sign, 401)):
                connection = HTTPConnection("127.0.0.1", province.port, timeout=10)
                headers = {"Content-Type": BATCH, **({"X-Signature": given} if given else {})}
                connection.request(method, path, sent, headers)
                assert connection.getresponse().status == status
                connection.close()
    finally:
        province.stop()


def test_sending_twice_stores_once(office: Office, province: OneStop) -> None:
    office.happen(5)
    assert deliver(province, office, 1, 5) == deliver(province, office, 1, 5) == deliver(province, office, 3, 5)
    assert len(province.store.stored("ba-vi", "e1")) == 5
