"""How far the receivers of events have an office's journal: asked in parallel, and not waited for beyond a limit."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable

from config.followers import ConnectorSection
from contract.receipts import Receipt
from sync.connectors.cloudevents_http import CloudEventsHttp
from sync.errors import SyncError
from sync.http.section_client import http_client_for

EVENTS = "cloudevents"
log = logging.getLogger("sync.positions")


class PositionQuestion:
    """Asks every receiver at once; one that does not answer within `timeout_s` has said nothing."""

    def __init__(self, connectors: Iterable[ConnectorSection], office: str, epoch: str, timeout_s: float) -> None:
        self._lock = threading.Lock()
        self._answers = dict[str, Receipt]()
        sections = [one for one in connectors if one.kind == EVENTS]
        self._threads = [
            threading.Thread(target=self._ask, args=(one, office, epoch, timeout_s), daemon=True) for one in sections
        ]
        for thread in self._threads:
            thread.start()

    def answers(self, seconds: float) -> dict[str, Receipt]:
        """By connector, of those that answered within so many seconds from now."""
        until = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        with self._lock:
            return dict(self._answers)

    def _ask(self, section: ConnectorSection, office: str, epoch: str, timeout_s: float) -> None:
        http = http_client_for(section, timeout_s=timeout_s)
        try:
            receipt = CloudEventsHttp(section, office, http=http).cursor(epoch)
        except SyncError as error:
            log.info('connector "%s" was asked how far it is: %s', section.name, error)
            return
        finally:
            http.close()
        with self._lock:
            self._answers[section.name] = receipt
