"""What a technician and a clerk may ask and say about slips."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pyzbar.pyzbar import decode

from config.schema import PrinterSection
from contract.tickets import PrintState
from contract.times import from_rfc3339
from kiosk.actions import slips
from kiosk.actions.devices import record_device_change
from kiosk.domain.ticket import Ticket
from kiosk.queries.printers import days, spans
from kiosk.store.journal import JournalEntry, canonical
from kiosk.store.slip_history import PrinterChange
from kiosk.web.http.stream import public_frame
from tests.office import OfficeStory, sample_configuration

HISTORY = "/api/v1/printers/hall/history"


def with_printers(url: str) -> OfficeStory:
    """The sample office with two printers, of which only the first is used for tickets."""
    plain = sample_configuration(url)
    sections = [
        PrinterSection(name="hall", url="tcp://127.0.0.1:9", profile="epson-tm-t20"),
        PrinterSection(name="gate", url="tcp://127.0.0.1:9", profile="generic-58"),
    ]
    server = plain.server.model_copy(update={"public_url": "https://mc.bavi.vn"})
    return OfficeStory("", plain.model_copy(update={"printer": sections, "server": server}))


@pytest.fixture
def printing(home: Path, database_url: str) -> Iterator[OfficeStory]:
    story = with_printers(database_url)
    yield story
    story.close()


@pytest.fixture
def small(home: Path) -> Iterator[OfficeStory]:
    story = with_printers(f"sqlite:///{home / 'motcua.db'}")
    yield story
    story.close()


def outcome(story: OfficeStory, state: PrintState, reason: str | None = None) -> Ticket:
    """Somebody takes a number, and this becomes of its slip."""
    ticket = story.take_number()
    with story.unit("system") as unit:
        job = slips.claim(unit, "hall")
        assert job is not None
        slips.settle(unit, job, PrintState.SENDING, state, reason)
    return ticket


def printer_changes(story: OfficeStory, event: str, reason: str | None) -> None:
    with story.unit("system") as unit:
        record_device_change(unit, "printer", "hall", event, reason)


def history(story: OfficeStory) -> dict[str, Any]:
    answer = story.send("GET", HISTORY, "admin")
    assert answer.status_code == 200, answer.text
    return dict(answer.json or {})


def test_the_history_tells_the_last_slips_newest_first_and_counts_the_day(printing: OfficeStory) -> None:
    outcome(printing, PrintState.PRINTED)
    outcome(printing, PrintState.NOT_PRINTED, "paper_out")
    outcome(printing, PrintState.UNKNOWN, "cover_open")
    found = history(printing)
    assert [(slip["number"], slip["state"], slip["reason"]) for slip in found["slips"]] == [
        ("A003", "UNKNOWN", "cover_open"),
        ("A002", "NOT_PRINTED", "paper_out"),
        ("A001", "PRINTED", None),
    ]
    today = {"day": "2024-04-15", "printed": 1, "not_printed": 1, "unknown": 1, "faults": 0}
    assert (found["days"][0], len(found["days"])) == (today, 14)
    assert [doubt["number"] for doubt in found["doubtful"]] == ["A003"]


def test_faults_are_told_with_how_long_they_lasted(printing: OfficeStory) -> None:
    printing.take_number()
    printer_changes(printing, "fault", "paper_out")
    printing.clock.passes(480)
    printer_changes(printing, "recovered", None)
    printing.clock.passes(60)
    printer_changes(printing, "offline", "unreachable")
    found = history(printing)
    assert [(fault["reason"], fault["from"], fault["to"]) for fault in found["faults"]] == [
        ("unreachable", "2024-04-15T01:14:00.000Z", None),
        ("paper_out", "2024-04-15T01:05:00.000Z", "2024-04-15T01:13:00.000Z"),
    ]
    assert found["days"][0]["faults"] == 2


def test_yesterdays_slips_stand_under_yesterday(printing: OfficeStory) -> None:
    outcome(printing, PrintState.NOT_PRINTED, "paper_out")
    printing.clock.passes(24 * 3600)
    outcome(printing, PrintState.PRINTED)
    found = history(printing)
    assert [(day["day"], day["printed"], day["not_printed"]) for day in found["days"][:2]] == [
        ("2024-04-16", 1, 0),
        ("2024-04-15", 0, 1),
    ]


def test_a_slip_is_shown_as_it_was_printed(small: OfficeStory) -> None:
    ticket = outcome(small, PrintState.PRINTED)
    slip = history(small)["slips"][0]
    answer = small.send("GET", f"/api/v1/printers/hall/slips/{slip['id']}.png", "admin")
    assert answer.content_type == "image/png"
    picture = Image.open(io.BytesIO(answer.data))
    assert picture.width == 576
    assert decode(picture.convert("L"))[0].data.decode() == f"https://mc.bavi.vn/t/{ticket.public_token}"


@pytest.mark.parametrize("path", ["gate/slips/{id}.png", "hall/slips/none.png", "nowhere/history"])
def test_what_a_printer_never_printed_is_not_shown(small: OfficeStory, path: str) -> None:
    outcome(small, PrintState.PRINTED)
    known = history(small)["slips"][0]["id"]
    answer = small.send("GET", f"/api/v1/printers/{path.format(id=known)}", "admin")
    assert (answer.status_code, answer.json["code"]) == (404, "unknown-ticket")


@pytest.mark.parametrize("role", ["kiosk", "counter", "tablet", "board", "sync"])
def test_slips_are_shown_to_administrators_only(small: OfficeStory, role: str) -> None:
    slip = outcome(small, PrintState.PRINTED)
    assert small.send("GET", HISTORY, role).status_code == 403
    assert small.send("GET", f"/api/v1/printers/hall/slips/{slip.id}.png", role).status_code == 403
    assert small.send("POST", "/api/v1/printers/hall/trial", role, {}).status_code == 403


def say(story: OfficeStory, ticket: Ticket, came_out: bool) -> Any:
    return story.send("POST", f"/api/v1/tickets/{ticket.id}/slip", "counter", {"came_out": came_out}, "1")


def test_a_clerk_who_sees_the_slip_settles_it_once(printing: OfficeStory) -> None:
    ticket = outcome(printing, PrintState.UNKNOWN, "no_proof")
    answer = say(printing, ticket, True)
    assert (answer.status_code, answer.json["print"]) == (200, {"state": "PRINTED", "reason": "seen_by_clerk"})
    event = printing.events()[-1]
    assert (event["type"], event["data"]["reason"], event["actor"]["kind"]) == (
        "slip.printed",
        "seen_by_clerk",
        "counter",
    )
    assert say(printing, ticket, True).status_code == 409
    assert history(printing)["doubtful"] == []


def test_a_slip_in_doubt_that_a_clerk_did_not_see_is_printed_again_with_the_mark(small: OfficeStory) -> None:
    ticket = outcome(small, PrintState.UNKNOWN, "paper_out")
    assert say(small, ticket, False).json["print"]["state"] == "NOT_PRINTED"
    assert small.send("POST", f"/api/v1/tickets/{ticket.id}/reprint", "counter", {}, "1").status_code == 202
    with small.unit() as unit:
        assert unit.spool.of_ticket(ticket.id)[0].marked  # a torn piece with the number on it may lie about


@pytest.mark.parametrize("state", [PrintState.PRINTED, PrintState.NOT_PRINTED])
def test_only_a_slip_in_doubt_is_a_clerks_to_judge(small: OfficeStory, state: PrintState) -> None:
    assert say(small, outcome(small, state), True).json["code"] == "illegal-transition"


def test_a_kiosk_is_told_on_which_printer_its_slips_come_out(small: OfficeStory) -> None:
    answer = small.send("GET", "/api/v1/printers", "kiosk").json
    assert (answer["here"], list(answer["printers"])) == ("hall", ["hall", "gate"])
    assert [printer["mute"] for printer in answer["printers"].values()] == [False, True]


def test_a_trial_asked_for_twice_is_one_trial(small: OfficeStory) -> None:
    assert history(small)["trial"] is None
    first = small.send("POST", "/api/v1/printers/hall/trial", "admin", {})
    small.clock.passes(5)
    second = small.send("POST", "/api/v1/printers/hall/trial", "admin", {})
    assert first.status_code == second.status_code == 202 and first.json == second.json
    assert history(small)["trial"]["state"] == "WAITING"
    small.app.trials.finish("hall", "PRINTED", None)
    assert history(small)["trial"] == {"asked_at": "2024-04-15T01:05:00.000Z", "state": "PRINTED", "reason": None}


def entry(kind: str, device: str, what: str) -> JournalEntry:
    event = {
        "id": "1",
        "epoch": "e",
        "seq": 7,
        "type": kind,
        "time": "2024-04-15T01:05:00.000Z",
        "subject": device,
        "business_date": "2024-04-15",
        "data": {"kind": what, "state": "fault", "reason": "paper_out"},
    }
    return JournalEntry(7, canonical(dict(sorted(event.items()))))


def test_citizens_devices_hear_of_printers_and_of_no_other_device() -> None:
    assert b'"reason":"paper_out"' in public_frame(entry("device.fault", "hall", "printer"))
    assert public_frame(entry("device.fault", "tablet-1", "tablet")) == b""


KINDS = st.lists(st.sampled_from(["fault", "offline", "recovered"]), max_size=20)


@given(KINDS)
def test_times_of_fault_follow_each_other_and_at_most_the_newest_is_open(kinds: list[str]) -> None:
    changes = [PrinterChange(kind, f"2024-04-15T01:00:{at:02}.000Z", kind) for at, kind in enumerate(kinds)]
    found = spans(changes)
    assert len(found) == sum(kind != "recovered" for kind in kinds)
    assert all(span.ended is not None for span in found[1:])
    assert [span.began for span in found] == sorted((span.began for span in found), reverse=True)
    assert (bool(found) and found[0].ended is None) == (bool(kinds) and kinds[-1] != "recovered")


@given(st.lists(st.tuples(st.integers(0, 13 * 96), st.sampled_from(list(PrintState)), st.integers(1, 9)), max_size=40))
def test_every_slip_of_the_fortnight_is_counted_on_its_own_day(rows: list[tuple[int, PrintState, int]]) -> None:
    office, now = OFFICE, from_rfc3339("2024-04-15T23:59:00+07:00")
    quarters = [(now - back * 900_000, state, count) for back, state, count in rows]
    found = days(office.hours, now, quarters, [])
    told = {PrintState.PRINTED: "printed", PrintState.NOT_PRINTED: "not_printed", PrintState.UNKNOWN: "unknown"}
    for state, name in told.items():
        assert sum(getattr(day, name) for day in found) == sum(count for _, of, count in rows if of is state)
    assert [day.day for day in found] == sorted((day.day for day in found), reverse=True)


def _office() -> Any:
    from kiosk.bootstrap import build_office

    return build_office(sample_configuration("sqlite:///none.db"))


OFFICE = _office()
