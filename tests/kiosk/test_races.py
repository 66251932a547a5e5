"""Eight clerks and eight kiosks in two processes: no duplicate, no double call, no loss, no gap."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.office import OfficeStory

TICKETS_EACH, CLIENTS, PROCESSES = 20, 4, 2
ROOT = Path(__file__).resolve().parents[2]
WORKER = Path(__file__).with_name("race_worker.py")


def run_workers(url: str, home: Path, what: str) -> list[list[str]]:
    """What each client of each process was acknowledged."""
    command = [sys.executable, str(WORKER), url, what, str(CLIENTS), str(TICKETS_EACH)]
    environment = {"MOTCUA_HOME": str(home), "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    workers = [
        subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(PROCESSES)
    ]
    for worker in workers:
        assert worker.stdout is not None and worker.stdout.readline() == b"ready\n"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write(b"go\n")
        worker.stdin.flush()
    answers = [worker.communicate(timeout=120)[0] for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * PROCESSES
    return [some for answer in answers for some in json.loads(answer)]


def test_eight_kiosks_and_eight_clerks_in_two_processes(office: OfficeStory, home: Path, database_url: str) -> None:
    total = TICKETS_EACH * CLIENTS * PROCESSES
    office.take_number("KQ")
    issued = [number for some in run_workers(database_url, home, "issue") for number in some]
    assert sorted(issued) == [f"A{n:03d}" for n in range(1, total + 1)]

    called = run_workers(database_url, home, "call")
    numbers = [number for some in called for number in some]
    assert len(numbers) == len(set(numbers)) == total
    for some in called:
        assert some == sorted(some), "each clerk sees arrival order"

    events = office.events()
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    types = [event["type"] for event in events]
    assert types.count("ticket.issued") == total + 1
    assert types.count("ticket.called") == total
