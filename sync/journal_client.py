"""The kiosk service as a follower sees it: the journal, its own row among the followers, dossiers, webhooks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from sync.connector import GENESIS, Event, SyncError
from sync.line import Answer, Line

MOST_BYTES = 32 * 1024 * 1024
NO_SERVICE = "the kiosk service does not answer as expected"


class ServiceError(SyncError):
    """The kiosk service, not the receiver, failed."""


@dataclass(frozen=True, slots=True)
class Page:
    """Events of one epoch in order. `epochs` are (epoch, last seq), oldest first."""

    epoch: str
    events: list[Event]
    last_seq: int
    epochs: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Kept:
    """What the service keeps of a follower."""

    epoch: str
    cursor: int
    refused: list[dict[str, Any]]


class JournalClient:
    """One line to the service; not to be shared between threads. Raises ServiceError."""

    def __init__(self, address: str, token: str, line: Line | None = None) -> None:
        self._address = f"{address.rstrip('/')}/api/v1"
        self._token = token
        self._line = line or Line(most_bytes=MOST_BYTES)

    def read(self, epoch: str | None, after: int, limit: int) -> Page:
        query = {"after": str(after), "limit": str(limit), **({} if epoch is None else {"epoch": epoch})}
        found = self._json("GET", f"/journal?{urlencode(query)}")
        try:
            epochs = [(row["epoch"], int(row["last_seq"])) for row in found["epochs"]]
            return Page(found["epoch"], list(found["events"]), int(found["last_seq"]), epochs)
        except (KeyError, TypeError, ValueError) as error:
            raise ServiceError(NO_SERVICE, retryable=True) from error

    def hash_of(self, epoch: str, seq: int) -> str | None:
        """The hash of an event; None when the journal does not have it."""
        if seq == 0:
            return GENESIS
        events = self.read(epoch, seq - 1, 1).events
        return str(events[0]["hash"]) if events and events[0]["seq"] == seq else None

    def kept(self, name: str) -> Kept | None:
        """What this follower last put; None when it is new."""
        for row in self._json("GET", "/followers").get("followers", []):
            if row["name"] == name:
                return Kept(row["epoch"], row["cursor"], list(row["refused"]))
        return None

    def put_follower(self, name: str, body: dict[str, Any]) -> None:
        self._call("PUT", f"/followers/{quote(name, safe='')}", body)

    def put_dossiers(self, dossiers: list[dict[str, Any]]) -> dict[str, Any]:
        """`{"created", "updated", "unchanged", "refused"}`."""
        found: dict[str, Any] = self._json("PUT", "/dossiers", dossiers)
        return found

    def dossiers(self) -> Iterator[dict[str, Any]]:
        """Every dossier that the service knows, by code, in the words of the contract."""
        after = ""
        while True:
            found = self._json("GET", f"/dossiers?{urlencode({'after': after})}")
            rows = found.get("dossiers")
            if not isinstance(rows, list):
                raise ServiceError(NO_SERVICE, retryable=True)
            yield from rows
            if not rows or not found.get("next"):
                return
            after = str(found["next"])

    def webhooks(self) -> list[tuple[str, str]]:
        """(url, secret) of each; none from a service that has no such call."""
        try:
            found = self._json("GET", "/webhooks")
        except ServiceError as error:
            if error.status == 404:
                return []
            raise
        return [(hook["url"], hook["secret"]) for hook in found.get("webhooks", [])]

    def heartbeat(self, report: dict[str, Any]) -> None:
        self._call("POST", "/devices/heartbeat", report)

    def _json(self, method: str, path: str, body: Any = None) -> Any:
        try:
            found = json.loads(self._call(method, path, body).body)
        except ValueError as error:
            raise ServiceError(NO_SERVICE, retryable=True) from error
        if not isinstance(found, dict):
            raise ServiceError(NO_SERVICE, retryable=True)
        return found

    def _call(self, method: str, path: str, body: Any = None) -> Answer:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        try:
            return self._line.exchange(method, self._address + path, content, headers)
        except SyncError as error:
            raise ServiceError(
                error.reason, retryable=error.retryable, retry_after_s=error.retry_after_s, status=error.status,
                facts=error.facts,
            ) from error  # fmt: skip
