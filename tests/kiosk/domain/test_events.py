"""Every type of the journal: its subject and its data, written by hand from the contract."""

from __future__ import annotations

from typing import Any

import pytest

from contract.events import EventType
from contract.tickets import TicketState
from kiosk.domain.dossier import Dossier
from kiosk.domain.events import (
    access,
    counters,
    devices,
    dossiers,
    filing,
    help_requests,
    office,
    ratings,
    slips,
    tickets,
)
from kiosk.domain.events.event import Event
from kiosk.domain.ticket import Ticket

T = Ticket(
    "t1",
    "A012",
    "HT",
    "HT",
    TicketState.CALLED,
    "2024-04-15",
    12,
    1_000,
    "s:HT",
    priority="elderly",
    language="en",
    counter="2",
    clerk="Lan",
    calls=3,
    first_called_at=2_000,
    called_at=3_000,
    serving_at=4_000,
    ended_at=5_000,
)
TICKET = {
    "number": "A012",
    "service": "HT",
    "state": "CALLED",
    "counter": "2",
    "clerk": "Lan",
    "priority": "elderly",
    "language": "en",
}
DOSSIER = Dossier("000.00.53.H48-240414-0001", "1.001193", "Hộ tịch", 2, 4, 0, step="Thuế")
SERVICES = ("HT", "KQ")
COUNTER = {"clerk": "Lan", "services": ["HT", "KQ"], "reason": "first call"}
RATING = {
    "rating": "r1",
    "counter": "2",
    "clerk": "Lan",
    "service": "HT",
    "number": "A012",
    "answers": {"attitude": "bad"},
    "reasons": ["slow"],
}
SLIP = {"number": "A012", "printer": "hall", "reason": "paper_out"}

