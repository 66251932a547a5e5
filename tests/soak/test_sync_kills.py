"""kill -9 of the follower, the service and the receiver at random within one drain: I5 holds all the same."""

from __future__ import annotations

import json
import os
import random
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tests.bench import filler
from tests.bench import programs as bench
from tests.soak.killing import Program, read_journal
from tests.sync.proxy import Proxy

EVENTS_PER_KILL = 60
DELAY_S = 0.005  # one way: however fast the machine, the drain outlasts the killing
LEFT_S = 480.0


@dataclass
class Drain:
    """An office with a backlog, its follower and a receiver with a database of its own."""

    port: int
    token: str
    receiver: str
    programs: dict[str, Program]

    def stored(self, epoch: str) -> list[tuple[int, str]]:
        rows = ask(f"{self.receiver}/events/stored?source=urn:motcua:ba-vi:{epoch}")
        return [(row["seq"], row["hash"]) for row in rows]

    def reached(self, epoch: str) -> int:
        return int(ask(f"{self.receiver}/events/cursor?source=urn:motcua:ba-vi:{epoch}")["accepted_through"])


def ask(address: str) -> Any:
    """Patient: the receiver may just be starting."""
    until = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                return json.loads(answer.read())
        except OSError:
            if time.monotonic() > until:
                raise
            threading.Event().wait(0.05)


@contextmanager
def draining(events: int) -> Iterator[Drain]:
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack, patch.dict(os.environ):
        folder = Path(name)
        environment = bench.environment_for(folder, None)
        up = bench.free_port()
        line = Proxy(up)
        stack.callback(line.close)
        line.delay_s = DELAY_S
        connector = {"name": "tinh", "url": f"http://127.0.0.1:{line.port}/events", "batch_events": 2}
        environment["MOTCUA__SYNC__CONNECTOR"] = json.dumps([connector])
        tokens = bench.found_office(environment)
        filler.fill(environment, events)
        simulate = ("simulate", "onestop", "--listen", f"127.0.0.1:{up}", "--data", str(folder / "up"))
        programs = {
            "onestop": Program(environment, *simulate),
            "serve": Program(environment, "serve"),
            "sync": Program(environment, "sync"),
        }
        for program in programs.values():
            stack.callback(program.stop)
        port = int(environment["MOTCUA__SERVER__BIND"].rpartition(":")[2])
        bench.wait_for(port, "/readyz", programs["serve"].process)
        yield Drain(port, tokens["sync"], f"http://127.0.0.1:{up}", programs)


def kill_within_a_drain(kills: int, seed: int) -> None:
    chance = random.Random(seed)
    with draining(kills * EVENTS_PER_KILL) as drain:
        total = read_journal(drain.port, drain.token)["events"][-1]["seq"]
        for _ in range(kills):
            threading.Event().wait(chance.uniform(0.05, 1.6))
            drain.programs[chance.choice(["sync", "serve", "onestop"])].kill()
        bench.wait_for(drain.port, "/readyz", drain.programs["serve"].process)
        journal = read_journal(drain.port, drain.token)  # a little longer by now: programs came and went
        assert drain.reached(journal["epoch"]) < total, "the drain was over before the killing"
        known = [(event["seq"], event["hash"]) for event in journal["events"]]
        until = time.monotonic() + LEFT_S
        while drain.reached(journal["epoch"]) < len(known) and time.monotonic() < until:
            threading.Event().wait(0.2)
        assert drain.stored(journal["epoch"])[: len(known)] == known


def test_a_few_kills_within_a_drain_lose_and_double_nothing() -> None:
    kill_within_a_drain(6, seed=3)


@pytest.mark.soak
def test_two_hundred_kills_within_a_drain_lose_and_double_nothing() -> None:
    kill_within_a_drain(200, seed=4)
