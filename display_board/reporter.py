"""Tells the service how far the board is and that it lives, apart from the stream so that neither delays the other."""

from __future__ import annotations

import logging
import threading

import requests

from display_board.follower import Follower

EVERY_S = 5.0
log = logging.getLogger("display_board.reporter")


class Reporter(threading.Thread):
    """Every five seconds: `PUT /followers/NAME` and a heartbeat. A failure is tried again at the next round."""

    def __init__(self, address: str, token: str, name: str, follower: Follower) -> None:
        super().__init__(name="reporter", daemon=True)
        self._address = address
        self._headers = {"Authorization": f"Bearer {token}"}
        self._name = name
        self._follower = follower
        self._stopped = threading.Event()

    def stop(self) -> None:
        self._stopped.set()

    def run(self) -> None:
        with requests.Session() as session:
            session.trust_env = False
            session.headers.update(self._headers)
            while True:
                try:
                    self.report(session)
                except requests.RequestException as error:
                    log.info("could not report: %s", error)
                if self._stopped.wait(EVERY_S):
                    return

    def report(self, session: requests.Session) -> None:
        """Raises requests.RequestException."""
        board = self._follower.board
        if board is None:
            return
        body = {"epoch": board.epoch, "cursor": board.seq, "state": "ok"}
        session.put(f"{self._address}/api/v1/followers/{self._name}", json=body, timeout=3).raise_for_status()
        session.post(f"{self._address}/api/v1/devices/heartbeat", json={"state": "online"}, timeout=3)
