"""Which role may make a call, and how often a device may ask."""

from __future__ import annotations

import pytest

from kiosk.domain.errors import Forbidden, TooMany, Unauthorized
from kiosk.store.store import Store
from kiosk.web.http.auth import ANYONE, Authenticator, Caller
from tests.kiosk.web.http.conftest import HALL, LAN, bearer, request
from tests.office import FixedClock

ROLES = [
    ("kiosk", bearer(), HALL),
    ("kiosk counter", bearer(), HALL),
    ("none kiosk", bearer(), HALL),
    ("none tablet", None, ANYONE),
    ("none", None, ANYONE),
    ("", None, ANYONE),
    ("", bearer("wrong"), ANYONE),
]


@pytest.mark.parametrize(("roles", "token", "caller"), ROLES)
def test_a_call_knows_who_may_make_it(
    authenticator: Authenticator, roles: str, token: str | None, caller: Caller
) -> None:
    assert authenticator.authorise(request(token=token), frozenset(roles.split())) == caller


@pytest.mark.parametrize(
    ("roles", "allowed"),
    [("counter", "counter"), ("tablet admin", "admin, tablet"), ("none tablet", "tablet"), ("kiosks", "kiosks")],
)
def test_the_wrong_role_is_refused_and_told_the_right_ones(
    authenticator: Authenticator, roles: str, allowed: str
) -> None:
    with pytest.raises(Forbidden, match=f"a kiosk may not call this; allowed: {allowed}$"):
        authenticator.authorise(request(token=bearer()), frozenset(roles.split()))


@pytest.mark.parametrize(
    ("roles", "token"), [("kiosk", None), ("none kiosk", bearer("wrong")), ("kiosk", bearer("wrong"))]
)
def test_without_a_valid_credential_a_call_with_roles_is_refused(
    authenticator: Authenticator, roles: str, token: str | None
) -> None:
    with pytest.raises(Unauthorized):
        authenticator.authorise(request(token=token), frozenset(roles.split()))


def test_tickets_a_minute_are_limited_for_each_device(store: Store, clock: FixedClock) -> None:
    limited = Authenticator(store, clock, 2)
    limited.count_ticket(HALL)
    clock.passes(30)
    limited.count_ticket(HALL)
    with pytest.raises(TooMany, match="more than 2 tickets a minute from hall"):
        limited.count_ticket(HALL)
    limited.count_ticket(LAN)
    clock.passes(29.9)
    with pytest.raises(TooMany):
        limited.count_ticket(HALL)
    clock.passes(0.1)
    limited.count_ticket(HALL)
    with pytest.raises(TooMany):
        limited.count_ticket(HALL)


def test_without_a_limit_tickets_are_not_counted(authenticator: Authenticator) -> None:
    for _ in range(1000):
        authenticator.count_ticket(HALL)
    assert authenticator._issued == {}


def test_anyone_has_no_role_of_a_device() -> None:
    assert Caller("none", "anonymous", None, None) == ANYONE