EXPECTED: list[tuple[Event, str, str, dict[str, Any]]] = [
    (
        tickets.TicketIssued(T, 4),
        "ticket.issued",
        "t1",
        {**TICKET, "position": 4, "issued_at": 1_000, "on_paper": False},
    ),
    (
        tickets.TicketIssued(T, 4, on_paper=True),
        "ticket.issued",
        "t1",
        {**TICKET, "position": 4, "issued_at": 1_000, "on_paper": True},
    ),
    (tickets.TicketCalled(T), "ticket.called", "t1", {**TICKET, "calls": 3, "why": "arrival"}),
    (tickets.TicketCalled(T, "priority"), "ticket.called", "t1", {**TICKET, "calls": 3, "why": "priority"}),
    (tickets.TicketRecalled(T), "ticket.recalled", "t1", {**TICKET, "calls": 3}),
    (tickets.ServingStarted(T), "ticket.serving_started", "t1", TICKET),
    (tickets.TicketCompleted(T), "ticket.completed", "t1", TICKET),
    (tickets.TicketNoShow(T), "ticket.no_show", "t1", TICKET),
    (tickets.TicketAbandoned(T), "ticket.abandoned", "t1", TICKET),
    (
        tickets.TicketHeld(T, "SERVING", "papers"),
        "ticket.held",
        "t1",
        {**TICKET, "from": "SERVING", "reason": "papers"},
    ),
    (tickets.TicketReturned(T, "NO_SHOW"), "ticket.returned", "t1", {**TICKET, "from": "NO_SHOW", "reason": None}),
    (
        tickets.TicketCancelled(T, "WAITING", "mistake"),
        "ticket.cancelled",
        "t1",
        {**TICKET, "from": "WAITING", "reason": "mistake"},
    ),
    (
        tickets.TicketTransferred(T, "2", "papers", "3"),
        "ticket.transferred",
        "t1",
        {**TICKET, "from": "2", "reason": "papers", "to_counter": "3"},
    ),
    (
        tickets.TicketTransferred(T, "HT"),
        "ticket.transferred",
        "t1",
        {**TICKET, "from": "HT", "reason": None, "to_counter": None},
    ),
    (
        tickets.TicketUndone(T, "e9"),
        "ticket.undone",
        "t1",
        {
            **TICKET,
            "undoes": "e9",
            "calls": 3,
            "first_called_at": 2_000,
            "called_at": 3_000,
            "serving_at": 4_000,
            "ended_at": 5_000,
        },
    ),
    (tickets.TicketRedated(T, "2024-04-14"), "ticket.redated", "t1", {**TICKET, "from": "2024-04-14"}),
    (tickets.DossierLinked(T, "H48-1"), "ticket.dossier_linked", "t1", {**TICKET, "dossier": "H48-1"}),
    (tickets.DossierUnlinked(T, "H48-1"), "ticket.dossier_unlinked", "t1", {**TICKET, "dossier": "H48-1"}),
    (tickets.NoteAdded(T, "n1"), "ticket.noted", "t1", {**TICKET, "note": "n1"}),
    (slips.SlipPrinted("t1", "A012", "hall", "paper_out"), "slip.printed", "t1", SLIP),
    (slips.SlipNotPrinted("t1", "A012", "hall", "paper_out"), "slip.not_printed", "t1", SLIP),
    (slips.SlipUnknown("t1", "A012", "hall", "paper_out"), "slip.unknown", "t1", SLIP),
    (slips.SlipReprinted("t1", "A012", None), "slip.reprinted", "t1", {**SLIP, "printer": None, "reason": None}),
    (counters.CounterOpened("2", "Lan", SERVICES, "first call"), "counter.opened", "2", COUNTER),
    (counters.CounterPaused("2", "Lan", SERVICES, "first call"), "counter.paused", "2", COUNTER),
    (counters.CounterClosed("2", None, ()), "counter.closed", "2", {"clerk": None, "services": [], "reason": None}),
    (counters.ClerkSignedIn("Lan", "2"), "clerk.signed_in", "Lan", {"counter": "2"}),
    (counters.ClerkSignedOut("Lan", "2"), "clerk.signed_out", "Lan", {"counter": "2"}),
    (ratings.RatingSubmitted("r1", T, {"attitude": "bad"}, ("slow",)), "rating.submitted", "t1", RATING),
    (ratings.ReasonsGiven("r1", T, {"attitude": "bad"}, ("slow",)), "rating.reasons_given", "t1", RATING),
    (
        dossiers.DossierUpdated(DOSSIER),
        "dossier.updated",
        "000.00.53.H48-240414-0001",
        {
            "code": "000.00.53.H48-240414-0001",
            "procedure": "1.001193",
            "field": "Hộ tịch",
            "channel": 2,
            "status": 4,
            "received_at": "1970-01-01T00:00:00.000Z",
            "due_at": None,
            "finished_at": None,
            "carried_over": False,
            "digitised": True,
            "not_digitised_reason": None,
            "step": "Thuế",
        },
    ),
    (
        devices.DeviceOnline("tv", "board", None),
        "device.online",
        "tv",
        {"kind": "board", "state": "online", "reason": None},
    ),
    (
        devices.DeviceOffline("tv", "board", "silent"),
        "device.offline",
        "tv",
        {"kind": "board", "state": "offline", "reason": "silent"},
    ),
    (
        devices.DeviceFault("hall", "printer", "cover_open"),
        "device.fault",
        "hall",
        {"kind": "printer", "state": "fault", "reason": "cover_open"},
    ),
    (
        devices.DeviceRecovered("hall", "printer", None),
        "device.recovered",
        "hall",
        {"kind": "printer", "state": "recovered", "reason": None},
    ),
    (
        help_requests.HelpRequested("h1", "kiosk", "kiosk-1"),
        "help.requested",
        "h1",
        {"counter": None, "where": "kiosk", "device": "kiosk-1"},
    ),
    (
        filing.FilingVisited("quoc-gia", "pc"),
        "filing.visited",
        "pc",
        {"opened": "quoc-gia", "device": "pc"},
    ),
    (help_requests.HelpAnswered("h1", "2"), "help.answered", "h1", {"counter": "2"}),
    (office.DayOpened("ba-vi", "2024-04-15"), "office.day_opened", "ba-vi", {"business_date": "2024-04-15"}),
    (
        office.DayClosed("ba-vi", "2024-04-15", 3, 5),
        "office.day_closed",
        "ba-vi",
        {"business_date": "2024-04-15", "abandoned": 3, "ended": 5},
    ),
    (office.DayConfirmed("ba-vi", "2024-04-15"), "office.day_confirmed", "ba-vi", {"business_date": "2024-04-15"}),
    (
        office.DayReopened("ba-vi", "2024-04-15", "2024-04-16", ("admin", "Hoa")),
        "office.day_reopened",
        "ba-vi",
        {"business_date": "2024-04-15", "instead_of": "2024-04-16", "confirmed_by": ["admin", "Hoa"]},
    ),
    (
        office.ClockJumped("ba-vi", -90_000, True),
        "office.clock_jumped",
        "ba-vi",
        {"by_ms": -90_000, "provisional": True},
    ),
    (
        office.ClockCorrected("ba-vi", 86_400_000, 1_000, "2024-04-15", "held"),
        "office.clock_corrected",
        "ba-vi",
        {"by_ms": 86_400_000, "since_ms": 1_000, "business_date": "2024-04-15", "why": "held"},
    ),
    *(
        (
            made("pin", account, "10.0.0.5", "2", 5, 60),
            kind,
            account or "10.0.0.5",
            {"what": "pin", "account": account, "address": "10.0.0.5", "counter": "2", "count": 5, "wait_s": 60},
        )
        for account, made, kind in (
            ("c1", access.SignedIn, "access.signed_in"),
            (None, access.SignInRefused, "access.refused"),
            ("c1", access.AccountLocked, "access.locked"),
            (None, access.SecretsGuessed, "access.guessed"),
        )
    ),
    (
        access.SignedIn("pin", "c1", None),
        "access.signed_in",
        "c1",
        {"what": "pin", "account": "c1", "address": None, "counter": None, "count": 0, "wait_s": 0},
    ),
    (
        access.Administered("devices_remove", "board-1", "10.0.0.5"),
        "access.administered",
        "board-1",
        {"act": "devices_remove", "about": "board-1", "address": "10.0.0.5"},
    ),
    (
        access.Corrected("e1", 7, "mistake", ("Hoa", "Lan")),
        "access.corrected",
        "e1",
        {"corrects": "e1", "seq": 7, "reason": "mistake", "confirmed_by": ["Hoa", "Lan"]},
    ),
    (office.EpochStarted("ba-vi", "new"), "office.epoch_started", "ba-vi", {"reason": "new"}),
    (
        office.EpochStarted("ba-vi", "restored", ("E1", 0)),
        "office.epoch_started",
        "ba-vi",
        {"reason": "restored", "before": "E1", "seq": 0},
    ),
    (office.OfficeConfigured("ba-vi", ("office",)), "office.configured", "ba-vi", {"changed": ["office"]}),
    (
        office.NoticesChanged("ba-vi", (("n1", "Nghỉ lễ", "vi"),)),
        "notice.changed",
        "ba-vi",
        {"notices": [{"id": "n1", "text": "Nghỉ lễ", "language": "vi"}]},
    ),
]


