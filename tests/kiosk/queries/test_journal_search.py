"""Looking for events: what is found, in which order, and how a search goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contract.times import to_rfc3339
from kiosk.actions.attempts import Attempt
from kiosk.actions.epochs import begin_epoch
from kiosk.actions.traces import record_guesses, record_refusal, record_sign_in
from kiosk.domain.errors import BadRequest
from kiosk.domain.events.access import Administered
from kiosk.domain.events.devices import DeviceOffline
from kiosk.queries.journal_search import DAY_MS, Wanted, recent_alarms, search_journal
from kiosk.store.unit_of_work import Actor
from tests.office import OfficeStory


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeStory]:
    """Three numbers, one called; a sign-in with a name that holds signs of a search."""
    home: Path = tmp_path_factory.mktemp("journal")
    opened = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    for _ in range(3):
        opened.take_number()
    opened.call_next("1")
    with opened.app.store.unit(Actor("counter", "100%", "c1"), opened.app.clock.now_ms()) as unit:
        record_sign_in(unit, "pin", "c_1", "10.0.0.5", "1")
    with opened.app.store.unit(Actor("system", "door"), opened.app.clock.now_ms()) as unit:
        record_refusal(unit, "password", Attempt("address 10.0.0.9", "Mai", "Mai", None), "10.0.0.9")
        unit.record(Administered("devices_rename", "tablet-1", "10.0.0.5", "tablet-9"))
        unit.record(DeviceOffline("tablet-9", "tablet", None))
    yield opened
    opened.close()


def found(story: OfficeStory, wanted: Wanted, limit: int = 100) -> list[str]:
    with story.app.store.reading() as reading:
        events = search_journal(reading, wanted, limit).events
    return [f"{event['type']} {event['data'].get('number', '')}".strip() for event in events]


SEARCHES = [
    (Wanted(number="A002"), ["ticket.issued A002"]),
    (Wanted(number="A001"), ["ticket.called A001", "ticket.issued A001"]),
    (Wanted(number="A00_"), []),
    (Wanted(number="%"), []),
    (Wanted(number="A001", kind="ticket.c"), ["ticket.called A001"]),
    (Wanted(kind="access."), ["access.administered", "access.refused", "access.signed_in"]),
    (Wanted(person="Mai"), ["access.refused"]),
    (Wanted(person="c_1"), ["access.signed_in"]),
    (Wanted(device="tablet-1"), ["access.administered"]),
    (Wanted(device="tablet-9"), ["device.offline", "access.administered"]),
    (Wanted(device="tablet-9", kind="device."), ["device.offline"]),
    (Wanted(person="c1"), ["access.signed_in"]),
    (Wanted(person="c_"), []),
    (Wanted(device="100%"), ["access.signed_in"]),
    (Wanted(device="100"), []),
    (Wanted(device="test-counter"), ["ticket.called A001", "counter.opened"]),
    (Wanted(day="2024-04-15", number="A003"), ["ticket.issued A003"]),
    (Wanted(day="2024-04-16"), []),
    (Wanted(number='A001"'), []),
]


@pytest.mark.parametrize(("wanted", "events"), SEARCHES, ids=[str(one) for one in range(len(SEARCHES))])
def test_events_are_found_newest_first(story: OfficeStory, wanted: Wanted, events: list[str]) -> None:
    assert found(story, wanted) == events


def test_a_search_goes_on_behind_what_was_shown(story: OfficeStory) -> None:
    seen: list[int] = []
    before: int | None = None
    with story.app.store.reading() as reading:
        while True:
            finding = search_journal(reading, Wanted(before=before), 2)
            seen += [event["seq"] for event in finding.events]
            before = finding.next_before
            if before is None:
                break
    assert seen == list(range(finding.last_seq, 0, -1))


def test_a_search_goes_on_in_the_epochs_before_a_restore(small_office: OfficeStory) -> None:
    small_office.take_number()
    with small_office.unit("system") as unit:
        begin_epoch(unit, "restored")
    with small_office.app.store.reading() as reading:
        now = search_journal(reading, Wanted(number="A001"), 10)
        assert (now.events, now.next_before) == ((), None) and now.earlier is not None
        before = search_journal(reading, Wanted(number="A001", epoch=now.earlier), 10)
        assert [event["type"] for event in before.events] == ["ticket.issued"]
        assert (before.epoch, before.earlier) == (now.earlier, None)
        assert before.last_seq == reading.epochs.all()[0].last_seq > 0
        with pytest.raises(BadRequest, match="ask without it first"):
            search_journal(reading, Wanted(epoch="another"), 10)


def test_guesses_of_the_last_day_are_an_alarm(small_office: OfficeStory) -> None:
    def alarms() -> list[str]:
        with small_office.app.store.reading() as reading:
            since = to_rfc3339(small_office.app.clock.now_ms() - DAY_MS)
            return [event["data"]["address"] for event in recent_alarms(reading, since)]

    small_office.take_number()
    assert alarms() == []
    for address in ("10.0.0.5", "10.0.0.6"):
        with small_office.unit("system") as unit:
            record_guesses(unit, address, 20)
    assert alarms() == ["10.0.0.6", "10.0.0.5"]
    small_office.clock.passes(24 * 3600 + 1)
    assert alarms() == []
