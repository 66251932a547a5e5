"""Loads of the board that run in a process of their own; each prints one line of JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

FRAME_S = 1 / 60
PULSE_S, EVENTS, BATCH = 6.0, 1_000_000, 500


def tv(address: str, token: str, folder: str) -> None:
    """The real board, its spotlights short so that many calls can be measured one after the other."""
    from pathlib import Path

    from display_board.program import BoardOptions, run
    from display_board.state import call_scheduler
    from kiosk.commands.service_client import board_clients

    call_scheduler.SHOWN_S = call_scheduler.LEAST_S = 0.2
    clients = board_clients(address, token)
    sys.exit(run(BoardOptions(address, clients, "board-bench", 1920, 1080, False, Path(folder))))


def frames(kind: str) -> None:
    """Sixty frames a second of a spotlight that pulses, or of a page that turns, all the time."""
    from display_board.drawing.screen import Screen
    from display_board.state.scene import DOSSIER_TURN_S, MOVING_S
    from tests.display_board.office import board
    from tests.display_board.states import dossiers, lit, shown

    office = board(progress=dossiers(14))
    screen = Screen(1920, 1080, headless=False)
    screen.show(shown(office))
    drawn, late, began, spent = 0, 0, time.monotonic(), time.process_time()
    due = began
    while (now := time.monotonic()) - began < PULSE_S:
        passed = now - began
        if kind == "pulse":
            screen.show(shown(office, lit(office, since=now - passed % 3), monotonic=now))
        else:
            turn, rest = divmod(passed, MOVING_S)
            screen.show(shown(office, monotonic=(turn + 1) * DOSSIER_TURN_S + rest))
        drawn += 1
        screen.follow_window(0.0)
        due += FRAME_S
        late += time.monotonic() > due
        time.sleep(max(0.0, due - time.monotonic()))
    spent = time.process_time() - spent
    print(json.dumps({"fps": drawn / PULSE_S, "late": late / PULSE_S, "cpu": spent / PULSE_S}))


def month() -> Iterator[list[dict[str, Any]]]:
    """A million events in batches: days of forty thousand, each ticket issued, called, recalled, served, done."""
    seq, batch = 100, []
    for n in range(EVENTS // 5):
        day, place = divmod(n, 8000)
        subject, number = f"t-{day}-{place}", f"A{place + 1:03d}"
        counter = str(1 + place % 5)
        for kind, state, calls in (
            ("issued", "WAITING", 0),
            ("called", "CALLED", 1),
            ("recalled", "CALLED", 2),
            ("serving_started", "SERVING", 2),
            ("completed", "COMPLETED", 2),
        ):
            seq += 1
            data = {
                "number": number,
                "service": "HT",
                "state": state,
                "calls": calls,
                "why": "arrival",
                "counter": None if state == "WAITING" else counter,
            }
            batch.append(
                {
                    "epoch": "e1",
                    "seq": seq,
                    "type": f"ticket.{kind}",
                    "subject": subject,
                    "data": data,
                    "time": "2024-04-15T01:13:00.000Z",
                    "business_date": f"2024-05-{1 + day:02d}",
                }
            )
        if len(batch) >= BATCH:
            yield batch
            batch = []


def memory() -> None:
    """A simulated month through fold, director and screen; MiB after three tenths of it and at its end."""
    from display_board.drawing.screen import Screen
    from display_board.state.call_scheduler import CallScheduler
    from display_board.state.news import Following
    from tests.bench.screen import memory_mib
    from tests.display_board.office import board
    from tests.display_board.states import shown

    screen, following = Screen(1920, 1080, headless=True), Following()
    director = CallScheduler(lambda *_: None, lambda: True)
    following.begin(board())
    sizes: list[float] = []
    began, now = time.process_time(), 0.0
    for i, batch in enumerate(month()):
        for call in following.hear(batch)[0]:
            director.hear(call, call.time)
        director.tick(now)
        screen.show(shown(following.board, director.spotlight, monotonic=now + 3.5))
        while director.spotlight is not None:
            now += 20.0
            director.tick(now)
        if i % (EVENTS // BATCH // 10) == 0:
            sizes.append(memory_mib())
    print(json.dumps({"first": sizes[3], "last": sizes[-1], "cpu_us": (time.process_time() - began) / EVENTS * 1e6}))


if __name__ == "__main__":
    parts: dict[str, Callable[..., None]] = {"tv": tv, "frames": frames, "memory": memory}
    parts[sys.argv[1]](*sys.argv[2:])
