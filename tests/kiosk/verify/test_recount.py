"""The recount agrees with the reports on any day, and finds what somebody changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contract.events import DeviceChange
from contract.tickets import CounterState
from kiosk.actions import calling, counters, days, dossier_links, ratings, tickets, undoing
from kiosk.actions.devices import record_device_change
from kiosk.actions.dossiers import put_dossiers
from kiosk.domain.dossier import Dossier
from kiosk.domain.errors import DomainError
from kiosk.maintenance.verification import verify_store
from kiosk.store import journal
from kiosk.verify.chain import canonical
from kiosk.verify.recount import RecountResult
from tests.office import OfficeStory

STEPS = (
    "issue",
    "call",
    "finish",
    "start",
    "complete",
    "absent",
    "recall",
    "hold",
    "back",
    "move",
    "cancel",
    "undo",
    "rate",
    "paper",
    "link",
    "unlink",
    "rest",
    "open",
    "note",
    "night",
    "clock_back",
    "device",
    "dossier",
)
CHANGES: tuple[DeviceChange, ...] = ("fault", "offline", "recovered", "online")


@pytest.fixture
def story(home: Path) -> Iterator[OfficeStory]:
    made = OfficeStory(f"sqlite:///{home / 'motcua.db'}")
    yield made
    made.close()


def act(story: OfficeStory, step: str, pick: int) -> None:
    """One step of a random day; a refusal of the rules changes nothing."""
    counter = str(pick % 3 + 1)
    with story.unit() as unit:
        days.ensure_today(unit)
        known = unit.tickets.waiting() + [
            unit.tickets.get(c.current or c.last_served or "")
            for c in unit.counters.all()
            if c.current or c.last_served
        ]
        ticket = known[pick % len(known)].id if known else ""
        actions = {
            "issue": lambda: tickets.issue_ticket(unit, tickets.TicketRequest(("HT", "DD")[pick % 2]), "k"),
            "call": lambda: calling.call_next(unit, counter),
            "finish": lambda: calling.call_next(unit, counter, "complete"),
            "start": lambda: calling.start_service(unit, ticket),
            "complete": lambda: calling.complete(unit, ticket),
            "absent": lambda: calling.mark_no_show(unit, ticket),
            "recall": lambda: calling.recall(unit, ticket, counter),
            "hold": lambda: calling.hold(unit, ticket, counter, None),
            "back": lambda: calling.return_to_queue(unit, ticket, counter),
            "move": lambda: calling.transfer(unit, ticket, counter, "VP", None, False, None),
            "cancel": lambda: calling.cancel(unit, ticket, counter, None),
            "undo": lambda: undoing.undo(unit, ticket, counter),
            "rate": lambda: ratings.rate(
                unit, ratings.RatingInput(ticket, {"attitude": "satisfied"}, (), None, unit.now), "t"
            ),
            "paper": lambda: tickets.enter_paper_ticket(unit, f"A{pick:03d}", unit.now - 60_000, "k"),
            "link": lambda: dossier_links.link_dossier(unit, ticket, f"000.00.53.H48-240414-000{pick % 3}"),
            "unlink": lambda: dossier_links.unlink_dossier(
                unit, ticket, f"000.00.53.H48-240414-000{pick % 3}", counter
            ),
            "rest": lambda: calling.finish(unit, counter, "pause"),
            "open": lambda: counters.set_state(unit, counter, CounterState.OPEN),
            "device": lambda: record_device_change(unit, "board", f"tv-{pick % 2}", CHANGES[pick // 3 % 4], None),
            "dossier": lambda: put_dossiers(unit, [a_dossier(pick, unit.now)]),
            "note": lambda: tickets.add_note(unit, ticket, "nhớ mang sổ"),
        }
        if step in actions:
            actions[step]()


def a_dossier(pick: int, now: int) -> Dossier:
    """One of three, as it stands at some moment: open, or ended before, on or after its day."""
    day, status = 86_400_000, (2, 4, 7, 9, 10)[pick % 5]
    return Dossier(
        f"000.00.53.H48-240414-{pick % 3:04d}",
        f"1.00{pick % 2}193",
        ("Hộ tịch", "Đất đai")[pick % 2],
        (1, 2, 3, 4)[pick % 4],
        status,
        now - (pick % 7) * day,
        due_at=None if pick % 6 == 0 else now + (pick % 3 - 1) * day,
        finished_at=None if status in (2, 4) else now,
        digitised=pick % 2 == 0,
    )


def play(story: OfficeStory, steps: list[tuple[str, int, int]]) -> None:
    for step, pick, seconds in steps:
        story.clock.passes(seconds)
        if step == "night":
            story.clock.passes(17 * 3600)
        if step == "clock_back":
            story.clock.passes(-400)
        try:
            act(story, step, pick)
        except DomainError:
            continue


one_step = st.tuples(st.sampled_from(STEPS), st.integers(1, 12), st.integers(0, 70))
random_days = st.lists(one_step, min_size=5, max_size=60)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(steps=random_days)
def test_every_figure_of_a_random_day_equals_the_recount(
    steps: list[tuple[str, int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with TemporaryDirectory() as folder:
        monkeypatch.setenv("MOTCUA_HOME", folder)
        story = OfficeStory(f"sqlite:///{folder}/motcua.db", None)
        try:
            play(story, steps)
            found = verify_store(story.app.store)
        finally:
            story.close()
    assert found.listed == []


def one_served_ticket(story: OfficeStory) -> None:
    ticket = story.take_number()
    story.take_number()
    story.clock.passes(60)
    story.call_next("1")
    with story.unit() as unit:
        calling.complete(unit, ticket.id)
        ratings.rate(unit, ratings.RatingInput(ticket.id, {"attitude": "satisfied"}, (), None, unit.now), "t")
        put_dossiers(unit, [Dossier("000.00.53.H48-240414-0001", "1.001193", "Hộ tịch", 2, 4, 1_713_000_000_000)])


def test_an_answer_of_the_second_page_that_somebody_adds_is_found(story: OfficeStory) -> None:
    one_served_ticket(story)
    assert verify_store(story.app.store).listed == []
    with story.unit() as unit:
        unit.ratings.add_further("r9", {"contacts": "none"}, unit.business_date)
    assert any("further answers of rating r9 differ" in one for one in verify_store(story.app.store).listed)


def test_a_note_written_before_an_undo_is_no_difference(story: OfficeStory) -> None:
    ticket = story.take_number()
    story.call_next("1")
    with story.unit() as unit:
        tickets.add_note(unit, ticket.id, "nhớ mang sổ")
    with story.unit() as unit:
        undoing.undo(unit, ticket.id, "1")
    assert verify_store(story.app.store).listed == []


def test_a_service_of_no_time_is_a_remark_with_its_number_and_no_difference(story: OfficeStory) -> None:
    """So the key that ended a visit once began and completed it, in two calls a moment apart."""
    for _ in range(3):
        story.take_number()
    for seconds in (0.02, 0.5, 0.499):
        ticket = story.call_next("1")
        assert ticket
        story.clock.passes(40)
        with story.unit() as unit:
            calling.start_service(unit, ticket.id, "1")
        story.clock.passes(seconds)
        with story.unit() as unit:
            calling.finish(unit, "1", "pause")
            counters.set_state(unit, "1", CounterState.OPEN)
    result = verify_store(story.app.store)
    assert (result.differences, result.listed) == (0, [])
    assert result.remarks == ["2024-04-15: 2 tickets were served in no time: A001, A003"]


def after(story: OfficeStory, change: str) -> RecountResult:
    """What the recount says after somebody changed the database behind the service's back."""
    one_served_ticket(story)
    assert verify_store(story.app.store).differences == 0
    with story.app.store.writing() as tables:
        assert tables.transaction.cursor.execute(change).rowcount > 0
    return verify_store(story.app.store)


