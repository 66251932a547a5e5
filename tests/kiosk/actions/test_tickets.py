"""Taking a number, on screen or by hand, and what may be done with it before it is called."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contract.tickets import PrintState, TicketState
from contract.times import from_rfc3339
from kiosk.actions import calling, slips, tickets
from kiosk.domain.errors import (
    BadRequest,
    DomainError,
    Forbidden,
    IllegalTransition,
    LimitReached,
    NumberExists,
    OfficeClosed,
    UnknownService,
)
from kiosk.domain.queue import ARRIVAL_STEP
from kiosk.domain.ticket import Ticket
from tests.kiosk.actions.memory import MONDAY, MemoryUnit
from tests.kiosk.actions.test_calling import called, issue

CODE = "000.00.53.H48-240414-0001"
DAY = 24 * 3600_000


@pytest.fixture
def unit() -> MemoryUnit:
    return MemoryUnit()


@pytest.fixture
def printing() -> MemoryUnit:
    """The office with two printers; kiosk-2 has the second one."""
    made = MemoryUnit()
    made.office = replace(made.office, printers=("hall", "side"), dispensers={"kiosk-2": "side"})
    return made


def test_a_number_is_the_next_of_its_service(unit: MemoryUnit) -> None:
    services = ("HT", "HT", "DD", "KQ", "HT")
    assert [issue(unit, service).number for service in services] == ["A001", "A002", "C001", "R001", "A003"]


def test_a_new_ticket_waits_in_the_pool_of_its_service(unit: MemoryUnit) -> None:
    request = tickets.TicketRequest("HT", "elderly", "en")
    ticket, ahead = tickets.issue_ticket(unit, request, "kiosk-1")
    assert ahead == 0
    assert ticket == unit.tickets.get(ticket.id)
    assert (ticket.state, ticket.pool, ticket.service, ticket.issued_service) == ("WAITING", "s:HT", "HT", "HT")
    assert (ticket.priority, ticket.language, ticket.issued_by) == ("elderly", "en", "kiosk-1")
    assert (ticket.issued_at, ticket.business_date, ticket.arrival) == (MONDAY, "2024-04-15", ARRIVAL_STEP)
    assert len(ticket.public_token) == 12
    assert issue(unit).public_token != ticket.public_token
    kind, subject, data = unit.events[0]
    assert (kind, subject, data["position"], data["on_paper"]) == ("ticket.issued", ticket.id, 1, False)


def test_the_language_is_the_offices_unless_another_is_asked_for(unit: MemoryUnit) -> None:
    unit.office = replace(unit.office, languages=("en", "vi"))
    assert issue(unit).language == "en"


# (who waits already, who comes, people before)
AHEAD = [("", "o", 0), ("oo", "o", 2), ("op", "o", 2), ("oop", "p", 1), ("oo", "p", 0), ("pp", "p", 2)]


@pytest.mark.parametrize(("waiting", "comes", "ahead"), AHEAD)
def test_people_before_a_priority_ticket_are_earlier_priority_ones(
    unit: MemoryUnit, waiting: str, comes: str, ahead: int
) -> None:
    issue(unit, "KQ"), issue(unit, "KQ", "elderly")  # another queue
    for kind in waiting:
        issue(unit, priority="elderly" if kind == "p" else None)
    request = tickets.TicketRequest("HT", "disabled" if comes == "p" else None)
    assert tickets.issue_ticket(unit, request, "kiosk-1")[1] == ahead
    assert unit.events[-1][2]["position"] == ahead + 1


@pytest.mark.parametrize(
    ("request_", "error", "why"),
    [
        (tickets.TicketRequest("XX"), UnknownService, "XX"),
        (tickets.TicketRequest("HT", "king"), BadRequest, '"king" is not a priority group; groups: disabled, elderly'),
        (tickets.TicketRequest("HT", None, "fr"), BadRequest, '"fr" is not a language here; languages: vi, en'),
    ],
)
def test_what_the_office_does_not_know_takes_no_number(
    unit: MemoryUnit, request_: tickets.TicketRequest, error: type[DomainError], why: str
) -> None:
    with pytest.raises(error, match=why):
        tickets.issue_ticket(unit, request_, "kiosk-1")
    assert (unit.events, unit.tickets.rows, unit.tickets.series) == ([], {}, {})


def test_a_kiosk_for_information_gives_no_number(unit: MemoryUnit) -> None:
    unit.office = replace(unit.office, information=frozenset({"look-up", "counter-1"}))
    for name, role in (("look-up", "kiosk"), ("counter-1", "counter"), ("kiosk-1", "kiosk")):
        unit.devices.add(name, role, None, f"hash-{name}", MONDAY)
    with pytest.raises(Forbidden, match=r'the kiosk "look-up" gives no numbers; see \[kiosk\] information'):
        tickets.issue_ticket(unit, tickets.TicketRequest("HT"), "look-up")
    assert (unit.events, unit.tickets.rows, unit.tickets.series) == ([], {}, {})
    for name in ("counter-1", "kiosk-1"):
        tickets.issue_ticket(unit, tickets.TicketRequest("HT"), name)
    assert len(unit.tickets.rows) == 2, "another kiosk and a counter do, whatever they are called"


@pytest.mark.parametrize(
    ("moment", "again"),
    [("2024-04-15T06:59:00+07:00", "07:00 15/04"), ("2024-04-19T12:00:00+07:00", "07:00 22/04")],
)
def test_a_closed_office_says_when_it_opens(unit: MemoryUnit, moment: str, again: str) -> None:
    unit.now = from_rfc3339(moment)
    with pytest.raises(OfficeClosed, match=f"numbers are given again at {again}$") as refused:
        issue(unit)
    assert refused.value.facts == {"again": again}
    assert unit.tickets.series == {}


def test_an_office_without_hours_cannot_say_when_it_opens(unit: MemoryUnit) -> None:
    unit.office = replace(unit.office, hours=replace(unit.office.hours, sessions=()))
    with pytest.raises(OfficeClosed) as refused:
        issue(unit)
    assert refused.value.facts == {"again": "-"}


def test_a_service_gives_as_many_numbers_as_its_cap(unit: MemoryUnit) -> None:
    assert [issue(unit, "DD").number for _ in range(3)] == ["C001", "C002", "C003"]
    with pytest.raises(LimitReached, match="all 3 numbers of Đất đai are given today") as refused:
        issue(unit, "DD")
    assert refused.value.facts == {"service": "Đất đai"}
    assert issue(unit).number == "A001"


def test_a_slip_is_spooled_where_its_kiosk_prints(printing: MemoryUnit) -> None:
    for kiosk, printer in (("kiosk-1", "hall"), ("kiosk-2", "side")):
        ticket, ahead = tickets.issue_ticket(printing, tickets.TicketRequest("HT"), kiosk)
        job = printing.spool.of_ticket(ticket.id)[0]
        assert (job.number, job.printer, job.ahead, job.marked) == (ticket.number, printer, ahead, False)
        assert (job.created_at, job.state) == (MONDAY, PrintState.QUEUED)
        assert (ticket.print_state, ticket.print_reason) == (PrintState.QUEUED, None)


def test_an_office_without_printer_spools_nothing(unit: MemoryUnit) -> None:
    assert issue(unit).print_state is PrintState.NOT_PRINTED
    assert unit.spool.rows == {}


def test_a_number_written_by_hand_is_entered_and_numbers_go_on_behind_it(printing: MemoryUnit) -> None:
    issue(printing)
    ticket = tickets.enter_paper_ticket(printing, "a 7", MONDAY - 60_000, "pc-1")
    assert (ticket.number, ticket.issued_at, ticket.issued_by) == ("A007", MONDAY - 60_000, "pc-1")
    assert (ticket.priority, ticket.state, ticket.print_state) == (None, TicketState.WAITING, PrintState.NOT_PRINTED)
    assert ticket == printing.tickets.get(ticket.id)
    kind, subject, data = printing.events[-1]
    assert (kind, subject, data["position"], data["on_paper"]) == ("ticket.issued", ticket.id, 1, True)
    assert issue(printing).number == "A008"
    assert printing.spool.of_ticket(ticket.id) == []


@pytest.mark.parametrize(
    ("number", "ago", "error"),
    [
        ("A001", 0, NumberExists),
        ("nonsense", 0, BadRequest),
        ("Z001", 0, UnknownService),
        ("A009", -1, BadRequest),
        ("A009", DAY + 1, BadRequest),
    ],
)
def test_a_number_by_hand_must_be_new_and_of_the_last_day(
    unit: MemoryUnit, number: str, ago: int, error: type[DomainError]
) -> None:
    issue(unit)
    with pytest.raises(error):
        tickets.enter_paper_ticket(unit, number, MONDAY - ago, "pc-1")
    assert len(unit.tickets.rows) == 1
    assert issue(unit).number == "A002"


def test_numbers_by_hand_wait_where_they_came_among_those_of_the_machine(unit: MemoryUnit) -> None:
    """The machine gave A001 at 8:05 and A002 at 8:35; meanwhile numbers were written, and are entered in any order."""
    issue(unit)
    unit.passes(30 * 60_000)
    issue(unit)
    for number, minute in (("A003", 10), ("A005", 20), ("A004", 15), ("A006", 40)):
        unit.now = max(unit.now, MONDAY + minute * 60_000)
        tickets.enter_paper_ticket(unit, number, MONDAY + minute * 60_000, "pc-1")
    assert [ticket.number for ticket in unit.tickets.waiting()] == ["A001", "A003", "A004", "A005", "A002", "A006"]
    assert [data["position"] for _, _, data in unit.events] == [1, 2, 2, 3, 3, 6]


def test_a_number_by_hand_may_have_priority(unit: MemoryUnit) -> None:
    assert tickets.enter_paper_ticket(unit, "A009", MONDAY, "pc-1", "elderly").priority == "elderly"
    with pytest.raises(BadRequest, match="priority group"):
        tickets.enter_paper_ticket(unit, "A010", MONDAY, "pc-1", "rich")


@pytest.mark.parametrize("ago", [0, DAY])
def test_a_number_by_hand_may_be_a_day_old(unit: MemoryUnit, ago: int) -> None:
    assert tickets.enter_paper_ticket(unit, "A009", MONDAY - ago, "pc-1").number == "A009"


def test_a_number_that_exists_is_refused_with_its_state(unit: MemoryUnit) -> None:
    called(unit)
    with pytest.raises(NumberExists, match="A001 exists already and is CALLED") as refused:
        tickets.enter_paper_ticket(unit, "A1", MONDAY, "pc-1")
    assert refused.value.facts == {"number": "A001"}


def test_a_kiosk_cancels_only_what_it_issued_until_it_is_called(unit: MemoryUnit) -> None:
    own, other, was_called = issue(unit), issue(unit), issue(unit)
    unit.tickets.rows[other.id] = other._replace(issued_by="kiosk-2")
    calling.call_number(unit, "1", was_called.number)
    calling.hold(unit, was_called.id, "1", None)
    for ticket in (other, was_called):
        with pytest.raises(IllegalTransition, match=f"{ticket.number} can only be cancelled by a clerk") as refused:
            tickets.withdraw(unit, ticket.id, None, "kiosk-1")
        assert refused.value.facts == {"number": ticket.number, "state": unit.tickets.get(ticket.id).state.value}
    assert tickets.withdraw(unit, own.id, None, "kiosk-1").state is TicketState.CANCELLED
    assert unit.tickets.get(own.id).state is TicketState.CANCELLED
    assert unit.events[-1][:2] == ("ticket.cancelled", own.id)


def settled(unit: MemoryUnit, state: PrintState, reason: str | None) -> Ticket:
    """A ticket of kiosk-2 whose slip ended so."""
    ticket, _ = tickets.issue_ticket(unit, tickets.TicketRequest("HT"), "kiosk-2")
    job = slips.claim(unit, "side")
    assert job is not None
    slips.settle(unit, job, PrintState.SENDING, state, reason)
    return unit.tickets.get(ticket.id)


@pytest.mark.parametrize(
    ("state", "reason", "marked"),
    [
        (PrintState.PRINTED, None, True),
        (PrintState.UNKNOWN, "interrupted", True),
        (PrintState.NOT_PRINTED, "paper_out", False),
        (PrintState.NOT_PRINTED, "seen_by_clerk", True),
    ],
)
def test_again_stands_on_a_slip_only_if_an_earlier_one_may_have_come_out(
    printing: MemoryUnit, state: PrintState, reason: str | None, marked: bool
) -> None:
    issue(printing)
    ticket = settled(printing, state, reason)
    after = tickets.reprint(printing, ticket.id)
    job = printing.spool.of_ticket(ticket.id)[0]
    assert (job.marked, job.printer, job.ahead, job.state) == (marked, "side", 1, PrintState.QUEUED)
    assert after.print_state is printing.tickets.get(ticket.id).print_state is PrintState.QUEUED
    assert printing.events[-1] == (
        "slip.reprinted",
        ticket.id,
        {"number": "A002", "printer": "side", "reason": "marked" if marked else None},
    )


def test_nobody_is_before_a_ticket_that_no_longer_waits(printing: MemoryUnit) -> None:
    issue(printing)
    ticket = settled(printing, PrintState.PRINTED, None)
    calling.call_number(printing, "1", ticket.number)
    tickets.reprint(printing, ticket.id)
    assert printing.spool.of_ticket(ticket.id)[0].ahead == 0


@pytest.mark.parametrize("claimed", [False, True])
def test_a_slip_that_is_being_printed_is_not_printed_again(printing: MemoryUnit, claimed: bool) -> None:
    ticket = issue(printing)
    if claimed:
        slips.claim(printing, "hall")
    with pytest.raises(IllegalTransition, match="the slip of A001 is being printed") as refused:
        tickets.reprint(printing, ticket.id)
    assert refused.value.facts == {"number": "A001", "state": "WAITING"}


def test_an_office_without_printer_prints_nothing_again(unit: MemoryUnit) -> None:
    ticket = issue(unit)
    with pytest.raises(IllegalTransition, match="no printer is configured") as refused:
        tickets.reprint(unit, ticket.id)
    assert refused.value.facts == {"number": "A001", "state": "WAITING"}


def test_a_note_lies_apart_from_the_journal(unit: MemoryUnit) -> None:
    ticket = called(unit)
    note = tickets.add_note(unit, ticket.id, "mang bản gốc")
    assert unit.free_texts.rows == [(note, "note", ticket.id, "mang bản gốc", unit.now)]
    kind, subject, data = unit.events[-1]
    assert (kind, subject, data["note"]) == ("ticket.noted", ticket.id, note)
    assert "mang bản gốc" not in str(unit.events)


def test_at_a_kiosk_for_which_no_printer_is_known_the_number_stays_on_the_screen(printing: MemoryUnit) -> None:
    printing.devices.add("kiosk-3", "kiosk", None, "hash", MONDAY)
    printing.devices.add("counter-1", "counter", "1", "hash 2", MONDAY)
    ticket, _ = tickets.issue_ticket(printing, tickets.TicketRequest("HT"), "kiosk-3")
    assert (ticket.print_state, ticket.print_reason) == (PrintState.NOT_PRINTED, "no_printer")
    assert printing.spool.rows == {}, "nothing comes out at another machine"
    with pytest.raises(IllegalTransition, match='no printer is named for the kiosk "kiosk-3"'):
        tickets.reprint(printing, ticket.id)
    assert [kind for kind in printing.types() if kind.startswith("slip.")] == []
    tickets.issue_ticket(printing, tickets.TicketRequest("HT"), "counter-1")
    assert [job.printer for job in printing.spool.rows.values()] == ["hall"], "a counter has none of its own"
