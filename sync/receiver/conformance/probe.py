"""What a conformance check needs: made-up histories that keep the contract, and a client that returns any answer."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import Any, cast
from urllib.parse import urlencode
from uuid import uuid4

from config.followers import ConnectorSection
from contract.envelope import BATCH, GENESIS, SIGNATURE_HEADER, cloud_event, event_hash, signature, source_of
from contract.events import JournalEvent
from contract.receipts import NOT_A_RECEIPT, Receipt, read_receipt
from contract.records import dataclass
from sync.errors import SyncError
from sync.http.client import HttpResponse
from sync.http.credential import Credential
from sync.http.section_client import http_client_for
from sync.http.unexpected import unexpected_body
from sync.wording import translate

READ_S = 20.0  # the office waits no longer for a piece of an answer
SpoilToken = Callable[[str], str]


class CheckFailed(Exception):
    """What was seen instead of what the contract says: a sentence of the catalogue, filled by `facts`."""

    def __init__(self, seen: str, **facts: Any) -> None:
        super().__init__(seen.format(**facts))
        self._seen, self._facts = seen, facts

    def text(self, language: str) -> str:
        """The sentence in that language, with the errors of the connection that stand in it."""
        facts = {
            name: translate(value.reason, language, **value.facts) if isinstance(value, SyncError) else value
            for name, value in self._facts.items()
        }
        return translate(self._seen, language, **facts)


class CheckSkipped(Exception):
    """Why a check was left out; a sentence of the catalogue."""


@dataclass(frozen=True, slots=True)
class Target:
    """The receiver under test, reached as a connector reaches it; `office` is invented and of no real office there."""

    section: ConnectorSection
    office: str

    @property
    def url(self) -> str:
        return self.section.url


def target(url: str, office: str, **keys: Any) -> Target:
    """`keys` as in a connector's section. Raises pydantic's ValidationError."""
    return Target(ConnectorSection(name="conformance", url=url, **keys), office)


@dataclass(frozen=True, slots=True)
class ProbeReply:
    """`status` 0: no answer within the deadline or a broken one; `error` says what was wrong with it."""

    status: int
    receipt: Receipt | None = None
    error: SyncError | None = None
    body: bytes = b""

    @property
    def refused(self) -> bool:
        return 400 <= self.status < 500


@dataclass
class SampleHistory:
    """An epoch of an office's journal: chained events as the kiosk service makes them, about nobody."""

    office: str
    epoch: str = field(default_factory=lambda: str(uuid4()))
    events: list[JournalEvent] = field(default_factory=list)

    def grow(self, count: int, **more: object) -> list[JournalEvent]:
        """`count` further events; `more` replaces or adds keys of each."""
        return [self._append(more) for _ in range(count)]

    def hash_at(self, seq: int) -> str:
        return str(self.events[seq - 1]["hash"]) if seq else GENESIS

    def _append(self, more: Mapping[str, object]) -> JournalEvent:
        seq = len(self.events) + 1
        event = {
            "id": str(uuid4()),
            "epoch": self.epoch,
            "seq": seq,
            "office": self.office,
            "type": "ticket.issued",
            "time": "2024-04-15T01:05:10.123Z",
            "business_date": "2024-04-15",
            "subject": str(uuid4()),
            "actor": {"kind": "kiosk", "id": "conformance"},
            "data": {
                "number": f"A{seq:03d}",
                "service": "HT",
                "state": "WAITING",
                "counter": None,
                "clerk": None,
                "priority": None,
                "language": "vi",
                "position": seq,
            },
            "prev_hash": self.hash_at(seq - 1),
            **more,
        }
        self.events.append(rehashed(event))
        return self.events[-1]


def rehashed(event: Mapping[str, object]) -> JournalEvent:
    """With the hash that its content has."""
    return cast(JournalEvent, {**event, "hash": event_hash(event)})


class Probe:
    """Sends to the receiver and returns what came back; never raises for an answer, however wrong.

    `packed`: batches go with gzip, unless a check says otherwise. `credential`: one that other probes had before.
    """

    def __init__(self, target: Target, packed: bool = True, credential: Credential | None = None) -> None:
        self.target, self.packed = target, packed
        section = target.section
        self._http = http_client_for(section, timeout_s=READ_S)
        tokens = http_client_for(section, timeout_s=READ_S) if section.oauth_token_url else None
        self.credential = credential or Credential(section, tokens)

    def history(self) -> SampleHistory:
        """A new epoch of the invented office: checks do not disturb each other."""
        return SampleHistory(self.target.office)

    def another(self) -> Probe:
        """A second connection to the same receiver."""
        return Probe(self.target, self.packed)

    def send(self, events: Sequence[JournalEvent], *, packed: bool | None = None) -> ProbeReply:
        return self.post([cloud_event(event) for event in events], packed=packed)

    def post(
        self,
        body: object,
        *,
        packed: bool | None = None,
        kind: str = BATCH,
        spoil: SpoilToken | None = None,
        signed: bool = True,
    ) -> ProbeReply:
        """`body` as JSON, or bytes as they are. `spoil` makes of the right token a wrong one; `signed`: rightly."""
        packed = self.packed if packed is None else packed
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        data = gzip.compress(data, compresslevel=1, mtime=0) if packed else data
        headers = {"Content-Type": kind, **({"Content-Encoding": "gzip"} if packed else {})}
        if not signed:
            headers[SIGNATURE_HEADER] = signature(self.target.section.hmac_secret, data + b"?")
        return self._exchange("POST", self.target.url, data, headers, spoil)

    def cursor(self, history: SampleHistory, spoil: SpoilToken | None = None) -> ProbeReply:
        query = urlencode({"source": source_of(history.office, history.epoch)})
        return self._exchange("GET", f"{self.target.url.rstrip('/')}/cursor?{query}", spoil=spoil)

    def dossiers(self) -> ProbeReply:
        base = self.target.url.rstrip("/").removesuffix("/events")
        query = urlencode({"office": self.target.office, "after": 0})
        return self._exchange("GET", f"{base}/dossiers?{query}")

    def _credentials(self, body: bytes, spoil: SpoilToken | None) -> dict[str, str]:
        headers = self.credential.headers(body)
        if spoil is not None:
            wrong = spoil(headers.pop("Authorization", "").removeprefix("Bearer "))
            headers |= {"Authorization": f"Bearer {wrong}"} if wrong else {}
        return headers

    def _exchange(
        self,
        method: str,
        url: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        spoil: SpoilToken | None = None,
    ) -> ProbeReply:
        try:
            credentials = self._credentials(body or b"", spoil)
        except SyncError as error:  # of the token server: the receiver was not asked
            return ProbeReply(0, error=SyncError(error.reason, retryable=error.retryable, facts=error.facts))
        try:
            answer = self._http.request(method, url, body, {**credentials, **(headers or {})})
        except SyncError as error:
            return ProbeReply(error.status or 0, error=error)
        return _reply(answer)


def _reply(answer: HttpResponse) -> ProbeReply:
    try:
        if answer.status != 200:
            raise ValueError("not 200")
        return ProbeReply(answer.status, read_receipt(answer.body), None, answer.body)
    except ValueError:
        return ProbeReply(answer.status, None, unexpected_body(answer.headers, NOT_A_RECEIPT), answer.body)
