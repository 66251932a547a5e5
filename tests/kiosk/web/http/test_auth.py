"""Who may call: a device by its token, a clerk by the session of a paired counter, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Request

from kiosk.domain.errors import Forbidden, Unauthorized
from kiosk.domain.tokens import hash_token
from kiosk.store.store import Store
from kiosk.store.tables import OfficeTables
from kiosk.store.unit_of_work import Actor
from kiosk.web.http import auth
from kiosk.web.http.auth import ANYONE, Authenticator, Caller
from tests.kiosk.web.http.conftest import ADDRESS, COOKIE, HALL, LAN, TOKEN, bearer, request
from tests.office import FixedClock


@pytest.mark.parametrize("header", [f"Bearer {TOKEN}", f"bearer {TOKEN}", f"BEARER  {TOKEN} "])
def test_a_device_is_known_by_its_token(authenticator: Authenticator, header: str) -> None:
    assert authenticator.caller(request(token=header)) == HALL


def test_a_counter_pc_acts_for_its_counter_and_for_no_clerk(authenticator: Authenticator) -> None:
    assert authenticator.caller(request(token=bearer("quay"))) == Caller("counter", "quay-1", "1", None)


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", f"Basic {TOKEN}", TOKEN, f"Token {TOKEN}"],
)
def test_without_a_token_in_its_place_nobody_is_known(authenticator: Authenticator, header: str | None) -> None:
    with pytest.raises(Unauthorized, match="Authorization: Bearer TOKEN"):
        authenticator.caller(request(token=header))


@pytest.mark.parametrize("token", ["another", TOKEN.upper(), TOKEN + "x", hash_token(TOKEN)])
def test_a_wrong_token_is_refused(authenticator: Authenticator, token: str) -> None:
    with pytest.raises(Unauthorized, match="unknown, revoked or expired"):
        authenticator.caller(request(token=bearer(token)))


def test_a_wrong_token_is_not_saved_by_a_right_cookie(authenticator: Authenticator) -> None:
    with pytest.raises(Unauthorized, match="unknown, revoked or expired"):
        authenticator.caller(request(token=bearer("another"), cookie=COOKIE))


def test_a_token_of_another_office_is_refused(authenticator: Authenticator, store: Store, clock: FixedClock) -> None:
    with store.writing() as tables:
        other = OfficeTables(tables.transaction, "soc-son")
        other.devices.add("hall", "admin", None, hash_token("theirs"), clock.now_ms())
        other.devices.add("quay-9", "counter", "1", hash_token("their quay"), clock.now_ms())
        other.sessions.add(hash_token("their-cookie"), "cuc", "1", "quay-9", clock.now_ms() + 1000)
    for call in (request(token=bearer("theirs")), request(cookie="their-cookie")):
        with pytest.raises(Unauthorized):
            authenticator.caller(call)


@pytest.mark.parametrize(("seconds", "valid"), [(0.0, True), (9.999, True), (10.0, True), (10.001, False)])
def test_a_token_ends_at_its_time(
    authenticator: Authenticator, store: Store, clock: FixedClock, seconds: float, valid: bool
) -> None:
    with store.writing() as tables:
        tables.devices.add("admin-1", "admin", None, hash_token("short"), clock.now_ms(), clock.now_ms() + 10_000)
    authenticator.caller(request(token=bearer("short")))
    clock.passes(seconds)
    if valid:
        assert authenticator.caller(request(token=bearer("short"))).role == "admin"
    else:
        with pytest.raises(Unauthorized):
            authenticator.caller(request(token=bearer("short")))


@pytest.mark.parametrize(("seconds", "still_known"), [(0.5, True), (1.0, True), (1.01, False)])
def test_a_revoked_token_ends_within_a_second(
    authenticator: Authenticator, store: Store, clock: FixedClock, seconds: float, still_known: bool
) -> None:
    authenticator.caller(request(token=bearer()))
    with store.writing() as tables:
        assert tables.devices.revoke("hall", clock.now_ms())
    clock.passes(seconds)
    if still_known:
        assert authenticator.caller(request(token=bearer())) == HALL
    else:
        with pytest.raises(Unauthorized):
            authenticator.caller(request(token=bearer()))


def test_a_token_that_was_unknown_is_known_a_second_after_it_was_made(
    authenticator: Authenticator, store: Store, clock: FixedClock
) -> None:
    for _ in range(2):
        with pytest.raises(Unauthorized):
            authenticator.caller(request(token=bearer("new")))
        with store.writing() as tables:
            tables.devices.add("door", "kiosk", None, hash_token("new"), clock.now_ms())
    clock.passes(1.01)
    assert authenticator.caller(request(token=bearer("new"))).name == "door"


def test_the_database_is_asked_once_a_second_for_a_token(
    authenticator: Authenticator, store: Store, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings = list[int]()
    reading = store.reading

    def counted() -> Any:
        readings.append(1)
        return reading()

    monkeypatch.setattr(store, "reading", counted)
    for _ in range(3):
        authenticator.caller(request(token=bearer()))
    assert len(readings) == 1
    clock.passes(1.5)
    authenticator.caller(request(token=bearer()))
    clock.passes(0.9)
    authenticator.caller(request(token=bearer()))
    assert len(readings) == 2


def test_guessed_tokens_do_not_fill_the_memory(authenticator: Authenticator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth, "REMEMBERED", 3)
    sizes = []
    for n in range(7):
        with pytest.raises(Unauthorized):
            authenticator.caller(request(token=bearer(f"guess {n}")))
        sizes.append(len(authenticator._holders))
    assert sizes == [1, 2, 3, 1, 2, 3, 1]


def test_a_signed_in_clerk_acts_at_the_counter_of_the_device(authenticator: Authenticator) -> None:
    assert authenticator.caller(request(cookie=COOKIE)) == LAN


@pytest.mark.parametrize("cookie", ["another", hash_token(COOKIE)])
def test_a_wrong_cookie_is_refused(authenticator: Authenticator, cookie: str) -> None:
    with pytest.raises(Unauthorized, match="sign in again"):
        authenticator.caller(request(cookie=cookie))


def test_an_empty_cookie_is_none(authenticator: Authenticator) -> None:
    with pytest.raises(Unauthorized, match="Bearer TOKEN"):
        authenticator.caller(request(cookie=""))


@pytest.mark.parametrize(("seconds", "valid"), [(3599.0, True), (3600.0, True), (3600.001, False), (86_400.0, False)])
def test_a_session_ends_at_its_time(
    authenticator: Authenticator, clock: FixedClock, seconds: float, valid: bool
) -> None:
    clock.passes(seconds)
    if valid:
        assert authenticator.caller(request(cookie=COOKIE)) == LAN
    else:
        with pytest.raises(Unauthorized, match="this session has ended"):
            authenticator.caller(request(cookie=COOKIE))


def test_a_session_ends_with_signing_out_and_with_its_device(
    authenticator: Authenticator, store: Store, clock: FixedClock
) -> None:
    with store.writing() as tables:
        tables.sessions.add(hash_token("second"), "lan", "1", "quay-1", clock.now_ms() + 1000)
        tables.sessions.add(hash_token("no-device"), "lan", "1", "quay-9", clock.now_ms() + 1000)
        tables.sessions.remove(hash_token(COOKIE))
    for cookie in (COOKIE, "no-device"):
        with pytest.raises(Unauthorized):
            authenticator.caller(request(cookie=cookie))
    assert authenticator.caller(request(cookie="second")) == LAN
    with store.writing() as tables:
        tables.devices.revoke("quay-1", clock.now_ms())
    with pytest.raises(Unauthorized):
        authenticator.caller(request(cookie="second"))


SITES = [
    ("POST", {}, True),
    ("POST", {"sec_fetch_site": "same-origin"}, True),
    ("POST", {"sec_fetch_site": "same-site"}, False),
    ("POST", {"sec_fetch_site": "cross-site"}, False),
    ("POST", {"sec_fetch_site": "none"}, False),
    ("POST", {"origin": ADDRESS}, True),
    ("POST", {"origin": "http://evil.example"}, False),
    ("POST", {"origin": "https://kiosk.local:8080"}, False),
    ("POST", {"origin": "http://kiosk.local"}, False),
    ("POST", {"origin": "null"}, False),
    ("POST", {"origin": ""}, False),
    ("POST", {"sec_fetch_site": "same-origin", "origin": "http://evil.example"}, False),
    ("POST", {"sec_fetch_site": "cross-site", "origin": ADDRESS}, False),
    ("PUT", {"sec_fetch_site": "cross-site"}, False),
    ("DELETE", {"sec_fetch_site": "cross-site"}, False),
    ("PATCH", {"origin": "http://evil.example"}, False),
    ("GET", {"sec_fetch_site": "cross-site", "origin": "http://evil.example"}, True),
    ("HEAD", {"sec_fetch_site": "cross-site"}, True),
    ("OPTIONS", {"sec_fetch_site": "cross-site"}, True),
]


@pytest.mark.parametrize(("method", "headers", "taken"), SITES)
def test_a_cookie_counts_only_from_our_own_pages(
    authenticator: Authenticator, method: str, headers: dict[str, str], taken: bool
) -> None:
    call = request(method, cookie=COOKIE, **headers)
    if taken:
        assert authenticator.caller(call) == LAN
    else:
        with pytest.raises(Forbidden, match="from another site"):
            authenticator.caller(call)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"])
def test_a_cookie_with_a_form_of_another_site_is_refused(authenticator: Authenticator, kind: str) -> None:
    """Browsers send these without asking first, and old ones tell no origin."""
    call = request("POST", cookie=COOKIE)
    call.environ["CONTENT_TYPE"] = kind
    with pytest.raises(Forbidden, match="a form is not taken"):
        authenticator.caller(call)
    call.environ["CONTENT_TYPE"] = "application/json; charset=utf-8"
    assert authenticator.caller(Request(call.environ)) == LAN


@pytest.mark.parametrize(
    ("scheme", "cookie", "known"),
    [
        ("https", "__Host-motcua_session", True),
        ("https", "motcua_session", False),
        ("http", "__Host-motcua_session", False),
    ],
)
def test_over_tls_only_the_cookie_that_no_plain_page_can_set_counts(
    authenticator: Authenticator, scheme: str, cookie: str, known: bool
) -> None:
    call = request()
    call.environ.update({"wsgi.url_scheme": scheme, "HTTP_COOKIE": f"{cookie}={COOKIE}"})
    if known:
        assert authenticator.caller(Request(call.environ)) == LAN
    else:
        with pytest.raises(Unauthorized):
            authenticator.caller(Request(call.environ))


def test_a_token_counts_from_anywhere(authenticator: Authenticator) -> None:
    """No browser adds it by itself."""
    call = request("POST", bearer(), sec_fetch_site="cross-site", origin="http://evil.example")
    assert authenticator.caller(call) == HALL


def test_among_guesses_the_devices_of_the_office_stay_known(
    authenticator: Authenticator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auth, "REMEMBERED", 3)
    authenticator.caller(request(token=bearer()))
    for n in range(4):
        with pytest.raises(Unauthorized):
            authenticator.caller(request(token=bearer(f"guess {n}")))
    assert authenticator.remembered(bearer()) is not None


def test_more_devices_than_are_kept_are_read_again(
    authenticator: Authenticator, store: Store, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auth, "REMEMBERED", 2)
    with store.writing() as tables:
        tables.devices.add("door", "kiosk", None, hash_token("door"), clock.now_ms())
    for token in (TOKEN, "quay", "door"):
        authenticator.caller(request(token=bearer(token)))
    assert [authenticator.remembered(bearer(token)) is not None for token in (TOKEN, "quay", "door")] == [
        False,
        False,
        True,
    ]


def test_a_thousand_tokens_are_remembered() -> None:
    assert auth.REMEMBERED == 1000


def test_what_is_remembered_of_a_header_asks_nobody(authenticator: Authenticator) -> None:
    assert authenticator.remembered(bearer()) is None, "nobody looked it up yet"
    authenticator.caller(request(token=bearer()))
    device = authenticator.remembered(bearer())
    assert device is not None and device.name == "hall"
    assert authenticator.remembered("") is None and authenticator.remembered(f"Basic {TOKEN}") is None
    authenticator.forget()
    assert authenticator.remembered(bearer()) is None


@pytest.mark.parametrize(
    ("caller", "actor"),
    [
        (Caller("counter", "quay-1", "1", None), Actor("counter", "quay-1", None, "1")),
        (Caller("counter", "quay-1", "1", "lan"), Actor("counter", "quay-1", "lan", "1")),
        (Caller("tablet", "tablet-1", "1"), Actor("tablet", "tablet-1", None, None)),
        (Caller("admin", "admin-1", None, "mai"), Actor("admin", "admin-1", "mai", None)),
    ],
)
def test_who_acts_is_the_person_the_device_and_at_a_counters_pc_the_counter(caller: Caller, actor: Actor) -> None:
    assert caller.actor == actor


NONE_OR_COUNTER = frozenset({"none", "counter"})


@pytest.mark.parametrize(("cookie", "role"), [(COOKIE, "counter"), ("another", "none"), (None, "none")])
def test_where_anyone_may_call_a_session_still_counts(
    authenticator: Authenticator, cookie: str | None, role: str
) -> None:
    assert authenticator.authorise(request(cookie=cookie), NONE_OR_COUNTER).role == role


def test_where_anyone_may_call_a_session_that_ended_is_none(authenticator: Authenticator, clock: FixedClock) -> None:
    clock.passes(3601)
    assert authenticator.authorise(request(cookie=COOKIE), NONE_OR_COUNTER) == ANYONE


Change = Callable[[OfficeTables, FixedClock], object]
ENDINGS: dict[str, tuple[Change, set[str]]] = {
    "nothing": (lambda tables, clock: None, set()),
    "the kiosk is revoked": (lambda tables, clock: tables.devices.revoke("hall", clock.now_ms()), {"hall"}),
    "the kiosk is removed": (lambda tables, clock: tables.devices.remove("hall"), {"hall"}),
    "the session is over": (lambda tables, clock: tables.sessions.end_all(), {"lan"}),
    "its hour is over": (lambda tables, clock: clock.passes(3601), {"lan"}),
    "its device is revoked": (lambda tables, clock: tables.devices.revoke("quay-1", clock.now_ms()), {"lan", "quay"}),
    "its device is removed": (lambda tables, clock: tables.devices.remove("quay-1"), {"lan", "quay"}),
}


@pytest.mark.parametrize("what", ENDINGS)
def test_which_credentials_no_longer_hold(
    authenticator: Authenticator, store: Store, clock: FixedClock, what: str
) -> None:
    credentials = {
        "hall": auth.DEVICE + hash_token(TOKEN),
        "quay": auth.DEVICE + hash_token("quay"),
        "lan": auth.SESSION + hash_token(COOKIE),
    }
    change, ended = ENDINGS[what]
    with store.writing() as tables:
        change(tables, clock)
    assert authenticator.ended(credentials.values()) == {credentials[name] for name in ended}
