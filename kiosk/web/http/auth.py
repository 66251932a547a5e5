"""Who is calling: a device by its token, a person by the token of a session, or a clerk by that of a paired counter."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Collection
from dataclasses import field

from flask import Request

from contract.records import dataclass
from kiosk.clock import Clock
from kiosk.domain.accounts import ClerkSession, RegisteredDevice
from kiosk.domain.errors import Forbidden, TooMany, Unauthorized
from kiosk.domain.persons import PERSON_ROLES, PersonSession, WhoseFactor, lacks_second_factor
from kiosk.domain.tokens import hash_token
from kiosk.store.store import Reading, Store
from kiosk.store.unit_of_work import Actor
from kiosk.web.http.doors import SIDE, Side

COOKIE = "motcua_session"
SECURE_COOKIE = "__Host-motcua_session"  # over TLS: no other host, path or plain page can set it
DEVICE, SESSION, PERSON = "device:", "session:", "person:"  # what a caller's credential begins with
FIRST_ROLES = frozenset({"kiosk", "counter"})  # served from the reserve
FRESH_S = 1.0
REMEMBERED = 1000
OF_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})  # other sites can send
OF_THEMSELVES = frozenset(PERSON_ROLES)  # the roles of a call that every person makes about themselves, and nobody else
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Caller:
    """`role` decides what may be called; `counter` is set for a device bound to one counter.

    `person`: the code of the clerk, or the name of the person, when the credential is theirs. `credential`: what it
    rests on, by its hash; none for anyone. `lacks_factor`: the person has to add a telephone before anything else.
    """

    role: str
    name: str
    counter: str | None = None
    person: str | None = None
    credential: str = field(default="", compare=False)
    lacks_factor: bool = field(default=False, compare=False)

    @property
    def actor(self) -> Actor:
        """Who acts in the journal. At a counter's device that is whoever is signed in at the counter."""
        return Actor(self.role, self.name, self.person, self.counter if self.role == "counter" else None)

    @property
    def administers(self) -> bool:
        """Whether it acts on the office itself, so that whatever it changes is told."""
        return self.role in PERSON_ROLES


ANYONE = Caller("none", "anonymous")
Holder = RegisteredDevice | PersonSession  # of a token


