"""The national portal's protocol, as a client: sign in with `dstcode`, then one service for each question.

`POST {url}{sign_in_path}` `{username, password}` → `{error_code: 0, session}`; `POST {url}{service_path}`
`{session, madonvi, service, …}` → `{error_code, result}`. The session is kept; one that is refused is renewed once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from config.followers import ConnectorSection
from config.portal_schema import PortalSection
from sync.cloudevents_http import line_of
from sync.connector import SyncError
from sync.line import Answer, Line
from sync.portal.mapping import PortalMapping

MOST_BYTES = 16 * 1024 * 1024  # the whole catalogue of procedures comes as one answer
YOUNG_S = 60.0  # a session refused so early is not old: something else is wrong
NO_ANSWER = "the portal's answer cannot be understood"
REFUSED = "the portal refuses the question (error {code})"
NOT_SIGNED_IN = "the portal does not let us in (error {code}); check username, password and dstcode"


class NationalPortal:
    """One adapter of the portal. Every failure is a SyncError that repeats nothing of what the portal said."""

    def __init__(
        self, section: ConnectorSection, mapping: PortalMapping, monotonic: Callable[[], float],
        line: Line | None = None,
    ) -> None:  # fmt: skip
        if section.portal is None:
            raise ValueError("a national portal needs [sync.connector.portal]")
        self.name = section.name
        self._portal: PortalSection = section.portal
        self._url = section.url.rstrip("/")
        self._mapping, self._monotonic = mapping, monotonic
        self._line = line or line_of(section, MOST_BYTES)
        self._session = ""
        self._since = 0.0

    def dossier(self, code: str) -> dict[str, Any] | None:
        """What the portal holds of a dossier; None when it does not know it."""
        items = self._ask("dossier", {self._mapping.sent("dossier"): code})
        return next((item for item in items if self._code(item) == code), None)

    def _code(self, item: Mapping[str, Any]) -> str:
        return "".join(str(self._mapping.cells(item).get("code", "")).split()).upper()

    def procedures(self) -> list[tuple[str, str, str]]:
        """(code, name, field) of every procedure of the unit."""
        found = map(self._mapping.procedure, self._ask("catalogue", {}))
        return [procedure for procedure in found if procedure is not None]

    def procedure(self, code: str) -> tuple[str, str, str] | None:
        """One procedure; None when the portal does not know it."""
        items = self._ask("procedure", {self._mapping.sent("procedure"): code})
        return next((found for item in items if (found := self._mapping.procedure(item)) is not None), None)

    def _ask(self, service: str, more: Mapping[str, str]) -> list[dict[str, Any]]:
        fresh = not self._session
        answer = self._asked_once(service, more)
        code = _error(answer, self._mapping)
        if self._mapping.says_unknown(code):
            return []
        if code != 0 and not fresh and self._monotonic() - self._since > YOUNG_S:
            self._session = ""
            answer = self._asked_once(service, more)
            code = _error(answer, self._mapping)
        if self._mapping.says_unknown(code):
            return []
        if code != 0:
            if self._monotonic() - self._since > YOUNG_S:
                self._session = ""
            raise SyncError(REFUSED, retryable=True, facts={"code": code})
        return _items(answer.get(self._mapping.answered("result")))

    def _asked_once(self, service: str, more: Mapping[str, str]) -> dict[str, Any]:
        if not self._session:
            self._sign_in()
        sent = self._mapping.sent
        body = {
            sent("session"): self._session, sent("unit"): self._portal.unit,
            sent("service"): self._mapping.service(service), **more,
        }  # fmt: skip
        try:
            return self._exchange(self._portal.service_path, body)
        except SyncError as error:
            if error.status in {401, 403}:
                return {self._mapping.answered("error"): error.status}
            raise

    def _sign_in(self) -> None:
        sent = self._mapping.sent
        answer = self._exchange(
            self._portal.sign_in_path,
            {sent("username"): self._portal.username, sent("password"): self._portal.password},
        )
        code, session = _error(answer, self._mapping), answer.get(self._mapping.answered("session"))
        if code != 0 or not isinstance(session, str) or not 0 < len(session) <= 4096:
            raise SyncError(NOT_SIGNED_IN, retryable=False, facts={"code": code})
        self._session, self._since = session, self._monotonic()

    def _exchange(self, path: str, body: Mapping[str, str]) -> dict[str, Any]:
        headers = {
            "Content-Type": "application/json; charset=utf-8", "Accept": "application/json",
            "dstcode": self._portal.dstcode,
        }  # fmt: skip
        answer: Answer = self._line.exchange("POST", self._url + path, json.dumps(body).encode(), headers)
        try:
            found = json.loads(answer.body)
        except (ValueError, RecursionError) as error:
            raise SyncError(NO_ANSWER, retryable=True) from error
        if not isinstance(found, dict):
            raise SyncError(NO_ANSWER, retryable=True)
        return found


def _error(answer: Mapping[str, Any], mapping: PortalMapping) -> int:
    """The portal's error code: a number or digits; an answer without one is no answer."""
    code = str(answer.get(mapping.answered("error"), ""))
    if not code.lstrip("-").isdecimal() or len(code) > 9:
        raise SyncError(NO_ANSWER, retryable=True)
    return int(code)


def _items(result: object) -> list[dict[str, Any]]:
    items = [result] if isinstance(result, dict) else [] if result in (None, "") else result
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise SyncError(NO_ANSWER, retryable=True)
    return items
