"""The simulated one-stop system as other people's engineers drive it: by HTTP, one fault at a time."""

from __future__ import annotations

import json
from http.client import HTTPConnection
from typing import Any

import pytest

from sync.envelope import BATCH, cloud_event, signature
from sync.simulator.faults import AFTER, AT_ONCE, BEFORE, MODES
from sync.simulator.onestop import OneStop
from tests.sync.journal import Office

SOURCE = "urn:motcua:ba-vi:e1"


def call(
    province: OneStop, method: str, path: str, body: Any = None, kind: str = "application/json"
) -> tuple[int, str]:
    """(status, body); no redirect is followed."""
    connection = HTTPConnection("127.0.0.1", province.port, timeout=10)  # type: ignore[attr-defined]
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


def test_a_fault_that_nobody_knows_is_refused_with_those_that_are(province: OneStop) -> None:
    status, text = call(province, "POST", "/control/fail", {"mode": "earthquake"})
    assert status == 400 and "gzip_bomb" in text
    assert MODES >= AFTER | BEFORE | AT_ONCE and not BEFORE & AFTER


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
        connection = HTTPConnection("127.0.0.1", province.port, timeout=10)  # type: ignore[attr-defined]
        connection.request(method, place, body, {"Content-Type": BATCH if place == "/events" else "application/json"})
        status = connection.getresponse().status
        connection.close()
        assert status == 400 or (status == 200 and place.startswith("/portal"))


@pytest.mark.parametrize("sign", ["", "sha256=", "sha256=" + "0" * 64, "chữ ký".encode().decode("latin-1")])
def test_a_signature_that_is_missing_or_wrong_is_refused_when_a_secret_is_set(sign: str, office: Office) -> None:
    office.happen(1)
    province = OneStop(hmac_secret="bí mật")
    province.port = province.start()  # type: ignore[attr-defined]
    body = json.dumps([cloud_event(event) for event in office.epochs["e1"]]).encode()
    try:
        for method, path, sent in (("POST", "/events", body), ("GET", f"/events/cursor?source={SOURCE}", b"")):
            for given, status in ((sign, 401), (signature("bí mật", sent), 200), (sign, 401)):
                connection = HTTPConnection("127.0.0.1", province.port, timeout=10)  # type: ignore[attr-defined]
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
