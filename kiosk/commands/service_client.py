"""The kiosk service for a program on this or another machine, by the HTTP client of `sync`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from display_board.service_client import NOT_MODIFIED, ConnectService, ServiceUnavailable
from sync.errors import SyncError
from sync.http.client import HttpClient, HttpResponse
from sync.policy import AdaptiveTimeout

MAX_BYTES = 8 * 1024 * 1024  # of one response


class BoardServiceClient:
    """The board's `ServiceClient` over `HttpClient`."""

    def __init__(self, address: str, token: str, seconds: float) -> None:
        timeout = AdaptiveTimeout.fixed(seconds)
        self._address, self._seconds = address.rstrip("/"), seconds
        self._headers = {"Authorization": f"Bearer {token}", "User-Agent": "motcua-board"}
        self._http = HttpClient(max_bytes=MAX_BYTES, timeout=timeout)
        self._streaming = HttpClient(timeout=timeout)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> HttpResponse:
        return self._exchange("GET", path, None, headers or {})

    def send(self, method: str, path: str, body: object) -> None:
        self._exchange(method, path, json.dumps(body).encode(), {"Content-Type": "application/json"})

    @contextmanager
    def stream(self, path: str) -> Iterator[Iterator[bytes]]:
        with (
            _board_errors(),
            self._streaming.stream(self._address + path, self._headers, self._seconds) as response,
        ):
            _check_status(response.status)
            yield response.chunks

    def _exchange(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> HttpResponse:
        with _board_errors():
            response = self._http.exchange(method, self._address + path, body, {**self._headers, **headers})
        _check_status(response.status)
        return response


def board_clients(address: str, token: str) -> ConnectService:
    return partial(BoardServiceClient, address, token)


def service_is_ready(address: str, seconds: float) -> bool:
    """Whether `GET /readyz` is answered with 200 in time."""
    http = HttpClient(timeout=AdaptiveTimeout.fixed(seconds))
    try:
        http.request("GET", f"{address}/readyz")
    except SyncError:
        return False
    finally:
        http.close()
    return True


@contextmanager
def _board_errors() -> Iterator[None]:
    try:
        yield
    except SyncError as error:
        raise ServiceUnavailable(str(error), error.status) from error


def _check_status(status: int) -> None:
    if not (200 <= status < 300 or status == NOT_MODIFIED):
        raise ServiceUnavailable(f"the service answers with status {status}", status)
