"""Slips between the queue and the paper: two dispensers, faults while people wait, and the roll."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from config import places
from config.loading import ConfigurationError, build, sample_text
from config.schema import PrinterSection
from kiosk.actions import days, slips, tickets
from kiosk.domain.paper import RESERVE
from kiosk.domain.printing import EXPIRES_MS
from kiosk.domain.ticket import PrintState, Ticket
from kiosk.mouth_watch import MouthWatch
from kiosk.printer_words import for_citizen
from kiosk.printing import PrintThread
from kiosk.store.store import StorageBusy
from tests.office import OfficeStory, sample_configuration
from tests.ticket_printer.slips import until
from ticket_printer.driver import Outcome
from ticket_printer.presenter import TAKE_S
from ticket_printer.simulator.printer import SimulatedPrinter
from ticket_printer.slip import Slip

Hall = Callable[..., "Room"]


class Room:
    """An office with dispensers, their threads gone round by hand unless started."""

    def __init__(self, home: Any, monkeypatch: pytest.MonkeyPatch, printers: dict[str, dict[str, Any]]) -> None:
        self.devices = {name: SimulatedPrinter(mm_per_s=600.0, cut_s=0.02) for name in printers}
        for device in self.devices.values():
            device.start()
        sections = [
            PrinterSection(name=name, url="tcp://{}:{}".format(*self.devices[name].address),
                           **{"profile": "epson-tm-t20", **more})
            for name, more in printers.items()
        ]  # fmt: skip
        known = sample_configuration(f"sqlite:///{home / 'motcua.db'}").model_copy(update={"printer": sections})
        self.office = OfficeStory("", known)
        clock = self.office.clock
        monkeypatch.setattr(clock, "monotonic", lambda: clock.elapsed + time.monotonic())
        self.threads = {section.name: PrintThread(self.office.house, section) for section in sections}

    def take(self, kiosk: str = "kiosk-1") -> Ticket:
        with self.office.unit("kiosk") as unit:
            days.ensure_today(unit)
            return tickets.issue_ticket(unit, tickets.Wish("HT", None), kiosk)[0]

    def outcome(self, ticket: Ticket) -> tuple[PrintState, str | None]:
        found = self.office.ticket(ticket.id)
        return found.print_state, found.print_reason

    def shown(self, printer: str) -> dict[str, Any]:
        return self.office.house.print_states[printer]

    def close(self) -> None:
        for thread in self.threads.values():
            thread.stop()
            if thread.is_alive():
                thread.join(10)
        for device in self.devices.values():
            device.stop()
        self.office.close()


@pytest.fixture
def hall(home: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    rooms: list[Room] = []

    def furnish(**printers: dict[str, Any]) -> Room:
        rooms.append(Room(home, monkeypatch, printers))
        return rooms[-1]

    yield furnish
    for room in rooms:
        room.close()


# ---- two dispensers
TWO: dict[str, dict[str, Any]] = {"left": {"kiosks": ["kiosk-1"]}, "right": {"kiosks": ["kiosk-2"]}}


def test_each_kiosk_has_its_own_dispenser(hall: Hall) -> None:
    room = hall(**TWO)
    first, second, other = room.take("kiosk-1"), room.take("kiosk-2"), room.take("counter-3")
    while any(thread.go_round() for thread in room.threads.values()):
        pass
    assert {room.outcome(ticket) for ticket in (first, second, other)} == {(PrintState.PRINTED, None)}
    assert (room.devices["left"].count, room.devices["right"].count) == (2, 1)


def test_a_dead_dispenser_slows_nobody_and_its_people_are_told(hall: Hall) -> None:
    room = hall(**TWO)
    room.devices["left"].obey({"stalled": True})
    for thread in room.threads.values():
        room.office.house.store.committed.append(thread.wake)
        thread.start()
    waiting = [room.take("kiosk-1") for _ in range(3)]
    began = time.monotonic()
    well = [room.take("kiosk-2") for _ in range(3)]
    assert until(lambda: all(room.outcome(ticket)[0] is PrintState.PRINTED for ticket in well))
    assert time.monotonic() - began < 5
    assert until(lambda: all(room.outcome(ticket) == (PrintState.NOT_PRINTED, "no_answer") for ticket in waiting), 10)
    assert room.devices["right"].count == 3


def test_a_slip_goes_to_the_other_dispenser_only_where_that_is_configured(hall: Hall) -> None:
    room = hall(left={"kiosks": ["kiosk-1"], "fallback": "right"}, right={"kiosks": ["kiosk-2"]})
    for thread in room.threads.values():
        thread.go_round()
    room.devices["left"].obey({"paper": "out"})
    room.devices["right"].obey({})
    ticket = room.take("kiosk-1")
    room.threads["left"].go_round()
    assert room.outcome(ticket) == (PrintState.QUEUED, None)
    room.threads["right"].go_round()
    assert room.outcome(ticket) == (PrintState.PRINTED, None)
    room.devices["right"].obey({"paper": "out"})
    other = room.take("kiosk-2")
    room.threads["right"].go_round()
    assert room.outcome(other) == (PrintState.NOT_PRINTED, "paper_out")


def test_a_slip_that_no_printer_can_print_is_not_handed_to_and_fro(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = hall(left={"kiosks": ["kiosk-1"], "fallback": "right"}, right={"fallback": "left"})
    for thread in room.threads.values():
        thread.go_round()
    monkeypatch.setattr("kiosk.printing.ticket_slip", lambda *_: {}["gone"])
    ticket = room.take("kiosk-1")
    room.threads["left"].go_round()
    assert room.outcome(ticket) == (PrintState.NOT_PRINTED, "not_drawn")


def test_each_printer_tells_its_own_cause_for_a_slip_that_waited_too_long(hall: Hall) -> None:
    room = hall(**TWO)
    room.devices["right"].obey({"paper": "out"})
    for thread in room.threads.values():
        thread.go_round()
    tickets = [room.take("kiosk-1"), room.take("kiosk-2")]
    room.office.clock.passes(31)
    room.threads["right"].go_round()
    assert [room.outcome(ticket)[1] for ticket in tickets] == [None, "paper_out"]
    room.threads["left"].go_round()
    assert room.outcome(tickets[0]) == (PrintState.NOT_PRINTED, "waited too long")


def test_slips_of_a_printer_that_left_the_configuration_are_settled_at_the_start(hall: Hall) -> None:
    room = hall(**TWO)
    waiting, sent = room.take("kiosk-1"), room.take("kiosk-1")
    with room.office.unit("system") as unit:
        job = unit.spool.of_ticket(sent.id)[0]
        assert unit.spool.move(job.id, PrintState.QUEUED, PrintState.SENDING, None, unit.now)
        assert slips.settle_orphans(unit, ["left", "right"]) == 0
        assert slips.settle_orphans(unit, ["right"]) == 2
    assert room.outcome(waiting) == (PrintState.NOT_PRINTED, "unsupported")
    assert room.outcome(sent) == (PrintState.UNKNOWN, "interrupted")


def test_a_profile_that_cannot_be_used_stops_its_own_printer_only(
    hall: Hall, home: Any, caplog: pytest.LogCaptureFixture
) -> None:
    (home / "profiles").mkdir()
    (home / "profiles" / "broken.toml").write_text("[x\n", encoding="utf-8")
    room = hall(left={"kiosks": ["kiosk-1"], "profile": "brother"}, right={"kiosks": ["kiosk-2"]})
    assert 'there is no profile "brother"' in caplog.text and "broken.toml" in caplog.text
    first, second = room.take("kiosk-1"), room.take("kiosk-2")
    for thread in room.threads.values():
        thread.go_round()
    assert room.outcome(first) == (PrintState.NOT_PRINTED, "unsupported")
    assert room.outcome(second) == (PrintState.PRINTED, None)


def test_a_stand_in_that_does_not_exist_is_found_before_the_office_opens() -> None:
    import tomllib

    tables = tomllib.loads(sample_text())
    tables["printer"] = [{"name": "left", "url": "tcp://127.0.0.1:9", "fallback": "left", "kiosks": ["a", "a"]}]
    with pytest.raises(ConfigurationError) as caught:
        build(tables, "sample")
    assert 'there is no other [[printer]] "left"' in str(caught.value) and '"a" stands twice' in str(caught.value)


# ---- faults while people wait
def test_whoever_waits_for_a_printer_that_stands_still_is_told_at_once(hall: Hall) -> None:
    room = hall(hall={})
    room.devices["hall"].obey({"cover": "open"})
    waiting = [room.take() for _ in range(5)]
    began = time.monotonic()
    room.threads["hall"].go_round()
    assert time.monotonic() - began < 2
    assert {room.outcome(ticket) for ticket in waiting} == {(PrintState.NOT_PRINTED, "cover_open")}
    room.devices["hall"].obey({"cover": "closed"})
    room.office.clock.passes(3)
    assert room.threads["hall"].go_round() is False and room.devices["hall"].count == 0


def test_a_printer_that_is_away_is_not_knocked_at_for_each_person(hall: Hall) -> None:
    room = hall(hall={})
    room.devices["hall"].stop()
    began = time.monotonic()
    waiting = [room.take() for _ in range(40)]
    while room.threads["hall"].go_round():
        pass
    assert {room.outcome(ticket) for ticket in waiting} == {(PrintState.NOT_PRINTED, "unreachable")}
    assert time.monotonic() - began < 5


def half_a_slip(device: SimulatedPrinter) -> None:
    """What a service sent before it died, or before its cable was pulled: it waits in the printer for paper."""
    with socket.create_connection(device.address) as line:
        line.sendall(b"\x1bJ\xff\x1dVB\x00")
        assert until(lambda: device.waiting > 0)


def nothing_old_comes_out(device: SimulatedPrinter) -> bool:
    """After the refill."""
    device.obey({"paper": "ok"})
    return not until(lambda: device.paper.printed_rows > 0, 0.3)


def test_after_a_crash_in_mid_slip_the_printer_is_emptied_before_the_next_one(hall: Hall) -> None:
    room = hall(hall={})
    device = room.devices["hall"]
    device.obey({"paper": "out"})
    half_a_slip(device)
    ticket = room.take()
    with room.office.unit("system") as unit:
        assert slips.claim(unit, "hall") is not None
    room.threads["hall"].go_round()
    assert room.outcome(ticket) == (PrintState.UNKNOWN, "interrupted")
    assert nothing_old_comes_out(device)


def test_a_service_that_is_new_empties_the_printer_of_a_slip_that_the_old_one_gave_up(hall: Hall) -> None:
    room = hall(hall={})
    device = room.devices["hall"]
    device.obey({"paper": "out"})
    half_a_slip(device)
    ticket = room.take()
    with room.office.unit("system") as unit:
        job = slips.claim(unit, "hall")
        assert job is not None
        slips.settle(unit, job, PrintState.SENDING, PrintState.UNKNOWN, "unreachable")
    room.threads["hall"].go_round()
    assert room.outcome(ticket) == (PrintState.UNKNOWN, "unreachable")
    assert nothing_old_comes_out(device)


def test_a_service_that_is_new_empties_the_printer_of_a_trial_in_which_the_old_one_died(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = hall(hall={})
    device, thread, trials = room.devices["hall"], room.threads["hall"], room.office.house.trials

    class Dies(BaseException): ...

    def half(slip: Slip, job: int) -> Outcome:
        half_a_slip(device)
        raise Dies

    thread.go_round()
    thread._printer.close()  # the simulated printer has room for one line
    device.obey({"paper": "out"})
    monkeypatch.setattr(thread, "_refused", lambda: None)
    monkeypatch.setattr(thread._printer, "print", half)
    trials.ask("hall", room.office.clock.now_ms())
    with pytest.raises(Dies):
        thread.go_round()
    thread.stop()
    fresh = PrintThread(room.office.house, room.office.house.configuration.printer[0])
    room.threads["hall"] = fresh
    trials.done("hall", "UNKNOWN", "interrupted")
    fresh.go_round()
    assert nothing_old_comes_out(device)
    room.office.clock.passes(3)
    ticket = room.take()
    fresh.go_round()
    assert room.outcome(ticket) == (PrintState.PRINTED, None)
    assert not places.trial_mark("hall").exists()


@pytest.mark.parametrize(
    ("fates", "doubt"),
    [([], False), ([("PRINTED", None)], False), ([("UNKNOWN", "deadline")], True), ([("UNKNOWN", "no_proof")], False),
     ([("NOT_PRINTED", "paper_out"), ("UNKNOWN", "paper_out")], True),
     ([("PRINTED", None), ("UNKNOWN", "paper_out")], False), ([("NOT_PRINTED", slips.SEEN)], True)],
)  # fmt: skip
def test_the_last_slip_that_was_sent_tells_whether_its_rest_may_lie_in_the_printer(
    fates: list[tuple[str, str | None]], doubt: bool
) -> None:
    newest = [SimpleNamespace(state=PrintState(state), reason=reason) for state, reason in fates]
    assert slips.left_in_doubt(newest) is doubt


def test_a_database_that_is_busy_leaves_no_slip_between_queue_and_paper(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = hall(hall={})
    thread, device = room.threads["hall"], room.devices["hall"]
    device.obey({"paper": "out"})
    thread.go_round()
    device.obey({"cover": "open"})
    ticket = room.take()
    with monkeypatch.context() as busy:
        busy.setattr(thread, "_note_change", lambda *_: (_ for _ in ()).throw(StorageBusy("held by another program")))
        with pytest.raises(StorageBusy):
            thread.go_round()
    assert room.outcome(ticket)[0] is PrintState.QUEUED, "nothing was sent, and it does not look as if"
    thread.go_round()
    assert room.outcome(ticket) == (PrintState.NOT_PRINTED, "cover_open")


def test_causes_are_told_in_the_words_of_citizens_and_of_staff(hall: Hall) -> None:
    room = hall(hall={})
    room.threads["hall"].go_round()
    assert room.shown("hall")["for_citizen"] is None
    assert room.shown("hall")["for_staff"] == "Máy in sẵn sàng."
    room.office.clock.passes(60)
    room.devices["hall"].obey({"paper": "out"})
    room.threads["hall"].go_round()
    shown = room.shown("hall")
    assert (shown["state"], shown["reason"], shown["slips_left"]) == ("fault", "paper_out", 0)
    assert shown["for_citizen"] == "Máy hết giấy. Số của bà con vẫn được giữ."
    assert shown["for_staff"] == "Hết giấy: lắp cuộn mới rồi đóng nắp."
    assert shown["since"] == room.office.clock.now_ms()
    assert for_citizen("unknown", "no_answer", MouthWatch()) == "Máy chưa in được. Số của bà con vẫn được giữ."


def test_each_new_cause_is_an_event_and_a_silence_that_goes_on_is_not(hall: Hall) -> None:
    room = hall(hall={})
    thread, device = room.threads["hall"], room.devices["hall"]
    well = {"silent": False, "cover": "closed", "paper": "ok"}
    for order in ({}, {"paper": "out"}, {"cover": "open"}, {"silent": True}, {}, well):
        device.obey(dict(order))
        room.office.clock.passes(2)
        thread.go_round()
    told = [(event["type"], event["data"]["reason"]) for event in room.office.events() if "device" in event["type"]]
    assert told == [
        ("device.fault", "paper_out"), ("device.fault", "cover_open"), ("device.offline", "no_answer"),
        ("device.recovered", None),
    ]  # fmt: skip


def test_a_busy_database_hides_no_fault_and_loses_no_event(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    room = hall(hall={})
    thread = room.threads["hall"]
    thread.go_round()
    room.devices["hall"].obey({"paper": "out"})
    room.office.clock.passes(2)
    store = room.office.house.store
    with monkeypatch.context() as busy:
        busy.setattr(store, "unit", lambda *_: (_ for _ in ()).throw(StorageBusy("held by another program")))
        with pytest.raises(StorageBusy):
            thread.go_round()
        assert room.shown("hall")["reason"] == "paper_out"
    room.office.clock.passes(2)
    thread.go_round()
    faults = [event["data"]["reason"] for event in room.office.events() if event["type"] == "device.fault"]
    assert faults == ["paper_out"]


# ---- a presenter's mouth
@pytest.fixture
def presenter(hall: Hall) -> Room:
    """A dispenser that holds its slips out, well and empty."""
    room = hall(hall={"profile": "custom-vkp80"})
    room.devices["hall"].obey({"presenter": True})
    room.threads["hall"].go_round()
    return room


def told(room: Room) -> tuple[bool, bool, str | None, str]:
    shown = room.shown("hall")
    return shown["mouth"], shown["behind"], shown["for_citizen"], shown["for_staff"]


IN_THE_WAY = "Xin lấy giúp phiếu của người trước còn trong máy."
IN_MOUTH = "Còn phiếu trong miệng máy in: lấy ra."


def test_a_slip_in_the_mouth_is_told_to_its_owner_to_the_next_one_and_to_the_staff(presenter: Room) -> None:
    room, thread = presenter, presenter.threads["hall"]
    assert told(room) == (False, False, None, "Máy in sẵn sàng.")
    first = room.take()
    thread.go_round()
    assert room.outcome(first) == (PrintState.PRINTED, None)
    assert told(room) == (True, False, "Mời bà con lấy phiếu.", IN_MOUTH)
    second = room.take()
    thread.go_round()
    assert room.outcome(second) == (PrintState.QUEUED, None)
    assert told(room) == (True, True, IN_THE_WAY, IN_MOUTH)
    assert room.shown("hall")["state"] == "ok", "a slip that waits is no fault of the printer"
    held = room.shown("hall")["held_out"]
    assert (held["number"], held["state"]) == (first.number, "in_mouth")


def test_a_slip_that_was_taken_is_known_at_once_and_the_next_one_comes(presenter: Room) -> None:
    room, thread = presenter, presenter.threads["hall"]
    first = room.take()
    thread.go_round()
    room.office.clock.passes(2)
    room.devices["hall"].obey({"take": True})
    thread.go_round()
    assert told(room) == (False, False, None, "Máy in sẵn sàng.")
    now = room.office.clock.now_ms()
    assert room.shown("hall")["held_out"] == {"number": first.number, "state": "taken", "since": now}
    second = room.take()
    thread.go_round()
    assert room.outcome(second) == (PrintState.PRINTED, None)
    assert room.shown("hall")["held_out"]["number"] == second.number


def test_a_slip_that_nobody_took_and_that_was_thrown_out_is_known_as_such(presenter: Room) -> None:
    room, thread = presenter, presenter.threads["hall"]
    first = room.take()
    thread.go_round()
    room.office.clock.passes(TAKE_S + 1)
    thread.go_round()
    assert room.devices["hall"].mouth.ejected == 1
    held = room.shown("hall")["held_out"]
    assert (held["number"], held["state"]) == (first.number, "thrown_out")
    said = "Máy in sẵn sàng. Không ai lấy phiếu vừa rồi: máy đã đẩy phiếu ra."
    assert told(room) == (False, False, None, said)


def test_a_slip_that_waits_behind_one_that_nobody_takes_ends_with_that_reason(presenter: Room) -> None:
    room, thread = presenter, presenter.threads["hall"]
    room.devices["hall"].obey({"holds": True})
    room.take()
    thread.go_round()
    behind = room.take()
    thread.go_round()
    assert room.outcome(behind) == (PrintState.QUEUED, None)
    room.office.clock.passes(EXPIRES_MS / 1000 + 1)
    thread.go_round()
    assert room.outcome(behind) == (PrintState.NOT_PRINTED, "not_taken")
    assert told(room) == (True, False, "Mời bà con lấy phiếu.", IN_MOUTH)
    assert room.devices["hall"].mouth.collisions == 0


def test_behind_a_slip_in_the_mouth_a_fault_is_told_at_once_too(presenter: Room) -> None:
    room, thread = presenter, presenter.threads["hall"]
    room.take()
    thread.go_round()
    room.devices["hall"].obey({"paper": "out"})
    room.office.clock.passes(2)
    thread.go_round()
    waiting = room.take()
    thread.go_round()
    assert room.outcome(waiting) == (PrintState.NOT_PRINTED, "paper_out")
    assert told(room)[2] == "Máy hết giấy. Số của bà con vẫn được giữ."


def test_silence_is_not_taken_for_a_hand_that_took_the_slip(presenter: Room) -> None:
    room, thread = presenter, presenter.threads["hall"]
    room.take()
    thread.go_round()
    room.devices["hall"].obey({"silent": True})
    room.office.clock.passes(2)
    thread.go_round()
    assert room.shown("hall")["held_out"]["state"] == "in_mouth"


def test_a_slip_of_before_the_start_lies_there_without_a_number(hall: Hall) -> None:
    room = hall(hall={"profile": "custom-vkp80"})
    room.devices["hall"].obey({"presenter": True, "in_mouth": True})
    room.threads["hall"].go_round()
    assert told(room)[:2] == (True, False)
    assert room.shown("hall")["held_out"]["number"] is None


# ---- the roll
def test_slips_left_are_counted_and_a_new_roll_is_noticed(hall: Hall) -> None:
    room = hall(hall={})
    for _ in range(2):
        room.take()
    while room.threads["hall"].go_round():
        pass
    room.office.clock.passes(2)
    room.threads["hall"].go_round()
    full = room.shown("hall")["slips_left"]
    room.devices["hall"].obey({"near_end": True})
    room.office.clock.passes(2)
    room.threads["hall"].go_round()
    assert room.shown("hall")["slips_left"] < full
    assert "Giấy sắp hết: còn khoảng" in room.shown("hall")["for_staff"]
    seen = []
    for order in ({"near_end": False}, {"near_end": True}, {"cover": "open"}, {"cover": "closed", "near_end": False}):
        room.devices["hall"].obey(dict(order))
        room.office.clock.passes(2)
        room.threads["hall"].go_round()
        seen.append(room.shown("hall")["slips_left"])
    assert seen == [full, RESERVE, RESERVE, full + 2], "only who opens the printer can put in a roll"


def test_a_technician_may_say_that_a_new_roll_was_put_in(hall: Hall) -> None:
    room = hall(hall={})
    room.take()
    room.threads["hall"].go_round()
    answer = room.office.send("POST", "/api/v1/printers/hall/roll", "admin", {})
    assert answer.status_code == 200
    shown = room.office.send("GET", "/api/v1/printers", "kiosk").get_json()["printers"]["hall"]
    assert shown["slips_left"] == answer.get_json()["slips_left"] == 700
    assert room.office.send("POST", "/api/v1/printers/none/roll", "admin", {}).status_code == 404
    assert room.office.send("POST", "/api/v1/printers/hall/roll", "kiosk", {}).status_code == 403


def test_a_trial_slip_takes_its_piece_of_the_roll_too(hall: Hall) -> None:
    room = hall(hall={})
    thread, trials = room.threads["hall"], room.office.house.trials
    thread.go_round()
    before = room.shown("hall")["slips_left"]
    trials.ask("hall", room.office.clock.now_ms())
    thread.go_round()
    room.office.clock.passes(2)
    thread.go_round()
    assert room.shown("hall")["slips_left"] == before - 1


def test_an_open_cover_makes_no_new_roll(hall: Hall) -> None:
    room = hall(hall={})
    thread, device = room.threads["hall"], room.devices["hall"]
    for order, left in (({"paper": "out"}, 0), ({"cover": "open"}, 0), ({"paper": "ok", "cover": "closed"}, 700)):
        device.obey(dict(order))
        room.office.clock.passes(2)
        thread.go_round()
        assert room.shown("hall")["slips_left"] == left, order
