"""What citizens' devices see of the journal."""

from __future__ import annotations

import json
from typing import Any

import pytest

from contract.events import EventType
from kiosk.actions import calling, dossier_links, help_requests, tickets
from kiosk.store.journal import JournalEntry, canonical
from kiosk.web.http.stream import Audience, Batch, phone_frames, public_frame, whole_frame
from tests.office import OfficeStory

# types of events of which a citizen's device is told something
PUBLIC = {
    "office.day_opened",
    "office.day_closed",
    "office.clock_jumped",
    "office.clock_corrected",
    "office.day_confirmed",
    "office.day_reopened",
    "office.epoch_started",
    "office.configured",
    "notice.changed",
    "counter.opened",
    "counter.paused",
    "counter.closed",
    "ticket.issued",
    "ticket.called",
    "ticket.recalled",
    "ticket.serving_started",
    "ticket.completed",
    "ticket.no_show",
    "ticket.held",
    "ticket.returned",
    "ticket.transferred",
    "ticket.cancelled",
    "ticket.abandoned",
    "ticket.undone",
    "ticket.redated",
    "ticket.dossier_linked",
    "ticket.dossier_unlinked",
    "ticket.noted",
    "slip.printed",
    "slip.not_printed",
    "slip.unknown",
    "slip.reprinted",
    "help.requested",
    "help.answered",
}
OF_PRINTERS = {"device.online", "device.offline", "device.fault", "device.recovered"}
WITHHELD = {
    "access.signed_in",
    "access.refused",
    "access.locked",
    "access.guessed",
    "access.administered",
    "access.corrected",
    "clerk.signed_in",
    "clerk.signed_out",
    "rating.submitted",
    "rating.reasons_given",
    "dossier.updated",
    "filing.visited",
}
# what no citizen's device is told of an event that it hears of
PRIVATE = {
    "clerk": "Nguyễn Thị Hoa",
    "priority": "disabled",
    "dossier": "000.00.53.H48-240410-0012",
    "note": "n-1",
    "answers": {"attitude": "not_satisfied"},
    "rating": "r-1",
    "device": "kiosk-1",
    "undoes": "e-1",
    "from": "WAITING",
    "issued_at": 1,
    "first_called_at": 1,
    "called_at": 1,
    "serving_at": 1,
    "ended_at": 1,
    "language": "tay",
    "changed": ["office"],
    "code": "000.00.53.H48-240410-0012",
    "field": "Nuôi con nuôi",
    "why": "priority",
}
SHOWN = {
    "number": "A012",
    "service": "HT",
    "state": "CALLED",
    "counter": "1",
    "position": 3,
    "calls": 2,
    "reason": "paper_out",
    "services": ["HT"],
    "notices": [],
    "where": "kiosk",
    "kind": "printer",
}


def entry(kind: str, data: dict[str, Any], seq: int = 7) -> JournalEntry:
    event = {
        "actor": {"id": "counter-1", "kind": "counter"},
        "business_date": "2024-04-15",
        "data": data,
        "epoch": "e1",
        "hash": "h",
        "id": "i",
        "office": "ba-vi",
        "prev_hash": "p",
        "seq": seq,
        "subject": "s",
        "time": "2024-04-15T01:00:00.000Z",
        "type": kind,
    }
    return JournalEntry(seq, canonical(event))


def event_of(frame: bytes) -> dict[str, Any]:
    return dict(json.loads(frame.decode().split("data: ", 1)[1]))


def test_the_tables_of_this_file_name_every_type_of_event() -> None:
    assert {str(kind) for kind in EventType} == PUBLIC | OF_PRINTERS | WITHHELD


@pytest.mark.parametrize("kind", sorted(PUBLIC | OF_PRINTERS))
def test_a_citizens_device_is_told_a_few_facts_and_no_other(kind: str) -> None:
    event = event_of(public_frame(entry(kind, {**PRIVATE, **SHOWN})))
    assert event["data"] == SHOWN
    assert set(event) == {"id", "epoch", "seq", "type", "time", "business_date", "subject", "data"}


@pytest.mark.parametrize("kind", sorted(WITHHELD))
def test_of_people_ratings_and_dossiers_a_citizens_device_hears_nothing(kind: str) -> None:
    assert public_frame(entry(kind, {**PRIVATE, **SHOWN})) == b""


