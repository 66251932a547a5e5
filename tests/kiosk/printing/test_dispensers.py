"""Two dispensers, each with its own queue and its own faults."""

from __future__ import annotations

import time
from typing import Any

import pytest

from config.loading import ConfigurationError, build, sample_text
from contract.tickets import PrintState
from kiosk.actions import slips
from tests.kiosk.printing.hall import Hall
from tests.ticket_printer.slips import until

TWO: dict[str, dict[str, Any]] = {"left": {"kiosks": ["kiosk-1"]}, "right": {"kiosks": ["kiosk-2"]}}


def test_each_kiosk_has_its_own_dispenser(hall: Hall) -> None:
    room = hall(**TWO)
    first, second, other = room.take("kiosk-1"), room.take("kiosk-2"), room.take("counter-3")
    while any(thread.run_once() for thread in room.threads.values()):
        pass
    assert {room.outcome(ticket) for ticket in (first, second, other)} == {(PrintState.PRINTED, None)}
    assert (room.devices["left"].count, room.devices["right"].count) == (2, 1)


def test_a_dead_dispenser_slows_nobody_and_its_people_are_told(hall: Hall) -> None:
    room = hall(**TWO)
    room.devices["left"].obey({"stalled": True})
    for thread in room.threads.values():
        room.office.app.store.after_commit.append(thread.wake)
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
        thread.run_once()
    room.devices["left"].obey({"paper": "out"})
    room.devices["right"].obey({})
    ticket = room.take("kiosk-1")
    room.threads["left"].run_once()
    assert room.outcome(ticket) == (PrintState.QUEUED, None)
    room.threads["right"].run_once()
    assert room.outcome(ticket) == (PrintState.PRINTED, None)
    room.devices["right"].obey({"paper": "out"})
    other = room.take("kiosk-2")
    room.threads["right"].run_once()
    assert room.outcome(other) == (PrintState.NOT_PRINTED, "paper_out")


def test_a_slip_that_no_printer_can_print_is_not_handed_to_and_fro(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    room = hall(left={"kiosks": ["kiosk-1"], "fallback": "right"}, right={"fallback": "left"})
    for thread in room.threads.values():
        thread.run_once()
    monkeypatch.setattr("kiosk.printing.worker.ticket_slip", lambda *_: {}["gone"])
    ticket = room.take("kiosk-1")
    room.threads["left"].run_once()
    assert room.outcome(ticket) == (PrintState.NOT_PRINTED, "not_drawn")


def test_each_printer_tells_its_own_cause_for_a_slip_that_waited_too_long(hall: Hall) -> None:
    room = hall(**TWO)
    room.devices["right"].obey({"paper": "out"})
    for thread in room.threads.values():
        thread.run_once()
    tickets = [room.take("kiosk-1"), room.take("kiosk-2")]
    room.office.clock.passes(31)
    room.threads["right"].run_once()
    assert [room.outcome(ticket)[1] for ticket in tickets] == [None, "paper_out"]
    room.threads["left"].run_once()
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
        thread.run_once()
    assert room.outcome(first) == (PrintState.NOT_PRINTED, "unsupported")
    assert room.outcome(second) == (PrintState.PRINTED, None)


def test_a_stand_in_that_does_not_exist_is_found_before_the_office_opens() -> None:
    import tomllib

    tables = tomllib.loads(sample_text())
    tables["printer"] = [{"name": "left", "url": "tcp://127.0.0.1:9", "fallback": "left", "kiosks": ["a", "a"]}]
    with pytest.raises(ConfigurationError) as caught:
        build(tables, "sample")
    assert "không có [[printer]] nào khác tên “left”" in str(caught.value) and "“a” viết hai lần" in str(caught.value)
