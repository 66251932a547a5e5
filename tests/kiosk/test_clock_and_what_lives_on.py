"""Sessions, tokens, lock-outs, pairings and repeated calls keep their age when the office's time is corrected."""

from __future__ import annotations

import pytest

from kiosk.maintenance.initialise import add_administrator
from kiosk.store.credentials import hash_secret
from tests.kiosk.clock_story import DAY, HOUR, JUMPS, MINUTE, ClockStory
from tests.office import OfficeStory

TAKEN = ["+30s", "+1d", "-11min"]  # jumps that are taken once they have held


@pytest.fixture
def told(small_office: OfficeStory) -> ClockStory:
    return ClockStory(small_office)


def jump_is_taken(told: ClockStory, seconds: float) -> None:
    """After it the office's time is the machine's, six minutes later."""
    told.is_set(seconds)
    told.passes(6 * MINUTE)
    assert told.doubt == "none" and told.office.app.clock.now_ms() == told.clock.ms


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize("jump", TAKEN)
def test_a_clerk_stays_signed_in_until_behind_the_close_and_an_administrator_for_twelve_hours(
    told: ClockStory, jump: str
) -> None:
    add_administrator(told.office.app, "quan-tri", "mot mat khau")
    with told.office.app.store.writing() as tables:
        tables.clerks.add("c-1", "Đinh Thị Lan", hash_secret("2468"))
    signed_in = {"name": "quan-tri", "password": "mot mat khau"}
    token = told.office.send("POST", "/api/v1/admin/session", None, signed_in).json["token"]  # type: ignore[index]
    session = {"clerk": "c-1", "pin": "2468"}
    assert told.office.send("POST", "/api/v1/session", "counter", session, "1").status_code == 200
    jump_is_taken(told, JUMPS[jump])
    web = told.office.service.flask_app.test_client()
    web.set_cookie("motcua_session", _cookie(told))
    told.clock.passes(10 * HOUR + 28 * MINUTE)  # signed in at 6:55, the office closes at 17:00
    is_another_day = jump == "+1d"  # sittings end with the day they began on
    assert web.get("/api/v1/counters/1").status_code == (401 if is_another_day else 200)
    told.clock.passes(2 * MINUTE)
    assert web.get("/api/v1/counters/1").status_code == 401
    told.clock.passes(HOUR + 23 * MINUTE)
    assert web.get("/api/v1/admin/summary", headers=bearer(token)).status_code == 200
    told.clock.passes(2 * MINUTE)
    assert web.get("/api/v1/admin/summary", headers=bearer(token)).status_code == 401


def _cookie(told: ClockStory) -> str:
    client = told.office._client
    assert client is not None
    cookie = client.get_cookie("motcua_session")
    assert cookie is not None
    return cookie.value


@pytest.mark.parametrize("jump", TAKEN)
def test_a_clerk_who_typed_wrong_pins_waits_a_minute_and_no_longer(told: ClockStory, jump: str) -> None:
    with told.office.app.store.writing() as tables:
        tables.clerks.add("c-1", "Đinh Thị Lan", hash_secret("2468"))
    for _ in range(6):  # the wait after the sixth lasts five minutes
        told.office.send("POST", "/api/v1/session", "counter", {"clerk": "c-1", "pin": "1111"}, "1")
        told.clock.passes(61)
    told.clock.passes(-61)
    right = {"clerk": "c-1", "pin": "2468"}
    told.is_set(JUMPS[jump])
    if abs(JUMPS[jump]) > 10 * MINUTE:
        told.confirm("machine")
    assert told.office.send("POST", "/api/v1/session", "counter", right, "1").status_code == 429
    told.clock.passes(299)
    assert told.office.send("POST", "/api/v1/session", "counter", right, "1").status_code == 429
    told.clock.passes(2)
    assert told.office.send("POST", "/api/v1/session", "counter", right, "1").status_code == 200


@pytest.mark.parametrize("jump", TAKEN)
def test_a_pairing_code_lives_ten_minutes_and_a_repeated_call_gets_its_answer(told: ClockStory, jump: str) -> None:
    device = {"role": "board", "name": "hall"}
    code = told.office.send("POST", "/api/v1/devices/pair", None, device).json["code"]  # type: ignore[index]
    body, key = {"service": "HT"}, "one touch"
    told.until("07:05:00")
    first = told.office.send("POST", "/api/v1/tickets", "kiosk", body, Idempotency_Key=key)
    code = told.office.send("POST", "/api/v1/devices/pair", None, device).json["code"]  # type: ignore[index]
    jump_is_taken(told, JUMPS[jump])
    again = told.office.send("POST", "/api/v1/tickets", "kiosk", body, Idempotency_Key=key)
    assert (again.json, again.headers["Idempotency-Replayed"]) == (first.json, "true")
    told.clock.passes(3 * MINUTE + 50)
    assert told.office.send("GET", f"/api/v1/devices/pair/{code}", None).status_code == 200
    told.clock.passes(20)
    assert told.office.send("GET", f"/api/v1/devices/pair/{code}", None).status_code == 404


@pytest.mark.parametrize("jump", ["+30s", "-30s", "+11min", "-11min"])
def test_an_undo_restores_the_times_as_they_are_now(told: ClockStory, jump: str) -> None:
    told.until("07:10:00")
    ticket = told.take().json["id"]  # type: ignore[index]
    told.until("07:20:00")
    told.call()
    told.act(ticket, "start")
    before = told.ticket(ticket)
    told.act(ticket, "complete")
    told.is_set(JUMPS[jump])
    if abs(JUMPS[jump]) > 10 * MINUTE:
        told.confirm("machine")
    assert told.act(ticket, "undo").status_code == 200
    after, moved = told.ticket(ticket), JUMPS[jump] * 1000
    assert after.state == "SERVING" and after.ended_at is None
    assert (after.called_at, after.serving_at) == (
        before.called_at + moved if before.called_at else None,
        before.serving_at + moved if before.serving_at else None,
    )
    assert told.differences() == []


def test_no_device_falls_silent_because_the_clock_was_set(told: ClockStory) -> None:
    told.office.send("POST", "/api/v1/devices/heartbeat", "tablet", {"state": "online"}, counter="1")
    told.is_set(DAY)
    told.confirm("machine")
    told.look()
    assert told.events("device.offline") == []
    told.passes(50)
    assert len(told.events("device.offline")) == 1