@pytest.mark.parametrize("kind", sorted(OF_PRINTERS))
@pytest.mark.parametrize("device", ["kiosk", "tablet", "counter", "board", "sync"])
def test_of_devices_that_are_no_printer_a_citizens_device_hears_nothing(kind: str, device: str) -> None:
    assert public_frame(entry(kind, {"kind": device, "state": "fault"})) == b""


def test_a_new_type_of_event_is_withheld_until_somebody_shows_it() -> None:
    assert public_frame(entry("person.signed_in", SHOWN)) == b""


def test_staff_see_the_event_as_it_was_chained() -> None:
    one = entry("ticket.called", {**PRIVATE, **SHOWN})
    frame = whole_frame(one)
    assert frame.startswith(b"id: 7\nevent: ticket.called\ndata: ") and frame.endswith(b"\n\n")
    assert frame.decode().split("data: ", 1)[1].rstrip("\n") == one.body


def test_a_batch_makes_each_kind_of_frames_once() -> None:
    batch = Batch([entry("ticket.called", SHOWN, 7), entry("rating.submitted", SHOWN, 8)])
    assert (batch.first, batch.last) == (7, 8)
    assert batch.frames(Audience.STAFF).count(b"\n\n") == 2 and batch.frames(Audience.CITIZENS).count(b"\n\n") == 1
    for audience in Audience:
        assert batch.frames(audience) is batch.frames(audience)


def test_phones_are_told_what_moved_in_one_frame_and_no_more() -> None:
    entries = [
        entry("ticket.issued", {**PRIVATE, **SHOWN, "number": "A013", "service": "HT"}, 7),
        entry("ticket.called", {**PRIVATE, **SHOWN, "number": "C002", "service": "DD"}, 8),
        entry("rating.submitted", {**SHOWN, "number": "A012"}, 9),
    ]
    frames = phone_frames(entries)
    assert frames.startswith(b"id: 9\nevent: queue.moved\n") and frames.count(b"\n\n") == 1
    assert event_of(frames) == {
        "type": "queue.moved",
        "data": {"numbers": ["A013", "C002"], "services": ["DD", "HT"], "called": ["C002"]},
    }


def test_a_counter_that_opens_or_rests_concerns_every_phone() -> None:
    assert event_of(phone_frames([entry("counter.paused", SHOWN)]))["data"] == {
        "numbers": [],
        "services": ["*"],
        "called": [],
    }


@pytest.mark.parametrize(
    "kind", ["rating.submitted", "slip.printed", "device.fault", "dossier.updated", "help.requested"]
)
def test_phones_are_not_told_what_moves_nobody(kind: str) -> None:
    assert phone_frames([entry(kind, {**PRIVATE, **SHOWN})]) == b""


def test_no_event_of_a_whole_day_tells_a_citizens_device_who_serves_or_why_somebody_goes_first(
    small_office: OfficeStory,
) -> None:
    with small_office.unit() as unit:
        unit.counters.save(unit.counters.get("1").__class__("1", clerk="Nguyễn Thị Hoa"))
    ticket = small_office.take_number("HT", "disabled")
    small_office.call_next("1")
    with small_office.unit() as unit:
        calling.recall(unit, ticket.id, "1")
        tickets.add_note(unit, ticket.id, "phones 0912 345 678")
        dossier_links.link_dossier(unit, ticket.id, "000.00.53.H48-240414-0001")
        help_requests.ask_help(unit, "kiosk", "kiosk-1")
    small_office.call_next("1", "complete")
    rating = {"ticket": ticket.id, "answers": {"attitude": "not_satisfied"}, "reasons": ["long_wait"]}
    assert small_office.send("POST", "/api/v1/ratings", "tablet", rating, counter="1").status_code == 201
    with small_office.app.store.reading() as reading:
        entries = reading.journal.read(reading.state.head.epoch, 0, 1000)
    seen = b"".join(public_frame(one) for one in entries).decode()
    assert "A001" in seen and "ticket.called" in seen
    for word in ("Hoa", "disabled", "priority", "0912", "240414-0001", "not_satisfied", "long_wait", "actor", "hash"):
        assert word not in seen
