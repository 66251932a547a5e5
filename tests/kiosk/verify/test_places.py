"""What no journal may say, written into one behind the rules' back: the recount must name it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contract.tickets import TicketState
from kiosk.actions.dossiers import put_dossiers
from kiosk.domain.dossier import Dossier
from kiosk.domain.events.ratings import RatingSubmitted
from kiosk.domain.events.tickets import TicketCalled, TicketCompleted, TicketIssued, TicketUndone
from kiosk.domain.ticket import Ticket
from kiosk.maintenance.verification import daily_figures, dossier_figures, verify_store
from kiosk.store.store import Reading
from kiosk.verify.recount import verify
from tests.kiosk.verify.besides import beside
from tests.office import OfficeStory


@pytest.fixture
def story(home: Path) -> Iterator[OfficeStory]:
    opened = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    yield opened
    opened.close()


def call_behind_the_rules(story: OfficeStory, ticket: Ticket, counter: str) -> Ticket:
    """The event and the row of a call that no rule was asked about."""
    called = ticket.call(counter, None, story.clock.now_ms(), 0)
    with story.unit() as unit:
        unit.tickets.save(ticket, called)
        unit.record(TicketCalled(called))
    return called


def test_two_tickets_at_one_counter_are_named(story: OfficeStory) -> None:
    story.take_number()
    second = story.take_number()
    first = story.call_next("1")
    assert first is not None
    call_behind_the_rules(story, second, "1")
    seq = len(story.events())
    assert verify_store(story.app.store).listed == [f"seq {seq}: counter 1 has two tickets, {first.id} and {second.id}"]


def test_after_two_tickets_at_one_counter_each_may_leave_it(story: OfficeStory) -> None:
    story.take_number()
    second = story.take_number()
    first = story.call_next("1")
    assert first is not None
    call_behind_the_rules(story, second, "1")
    for ticket in (second, first):
        with story.unit() as unit:
            left = unit.tickets.get(ticket.id)
            done = left.complete(unit.now)
            unit.tickets.save(left, done)
            unit.record(TicketCompleted(done))
    wrong = verify_store(story.app.store).listed
    assert len(wrong) == 1 and "counter 1 has two tickets" in wrong[0]


def test_two_counters_with_a_ticket_each_are_as_they_should_be(story: OfficeStory) -> None:
    story.take_number()
    second = story.take_number()
    story.call_next("1")
    call_behind_the_rules(story, second, "2")
    assert verify_store(story.app.store).listed == []


def test_a_ticket_issued_twice_is_named(story: OfficeStory) -> None:
    ticket = story.take_number()
    with story.unit() as unit:
        unit.record(TicketIssued(ticket, 1))
    assert f"ticket {ticket.id} was issued twice" in verify_store(story.app.store).listed


def test_an_event_of_a_ticket_that_was_never_issued_is_named(story: OfficeStory) -> None:
    ticket = story.take_number()._replace(id="01900000-0000-7000-8000-000000000000", state=TicketState.COMPLETED)
    with story.unit() as unit:
        unit.record(TicketCompleted(ticket))
    seq = len(story.events())
    listed = verify_store(story.app.store).listed
    assert f"seq {seq}: ticket.completed of a ticket that was never issued ({ticket.id})" in listed


def test_a_journal_of_many_pages_and_days_is_read_to_its_end(
    story: OfficeStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reading, "PAGE", 3)
    monkeypatch.setattr("kiosk.verify.recount.OPEN_DAYS", 1)
    for _ in range(3):
        story.take_number()
        story.take_number("DD")
        story.call_next("1")
        story.clock.passes(24 * 3600)
    story.take_number()
    result = verify_store(story.app.store)
    assert result.listed == []
    assert (result.days, result.tickets, result.epochs) == (4, 7, 1)
    assert result.events == len(story.events())


def test_a_rating_of_a_ticket_that_nobody_knows_is_named(story: OfficeStory) -> None:
    ticket = story.take_number()._replace(id="01900000-0000-7000-8000-000000000000")
    with story.unit() as unit:
        unit.record(RatingSubmitted("r1", ticket, {"attitude": "satisfied"}, ()))
    seq = len(story.events())
    listed = verify_store(story.app.store).listed
    assert f"seq {seq}: a rating of a ticket that is not known ({ticket.id})" in listed


def test_an_undo_that_undoes_nothing_is_named(story: OfficeStory) -> None:
    ticket = story.take_number()
    with story.unit() as unit:
        unit.record(TicketUndone(ticket, "no-such-event"))
    seq = len(story.events())
    assert f"A001: seq {seq} undoes an event that is not the ticket's last" in verify_store(story.app.store).listed


def test_a_ticket_of_a_day_long_over_is_named(story: OfficeStory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.verify.recount.OPEN_DAYS", 1)
    first = story.take_number()
    story.clock.passes(24 * 3600)
    story.take_number()
    late = first._replace(id="01900000-0000-7000-8000-000000000000", number="A002")
    with story.unit() as unit:
        unit.record(TicketIssued(late, 1))
    with story.app.store.writing() as tables:
        body = "SELECT body FROM journal WHERE seq = (SELECT max(seq) FROM journal)"
        row = tables.transaction.cursor.execute(body).fetchone()[0]
        changed = json.dumps({**json.loads(row), "business_date": first.business_date})
        tables.transaction.cursor.execute(
            "UPDATE journal SET body = ? WHERE seq = (SELECT max(seq) FROM journal)", (changed,)
        )
    listed = verify_store(story.app.store).listed
    assert f"2024-04-15: ticket {late.id} was issued long after this day" in listed


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (
            '{"seq": 4, "type": "ticket.called", "subject": "x", "data": {}}',
            "seq 4: ticket.called of a ticket that was",
        ),
        ('{"seq": 4, "type": "rating.submitted", "data": null}', "seq 4: cannot be read ("),
        ('{"seq": 4, "type": 7}', "seq 4: cannot be read ("),
        (
            '{"seq": 4, "type": "dossier.updated", "subject": "x", "data": {"received_at": "soon"}}',
            "seq 4: cannot be read (",
        ),
    ],
)
def test_an_event_that_cannot_be_read_is_named_and_the_rest_is_recounted(
    story: OfficeStory, body: str, named: str
) -> None:
    for _ in range(4):
        story.take_number()
    with story.app.store.writing() as tables:
        tables.transaction.cursor.execute("UPDATE journal SET body = ? WHERE seq = 4", (body,))
    result = verify_store(story.app.store)
    assert result.events == 4 + 2
    assert any(named in line for line in result.listed)


def test_a_dossier_that_stands_in_one_place_only_is_named(story: OfficeStory) -> None:
    codes = ("000.00.53.H48-240414-0001", "000.00.53.H48-240414-0002")
    with story.unit() as unit:
        put_dossiers(unit, [Dossier(code, "1.001193", "Hộ tịch", 2, 4, 1_713_000_000_000) for code in codes])
    with story.app.store.writing() as tables:
        tables.transaction.cursor.execute("DELETE FROM dossiers WHERE code = ?", (codes[0],))
        tables.transaction.cursor.execute("UPDATE journal SET body = replace(body, '0414-0002', '0414-0003')")
    listed = verify_store(story.app.store).listed
    named = [line for line in listed if line.endswith("the table differs from its last dossier.updated")]
    assert named == [
        f"dossier {code}: the table differs from its last dossier.updated"
        for code in (*codes, "000.00.53.H48-240414-0003")
    ]


def test_a_row_without_an_event_is_named(story: OfficeStory) -> None:
    ticket = story.take_number()
    with story.app.store.writing() as tables:
        cursor = tables.transaction.cursor
        columns = [row[1] for row in cursor.execute("PRAGMA table_info(tickets)").fetchall()]
        other = {"id": "'copy'", "number": "'A777'", "public_token": "'copy'", "arrival": "arrival + 1"}
        values = ", ".join(other.get(column, column) for column in columns)
        cursor.execute(f"INSERT INTO tickets SELECT {values} FROM tickets WHERE id = ?", (ticket.id,))
    assert "2024-04-15: ticket A777 (copy) has a row but no event" in verify_store(story.app.store).listed


def test_only_the_first_differences_are_kept_as_text(story: OfficeStory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.verify.recount.MAX_LISTED", 2)
    for _ in range(4):
        story.take_number()
    with story.app.store.writing() as tables:
        tables.transaction.cursor.execute("DELETE FROM tickets")
    result = verify_store(story.app.store)
    assert len(result.listed) == 2
    assert result.differences > 4


def test_a_report_that_cannot_be_made_is_a_difference_of_its_day(story: OfficeStory) -> None:
    def broken(*_: object) -> dict[str, object]:
        raise LookupError("no such level")

    story.take_number()
    result = verify(story.app.store, broken)
    assert result.listed == ["2024-04-15: a row cannot be read (LookupError('no such level'))"]
    assert (result.days, result.figures) == (1, 0)


def test_rows_that_cannot_be_read_end_the_recount_with_a_difference(story: OfficeStory) -> None:
    def broken(*_: object) -> dict[str, int | None]:
        raise ValueError("not a date")

    story.take_number()
    result = verify(story.app.store, daily_figures, beside(broken))
    assert result.listed == ["a row cannot be read (ValueError('not a date'))"]


def test_figures_of_dossiers_that_one_side_lacks_are_named(story: OfficeStory) -> None:
    def report(*given: Any) -> dict[str, int | None]:
        figures = dossier_figures(*given)
        del figures["2024-12-14/late"]
        return {**figures, "2024-12-14/lost": 1}

    with story.unit() as unit:
        put_dossiers(unit, [Dossier("000.00.53.H48-240414-0001", "1.001193", "Hộ tịch", 2, 4, 1_713_000_000_000)])
    assert verify(story.app.store, daily_figures, beside(report)).listed == [
        "dossiers up to 2024-12-14/late: the report says missing, the journal 0",
        "dossiers up to 2024-12-14/lost: the report says 1, the journal missing",
    ]


def test_a_figure_that_one_side_lacks_is_named(story: OfficeStory) -> None:
    def report(*given: Any) -> dict[str, Any]:
        whole = daily_figures(*given)
        total = {name: value for name, value in whole["total"].items() if name != "issued"}
        return {**whole, "total": {**total, "lost": 2}}

    story.take_number()
    assert verify(story.app.store, report).listed == [
        "2024-04-15 total/issued: the report says missing, the journal 1",
        "2024-04-15 total/lost: the report says 2, the journal missing",
    ]
