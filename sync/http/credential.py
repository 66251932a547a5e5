"""Who we are to a receiver: a fixed bearer token, or one fetched by OAuth2 client credentials; and the signature."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from urllib.parse import quote_plus, urlencode

from config.followers import ConnectorSection
from contract.envelope import signature
from sync.errors import SyncError
from sync.http.client import HttpClient, HttpResponse
from sync.http.unexpected import unexpected_body

RENEW_EARLY_S = 30.0  # a token is renewed so long before its end
DEFAULT_LIFETIME_S = 300.0  # of a token whose server does not say how long it lasts
NO_TOKEN = "the token server does not answer with a token"  # nosec B105 # a message
TOKEN_REFUSED = "the token server refuses our client_id or client_secret (status {status})"  # nosec B105 # a message


class Credential:
    """The headers that prove who sends; `line` leads to the token server and may be None without one."""

    def __init__(
        self, section: ConnectorSection, http: HttpClient | None = None, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._section, self._http, self._monotonic = section, http, monotonic
        self._fetched = ""
        self._until = 0.0

    def headers(self, body: bytes) -> dict[str, str]:
        """For a request with this body. Raises SyncError when a token cannot be had."""
        section = self._section
        headers = {"Accept": "application/json"}
        token = self._current() if section.oauth_token_url else section.token
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if section.hmac_secret:
            headers["X-Signature"] = signature(section.hmac_secret, body)
        return headers

    def renew(self) -> bool:
        """After a refusal: whether another token may help (one that was fetched may have been ended early)."""
        fetched, self._fetched = bool(self._fetched), ""
        return fetched

    def _current(self) -> str:
        if not self._fetched or self._monotonic() >= self._until:
            self._fetched, lasts_s = self._fetch()
            self._until = self._monotonic() + max(lasts_s - RENEW_EARLY_S, lasts_s / 2)
        return self._fetched

    def _fetch(self) -> tuple[str, float]:
        """(token, seconds it lasts), by RFC 6749, 4.4; the client proves itself as in 2.3.1."""
        section = self._section
        if self._http is None or section.oauth_token_url is None:
            raise ValueError("no token server is configured")
        form = {"grant_type": "client_credentials", **({"scope": section.oauth_scope} if section.oauth_scope else {})}
        pair = f"{quote_plus(section.oauth_client_id)}:{quote_plus(section.oauth_client_secret)}".encode()
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
            "Authorization": f"Basic {base64.b64encode(pair).decode()}",
        }
        try:
            answer = self._http.request("POST", section.oauth_token_url, urlencode(form).encode(), headers)
        except SyncError as error:
            if error.status in {400, 401, 403}:
                raise SyncError(TOKEN_REFUSED, retryable=False, facts={"status": error.status}) from error
            raise
        return _token_of(answer)


def _token_of(response: HttpResponse) -> tuple[str, float]:
    try:
        answer = json.loads(response.body)
        token, lasts_s = answer["access_token"], float(answer.get("expires_in", DEFAULT_LIFETIME_S))
        if isinstance(token, str) and token and token.isascii() and token.isprintable() and lasts_s >= 0:
            return token, lasts_s
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise unexpected_body(response.headers, NO_TOKEN) from error
    raise SyncError(NO_TOKEN, retryable=True)
