"""One HTTP exchange with bounds: deadlines, at most so many bytes of answer, TLS verified, no redirects."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import requests
from requests.exceptions import ConnectionError as NotConnected
from requests.exceptions import RequestException, SSLError
from urllib3.exceptions import HTTPError

from sync.connector import SyncError
from sync.policy import retry_after_s

MEBIBYTE = 1024 * 1024
CONNECT_S = 5.0
READ_S = 20.0  # between two pieces of an answer
WHOLE_S = 60.0  # the answer's body
PIECE = 64 * 1024

SILENT = "the server does not answer"
UNTRUSTED = "the server's certificate cannot be trusted; check its name, its issuer and this machine's clock"
NO_CA_FILE = "the certificate file {file} cannot be read"
TOO_LONG = "the answer is too long"
BROKEN = "the answer broke off"
STATUS = "the server answers with status {status}"
DENIED = "the server does not accept our credential (status {status})"
PASSING = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Line:
    """A kept-alive line to one server. Every failure is a SyncError."""

    def __init__(
        self, ca_file: str = "", most_bytes: int = MEBIBYTE, read_s: float = READ_S,
        wall: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self._session = requests.Session()
        self._session.trust_env = False  # no .netrc, no REQUESTS_CA_BUNDLE: only what the office configured
        self._session.headers.update({"Accept-Encoding": "identity", "User-Agent": "motcua-sync"})
        self._ca_file = ca_file
        self._most_bytes = most_bytes
        self._read_s = read_s
        self._wall = wall

    def exchange(
        self, method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Any status below 300 is an answer; anything else raises SyncError with its status."""
        if self._ca_file and not Path(self._ca_file).is_file():
            raise SyncError(NO_CA_FILE, retryable=False, facts={"file": self._ca_file})
        try:
            with self._session.request(
                method, url, data=body, headers=dict(headers or {}), timeout=(CONNECT_S, self._read_s), stream=True,
                allow_redirects=False, verify=self._ca_file or True,
            ) as response:  # fmt: skip
                answer = Answer(response.status_code, response.headers, self._bounded(response))
        except SSLError as error:
            raise SyncError(UNTRUSTED, retryable=False) from error
        except (NotConnected, requests.Timeout) as error:
            raise SyncError(SILENT, retryable=True) from error
        except (RequestException, HTTPError) as error:
            raise SyncError(BROKEN, retryable=True) from error
        self._refuse(answer)
        return answer

    def _bounded(self, response: requests.Response) -> bytes:
        """The body as it came over the wire; never more than the bound, never longer than the deadline."""
        began = time.monotonic()
        received = bytearray()
        while piece := response.raw.read(PIECE, decode_content=False):
            received += piece
            if len(received) > self._most_bytes:
                raise SyncError(TOO_LONG, retryable=True)
            if time.monotonic() - began > WHOLE_S:
                raise SyncError(SILENT, retryable=True)
        return bytes(received)

    def _refuse(self, answer: Answer) -> None:
        status = answer.status
        if 200 <= status < 300:
            return
        reason = DENIED if status in {401, 403} else STATUS
        asked = retry_after_s(answer.headers.get("Retry-After"), self._wall)
        passing = status >= 500 or status in PASSING
        raise SyncError(reason, retryable=passing, retry_after_s=asked, status=status, facts={"status": status})

    def close(self) -> None:
        self._session.close()
