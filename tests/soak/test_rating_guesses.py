"""Nobody rates by guessing: neither tokens, nor addresses, nor ids of ratings."""

from __future__ import annotations

import random
from uuid import UUID

import pytest

from kiosk.domain.tokens import BASE58
from tests.office import OfficeStory

SEED = 13
SHORT, LONG = 300, 100_000
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def served(office: OfficeStory) -> str:
    ticket = office.take_number("HT")
    office.call_next("1")
    office.send("POST", f"/api/v1/tickets/{ticket.id}/complete", "counter", {}, counter="1")
    return ticket.id


def guess_all(office: OfficeStory, count: int) -> dict[int, int]:
    """How often each status was answered; a third each of tokens, addresses and ids of ratings."""
    chance = random.Random(SEED)
    ticket, answers = served(office), {"attitude": "not_satisfied"}
    client = office.service.flask_app.test_client()
    statuses: dict[int, int] = {}
    for number in range(count):
        token = "".join(chance.choices(LETTERS, k=22))
        if number % 3 == 0:
            body = {"ticket": ticket, "answers": answers, "rating_token": token}
            answer = client.post("/api/v1/ratings", json=body)
        elif number % 3 == 1:
            address = "".join(chance.choices(BASE58, k=12))
            answer = client.post(f"/api/v1/public/tickets/{address}/rating-token", json={})
        else:
            rating = UUID(int=chance.getrandbits(128))
            body = {"reasons": ["attitude"], "rating_token": token}
            answer = client.put(f"/api/v1/ratings/{rating}/reasons", json=body)
        statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
    assert not office.ticket(ticket).rated
    assert not any(kind.startswith("rating.") for kind in office.types())
    honest = {"ticket": ticket, "answers": answers}
    assert office.send("POST", "/api/v1/ratings", "tablet", honest, counter="1").status_code == 201
    assert office.types().count("rating.submitted") == 1, "who may rate still can"
    return statuses


@pytest.mark.parametrize("count", [SHORT, pytest.param(LONG, marks=pytest.mark.soak)])
def test_no_guess_rates(small_office: OfficeStory, count: int) -> None:
    statuses = guess_all(small_office, count)
    assert set(statuses) <= {403, 404, 429}, "refused, unknown or too many"
    assert sum(statuses.values()) == count
