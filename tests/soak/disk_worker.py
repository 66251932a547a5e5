"""An office without pages in one process: it gives numbers in bursts and says each on standard output once it is kept.

Usage: python -m tests.soak.disk_worker BURSTS; MOTCUA_HOME and MOTCUA_CONFIG name the office. The log is moved after
each burst, as it is when nobody comes for a second.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from config.loading import load
from kiosk.actions import days, tickets
from kiosk.app import App
from kiosk.bootstrap import build_app, exit_on_storage_failure
from kiosk.maintenance import storage_keeper
from kiosk.maintenance.journal_head import JournalHeadKeeper
from kiosk.maintenance.storage_keeper import StorageKeeper
from kiosk.store import checkpoints
from kiosk.store.checkpoints import BEGUN_BYTES, Checkpoints
from kiosk.store.unit_of_work import Actor

PER_BURST = 3


def main() -> None:

    checkpoints.IDLE_S, storage_keeper.EVERY_S, storage_keeper.SYNC_S = 0.02, 0.01, 0.02
    app = build_app(load(Path(os.environ["MOTCUA_CONFIG"])))
    app.store.fatal = exit_on_storage_failure
    file = app.store.file
    assert file is not None
    head = JournalHeadKeeper(app)
    head.start()
    keeper = StorageKeeper(app, head, Checkpoints(app.store, file, app.clock.monotonic))
    keeper.start()
    log = file.with_name(file.name + "-wal")
    for _ in range(int(sys.argv[1])):
        for _ in range(PER_BURST):
            print(time.time(), _take_number(app), flush=True)
        for _ in range(500):
            if log.stat().st_size <= BEGUN_BYTES:
                break
            time.sleep(0.01)
    keeper.stop()
    app.close()


def _take_number(app: App) -> str:
    with app.store.unit(Actor("kiosk", "worker"), app.clock.now_ms()) as unit:
        days.ensure_today(unit)
        return tickets.issue_ticket(unit, tickets.TicketRequest("HT"), "worker")[0].number


if __name__ == "__main__":
    main()