@pytest.mark.parametrize(
    ("event", "kind", "subject", "data"), EXPECTED, ids=[f"{n}-{kind}" for n, (_, kind, _, _) in enumerate(EXPECTED)]
)
def test_an_event_has_the_type_the_subject_and_the_data_of_the_contract(
    event: Event, kind: str, subject: str, data: dict[str, Any]
) -> None:
    assert (event.type, event.subject) == (kind, subject)
    assert event.data() == data
    assert not hasattr(event, "__dict__")  # frozen, and with room for nothing else


def test_every_type_of_the_contract_is_expected_here() -> None:
    assert {kind for _, kind, _, _ in EXPECTED} == {kind.value for kind in EventType}


def test_no_event_of_a_rating_shares_the_answers_it_was_given() -> None:
    answers = {"attitude": "bad"}
    data = ratings.RatingSubmitted("r1", T, answers, ()).data()
    answers["attitude"] = "good"
    assert data["answers"] == {"attitude": "bad"}


def test_numbers_in_events_are_integers() -> None:
    def numbers(value: object) -> list[object]:
        if isinstance(value, dict):
            return [n for one in value.values() for n in numbers(one)]
        return [value] if isinstance(value, float) else []

    assert [n for event, _, _, _ in EXPECTED for n in numbers(event.data())] == []
