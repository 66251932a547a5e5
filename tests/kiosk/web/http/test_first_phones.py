"""The phone that followed a number rates its visit, and no other one."""

from __future__ import annotations

import pytest

from kiosk.domain.errors import Forbidden
from kiosk.web.http import first_phones
from kiosk.web.http.first_phones import FirstPhones
from tests.kiosk.web.api.test_ratings import ANSWER, served, token_path
from tests.office import OfficeStory

MINE, OTHER = "0" * 31 + "1", "f" * 32


def test_the_first_one_stays_the_first() -> None:
    phones = FirstPhones()
    phones.note("ticket", MINE)
    phones.note("ticket", OTHER)
    phones.require("ticket", MINE)
    for key in (OTHER, None, "", MINE.upper() + "0"):
        with pytest.raises(Forbidden, match="another phone or browser followed this number"):
            phones.require("ticket", key)


def test_where_no_phone_followed_whoever_asks_first_is_the_first() -> None:
    phones = FirstPhones()
    phones.note("ticket", "made up")
    phones.require("ticket", None)
    phones.require("ticket", OTHER)
    with pytest.raises(Forbidden):
        phones.require("ticket", MINE)


def test_made_up_keys_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_phones, "REMEMBERED", 5)
    phones = FirstPhones()
    for n in range(50):
        phones.note(f"ticket {n}", f"{n:032x}")
    assert len(phones._keys) == 5
    phones.require("ticket 49", f"{49:032x}")


def test_a_slip_that_was_picked_up_rates_nothing_where_its_citizen_followed_on_a_phone(
    small_office: OfficeStory,
) -> None:
    ticket = served(small_office)
    page = f"/api/v1/public/tickets/{ticket['public_token']}"
    assert small_office.send("GET", page, None, Phone_Key=MINE).status_code == 200
    assert small_office.send("GET", page, None, Phone_Key=OTHER).status_code == 200, "whoever has the slip may follow"
    for key in (OTHER, ""):
        refused = small_office.send("POST", token_path(ticket), None, {}, **({"Phone_Key": key} if key else {}))
        assert (refused.status_code, refused.json["because"]) == (403, "another-phone")
    given = small_office.send("POST", token_path(ticket), None, {}, Phone_Key=MINE).json
    body = {"ticket": ticket["id"], "answers": ANSWER, "rating_token": given["rating_token"]}
    assert small_office.send("POST", "/api/v1/ratings", None, body).status_code == 201


def test_the_kiosk_takes_the_slip_all_the_same(small_office: OfficeStory) -> None:
    """It stands in the hall, where everybody sees who touches it."""
    ticket = served(small_office)
    page = f"/api/v1/public/tickets/{ticket['public_token']}"
    assert small_office.send("GET", page, None, Phone_Key=MINE).status_code == 200
    assert small_office.send("POST", token_path(ticket), "kiosk", {}).status_code == 201