def test_an_untouched_database_has_no_difference_and_says_what_was_checked(story: OfficeStory) -> None:
    one_served_ticket(story)
    found = verify_store(story.app.store)
    assert (found.differences, found.tickets, found.ratings, found.dossiers, found.days) == (0, 2, 1, 1, 1)
    assert found.events == len(story.events())
    assert found.figures > 40


def test_a_changed_event_is_found(story: OfficeStory) -> None:
    found = after(story, "UPDATE journal SET body = replace(body, 'T01:05', 'T01:06') WHERE seq = 3")
    assert any("seq 3: the hash is" in line for line in found.listed)


def test_a_deleted_event_is_found(story: OfficeStory) -> None:
    found = after(story, "DELETE FROM journal WHERE seq = 4")
    assert any("hole" in line for line in found.listed)


def test_a_journal_cut_at_its_end_is_found(story: OfficeStory) -> None:
    found = after(story, "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)")
    assert any("the journal ends at" in line for line in found.listed)


@pytest.mark.parametrize(
    "change",
    [
        "state = 'CANCELLED'",
        "counter = '2'",
        "clerk = 'x'",
        "first_called_at = first_called_at + 1",
        "ended_at = ended_at + 1",
        "issued_at = issued_at - 1",
        "rated = 0",
        "calls = 9",
        "issued_service = 'DD'",
    ],
)
def test_a_changed_ticket_row_is_found(story: OfficeStory, change: str) -> None:
    found = after(story, f"UPDATE tickets SET {change} WHERE number = 'A001'")
    assert any("A001" in line and change.partition(" ")[0] in line for line in found.listed)


