"""The default connector: batches of CloudEvents over HTTPS, answered by a receipt."""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from config.followers import ConnectorSection
from sync.connector import DossierPage, Event, Receipt, Refusal, SyncError
from sync.credential import Credential
from sync.envelope import BATCH, encoded, source_of
from sync.line import ANSWER_S, MEBIBYTE, Answer, Line
from sync.policy import fitting
from sync.trust import Trust

NOT_A_RECEIPT = "the answer is not a receipt"
NOT_DOSSIERS = "the answer is not a list of dossiers"
MAX_SEQ = 2**53 - 1
GZIP_LEVEL = 9  # 17 µs an event, a twentieth fewer bytes than the default
RUN = "X-Motcua-Run"
Seq = Annotated[int, Field(ge=0, le=MAX_SEQ)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class _RefusalBody(_Strict):
    seq: Seq
    code: Annotated[str, Field(max_length=200)] = "refused"
    reason: Annotated[str, Field(max_length=2000)] = ""


class _ReceiptBody(_Strict):
    epoch: Annotated[str, Field(min_length=1, max_length=40)] | None
    accepted_through: Seq
    hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    refused: Annotated[list[_RefusalBody], Field(max_length=1000)] = []
    twin: bool = False


class _DossiersBody(_Strict):
    version: Seq
    dossiers: Annotated[list[dict[str, Any]], Field(max_length=2000)]


def receipt_of(answer: Answer) -> Receipt:
    """Raises SyncError when the answer is anything but a receipt."""
    try:
        if answer.status != 200:
            raise ValueError("not 200")
        body = _ReceiptBody.model_validate_json(answer.body)
    except (ValidationError, ValueError) as error:
        raise SyncError(NOT_A_RECEIPT, retryable=True) from error
    refused = tuple(Refusal(r.seq, r.code[:40], r.reason[:200]) for r in body.refused)
    return Receipt(body.epoch, body.accepted_through, body.hash, refused, body.twin)


class CloudEventsHttp:
    """`section.url` takes the batches, `{url}/cursor` tells how far it is, `{base}/dossiers` progress."""

    def __init__(self, section: ConnectorSection, office: str, run: str = "", line: Line | None = None) -> None:
        """`run` names this run of the program to the receiver, which can so tell a copy of this machine from it."""
        self.name = section.name
        self.most_events = section.batch_events
        self._section, self._office, self._run = section, office, run
        self._url = section.url.rstrip("/")
        self._line = line or line_of(section)
        self._credential = Credential(section, line_of(section) if section.oauth_token_url else None)

    def cursor(self, epoch: str) -> Receipt:
        query = urlencode({"source": source_of(self._office, epoch)})
        return receipt_of(self._exchange("GET", f"{self._url}/cursor?{query}"))

    def deliver(self, epoch: str, events: Sequence[Event]) -> Receipt:
        items = [encoded(event) for event in events]
        whole = b"[" + b",".join(items[: fitting(map(len, items))]) + b"]"
        body = gzip.compress(whole, compresslevel=GZIP_LEVEL, mtime=0)
        headers = {"Content-Type": BATCH, "Content-Encoding": "gzip"}
        return receipt_of(self._exchange("POST", self._section.url, body, headers))

    def dossiers(self, after: int) -> DossierPage:
        """`GET {url without /events}/dossiers?office=CODE&after=VERSION` → `{"version", "dossiers": [dossier]}`."""
        query = urlencode({"office": self._office, "after": after})
        base = self._url.removesuffix("/events")
        answer = self._exchange("GET", f"{base}/dossiers?{query}")
        try:
            body = _DossiersBody.model_validate_json(answer.body)
        except ValidationError as error:
            raise SyncError(NOT_DOSSIERS, retryable=True) from error
        return DossierPage(body.version, body.dossiers)

    def _exchange(
        self, method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        try:
            return self._once(method, url, body, headers or {})
        except SyncError as error:
            if error.status != 401 or not self._credential.renew():
                raise
        return self._once(method, url, body, headers or {})

    def _once(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        run = {RUN: self._run} if self._run else {}
        return self._line.exchange(method, url, body, {**headers, **run, **self._credential.headers(body or b"")})


def line_of(section: ConnectorSection, most_bytes: int = MEBIBYTE, read_s: float = ANSWER_S) -> Line:
    """A line as the section wants it; plain HTTP (to this machine only) needs neither certificates nor proxy."""
    trust = Trust(section.ca_file, section.client_certificate, section.client_key)
    return Line(most_bytes=most_bytes, read_s=read_s, trust=trust, proxy=section.proxy)
