"""How far followers are, and which of them say nothing although events wait."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from contract.followers import webhook_name
from contract.times import to_rfc3339
from kiosk.domain.followers import FollowerStatus, Upstream, with_requests
from kiosk.queries.followers import behind, epochs_of, is_silent, kind_of, read_followers
from tests.office import OfficeStory

MINUTE = 60_000
NOW = 1_713_143_520_000
UPSTREAM = Upstream({"tinh": "https://mot-cua.example/events"}, "usb")
URL = "https://example.org/hook"
WEBHOOKS = {webhook_name(URL): URL}
EPOCHS = [("e1", 100), ("e2", 40)]


def follower(
    epoch: str = "e2", cursor: int = 40, state: str = "ok", heard_ago: int = 0, name: str = "tinh"
) -> FollowerStatus:
    return FollowerStatus(name, epoch, cursor, state, None, [], NOW - heard_ago, NOW - heard_ago)


@pytest.mark.parametrize(
    ("epoch", "cursor", "events"),
    [
        ("e2", 40, 0),
        ("e2", 39, 1),
        ("e2", 0, 40),
        ("e1", 100, 40),
        ("e1", 99, 41),
        ("e1", 0, 140),
        ("of another office", 7, 140),
        ("e2", 41, 0),
    ],
)
def test_a_follower_is_behind_by_all_it_has_not_confirmed_over_every_epoch(
    epoch: str, cursor: int, events: int
) -> None:
    assert behind(follower(epoch, cursor), EPOCHS) == events


class Journal:
    """Of which the time of one event is asked."""

    def __init__(self, event_ago: int | None) -> None:
        self.event_ago = event_ago
        self.asked: list[tuple[str, int]] = []

    def read(self, epoch: str, after: int, limit: int) -> list[Any]:
        self.asked.append((epoch, after))
        if self.event_ago is None:
            return []
        return [SimpleNamespace(body=json.dumps({"time": to_rfc3339(NOW - self.event_ago)}))]


def silent(one: FollowerStatus, event_ago: int | None = 10_000 * MINUTE) -> bool:
    return is_silent(SimpleNamespace(journal=Journal(event_ago)), one, EPOCHS, NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "minutes", "is_silent"),
    [
        # fine: it repeats its word every five minutes, an exchange takes ten at most
        ("ok", 1, False),
        ("ok", 15, False),
        ("ok", 16, True),
        ("sending", 15, False),
        ("sending", 16, True),
        # after a failure the receiver may have asked for a pause of an hour
        ("waiting", 16, False),
        ("waiting", 75, False),
        ("waiting", 76, True),
        ("blocked", 75, False),
        ("blocked", 76, True),
    ],
)
def test_a_follower_is_silent_after_longer_than_one_that_lives_is_ever_still(
    state: str, minutes: int, is_silent: bool
) -> None:
    assert silent(follower(cursor=0, state=state, heard_ago=minutes * MINUTE)) is is_silent


def test_a_follower_that_has_everything_may_be_still_for_days() -> None:
    assert not silent(follower(cursor=40, heard_ago=3 * 24 * 60 * MINUTE))


def test_after_an_idle_weekend_the_silence_counts_from_the_first_event() -> None:
    still = follower(cursor=39, heard_ago=3 * 24 * 60 * MINUTE)
    assert not silent(still, event_ago=15 * MINUTE)
    assert silent(still, event_ago=16 * MINUTE)


def test_the_oldest_unconfirmed_event_is_the_one_behind_the_cursor() -> None:
    for one, asked in (
        (follower("e2", 12), ("e2", 12)),
        (follower("e1", 100), ("e2", 0)),
        (follower("e1", 7), ("e1", 7)),
    ):
        journal = Journal(0)
        late = FollowerStatus(one.name, one.epoch, one.cursor, "ok", None, [], NOW - 60 * MINUTE, NOW)
        is_silent(SimpleNamespace(journal=journal), late, EPOCHS, NOW)  # type: ignore[arg-type]
        assert journal.asked == [asked]


def test_an_event_that_is_no_longer_there_has_waited_for_ever() -> None:
    assert silent(follower(cursor=0, heard_ago=16 * MINUTE), event_ago=None)


@pytest.mark.parametrize(
    ("name", "kind", "address", "configured"),
    [
        ("tinh", "connector", "https://mot-cua.example/events", True),
        ("usb", "bundle", None, True),
        ("xa-cu", "other", None, False),
        ("board-1", "other", None, False),
        (webhook_name(URL), "webhook", URL, True),
        ("webhook-0123456789abcdef", "webhook", None, False),
    ],
)
def test_what_kind_of_follower_a_name_is(name: str, kind: str, address: str | None, configured: bool) -> None:
    assert kind_of(name, UPSTREAM, WEBHOOKS) == (kind, address, configured)


def row(seq: int, tried: int = 0, **again: int) -> Any:
    return {"epoch": "e2", "seq": seq, "code": "late", "reason": "trễ", "tried": tried, **again}


@pytest.mark.parametrize(
    ("reported", "before", "after"),
    [
        ([row(1)], [], [row(1)]),
        ([row(1)], [row(1)], [row(1)]),
        ([row(1)], [row(1, again=50)], [row(1, again=50)]),
        ([row(1, tried=49)], [row(1, again=50)], [row(1, tried=49, again=50)]),
        ([row(1, tried=50)], [row(1, again=50)], [row(1, tried=50)]),
        ([row(2)], [row(1, again=50)], [row(2)]),
        ([], [row(1, again=50)], []),
    ],
)
def test_what_staff_asked_for_stays_asked_until_the_follower_tried_it(
    reported: list[Any], before: list[Any], after: list[Any]
) -> None:
    assert with_requests(reported, before) == after


def test_followers_are_read_with_where_the_journal_ends(small_office: OfficeStory) -> None:
    small_office.take_number()
    with small_office.app.store.writing() as tables:
        epoch = small_office.events()[0]["epoch"]
        now = small_office.clock.now_ms()
        tables.webhooks.add(URL, "secret", 0)
        tables.followers.put(FollowerStatus("tinh", epoch, 1, "ok", "…", [row(1)], now, now))
        tables.followers.put(FollowerStatus("usb", epoch, 0, "ok", None, [], now - 99 * 24 * 60 * MINUTE, now))
        tables.followers.put(FollowerStatus(webhook_name(URL), epoch, 1, "ok", None, [], now, now))
    with small_office.app.store.reading() as reading:
        view = read_followers(reading, UPSTREAM, now)
        assert epochs_of(reading) == [(epoch, view.last_seq)]
    assert view.last_seq == small_office.events()[-1]["seq"] and view.epoch == epoch
    by_name = {one.name: one for one in view.followers}
    assert (by_name["tinh"].kind, by_name["tinh"].behind) == ("connector", view.last_seq - 1)
    assert by_name["tinh"].refused == [row(1)]
    assert by_name["usb"].behind == view.last_seq and not by_name["usb"].silent, "a stick says nothing between journeys"
    assert by_name[webhook_name(URL)].address == URL
