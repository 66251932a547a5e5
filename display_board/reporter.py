"""Tells the service how far the board is and that it lives, apart from the stream so that neither delays the other."""

from __future__ import annotations

import logging
import threading

from display_board.follower import BoardFollower
from display_board.service_client import ConnectService, ServiceUnavailable

EVERY_S = 5.0
TIMEOUT_S = 3.0
log = logging.getLogger("display_board.reporter")


class Reporter(threading.Thread):
    """Every five seconds: `PUT /followers/NAME` and a heartbeat. A failure is tried again at the next round."""

    def __init__(self, connect: ConnectService, name: str, follower: BoardFollower) -> None:
        super().__init__(name="reporter", daemon=True)
        self._service = connect(TIMEOUT_S)
        self._name = name
        self._follower = follower
        self._stopped = threading.Event()

    def stop(self) -> None:
        self._stopped.set()

    def run(self) -> None:
        while True:
            try:
                self.report()
            except ServiceUnavailable as error:
                log.info("could not report: %s", error)
            if self._stopped.wait(EVERY_S):
                return

    def report(self) -> None:
        """Raises ServiceUnavailable."""
        board = self._follower.board
        if board is None:
            return
        position = {"epoch": board.epoch, "cursor": board.seq, "state": "ok"}
        self._service.send("PUT", f"/api/v1/followers/{self._name}", position)
        self._service.send("POST", "/api/v1/devices/heartbeat", {"state": "online"})
