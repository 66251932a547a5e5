"""`motcua sync`: one thread per follower; the main thread beats, looks for webhooks and watches the others."""

from __future__ import annotations

import logging
import random
import signal
import threading
import time
from collections.abc import Callable
from typing import Protocol
from uuid import uuid4

from config import places
from config.followers import ConnectorSection
from config.locks import locked
from config.places import follower_address, follower_token
from config.schema import Configuration
from contract.followers import is_webhook, webhook_name
from contract.service_manager import ALIVE, READY, STOPPING, notify
from sync.agent import POLL_S, Agent
from sync.connectors.base import Connector
from sync.connectors.cloudevents_http import CloudEventsHttp
from sync.connectors.webhook_http import WebhookHttp
from sync.dossier_fetch import DossierFetch
from sync.dossiers.office_sanitizer import sanitizer_for
from sync.errors import SyncError
from sync.journal_client import JournalClient
from sync.portal.watch import portal_watch
from sync.report import FollowerReport

BEAT_S = 3.0
DRAIN_S = 10.0
FROZEN_S = 600.0  # longer than the slowest exchange that keeps its deadlines
LOCK = "sync.lock"
ONCE_ATTEMPTS = 3
ONCE_LONGEST_WAIT_S = 10.0
log = logging.getLogger("sync")


class Step(Protocol):
    def run_once(self) -> float: ...


class Worker(threading.Thread):
    """Repeats one follower's step until stopped, then drains what can still be sent."""

    def __init__(self, name: str, step: Step) -> None:
        super().__init__(name=name, daemon=True)
        self._step = step
        self._stopped = threading.Event()
        self.progress_at = time.monotonic()
        self.pause_s = 0.0

    def run(self) -> None:
        while not self._stopped.is_set():
            self.pause_s = self._step.run_once()
            self.progress_at = time.monotonic()
            self._stopped.wait(self.pause_s)
        until = time.monotonic() + (
            DRAIN_S if self.pause_s <= POLL_S else 0.0
        )  # a receiver that asked for a long wait gets it
        while time.monotonic() < until and self._step.run_once() == 0:
            self.progress_at = time.monotonic()

    def frozen(self) -> bool:
        return time.monotonic() - self.progress_at > FROZEN_S + self.pause_s

    def stop(self) -> None:
        self._stopped.set()


class SyncProgram:
    """The followers of one office."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self.stopped = threading.Event()
        self._journal = self._client()
        self._sanitizer = sanitizer_for(configuration)
        self._workers: dict[str, Worker] = {}
        self._run = uuid4().hex

    def run(self) -> int:
        """Until stopped; 1 when a follower froze or died, so that it is started again."""
        for name, step in self._connectors():
            self._start(name, step)
        notify(READY)
        while not self.stopped.is_set():
            self._beat()
            if any(not worker.is_alive() or worker.frozen() for worker in self._workers.values()):
                log.error("a follower has stopped; ending")
                return 1
            notify(ALIVE)
            self.stopped.wait(BEAT_S)
        notify(STOPPING)
        self._end(list(self._workers.values()))
        return 0

    def once(self) -> int:
        """Drain every follower; 1 when anything is left."""
        steps = self._connectors()
        try:
            steps += [self._webhook(url, secret) for url, secret in self._journal.webhooks()]
        except SyncError as error:
            log.error("%s", error)
            return 1
        return 0 if all([drained(step, self.stopped.wait) for _, step in steps]) else 1

    def _connectors(self) -> list[tuple[str, Step]]:
        steps: list[tuple[str, Step]] = []
        for section in self._configuration.sync.connector:
            if section.kind == "national_portal":
                steps += self._watch(section)
                continue
            office = self._configuration.office.code
            steps.append((section.name, self._agent(CloudEventsHttp(section, office, self._run))))
            source = CloudEventsHttp(section, office)
            steps.append(
                (f"dossiers {section.name}", DossierFetch(source, self._client(), random.random, self._sanitizer))
            )
        return steps

    def _watch(self, section: ConnectorSection) -> list[tuple[str, Step]]:
        """No step when the mapping of names cannot be used; the other connectors go on."""
        journal = self._client()
        report = FollowerReport(section.name, journal, self._configuration.office.timezone, time.time)
        try:
            return [(section.name, portal_watch(section, self._sanitizer, journal, report))]
        except (OSError, ValueError) as error:
            log.error('connector "%s": %s', section.name, error)
            return []

    def _webhook(self, url: str, secret: str) -> tuple[str, Step]:
        return f"{webhook_name(url)} {secret[:6]}", self._agent(WebhookHttp(url, secret, self._client()))

    def _agent(self, connector: Connector) -> Agent:
        journal = self._client()
        report = FollowerReport(connector.name, journal, self._configuration.office.timezone, time.time)
        return Agent(connector, journal, report, random.random)

    def _client(self) -> JournalClient:
        section = self._configuration.sync
        address = follower_address(section.service_url, self._configuration.server.bind)
        return JournalClient(address, follower_token(section.token, "sync"))

    def _start(self, name: str, step: Step) -> None:
        self._workers[name] = Worker(name, step)
        self._workers[name].start()

    def _beat(self) -> None:
        """Health never depends on the line: a service that is down is only noted."""
        try:
            self._journal.heartbeat({"state": "online"})
            webhooks = dict(self._webhook(url, secret) for url, secret in self._journal.webhooks())
        except SyncError as error:
            log.info("%s", error)
            return
        for name in webhooks.keys() - self._workers.keys():
            self._start(name, webhooks[name])
        gone = [n for n in self._workers if is_webhook(n) and n not in webhooks]
        for name in gone:
            self._workers.pop(name).stop()

    def _end(self, workers: list[Worker]) -> None:
        for worker in workers:
            worker.stop()
        until = time.monotonic() + DRAIN_S + 2
        for worker in workers:
            worker.join(max(0.0, until - time.monotonic()))


def drained(step: Step, wait: Callable[[float], object]) -> bool:
    """Whether everything could be delivered; after three failures in a row, or a long wait asked for, it is left."""
    failures = 0
    while failures < ONCE_ATTEMPTS:
        pause = step.run_once()
        if pause == 0:
            failures = 0
            continue
        if not isinstance(step, Agent) or step.settled:
            return True
        failures += 1
        if pause > ONCE_LONGEST_WAIT_S:
            return False
        wait(pause)
    return False


def run(configuration: Configuration, once: bool) -> int:
    """One at a time on a state folder: two would look like a copied disk to the receiver."""
    try:
        locked(places.home() / LOCK)  # until the process ends
    except BlockingIOError:
        log.error("motcua sync runs here already, and sends by itself")
        return 1
    program = SyncProgram(configuration)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: program.stopped.set())
    return program.once() if once else program.run()
