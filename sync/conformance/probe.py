"""What a conformance check needs: made-up histories that keep the contract, and a line that tells what came back."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from config.followers import ConnectorSection
from sync.cloudevents_http import line_of, receipt_of
from sync.connector import GENESIS, Event, Receipt, SyncError
from sync.credential import Credential
from sync.envelope import BATCH, cloud_event, signature, source_of
from sync.line import Answer
from sync.wording import say

READ_S = 20.0  # the office waits no longer for a piece of an answer
Spoil = Callable[[str], str]
_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


class Failed(Exception):
    """What was seen instead of what the contract says: a sentence of the catalogue, filled by `facts`."""

    def __init__(self, seen: str, **facts: Any) -> None:
        super().__init__(seen.format(**facts))
        self._seen, self._facts = seen, facts

    def told(self, language: str) -> str:
        """In that language, with the errors of the line that stand in it."""
        facts = {
            name: say(value.reason, language, **value.facts) if isinstance(value, SyncError) else value
            for name, value in self._facts.items()
        }
        return say(self._seen, language, **facts)


class NotChecked(Exception):
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
class Reply:
    """`status` 0: no answer within the deadline or a broken one; `error` says what was wrong with it."""

    status: int
    receipt: Receipt | None = None
    error: SyncError | None = None
    body: bytes = b""

    @property
    def refused(self) -> bool:
        return 400 <= self.status < 500


@dataclass
class History:
    """An epoch of an office's journal: chained events as the kiosk service makes them, about nobody."""

    office: str
    epoch: str = field(default_factory=lambda: str(uuid4()))
    events: list[Event] = field(default_factory=list)

    def grow(self, count: int, **more: Any) -> list[Event]:
        """`count` further events; `more` replaces or adds keys of each."""
        made = [self._append(more) for _ in range(count)]
        return made

    def hash_at(self, seq: int) -> str:
        return str(self.events[seq - 1]["hash"]) if seq else GENESIS

    def _append(self, more: dict[str, Any]) -> Event:
        seq = len(self.events) + 1
        event = {
            "id": str(uuid4()), "epoch": self.epoch, "seq": seq, "office": self.office, "type": "ticket.issued",
            "time": "2024-04-15T01:05:10.123Z", "business_date": "2024-04-15", "subject": str(uuid4()),
            "actor": {"kind": "kiosk", "id": "conformance"},
            "data": {"number": f"A{seq:03d}", "service": "HT", "state": "WAITING", "counter": None, "clerk": None,
                     "priority": None, "language": "vi", "position": seq},
            "prev_hash": self.hash_at(seq - 1), **more,
        }  # fmt: skip
        self.events.append(rehashed(event))
        return self.events[-1]


def rehashed(event: Event) -> Event:
    """With the hash that its content has."""
    bare = {key: value for key, value in event.items() if key != "hash"}
    return {**bare, "hash": sha256(_canonical(bare).encode()).hexdigest()}


class Probe:
    """Sends to the receiver and tells what came back; never raises for an answer, however wrong.

    `packed`: batches go with gzip, unless a check says otherwise. `credential`: one that other probes had before.
    """

    def __init__(self, target: Target, packed: bool = True, credential: Credential | None = None) -> None:
        self.target, self.packed = target, packed
        section = target.section
        self._line = line_of(section, read_s=READ_S)
        tokens = line_of(section, read_s=READ_S) if section.oauth_token_url else None
        self.credential = credential or Credential(section, tokens)

    def history(self) -> History:
        """A new epoch of the invented office: checks do not disturb each other."""
        return History(self.target.office)

    def twin(self) -> Probe:
        """Another line to the same receiver."""
        return Probe(self.target, self.packed)

    def send(self, events: Sequence[Event], *, packed: bool | None = None) -> Reply:
        return self.post([cloud_event(event) for event in events], packed=packed)

    def post(
        self, body: Any, *, packed: bool | None = None, kind: str = BATCH, spoil: Spoil | None = None,
        signed: bool = True,
    ) -> Reply:  # fmt: skip
        """`body` as JSON, or bytes as they are. `spoil` makes of the right token a wrong one; `signed`: rightly."""
        packed = self.packed if packed is None else packed
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        data = gzip.compress(data, compresslevel=1, mtime=0) if packed else data
        headers = {"Content-Type": kind, **({"Content-Encoding": "gzip"} if packed else {})}
        if not signed:
            headers["X-Signature"] = signature(self.target.section.hmac_secret, data + b"?")
        return self._exchange("POST", self.target.url, data, headers, spoil)

    def cursor(self, history: History, spoil: Spoil | None = None) -> Reply:
        query = urlencode({"source": source_of(history.office, history.epoch)})
        return self._exchange("GET", f"{self.target.url.rstrip('/')}/cursor?{query}", spoil=spoil)

    def dossiers(self) -> Reply:
        base = self.target.url.rstrip("/").removesuffix("/events")
        query = urlencode({"office": self.target.office, "after": 0})
        return self._exchange("GET", f"{base}/dossiers?{query}")

    def _proof(self, body: bytes, spoil: Spoil | None) -> dict[str, str]:
        headers = self.credential.headers(body)
        if spoil is not None:
            wrong = spoil(headers.pop("Authorization", "").removeprefix("Bearer "))
            headers |= {"Authorization": f"Bearer {wrong}"} if wrong else {}
        return headers

    def _exchange(
        self, method: str, url: str, body: bytes | None = None, headers: dict[str, str] | None = None,
        spoil: Spoil | None = None,
    ) -> Reply:  # fmt: skip
        try:
            proof = self._proof(body or b"", spoil)
        except SyncError as error:  # of the token server: the receiver was not asked
            return Reply(0, error=SyncError(error.reason, retryable=error.retryable, facts=error.facts))
        try:
            answer = self._line.exchange(method, url, body, {**proof, **(headers or {})})
        except SyncError as error:
            return Reply(error.status or 0, error=error)
        return _reply(answer)


def _reply(answer: Answer) -> Reply:
    try:
        return Reply(answer.status, receipt_of(answer), None, answer.body)
    except SyncError as error:
        return Reply(answer.status, None, error, answer.body)
