"""The roll of paper, counted slip by slip and renewed by hand."""

from __future__ import annotations

from kiosk.domain.paper import RESERVE
from tests.kiosk.printing.hall import Hall


def test_slips_left_are_counted_and_a_new_roll_is_noticed(hall: Hall) -> None:
    room = hall(hall={})
    for _ in range(2):
        room.take()
    while room.threads["hall"].run_once():
        pass
    room.office.clock.passes(2)
    room.threads["hall"].run_once()
    full = room.shown("hall")["slips_left"]
    room.devices["hall"].obey({"near_end": True})
    room.office.clock.passes(2)
    room.threads["hall"].run_once()
    assert room.shown("hall")["slips_left"] < full
    assert "Giấy sắp hết: còn khoảng" in room.shown("hall")["for_staff"]
    seen = []
    for order in ({"near_end": False}, {"near_end": True}, {"cover": "open"}, {"cover": "closed", "near_end": False}):
        room.devices["hall"].obey(dict(order))
        room.office.clock.passes(2)
        room.threads["hall"].run_once()
        seen.append(room.shown("hall")["slips_left"])
    assert seen == [full, RESERVE, RESERVE, full + 2], "only who opens the printer can put in a roll"


def test_a_technician_may_say_that_a_new_roll_was_put_in(hall: Hall) -> None:
    room = hall(hall={})
    room.take()
    room.threads["hall"].run_once()
    answer = room.office.send("POST", "/api/v1/printers/hall/roll", "admin", {})
    assert answer.status_code == 200
    shown = room.office.send("GET", "/api/v1/printers", "kiosk").get_json()["printers"]["hall"]
    assert shown["slips_left"] == answer.get_json()["slips_left"] == 700
    assert room.office.send("POST", "/api/v1/printers/none/roll", "admin", {}).status_code == 404
    assert room.office.send("POST", "/api/v1/printers/hall/roll", "kiosk", {}).status_code == 403


def test_a_trial_slip_takes_its_piece_of_the_roll_too(hall: Hall) -> None:
    room = hall(hall={})
    thread, trials = room.threads["hall"], room.office.app.trials
    thread.run_once()
    before = room.shown("hall")["slips_left"]
    trials.request("hall", room.office.clock.now_ms())
    thread.run_once()
    room.office.clock.passes(2)
    thread.run_once()
    assert room.shown("hall")["slips_left"] == before - 1


def test_an_open_cover_makes_no_new_roll(hall: Hall) -> None:
    room = hall(hall={})
    thread, device = room.threads["hall"], room.devices["hall"]
    for order, left in (({"paper": "out"}, 0), ({"cover": "open"}, 0), ({"paper": "ok", "cover": "closed"}, 700)):
        device.obey(dict(order))
        room.office.clock.passes(2)
        thread.run_once()
        assert room.shown("hall")["slips_left"] == left, order
