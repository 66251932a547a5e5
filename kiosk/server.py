"""The running service: web server, feed, print threads, housekeeping; started and stopped in order."""

from __future__ import annotations

import ctypes
import logging
import signal
import sys
import threading
from typing import Any, Protocol

from config import places
from kiosk.actions import days, halls
from kiosk.actions.slips import settle_orphans
from kiosk.bootstrap import House, build_shown, exit_on_storage_failure, fingerprint, trusted_hosts
from kiosk.dossier_desk import DossierDesk
from kiosk.housekeeping import Housekeeper
from kiosk.serving import ServingLock
from kiosk.slip_pictures import SlipPictures
from kiosk.store.unit_of_work import Actor
from kiosk.voices import Voices
from kiosk.web import create_app
from kiosk.web.auth import Gate
from kiosk.web.estimates import Estimates
from kiosk.web.feed import Feed
from kiosk.web.services import Services

SYSTEM = Actor("system", "kiosk")
log = logging.getLogger("kiosk")


CLOSING_S = 3.0
OUTBUF = 64 * 1024  # a stream that is not read waits instead of filling memory
MOST_BODY = 8 * 1024 * 1024  # a voice pack; each call has a limit of its own
M_MMAP_THRESHOLD, M_TRIM_THRESHOLD, TRIM_BYTES = -3, -1, 256 * 1024  # freed memory goes back to the system
SWITCH_S = 0.001  # a thread that only hands on waits this long at most for one that computes
M_ARENA_MAX = -8  # glibc's mallopt: without it every thread keeps freed memory of its own


class Printing(Protocol):
    """A print thread, as the server needs it."""

    progress_at: float

    def start(self) -> None: ...
    def wake(self, seq: int = 0) -> None: ...
    def stop(self) -> None: ...
    def join(self, timeout: float | None = None) -> None: ...


class Service:
    """Everything `motcua serve` runs in one process."""

    def __init__(self, house: House) -> None:
        sys.setswitchinterval(SWITCH_S)
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 2)
        ctypes.CDLL(None).mallopt(M_TRIM_THRESHOLD, TRIM_BYTES)
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, TRIM_BYTES // 4)
        configuration = house.configuration
        self.house = house
        self.stopped = threading.Event()
        house.store.fatal = exit_on_storage_failure
        self._note_configuration()
        self.feed = Feed(house.store, house.clock.monotonic)
        self.printing: list[Printing] = _print_threads(house)
        self.services = Services(
            office=house.office, store=house.store, clock=house.clock, feed=self.feed,
            gate=Gate(house.store, house.clock, configuration.limits.tickets_per_minute),
            estimates=Estimates(house.store, house.clock), shown=build_shown(configuration),
            desk=DossierDesk(configuration), pictures=places.home() / "pictures",
            public_url=configuration.server.public_url.rstrip("/"), pair_loopback=configuration.server.pair_loopback,
            lookups_per_5_minutes=configuration.limits.lookups_per_5_minutes,
            trusted_hosts=trusted_hosts(configuration), print_states=house.print_states,
            trials=house.trials, draw_slip=SlipPictures(house),
            voices=Voices(places.home() / "voices", configuration),
            connectors={one.name: one.url for one in configuration.sync.connector},
            stick=configuration.sync.bundle.follower,
        )  # fmt: skip
        self.app = create_app(self.services)
        self.housekeeper = Housekeeper(house, [self.feed, *self.printing])
        house.store.committed.append(self.feed.wake)
        house.store.committed.extend(printing.wake for printing in self.printing)
        self._server: Any = None
        self._lock = ServingLock(places.home())

    def start(self) -> int:
        """Listen and start every thread; returns the port. Raises InUse, OSError."""
        from waitress.server import create_server

        self._lock.take()
        with self.house.store.unit(SYSTEM, self.house.clock.now_ms()) as unit:
            settle_orphans(unit, [printer.name for printer in self.house.configuration.printer])
        host, _, port = self.house.configuration.server.bind.rpartition(":")
        self._server = create_server(
            self.app, host=host, port=int(port), threads=self.house.configuration.server.threads,
            ident=None, asyncore_use_poll=True, channel_timeout=60, backlog=256, max_request_body_size=MOST_BODY,
            clear_untrusted_proxy_headers=True, outbuf_high_watermark=OUTBUF, outbuf_overflow=2 * OUTBUF,
        )  # fmt: skip
        self.feed.start()
        for printing in self.printing:
            printing.start()
        self.housekeeper.start()
        return int(self._server.effective_port)

    def run(self) -> None:
        """Serve until stopped by SIGTERM, SIGINT or `stop`."""
        worker = threading.Thread(target=self._server.run, name="web", daemon=True)
        worker.start()
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: self.stopped.set())
        self.stopped.wait()
        self.close()

    def close(self) -> None:
        self.stop_serving()
        self.house.close()

    def stop_serving(self) -> None:
        """Everything ends but the house itself."""
        self.stopped.set()
        self.housekeeper.stop()
        for printing in self.printing:
            printing.stop()
            printing.join(CLOSING_S)
        self.feed.stop()
        self.feed.wait_until_empty(CLOSING_S)
        self._server.close()
        self._lock.release()

    def _note_configuration(self) -> None:
        house = self.house
        with house.store.unit(SYSTEM, house.clock.now_ms()) as unit:
            mark = fingerprint(house.configuration)
            if unit.state.configured != mark:
                days.ensure_today(unit)
                halls.configured(unit, mark, ["office"])


def _print_threads(house: House) -> list[Printing]:
    if not house.configuration.printer:
        return []
    from kiosk.printing import PrintThread

    return [PrintThread(house, printer) for printer in house.configuration.printer]
