"""What the waiting room sees."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contract.tickets import CounterState, TicketState
from contract.times import from_rfc3339
from kiosk.actions import calling, counters
from kiosk.actions.dossiers import put_dossiers
from kiosk.domain.dossier import Dossier
from kiosk.queries.board import BoardView, dossier_progress, read_board
from tests.office import OfficeStory, sample_configuration

DAY = 24 * 3600_000


class NoForecast:
    def wait_s(self, service: str, ahead: int) -> int | None:
        return 60 * ahead if service == "HT" else None


def seen(office: OfficeStory, with_names: bool = False) -> BoardView:
    with office.app.store.reading() as reading:
        now = office.clock.now_ms()
        return read_board(reading, office.app.office, NoForecast(), now, with_names)  # type: ignore[arg-type]


def put(office: OfficeStory, *dossiers: Dossier, **names: str) -> None:
    applicants = {one.code: names[one.code[-4:]] for one in dossiers if one.code[-4:] in names}
    with office.unit("sync") as unit:
        assert put_dossiers(unit, dossiers, applicants)["refused"] == []


def dossier(
    ordinal: str, field: str = "Đất đai", status: int = 4, due: str | None = "2024-04-17", **more: int
) -> Dossier:
    received = from_rfc3339("2024-04-10T08:00:00+07:00")
    due_at = None if due is None else from_rfc3339(f"{due}T17:00:00+07:00")
    code = f"000.00.53.H48-240410-{ordinal}"
    return Dossier(code, "1.000656", field, 1, status, received, due_at, **more)


def test_an_empty_morning(small_office: OfficeStory) -> None:
    view = seen(small_office)
    assert view.open and view.time == small_office.clock.now_ms()
    assert [(one.place.code, one.state, one.ticket) for one in view.counters] == [
        (code, CounterState.CLOSED, None) for code in ("1", "2", "3", "4", "5")
    ]
    assert [(one.service.code, one.service.letter, one.waiting) for one in view.queues] == [
        ("HT", "A", 0),
        ("DD", "C", 0),
        ("VX", "H", 0),
        ("VP", "K", 0),
        ("KQ", "R", 0),
    ]
    assert (view.recent_calls, view.progress) == ((), ())


def test_counters_show_their_state_and_the_ticket_in_front_of_them(small_office: OfficeStory) -> None:
    small_office.take_number("HT")
    small_office.call_next("1")
    with small_office.unit() as unit:
        counters.set_state(unit, "3", CounterState.PAUSED)
    rows = {one.place.code: one for one in seen(small_office).counters}
    assert rows["1"].state is CounterState.OPEN and rows["3"].state is CounterState.PAUSED
    ticket = rows["1"].ticket
    assert ticket is not None and (ticket.number, ticket.state) == ("A001", TicketState.CALLED)


def test_queues_count_those_who_wait_and_say_how_long_a_new_one_would(small_office: OfficeStory) -> None:
    for service in ("HT", "HT", "HT", "DD"):
        small_office.take_number(service)
    small_office.call_next("1")
    queues = {one.service.code: (one.waiting, one.wait_s) for one in seen(small_office).queues}
    assert queues == {"HT": (2, 120), "DD": (1, None), "VX": (0, None), "VP": (0, None), "KQ": (0, None)}


def test_a_service_is_full_when_the_last_number_of_its_day_is_given(small_office: OfficeStory) -> None:
    assert all(not one.full for one in seen(small_office).queues), "the sample office has no cap"
    services = small_office.app.office.services
    capped = {**services, "HT": replace(services["HT"], daily_cap=2)}
    office = replace(small_office.app.office, services=capped)
    full = []
    for _ in range(3):
        with small_office.app.store.reading() as reading:
            queues = read_board(reading, office, NoForecast(), small_office.clock.now_ms(), False).queues  # type: ignore[arg-type]
        full.append([one.service.code for one in queues if one.full])
        small_office.take_number("HT")
    assert full == [[], [], ["HT"]]


def test_the_last_eight_calls_newest_first(small_office: OfficeStory) -> None:
    for _ in range(10):
        small_office.take_number("HT")
        small_office.call_next("1", "complete" if small_office.types().count("ticket.called") else None)
        small_office.clock.passes(30)
    calls = seen(small_office).recent_calls
    assert [one.number for one in calls] == ["A010", "A009", "A008", "A007", "A006", "A005", "A004", "A003"]
    assert {(one.service, one.counter, one.recall) for one in calls} == {("HT", "1", False)}
    assert calls[0].time == small_office.clock.now_ms() - 30_000


def test_a_ticket_called_again_is_a_recall(small_office: OfficeStory) -> None:
    ticket = small_office.take_number("HT")
    small_office.call_next("1")
    with small_office.unit() as unit:
        calling.recall(unit, ticket.id, "1")
    assert [(one.number, one.recall) for one in seen(small_office).recent_calls] == [("A001", True)]


def test_calls_of_yesterday_are_not_shown_today(small_office: OfficeStory) -> None:
    small_office.take_number("HT")
    small_office.call_next("1")
    small_office.clock.jumps_to("2024-04-16T08:05:00+07:00")
    small_office.take_number("HT")
    assert seen(small_office).recent_calls == () and seen(small_office).business_date == "2024-04-16"


@pytest.mark.parametrize(
    ("time", "is_open", "next_opening"),
    [
        ("2024-04-15T08:05:00+07:00", True, "2024-04-15T13:30:00+07:00"),
        ("2024-04-15T12:00:00+07:00", False, "2024-04-15T13:30:00+07:00"),
        ("2024-04-15T19:00:00+07:00", False, "2024-04-16T07:00:00+07:00"),
    ],
)
def test_the_board_knows_whether_numbers_are_given_and_when_again(
    small_office: OfficeStory, time: str, is_open: bool, next_opening: str
) -> None:
    small_office.clock.jumps_to(time)
    view = seen(small_office)
    assert (view.open, view.next_opening) == (is_open, next_opening)


def test_dossiers_show_masked_code_step_and_date_the_next_one_due_first(small_office: OfficeStory) -> None:
    put(small_office, dossier("0012", due="2024-04-19"), dossier("0007", status=5, due="2024-04-16"))
    assert [(one.code_masked, one.step) for one in seen(small_office).progress] == [
        ("•••240410-0007", "papers_asked"),
        ("•••240410-0012", "processing"),
    ]
    assert seen(small_office).progress[0].due_at == from_rfc3339("2024-04-16T17:00:00+07:00")


def test_a_decided_dossier_is_shown_for_three_days(small_office: OfficeStory) -> None:
    now = small_office.clock.now_ms()
    fresh, old = now - 3 * DAY, now - 3 * DAY - 1
    put(small_office, dossier("0001", status=9, finished_at=fresh), dossier("0002", status=9, finished_at=old))
    assert [(one.code_masked, one.step) for one in seen(small_office).progress] == [("•••240410-0001", "ready")]


@pytest.mark.parametrize(
    ("field", "sensitive"),
    [("Đất đai", False), ("Hộ tịch", False), ("Nuôi con nuôi", True), ("Giảm nghèo", True), ("Người có công", True)],
)
def test_of_sensitive_fields_only_sign_and_step_may_be_shown(
    small_office: OfficeStory, field: str, sensitive: bool
) -> None:
    assert dossier_progress(dossier("0001", field), small_office.app.office.field_rules, "").sensitive is sensitive


def test_masked_names_are_told_to_a_board_only_and_of_the_listed_fields_only(home: object) -> None:
    office = OfficeStory(
        f"sqlite:///{home}/named.db", sample_configuration(f"sqlite:///{home}/named.db", masked_names=["Đất đai"])
    )
    put(office, dossier("0001"), dossier("0002", field="Hộ tịch"), **{"0001": "Phạm V. T.", "0002": "Lê T. H."})
    assert {one.code_masked[-4:]: one.name for one in seen(office, with_names=True).progress} == {
        "0001": "Phạm V. T.",
        "0002": "",
    }
    assert [one.name for one in seen(office, with_names=False).progress] == ["", ""]
    office.close()


def test_the_snapshot_stands_at_the_last_event(small_office: OfficeStory) -> None:
    small_office.take_number("HT")
    last = small_office.events()[-1]
    view = seen(small_office)
    assert (view.seq, view.epoch, view.business_date) == (last["seq"], last["epoch"], "2024-04-15")


def test_notices_are_those_of_the_configuration(small_office: OfficeStory) -> None:
    assert seen(small_office).notices == small_office.app.office.notices
    assert all(len(notice) == 3 for notice in seen(small_office).notices)


def test_seventy_dossiers_of_which_nothing_is_shown_keep_none_away_that_can_be_read(small_office: OfficeStory) -> None:
    put(small_office, *(dossier(f"{n:04d}", "Giảm nghèo", due="2024-04-16") for n in range(70)))
    put(small_office, dossier("0900", due="2024-04-17"), dossier("0901", due="2024-04-18"))
    progress = seen(small_office).progress
    assert [one.code_masked[-4:] for one in progress if not one.sensitive] == ["0900", "0901"]
    assert sum(one.sensitive for one in progress) == 60


def test_at_most_sixty_that_can_be_read_are_given_out(small_office: OfficeStory) -> None:
    put(small_office, *(dossier(f"{n:04d}", "Giảm nghèo" if n % 10 == 0 else "Đất đai") for n in range(90)))
    progress = seen(small_office).progress
    assert sum(not one.sensitive for one in progress) == 60
    assert [one.code_masked for one in progress] == sorted(one.code_masked for one in progress), (
        "by due date, as before"
    )
