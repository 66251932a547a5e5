"""The national portal's protocol, as a client: sign in with `dstcode`, then one service for each question.

`POST {url}{sign_in_path}` `{username, password}` → `{error_code: 0, session}`; `POST {url}{service_path}`
`{session, madonvi, service, …}` → `{error_code, result}`. The session is kept; one that is refused is renewed once.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping

from config.followers import ConnectorSection
from config.portal_schema import PortalSection
from sync.dossiers.procedures import ProcedureEntry
from sync.errors import SyncError
from sync.http.client import HttpClient, HttpResponse
from sync.http.section_client import http_client_for
from sync.http.unexpected import unexpected_body
from sync.portal.mapping import PortalMapping, load_mapping

Item = Mapping[str, object]  # an object of the portal's JSON
MOST_BYTES = 16 * 1024 * 1024  # the whole catalogue of procedures comes as one answer
YOUNG_S = 60.0  # a session refused so early is not old: something else is wrong
NO_ANSWER = "the portal's answer cannot be understood"
REFUSED = "the portal refuses the question (error {code})"
NOT_SIGNED_IN = "the portal does not let us in (error {code}); check username, password and dstcode"


class NationalPortal:
    """One adapter of the portal. Every failure is a SyncError that repeats none of the portal's texts."""

    def __init__(
        self,
        section: ConnectorSection,
        mapping: PortalMapping,
        monotonic: Callable[[], float],
        http: HttpClient | None = None,
    ) -> None:
        if section.portal is None:
            raise ValueError("a national portal needs [sync.connector.portal]")
        self.name = section.name
        self._portal: PortalSection = section.portal
        self._url = section.url.rstrip("/")
        self._mapping, self._monotonic = mapping, monotonic
        self._http = http or http_client_for(section, MOST_BYTES)
        self._session = ""
        self._signed_in_at = 0.0

    def dossier(self, code: str) -> Item | None:
        """What the portal holds of a dossier; None when it does not know it."""
        items = self._query("dossier", {self._mapping.sent["dossier"]: code})
        return next((item for item in items if self._code(item) == code), None)

    def _code(self, item: Item) -> str:
        return "".join(str(self._mapping.cells(item).get("code", "")).split()).upper()

    def procedures(self) -> list[ProcedureEntry]:
        """Every procedure of the unit."""
        return [ProcedureEntry(row["code"], row["name"], row.get("field", "")) for row in self.procedure_rows()]

    def procedure_rows(self) -> list[dict[str, str]]:
        """The same with all that the portal tells of each, by our column."""
        return [row for item in self._query("catalogue", {}) if (row := self._mapping.procedure_row(item))]

    def procedure(self, code: str) -> ProcedureEntry | None:
        """One procedure; None when the portal does not know it."""
        entries = map(self._mapping.procedure, self._query("procedure", {self._mapping.sent["procedure"]: code}))
        return next((entry for entry in entries if entry is not None), None)

    def _query(self, service: str, parameters: Mapping[str, str]) -> list[Item]:
        """The items of an answer; a session that may have ended is renewed once. Raises SyncError."""
        new_session = not self._session
        answer = self._query_once(service, parameters)
        code = _error_code(answer, self._mapping)
        if self._is_error(code) and not new_session and self._is_session_old():
            self._session = ""
            answer = self._query_once(service, parameters)
            code = _error_code(answer, self._mapping)
        if self._mapping.says_unknown(code):
            return []
        if code != 0:
            if self._is_session_old():
                self._session = ""
            raise SyncError(REFUSED, retryable=True, facts={"code": code})
        return _items(answer.get(self._mapping.answer.result))

    def _is_error(self, code: int) -> bool:
        return code != 0 and not self._mapping.says_unknown(code)

    def _is_session_old(self) -> bool:
        return self._monotonic() - self._signed_in_at > YOUNG_S

    def _query_once(self, service: str, parameters: Mapping[str, str]) -> Item:
        if not self._session:
            self._sign_in()
        sent = self._mapping.sent
        body = {
            sent["session"]: self._session,
            sent["unit"]: self._portal.unit,
            sent["service"]: self._mapping.services[service],
            **parameters,
        }
        try:
            return self._post(self._portal.service_path, body)
        except SyncError as error:
            if error.status in {401, 403}:
                return {self._mapping.answer.error: error.status}
            raise

    def _sign_in(self) -> None:
        sent = self._mapping.sent
        answer = self._post(
            self._portal.sign_in_path,
            {sent["username"]: self._portal.username, sent["password"]: self._portal.password},
        )
        code, session = _error_code(answer, self._mapping), answer.get(self._mapping.answer.session)
        if code != 0 or not isinstance(session, str) or not 0 < len(session) <= 4096:
            raise SyncError(NOT_SIGNED_IN, retryable=False, facts={"code": code})
        self._session, self._signed_in_at = session, self._monotonic()

    def _post(self, path: str, body: Mapping[str, str]) -> Item:
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Accept": "application/json",
            "dstcode": self._portal.dstcode,
        }
        answer: HttpResponse = self._http.request("POST", self._url + path, json.dumps(body).encode(), headers)
        try:
            value = json.loads(answer.body)
        except (ValueError, RecursionError) as error:
            raise unexpected_body(answer.headers, NO_ANSWER) from error
        if not isinstance(value, dict):
            raise SyncError(NO_ANSWER, retryable=True)
        return value


def configured_portal(connectors: Iterable[ConnectorSection]) -> NationalPortal:
    """The first that the office has.

    Raises:
        SyncError: it has none.
        OSError, ValueError: its mapping cannot be used.
    """
    for section in connectors:
        if section.portal is not None:
            return NationalPortal(section, load_mapping(section.portal.mapping), time.monotonic)
    raise SyncError("no connector to the national portal is configured", retryable=False)


def _error_code(answer: Item, mapping: PortalMapping) -> int:
    """The portal's error code: a number or digits; an answer without one is no answer."""
    code = str(answer.get(mapping.answer.error, ""))
    if not code.lstrip("-").isdecimal() or len(code) > 9:
        raise SyncError(NO_ANSWER, retryable=True)
    return int(code)


def _items(result: object) -> list[Item]:
    items = [result] if isinstance(result, dict) else [] if result in (None, "") else result
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise SyncError(NO_ANSWER, retryable=True)
    return items