def test_a_ticket_row_that_vanished_is_found(story: OfficeStory) -> None:
    found = after(story, "DELETE FROM tickets WHERE number = 'A002'")
    assert any("has no row" in line for line in found.listed)


def test_a_ticket_that_no_event_knows_is_found(story: OfficeStory) -> None:
    found = after(story, "UPDATE tickets SET business_date = '2020-01-01' WHERE number = 'A002'")
    assert any("2020-01-01" in line for line in found.listed)


def test_a_changed_rating_is_found(story: OfficeStory) -> None:
    found = after(story, "UPDATE ratings SET level = 'very_satisfied'")
    assert any("ratings/total/levels" in line for line in found.listed)
    assert any("the rating of ticket" in line for line in found.listed)


def test_a_changed_dossier_is_found(story: OfficeStory) -> None:
    found = after(story, "UPDATE dossiers SET status = 10")
    assert found.listed == ["dossier 000.00.53.H48-240414-0001: the table differs from its last dossier.updated"]


def test_a_vanished_number_is_found_but_a_gap_below_a_paper_number_is_not(story: OfficeStory) -> None:
    with story.unit() as unit:
        days.ensure_today(unit)
        tickets.enter_paper_ticket(unit, "A005", unit.now, "k")
    story.take_number()
    assert verify_store(story.app.store).listed == []
    with story.app.store.writing() as tables:
        tables.transaction.cursor.execute("UPDATE number_series SET last = 8")
    story.take_number()
    assert [line for line in verify_store(story.app.store).listed if "missing" in line] == [
        "2024-04-15: number A007 is missing",
        "2024-04-15: number A008 is missing",
    ]


letters = st.text('aé"\\\n\t\x01đ☕𝄞 /', max_size=8)
values = st.one_of(st.none(), st.booleans(), st.integers(), letters, st.lists(letters, max_size=3))


@settings(suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.text("abcz_", min_size=1, max_size=4), values, max_size=4))
def test_the_recount_writes_canonical_json_as_the_journal_does(value: dict[str, object]) -> None:
    assert canonical(value) == journal.canonical(value)


def test_a_fraction_has_no_canonical_form() -> None:
    with pytest.raises(ValueError, match="no place"):
        canonical({"a": 1.5})