class Authenticator:
    """Finds the caller of a request. A device is read again after a second, so that `motcua token revoke` counts."""

    def __init__(
        self, store: Store, clock: Clock, tickets_per_minute: int | None, second_factor: WhoseFactor = "nobody"
    ) -> None:
        self._store = store
        self._second_factor = second_factor
        self._clock = clock
        self._tickets_per_minute = tickets_per_minute
        self._holders: dict[str, tuple[float, Holder | None]] = {}
        self._issued: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def caller(self, request: Request) -> Caller:
        """Raises Unauthorized when credentials are missing or wrong."""
        token = _bearer(request.headers.get("Authorization", ""))
        if token:
            return self._by_token(token, request.environ.get(SIDE))
        cookie = request.cookies.get(cookie_name(request))
        if cookie:
            return self._by_session(cookie, request)
        raise Unauthorized("send the device's token: Authorization: Bearer TOKEN")

    def authorise(self, request: Request, roles: frozenset[str]) -> Caller:
        """The caller, when its role is one of `roles`; without roles, or with "none" and no credential, it is anyone.

        The session of a clerk is a credential as long as it lasts. Raises Unauthorized, Forbidden.
        """
        if not roles or ("none" in roles and not self._has_credential(request)):
            return ANYONE
        caller = self.caller(request)
        if caller.role not in roles:
            allowed = ", ".join(sorted(roles - {"none"}))
            raise Forbidden(f"a {caller.role} may not call this; allowed: {allowed}")
        if caller.lacks_factor and roles != OF_THEMSELVES:
            raise Forbidden("add the code of a telephone first; this office demands one beside the password")
        return caller

    def _has_credential(self, request: Request) -> bool:
        if "Authorization" in request.headers:
            return True
        cookie = request.cookies.get(cookie_name(request))
        if not cookie:
            return False
        with self._store.reading() as reading:
            return _session_of(reading, hash_token(cookie), self._clock.now_ms()) is not None

    def remembered(self, authorization: str) -> Holder | None:
        """The holder of a header's token, if it was looked up lately and not found wanting; nobody is asked."""
        token = _bearer(authorization)
        known = self._holders.get(hash_token(token)) if token else None
        return known[1] if known else None

    def ended(self, credentials: Collection[str]) -> set[str]:
        """Which of these no longer hold, as the database knows it now."""
        now = self._clock.now_ms()
        with self._store.reading() as reading:
            return {one for one in credentials if not _holds(reading, one, now)}

    def forget(self) -> None:
        """A credential ended or changed: each is read again."""
        self._holders.clear()

    def count_ticket(self, caller: Caller) -> None:
        """Raises TooMany above `[limits] tickets_per_minute`."""
        limit = self._tickets_per_minute
        if limit is None:
            return
        now = self._clock.monotonic()
        with self._lock:
            times = self._issued.setdefault(caller.name, deque())
            while times and now - times[0] >= 60:
                times.popleft()
            if len(times) >= limit:
                raise TooMany.wait(f"more than {limit} tickets a minute from {caller.name}", 60 - (now - times[0]))
            times.append(now)

    def _by_token(self, token: str, side: Side | None) -> Caller:
        token_hash = hash_token(token)
        holder = self._holder(token_hash)
        if holder is None or not _is_valid(holder, self._clock.now_ms()):
            raise Unauthorized("this token is unknown, revoked or expired")
        if isinstance(holder, PersonSession):
            if side is not None and not side.is_staff:
                raise Unauthorized("people work at the staff's own address ([server] staff_bind)")
            lacks = lacks_second_factor(holder, self._second_factor)
            return Caller(holder.role, holder.name, None, holder.person, PERSON + token_hash, lacks)
        return Caller(holder.role, holder.name, holder.counter, None, DEVICE + token_hash)

    def _holder(self, token_hash: str) -> Holder | None:
        """From memory for at most a second; unknown tokens are remembered as well."""
        now = self._clock.monotonic()
        remembered = self._holders.get(token_hash)
        if remembered is not None and now - remembered[0] <= FRESH_S:
            return remembered[1]
        with self._store.reading() as reading:
            holder = reading.devices.by_token(token_hash) or reading.person_sessions.get(token_hash)
        if len(self._holders) >= REMEMBERED:  # guesses go first
            self._holders = {key: known for key, known in self._holders.items() if known[1] is not None}
        if len(self._holders) >= REMEMBERED:
            self._holders.clear()
        self._holders[token_hash] = (now, holder)
        return holder

    def _by_session(self, cookie: str, request: Request) -> Caller:
        _require_same_site(request)
        token_hash = hash_token(cookie)
        with self._store.reading() as reading:
            session = _session_of(reading, token_hash, self._clock.now_ms())
        if session is None:
            raise Unauthorized("this session has ended; sign in again")
        return Caller("counter", session.device, session.counter, session.clerk, SESSION + token_hash)


def cookie_name(request: Request) -> str:
    return SECURE_COOKIE if request.is_secure else COOKIE


def _bearer(authorization: str) -> str:
    """The token of the header; empty when it holds none."""
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _is_valid(holder: Holder, now: int) -> bool:
    return not holder.has_ended(now) if isinstance(holder, PersonSession) else holder.has_valid_token(now)


def _holds(reading: Reading, credential: str, now: int) -> bool:
    if credential.startswith(PERSON):
        own = reading.person_sessions.get(credential.removeprefix(PERSON))
        return own is not None and not own.has_ended(now)
    if credential.startswith(DEVICE):
        device = reading.devices.by_token(credential.removeprefix(DEVICE))
        return device is not None and device.has_valid_token(now)
    return _session_of(reading, credential.removeprefix(SESSION), now) is not None


def _session_of(reading: Reading, token_hash: str, now: int) -> ClerkSession | None:
    """None when it has ended, or its device's token has: a clerk signs in by both."""
    session = reading.sessions.get(token_hash)
    device = reading.devices.get(session.device) if session else None
    if session is None or device is None or session.has_ended(now) or not device.has_valid_token(now):
        return None
    return session


def _require_same_site(request: Request) -> None:
    """A cookie counts only when the request comes from our own pages. Raises Forbidden."""
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site not in {None, "same-origin"} or (origin is not None and origin != request.host_url.rstrip("/")):
        raise Forbidden("requests from another site are refused")
    if request.content_type is not None and request.mimetype in OF_FORMS:
        raise Forbidden("a form is not taken; send JSON with its content type")
