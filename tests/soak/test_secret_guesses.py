"""Ten thousand guesses at each secret, ten a second, open nothing, and whoever is honest comes in meanwhile."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.accounts import SecondFactor
from kiosk.domain.totp import matching_step, new_totp_secret, totp_code
from kiosk.domain.weak_secrets import pin_weakness
from kiosk.store.credentials import hash_secret
from tests.office import OfficeStory, sample_configuration

SEED, A_GUESS_S = 7, 0.1
SHORT, LONG = 200, 10_000
MOST = 0.001  # of 10,000 guesses
ATTACKER, HONEST = "10.0.0.66", "10.0.0.5"
PASSWORD, PIN = "mua xuân ở Ba Vì", "4821"
PINS = sum(pin_weakness(f"{n:04}") is None for n in range(10_000))
CODES, GOOD_AT_ONCE = 10**6, 3  # of a telephone: the present half minute, the one before, the one after
Guess = Callable[[int], int]


class Attacked:
    """An office, and how many guesses were compared with a secret."""

    def __init__(self, home: Path, patch: pytest.MonkeyPatch) -> None:
        self.story = OfficeStory("", sample_configuration(f"sqlite:///{home / 'motcua.db'}", opening="always"))
        self.factor = new_totp_secret()
        with self.story.app.store.writing() as tables:
            tables.clerks.add("c-1", "Lan", hash_secret(PIN))
            tables.persons.add("chief", hash_secret(PASSWORD), "admin")
            tables.persons.add("guarded", hash_secret(PASSWORD), "admin")
            tables.persons.set_second_factor("guarded", SecondFactor(self.factor, 0))
        self.compared = 0
        given = self.story.service.dependencies
        real = given.same_secret

        def counting(known: str | None, typed: str) -> bool:
            """The right secret is compared as it is; a wrong one without the slow hash."""
            self.compared += typed not in {PASSWORD, PIN}
            return typed in {PASSWORD, PIN} and real(known, typed)

        patch.setattr(given, "same_secret", counting)
        self._client = self.story.service.flask_app.test_client()

    def ask(self, method: str, path: str, body: Any = None, address: str = ATTACKER, token: str = "") -> Any:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self._client.open(path, method=method, json=body, headers=headers, environ_base={"REMOTE_ADDR": address})

    def tries(self, guess: Guess, count: int) -> Counter[int]:
        statuses: Counter[int] = Counter()
        for number in range(count):
            statuses[guess(number)] += 1
            self.story.clock.passes(A_GUESS_S)
        return statuses

    def sign_in(self, pin: str, counter: str, address: str = HONEST) -> int:
        body, token = {"clerk": "Lan", "pin": pin}, self.story.token("counter", counter)
        return int(self.ask("POST", "/api/v1/session", body, address, token).status_code)

    def administer(self, password: str, address: str, name: str = "chief", code: str = "") -> int:
        body = {"name": name, "password": password, "code": code}
        return int(self.ask("POST", "/api/v1/admin/session", body, address).status_code)

    def honest_people_come_in(self) -> None:
        assert self.sign_in(PIN, "2") == 200, "the clerk, at another counter than the attacker's"
        assert self.administer(PASSWORD, HONEST) == 200
        code = totp_code(self.factor, self.story.clock.now_ms() // 30_000)
        assert self.administer(PASSWORD, HONEST, "guarded", code) == 200
        number = self.ask("POST", "/api/v1/tickets", {"service": "HT"}, HONEST, self.story.token("kiosk"))
        assert number.status_code == 201


@pytest.fixture
def attacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Attacked]:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    office = Attacked(tmp_path, monkeypatch)
    yield office
    office.story.close()


@pytest.fixture(params=[SHORT, pytest.param(LONG, marks=pytest.mark.soak)])
def count(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def test_pins_with_a_stolen_counters_token(attacked: Attacked, count: int) -> None:
    wrong = [f"{n:04}" for n in random.Random(SEED).sample(range(10_000), 10_000) if f"{n:04}" != PIN]
    statuses = attacked.tries(lambda n: attacked.sign_in(wrong[n % len(wrong)], "1", ATTACKER), count)
    assert set(statuses) == {401, 429} and statuses[401] == attacked.compared
    assert attacked.compared / PINS < MOST
    attacked.honest_people_come_in()


def test_passwords_of_an_administrator(attacked: Attacked, count: int) -> None:
    statuses = attacked.tries(lambda n: attacked.administer(f"mật khẩu {n}", ATTACKER), count)
    assert set(statuses) == {401, 429} and statuses[401] == attacked.compared
    assert attacked.compared / LONG < MOST, "although it were among the ten thousand next to the usual ones"
    attacked.honest_people_come_in()


def test_names_of_administrators(attacked: Attacked, count: int) -> None:
    statuses = attacked.tries(lambda n: attacked.administer("mật khẩu", ATTACKER, f"name {n}"), count)
    assert set(statuses) == {401, 429} and attacked.compared <= 13
    attacked.honest_people_come_in()


def test_codes_of_a_telephone_by_whoever_knows_the_password(attacked: Attacked, count: int) -> None:
    chance = random.Random(SEED)

    def guess(_: int) -> int:
        code = f"{chance.randrange(CODES):06}"
        while matching_step(attacked.factor, code, attacked.story.clock.now_ms(), 0) is not None:
            code = f"{chance.randrange(CODES):06}"  # the test does not hang on chance
        return attacked.administer(PASSWORD, ATTACKER, "guarded", code)

    statuses = attacked.tries(guess, count)
    assert set(statuses) == {401, 429}
    assert statuses[401] * GOOD_AT_ONCE / CODES < MOST
    attacked.honest_people_come_in()


def test_tokens(attacked: Attacked, count: int) -> None:
    chance = random.Random(SEED)
    guess = lambda _: attacked.ask("GET", "/api/v1/board", token=f"{chance.getrandbits(256):x}").status_code  # noqa: E731
    assert set(attacked.tries(guess, count)) == {401}
    attacked.honest_people_come_in()


def test_codes_and_secrets_of_pairings(attacked: Attacked, count: int) -> None:
    """A device waits for its approval meanwhile; it alone collects its token."""
    asked = attacked.ask("POST", "/api/v1/devices/pair", {"role": "tablet", "name": "tablet-3"}, HONEST).json
    admin = attacked.story.token("admin")
    attacked.ask("POST", f"/api/v1/devices/pair/{asked['code']}/approve", {}, HONEST, admin)
    chance = random.Random(SEED)

    def guess(number: int) -> int:
        if number % 2:
            code = "".join(chance.choices("BCDFGHJKLMNPQRSTVWXZ", k=8))
            return int(attacked.ask("GET", f"/api/v1/devices/pair/{code}").status_code)
        secret = f"{chance.getrandbits(256):x}"
        return int(attacked.ask("POST", "/api/v1/devices/pair/token", {"device_code": secret}).status_code)

    statuses = attacked.tries(guess, min(count, 5_000))  # a pairing lives for ten minutes
    assert set(statuses) <= {404, 429}
    shown = attacked.ask("GET", f"/api/v1/devices/pair/{asked['code']}").json
    assert shown["state"] == "approved" and shown.get("token") is None
    collected = attacked.ask("POST", "/api/v1/devices/pair/token", {"device_code": asked["device_code"]}, HONEST).json
    assert collected["state"] == "collected" or collected["token"]
    attacked.honest_people_come_in()
