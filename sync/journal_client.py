"""The kiosk service as a follower sees it: the journal, its own row among the followers, dossiers, webhooks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from contract.dossiers import DossierInput
from contract.envelope import GENESIS
from contract.events import JournalEvent
from contract.records import dataclass
from sync.errors import SyncError
from sync.http.client import HttpClient, HttpResponse

MAX_BYTES = 32 * 1024 * 1024
NO_SERVICE = "the kiosk service does not answer as expected"


class ServiceError(SyncError):
    """The kiosk service, not the receiver, failed."""


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Events of one epoch in order. `epochs` are (epoch, last seq), oldest first."""

    epoch: str
    events: list[JournalEvent]
    last_seq: int
    epochs: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class FollowerPosition:
    """What the service keeps of a follower."""

    epoch: str
    cursor: int
    refused: list[dict[str, Any]]


class JournalClient:
    """One connection to the service; not to be shared between threads. Raises ServiceError."""

    def __init__(self, address: str, token: str, http: HttpClient | None = None) -> None:
        self._address = f"{address.rstrip('/')}/api/v1"
        self._token = token
        self._http = http or HttpClient(max_bytes=MAX_BYTES)

    def read(self, epoch: str | None, after: int, limit: int) -> JournalPage:
        query = {"after": str(after), "limit": str(limit), **({} if epoch is None else {"epoch": epoch})}
        page = self._json("GET", f"/journal?{urlencode(query)}")
        try:
            epochs = [(row["epoch"], int(row["last_seq"])) for row in page["epochs"]]
            return JournalPage(page["epoch"], list(page["events"]), int(page["last_seq"]), epochs)
        except (KeyError, TypeError, ValueError) as error:
            raise ServiceError(NO_SERVICE, retryable=True) from error

    def hash_of(self, epoch: str, seq: int) -> str | None:
        """The hash of an event; None when the journal does not have it."""
        if seq == 0:
            return GENESIS
        events = self.read(epoch, seq - 1, 1).events
        return str(events[0]["hash"]) if events and events[0]["seq"] == seq else None

    def follower_position(self, name: str) -> FollowerPosition | None:
        """What this follower last put; None when it is new."""
        for row in self._json("GET", "/followers").get("followers", []):
            if row["name"] == name:
                return FollowerPosition(row["epoch"], row["cursor"], list(row["refused"]))
        return None

    def put_follower(self, name: str, body: dict[str, Any]) -> None:
        self._call("PUT", f"/followers/{quote(name, safe='')}", body)

    def put_dossiers(self, dossiers: list[DossierInput]) -> dict[str, Any]:
        """`{"created", "updated", "unchanged", "refused"}`."""
        outcome: dict[str, Any] = self._json("PUT", "/dossiers", dossiers)
        return outcome

    def dossiers(self) -> Iterator[DossierInput]:
        """Every dossier that the service knows, by code, in the words of the contract."""
        after = ""
        while True:
            page = self._json("GET", f"/dossiers?{urlencode({'after': after})}")
            rows = page.get("dossiers")
            if not isinstance(rows, list):
                raise ServiceError(NO_SERVICE, retryable=True)
            yield from rows
            if not rows or not page.get("next"):
                return
            after = str(page["next"])

    def put_portal_procedures(self, table: str) -> None:
        """The portal's catalogue as a table, for an administrator to look at; an older service goes without."""
        try:
            self._call("PUT", "/procedures/portal", {"table": table})
        except ServiceError as error:
            if error.status not in {400, 404, 405, 413}:
                raise

    def webhooks(self) -> list[tuple[str, str]]:
        """(url, secret) of each; none from a service that has no such call."""
        try:
            answer = self._json("GET", "/webhooks")
        except ServiceError as error:
            if error.status == 404:
                return []
            raise
        return [(hook["url"], hook["secret"]) for hook in answer.get("webhooks", [])]

    def heartbeat(self, report: dict[str, Any]) -> None:
        self._call("POST", "/devices/heartbeat", report)

    def _json(self, method: str, path: str, body: Any = None) -> Any:
        try:
            answer = json.loads(self._call(method, path, body).body)
        except ValueError as error:
            raise ServiceError(NO_SERVICE, retryable=True) from error
        if not isinstance(answer, dict):
            raise ServiceError(NO_SERVICE, retryable=True)
        return answer

    def _call(self, method: str, path: str, body: Any = None) -> HttpResponse:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        try:
            return self._http.request(method, self._address + path, content, headers)
        except SyncError as error:
            raise ServiceError(
                error.reason,
                retryable=error.retryable,
                retry_after_s=error.retry_after_s,
                status=error.status,
                facts=error.facts,
            ) from error
