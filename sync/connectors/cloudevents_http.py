"""The default connector: batches of CloudEvents over HTTPS, answered by a receipt."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from config.followers import ConnectorSection
from contract.envelope import BATCH, RUN_HEADER, encode_cloud_event, source_of
from contract.events import JournalEvent
from contract.receipts import MAX_SEQ, NOT_A_RECEIPT, Receipt, read_receipt
from sync.connectors.base import DossierPage
from sync.errors import SyncError
from sync.http.client import HttpClient, HttpResponse
from sync.http.credential import Credential
from sync.http.section_client import http_client_for
from sync.http.unexpected import unexpected_body
from sync.policy import fitting

NOT_DOSSIERS = "the answer is not a list of dossiers"
GZIP_LEVEL = 9  # 17 µs an event, a twentieth fewer bytes than the default
GZIP = 31  # wbits of zlib: a gzip member, its time 0
MANY = 20  # events; fewer are packed smaller by the default strategy
Seq = Annotated[int, Field(ge=0, le=MAX_SEQ)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class _DossiersBody(_Strict):
    version: Seq
    dossiers: Annotated[list[dict[str, Any]], Field(max_length=2000)]


def receipt_of(answer: HttpResponse) -> Receipt:
    """Raises SyncError when the answer is anything but a receipt."""
    try:
        if answer.status != 200:
            raise ValueError("not 200")
        return read_receipt(answer.body)
    except ValueError as error:
        raise unexpected_body(answer.headers, NOT_A_RECEIPT) from error


def packed(whole: bytes, events: int) -> bytes:
    """One member of gzip. In a long batch half of what is left of an event are hashes, whose short repetitions only
    lead the packer astray: looking past them, as Z_FILTERED does, saves a further twentieth at the same cost.
    """
    strategy = zlib.Z_FILTERED if events >= MANY else zlib.Z_DEFAULT_STRATEGY
    packer = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, GZIP, zlib.DEF_MEM_LEVEL, strategy)
    return packer.compress(whole) + packer.flush()


class CloudEventsHttp:
    """`section.url` takes the batches, `{url}/cursor` tells how far it is, `{base}/dossiers` progress."""

    def __init__(self, section: ConnectorSection, office: str, run: str = "", http: HttpClient | None = None) -> None:
        """`run` names this run of the program to the receiver, which can so tell a copy of this machine from it."""
        self.name = section.name
        self.most_events = section.batch_events
        self._section, self._office, self._run = section, office, run
        self._url = section.url.rstrip("/")
        self._http = http or http_client_for(section)
        self._credential = Credential(section, http_client_for(section) if section.oauth_token_url else None)

    def cursor(self, epoch: str) -> Receipt:
        query = urlencode({"source": source_of(self._office, epoch)})
        return receipt_of(self._exchange("GET", f"{self._url}/cursor?{query}"))

    def deliver(self, epoch: str, events: Sequence[JournalEvent]) -> Receipt:
        whole = b"[" + b",".join(fitting(map(encode_cloud_event, events))) + b"]"
        headers = {"Content-Type": BATCH, "Content-Encoding": "gzip"}
        return receipt_of(self._exchange("POST", self._section.url, packed(whole, len(events)), headers))

    def dossiers(self, after: int) -> DossierPage:
        """`GET {url without /events}/dossiers?office=CODE&after=VERSION` → `{"version", "dossiers": [dossier]}`."""
        query = urlencode({"office": self._office, "after": after})
        base = self._url.removesuffix("/events")
        answer = self._exchange("GET", f"{base}/dossiers?{query}")
        try:
            body = _DossiersBody.model_validate_json(answer.body)
        except ValidationError as error:
            raise unexpected_body(answer.headers, NOT_DOSSIERS) from error
        return DossierPage(body.version, body.dossiers)

    def _exchange(
        self, method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> HttpResponse:
        try:
            return self._once(method, url, body, headers or {})
        except SyncError as error:
            if error.status != 401 or not self._credential.renew():
                raise
        return self._once(method, url, body, headers or {})

    def _once(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> HttpResponse:
        run = {RUN_HEADER: self._run} if self._run else {}
        return self._http.request(method, url, body, {**headers, **run, **self._credential.headers(body or b"")})
