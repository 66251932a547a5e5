"""Wrong codes: so many at once, then one after another; who guesses stops nobody else."""

from __future__ import annotations

import pytest

from kiosk.domain.errors import TooMany
from kiosk.web.http import wrong_tries
from kiosk.web.http.wrong_tries import Trier, WrongTries
from tests.office import FixedClock

JOKER = Trier("kiosk-hall", "10.0.0.7")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def tries(clock: FixedClock) -> WrongTries:
    return WrongTries(clock.monotonic, 5)


def wrong(tries: WrongTries, trier: Trier, count: int, kind: str = "dossier") -> None:
    for _ in range(count):
        tries.check(kind, trier)
        tries.note(kind, trier)


def test_five_at_once_then_one_a_minute(tries: WrongTries, clock: FixedClock) -> None:
    wrong(tries, JOKER, 5)
    with pytest.raises(TooMany, match="wait 60 s, or call an officer"):
        tries.check("dossier", JOKER)
    clock.passes(59.9)
    with pytest.raises(TooMany):
        tries.check("dossier", JOKER)
    clock.passes(0.2)
    wrong(tries, JOKER, 1)
    with pytest.raises(TooMany):
        tries.check("dossier", JOKER)
    clock.passes(300)
    wrong(tries, JOKER, 5)


@pytest.mark.parametrize(
    "other",
    [
        Trier("kiosk-2", "10.0.0.8"),
        Trier("kiosk-2", "10.0.0.7"),  # two kiosks behind one proxy
        Trier("kiosk-hall", "10.0.0.9"),  # the kiosk itself, when its token is used elsewhere
    ],
)
def test_who_guesses_stops_nobody_else(tries: WrongTries, other: Trier) -> None:
    wrong(tries, JOKER, 5)
    wrong(tries, other, 5)


def test_numbers_to_rate_and_codes_of_dossiers_are_counted_apart(tries: WrongTries) -> None:
    wrong(tries, JOKER, 5, "rating")
    tries.check("dossier", JOKER)


def test_right_ones_count_nothing(tries: WrongTries) -> None:
    wrong(tries, JOKER, 4)
    for _ in range(100):
        tries.check("dossier", JOKER)


def test_a_token_that_was_carried_off_guesses_no_more_from_many_addresses(tries: WrongTries) -> None:
    for place in range(10):
        wrong(tries, Trier("kiosk-hall", f"10.0.1.{place}"), 5)
    with pytest.raises(TooMany):
        tries.check("dossier", Trier("kiosk-hall", "10.0.1.200"))


def test_addresses_of_one_ipv6_network_are_one(tries: WrongTries) -> None:
    wrong(tries, Trier("kiosk-hall", "fd00::1"), 5)
    with pytest.raises(TooMany):
        tries.check("dossier", Trier("kiosk-hall", "fd00::2"))
    tries.check("dossier", Trier("kiosk-hall", "fd00:0:0:1::2"))


def test_many_addresses_do_not_fill_the_memory(tries: WrongTries, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrong_tries, "REMEMBERED", 6)
    for n in range(50):
        tries.note("dossier", Trier(f"kiosk-{n}", "10.0.0.1"))
    assert len(tries._levels) == 6
