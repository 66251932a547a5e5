"""The running service: web server, journal stream, print workers, housekeeping; started and stopped in order."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from config import places
from config.base import staff_scheme
from kiosk import WHILE_SERVING
from kiosk.actions import days
from kiosk.actions.office_events import record_configuration
from kiosk.actions.slips import settle_orphans
from kiosk.actions.successors import carry_over
from kiosk.app import App, new_id
from kiosk.bootstrap import (
    database_folder,
    exit_on_storage_failure,
    fingerprint,
    letterhead,
    office_facts,
    office_forms,
    public_configuration,
    trusted_hosts,
)
from kiosk.domain.followers import Upstream
from kiosk.dossiers.taught_words import TaughtWords
from kiosk.jobs.child_process import ChildProcessRunner, WarningsHeard
from kiosk.jobs.code_reader import ChildCodeReader
from kiosk.jobs.report_orders import ReportOrders
from kiosk.maintenance.certificates import OfficeCertificates, authority_der
from kiosk.maintenance.check_outcomes import backups_here, note_keeping, storage_checks
from kiosk.maintenance.clock_keeper import ClockKeeper
from kiosk.maintenance.door_watch import DoorWatch
from kiosk.maintenance.housekeeping import Housekeeper, Progressing
from kiosk.maintenance.journal_head import JournalHeadKeeper
from kiosk.maintenance.printed_settings import report_files
from kiosk.maintenance.process_limits import all_is_loaded, set_limits
from kiosk.maintenance.service_lock import ServiceLock
from kiosk.maintenance.storage_keeper import StorageKeeper
from kiosk.maintenance.storage_watch import StorageWatch
from kiosk.printing.slip_preview import SlipPictures
from kiosk.queries.estimates import Estimates
from kiosk.store.checkpoints import Checkpoints
from kiosk.store.credentials import hash_secret, same_secret
from kiosk.store.failures import StorageBusy, StorageFailed, StorageFull
from kiosk.store.unit_of_work import Actor
from kiosk.web import create_app
from kiosk.web.http.auth import Authenticator
from kiosk.web.http.batching import CommitBatching
from kiosk.web.http.dependencies import Dependencies
from kiosk.web.http.doors import Proxies
from kiosk.web.http.gate import ServiceGate
from kiosk.web.http.journal_stream import JournalStream
from kiosk.web.http.rates import Rates
from kiosk.web.http.traces import TokenGuesses
from kiosk.web.http.verifications import Verifications
from kiosk.web.http.wrong_tries import WrongTries
from kiosk.web.listeners import Doors, Listeners
from kiosk.web.pages.sentences import citizens_sentences

if TYPE_CHECKING:
    from config.schema import Configuration, ServerSection
    from kiosk.jobs.job import JobRunner
    from kiosk.web.http.voice_studio import VoiceStudio

SYSTEM = Actor("system", "kiosk")
log = logging.getLogger("kiosk")


CLOSING_S = 3.0
SWITCH_S = 0.001  # a thread that only hands on waits this long at most for one that computes


class Printing(Protocol):
    """A print worker, as the server needs it."""

    progress_at: float

    def start(self) -> None: ...
    def wake(self, _: object = None) -> None: ...
    def stop(self) -> None: ...
    def join(self, timeout: float | None = None) -> None: ...


class Server:
    """Everything `motcua serve` runs in one process."""

    def __init__(self, app: App, jobs: JobRunner | None = None) -> None:
        sys.setswitchinterval(SWITCH_S)
        set_limits()
        self.app = app
        self.stopped = threading.Event()
        app.store.fatal = exit_on_storage_failure
        self._room = StorageWatch(app.store, database_folder(app.configuration))
        self.head = JournalHeadKeeper(app)
        lost = self.head.start()
        self._heed_receivers = _asked_receivers(app, self.head.compared) if lost is None else None
        try:
            self._take_up()
        except StorageFull:  # the reserve was given up for it
            self._take_up()
        self.stream = JournalStream(app.store, app.clock.monotonic)
        self.printing: list[Printing] = _print_workers(app)
        runner = jobs or ChildProcessRunner(app.configuration.model_dump(mode="json", by_alias=True))
        self.dependencies = _dependencies(app, self.stream, WarningsHeard(runner, partial(note_keeping, app)))
        self.stream.ended = self.dependencies.authenticator.ended
        app.store.after_end.append(self.dependencies.authenticator.forget)
        app.store.after_end.append(self.stream.credentials_changed)
        self.flask_app = create_app(self.dependencies)
        self.storage = StorageKeeper(app, self.head, _checkpoints(app))
        self._watched: list[Progressing] = [self.stream, *self.printing, self.storage]
        self.housekeeper = Housekeeper(app, self._watched, self._room.look)
        app.store.after_commit.append(self.stream.wake)
        app.store.after_commit.extend(printing.wake for printing in self.printing)
        self._listeners: Listeners | None = None
        self._watch: DoorWatch | None = None
        self._lock = ServiceLock(places.home())

    def start(self) -> int:
        """Listen and start every thread; returns the port. Raises InUse, NotListening."""
        self._lock.take()
        self._room.look()
        if self._heed_receivers is not None:
            self._heed_receivers()
        with self.app.store.unit(SYSTEM, self.app.clock.now_ms()) as unit:
            settle_orphans(unit, [printer.name for printer in self.app.configuration.printer])
        server, clock = self.app.configuration.server, self.app.clock
        self._listeners = Listeners(
            self.flask_app,
            ServiceGate(self.flask_app, self.dependencies.authenticator, Proxies(server.trusted_proxies)),
            _doors(server),
            OfficeCertificates(server, clock.now_ms),
            clock.monotonic,
            clock.now_ms,
            _batching(self.app),
        )
        self._watch = DoorWatch(server.bind.rpartition(":")[0], self._listeners.plain.port, clock.monotonic)
        self._watched.extend((*self._listeners.all, self._watch))
        self.stream.start()
        for printing in self.printing:
            printing.start()
        self.storage.start()
        self.housekeeper.start()
        self._listeners.start()
        self._watch.start()
        return self._listeners.plain.port

    def run(self) -> None:
        """Serve until stopped by SIGTERM, SIGINT or `stop`."""
        if threading.current_thread() is threading.main_thread():
            all_is_loaded(WHILE_SERVING)
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: self.stopped.set())
        self.stopped.wait()
        self.close()

    def whole_check_ended(self) -> None:
        """Reports are made from now on, unless the check met damage."""
        try:
            self._room.look()
        except (StorageBusy, StorageFailed) as failure:
            log.warning("%s", failure)
        self.app.store.health.is_checking = False

    def close(self) -> None:
        self.stop_serving()
        self.app.close()

    def stop_serving(self) -> None:
        """Everything ends but the App itself."""
        self.stopped.set()
        if self._watch is not None:
            self._watch.stop()
        if self._listeners is not None:
            self._listeners.close(CLOSING_S)
        self.housekeeper.stop()
        self.dependencies.report_orders.stop()
        self.dependencies.code_reader.stop()
        for printing in self.printing:
            printing.stop()
            printing.join(CLOSING_S)
        self.stream.close(CLOSING_S)
        self.storage.stop()
        self._lock.release()

    def _take_up(self) -> None:
        ClockKeeper(self.app).begin()
        self._note_configuration()

    def _note_configuration(self) -> None:
        app = self.app
        with app.store.unit(SYSTEM, app.clock.now_ms()) as unit:
            mark = fingerprint(app.configuration)
            if unit.state.configured != mark:
                days.ensure_today(unit)
            carry_over(unit)
            record_configuration(unit, mark, ("office",))


def _asked_receivers(app: App, has_record: bool) -> Callable[[], None] | None:
    """Asks them now; what is returned waits for their answers and heeds them. An office without any loads no client."""
    if not app.configuration.sync.connector:
        return None
    from kiosk.receiver_positions import ALONE_S, BESIDE_S, ask_receivers, heed_answers

    return partial(heed_answers, app, ask_receivers(app), BESIDE_S if has_record else ALONE_S)


def _doors(server: ServerSection) -> Doors:
    staff = server.staff_bind
    of_staff = (staff, staff_scheme(staff)) if staff is not None else ()
    return Doors(server.bind, server.tls_bind, server.public_bind, server.threads, server.trusted_proxies, *of_staff)


def _print_workers(app: App) -> list[Printing]:
    if not app.configuration.printer:
        return []
    from kiosk.printing.worker import PrintWorker

    return [PrintWorker(app, printer) for printer in app.configuration.printer]


def _batching(app: App) -> CommitBatching | None:
    """None on PostgreSQL, where each action is a transaction of its own."""
    return None if app.store.file is None else CommitBatching(app.store, trusted_hosts(app.configuration))


def _checkpoints(app: App) -> Checkpoints | None:
    """None on PostgreSQL."""
    file = app.store.file
    return None if file is None else Checkpoints(app.store, file, app.clock.monotonic)


def _open_voices(configuration: Configuration) -> VoiceStudio:
    from kiosk.voices.library import VoiceLibrary

    return VoiceLibrary(places.home() / "voices", configuration, citizens_sentences)


def _dependencies(app: App, stream: JournalStream, jobs: JobRunner) -> Dependencies:
    configuration = app.configuration
    server, limits, sync = configuration.server, configuration.limits, configuration.sync
    return Dependencies(
        office=app.office,
        store=app.store,
        clock=app.clock,
        stream=stream,
        authenticator=Authenticator(app.store, app.clock, limits.tickets_per_minute, server.second_factor),
        same_secret=same_secret,
        hash_secret=hash_secret,
        authority=authority_der,
        verifications=Verifications(),
        rates=Rates(app.clock.monotonic),
        guesses=TokenGuesses(app.clock.monotonic),
        refusals=TokenGuesses(app.clock.monotonic, told_one_by_one=5),
        wrong_tries=WrongTries(app.clock.monotonic, limits.lookups_per_5_minutes),
        estimates=Estimates(app.store, app.clock),
        configuration=public_configuration(configuration),
        pictures=places.home() / "pictures",
        portal_procedures=places.portal_procedures_file(),
        public_url=server.public_url.rstrip("/"),
        pair_loopback=server.pair_loopback,
        trusted_hosts=trusted_hosts(configuration),
        printer_health=app.printer_health,
        storage_checks=partial(storage_checks, app),
        backups=partial(backups_here, configuration.office.code),
        trials=app.trials,
        draw_slip=SlipPictures(app),
        open_voices=partial(_open_voices, configuration),
        letterhead=partial(letterhead, configuration),
        office_facts=partial(office_facts, configuration),
        office_forms=office_forms,
        report_files=report_files(app),
        jobs=jobs,
        code_reader=ChildCodeReader(),
        dossier_words=TaughtWords(),
        report_orders=ReportOrders(jobs, places.home() / "reports" / "made", app.clock.now_ms, new_id),
        upstream=Upstream({one.name: one.url for one in sync.connector}, sync.bundle.follower),
    )
