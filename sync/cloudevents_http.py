"""The default connector: batches of CloudEvents over HTTPS, answered by a receipt."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from config.schema import ConnectorSection
from sync.connector import DossierPage, Event, Receipt, Refusal, SyncError
from sync.envelope import BATCH, encoded, signature, source_of
from sync.line import Answer, Line
from sync.policy import fitting

NOT_A_RECEIPT = "the answer is not a receipt"
NOT_DOSSIERS = "the answer is not a list of dossiers"
MAX_SEQ = 2**53 - 1
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
    return Receipt(body.epoch, body.accepted_through, body.hash, refused)


class CloudEventsHttp:
    """`section.url` takes the batches, `{url}/cursor` tells how far it is, `{base}/dossiers` progress."""

    def __init__(self, section: ConnectorSection, office: str, line: Line | None = None) -> None:
        self.name = section.name
        self.most_events = section.batch_events
        self._section = section
        self._office = office
        self._url = section.url.rstrip("/")
        self._line = line or Line(section.ca_file)

    def cursor(self, epoch: str) -> Receipt:
        query = urlencode({"source": source_of(self._office, epoch)})
        return receipt_of(self._line.exchange("GET", f"{self._url}/cursor?{query}", headers=self._headers(b"")))

    def deliver(self, epoch: str, events: Sequence[Event]) -> Receipt:
        items = [encoded(event) for event in events]
        whole = b"[" + b",".join(items[: fitting(map(len, items))]) + b"]"
        body = gzip.compress(whole, compresslevel=5, mtime=0)
        headers = {"Content-Type": BATCH, "Content-Encoding": "gzip", **self._headers(body)}
        return receipt_of(self._line.exchange("POST", self._section.url, body, headers))

    def dossiers(self, after: int) -> DossierPage:
        """`GET {url without /events}/dossiers?office=CODE&after=VERSION` → `{"version", "dossiers": [dossier]}`."""
        query = urlencode({"office": self._office, "after": after})
        base = self._url.removesuffix("/events")
        answer = self._line.exchange("GET", f"{base}/dossiers?{query}", headers=self._headers(b""))
        try:
            body = _DossiersBody.model_validate_json(answer.body)
        except ValidationError as error:
            raise SyncError(NOT_DOSSIERS, retryable=True) from error
        return DossierPage(body.version, body.dossiers)

    def _headers(self, body: bytes) -> dict[str, str]:
        headers = {"Accept": "application/json"}
        if self._section.token:
            headers["Authorization"] = f"Bearer {self._section.token}"
        if self._section.hmac_secret:
            headers["X-Signature"] = signature(self._section.hmac_secret, body)
        return headers
