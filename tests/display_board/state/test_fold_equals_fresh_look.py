from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from config.loading import load, sample_text
from contract.tickets import CounterState
from display_board.state.display import display_of
from display_board.state.fold import Board, apply, call_of, from_snapshot
from kiosk.actions import calling, counters, days, tickets, undoing
from kiosk.app import App
from kiosk.bootstrap import build_app, public_configuration
from kiosk.domain.errors import DomainError
from kiosk.domain.office_clock import MachineTime
from kiosk.maintenance.initialise import create_office
from kiosk.queries.board import read_board
from kiosk.queries.estimates import Estimates
from kiosk.store.unit_of_work import Actor
from kiosk.web.api.board_models import board_answer
from tests.display_board import office

MONDAY = 1_713_139_200_000
CODES = ("1", "2", "3", "4", "5")
STEPS = (
    "issue",
    "issue",
    "next",
    "next",
    "next",
    "recall",
    "start",
    "complete",
    "no_show",
    "hold",
    "return",
    "number",
    "transfer",
    "cancel",
    "undo",
    "pause",
    "open",
)


class Clock:
    def __init__(self) -> None:
        self.now = MONDAY

    def now_ms(self) -> int:
        return self.now

    def monotonic(self) -> float:
        return self.now / 1000

    def look(self) -> MachineTime:
        return MachineTime(self.now, self.now, "the only boot")

    def built_ms(self) -> int:
        return 0


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    monkeypatch.setenv("MOTCUA__OFFICE__OPENING", "always")
    file = tmp_path / "office.toml"
    file.write_text(sample_text(), encoding="utf-8")
    made = build_app(load(file), Clock())
    create_office(made)
    yield made
    made.close()


def seen(app: App) -> Board:
    with app.store.reading() as reading:
        view = read_board(reading, app.office, Estimates(app.store, app.clock), app.clock.now_ms(), with_names=True)
    body = json.loads(json.dumps(board_answer(view)))
    return from_snapshot(body, display_of(public_configuration(app.configuration)))


def folded(app: App, board: Board) -> Board:
    with app.store.reading() as reading:
        entries = reading.journal.read(board.epoch, board.seq, 1000)
    for entry in entries:
        board = apply(board, json.loads(entry.body))
    return board


def act(app: App, step: str, dice: random.Random) -> None:
    """One thing that may happen in an office; what the rules refuse does not happen."""
    with app.store.unit(Actor("counter", "test"), app.clock.now_ms()) as unit:
        days.ensure_today(unit)
        code = dice.choice(CODES)
        day = unit.business_date
        every = [t for n in range(1, 30) for s in "ACHKR" if (t := unit.tickets.by_number(day, f"{s}{n:03d}"))]
        at_counter = unit.counters.get(code).current
        if step == "issue":
            tickets.issue_ticket(unit, tickets.TicketRequest(dice.choice(list(app.office.services))), "kiosk")
        elif step == "next":
            calling.call_next(unit, code, "complete")
        elif step in {"open", "pause"}:
            counters.set_state(unit, code, CounterState.OPEN if step == "open" else CounterState.PAUSED)
        elif step in {"number", "return", "cancel", "hold", "transfer"} and every:
            chosen = dice.choice(every)
            if step == "number":
                calling.call_number(unit, code, chosen.number)
            elif step == "return":
                calling.return_to_queue(unit, chosen.id, code)
            elif step == "cancel":
                calling.cancel(unit, chosen.id, None, None)
            elif step == "hold":
                calling.hold(unit, at_counter or chosen.id, code, None)
            else:
                service = dice.choice(list(app.office.services))
                calling.transfer(unit, at_counter or chosen.id, code, service, None, False, None)
        elif step == "undo" and unit.counters.get(code).undo:
            undoing.undo(unit, unit.counters.get(code).undo[-1].ticket, code)
        elif at_counter is not None:
            {
                "recall": lambda: calling.recall(unit, at_counter, code),
                "start": lambda: calling.start_service(unit, at_counter),
                "complete": lambda: calling.complete(unit, at_counter),
                "no_show": lambda: calling.mark_no_show(unit, at_counter),
            }.get(step, lambda: None)()


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_the_board_equals_a_fresh_look(app: App, seed: int) -> None:
    dice = random.Random(seed)
    board = seen(app)
    for _ in range(120):
        app.clock.machine.now += 1000  # type: ignore[attr-defined]
        try:
            act(app, dice.choice(STEPS), dice)
        except DomainError:
            continue
        board = folded(app, board)
        fresh = seen(app)
        assert not board.doubtful
        assert replace(board, calls=board.calls[:8]) == replace(fresh, next_opening=board.next_opening)


def test_the_close_of_the_day_empties_the_board(app: App) -> None:
    board = seen(app)
    dice = random.Random(1)
    for step in ("issue", "issue", "issue", "issue", "next", "next", "next"):
        app.clock.machine.now += 1000  # type: ignore[attr-defined]
        act(app, step, dice)
    app.clock.machine.now += 24 * 3600_000  # type: ignore[attr-defined]
    act(app, "issue", dice)
    board = folded(app, board)
    assert replace(board, calls=board.calls[:8]) == replace(seen(app), next_opening=board.next_opening)
    assert board.calls == ()


def event(seq: int, kind: str, **data: Any) -> dict[str, Any]:
    body = {"number": "A013", "service": "HT", "state": "CALLED", "counter": "5", "calls": 1, **data}
    return {
        "epoch": "e1",
        "seq": seq,
        "type": kind,
        "business_date": "2024-04-15",
        "subject": "t-A013",
        "time": "2024-04-15T01:13:00.000Z",
        "data": body,
    }


def test_an_event_told_twice_counts_once() -> None:
    once = apply(office.board(), event(101, "ticket.called", why="arrival"))
    assert apply(once, event(101, "ticket.called", why="arrival")) == once
    assert once.waiting["HT"] == 2


def test_a_gap_or_another_life_asks_for_a_new_look() -> None:
    assert apply(office.board(), event(103, "ticket.called", why="arrival")).doubtful
    assert apply(office.board(), {**event(101, "ticket.called"), "epoch": "e2"}).doubtful


def test_only_a_second_call_is_a_recall() -> None:
    first, second = call_of(event(101, "ticket.called")), call_of(event(102, "ticket.recalled", calls=2))
    assert first is not None and second is not None
    assert (first.recall, second.recall) == (False, True)
    assert call_of(event(103, "ticket.completed")) is None
