"""Who is calling: a device by its token, or a clerk by the session of a paired counter."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

from flask import Request

from kiosk.clock import Clock
from kiosk.domain.errors import Forbidden, TooMany, Unauthorized
from kiosk.store.credentials import hash_token
from kiosk.store.devices import Access, Device
from kiosk.store.store import Store

COOKIE = "motcua_session"
FRESH_S = 1.0
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Caller:
    """`role` decides what may be called; `counter` is set for a device bound to one counter."""

    role: str
    name: str
    counter: str | None = None
    clerk: str | None = None


ANYONE = Caller("none", "anonymous")


class Gate:
    """Tokens seen within the last second, so that a change by another process counts within a second."""

    def __init__(self, store: Store, clock: Clock, tickets_per_minute: int | None) -> None:
        self._store = store
        self._clock = clock
        self._tickets_per_minute = tickets_per_minute
        self._lookups: dict[str, deque[float]] = {}
        self._known: dict[str, tuple[float, Device | None]] = {}
        self._issued: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def caller(self, request: Request) -> Caller:
        """Raises Unauthorized when credentials are missing or wrong."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if token and scheme.lower() == "bearer":
            return self._by_token(token.strip())
        cookie = request.cookies.get(COOKIE)
        if cookie:
            return self._by_session(cookie, request)
        raise Unauthorized("send the device's token: Authorization: Bearer TOKEN")

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
                raise TooMany(f"more than {limit} tickets a minute from {caller.name}; wait a little")
            times.append(now)

    def failed_lookups(self, caller: Caller, window_s: float) -> int:
        """Wrong dossier codes from this device within the last `window_s` seconds."""
        now = self._clock.monotonic()
        with self._lock:
            times = self._lookups.setdefault(caller.name, deque())
            while times and now - times[0] >= window_s:
                times.popleft()
            return len(times)

    def note_failed_lookup(self, caller: Caller) -> None:
        with self._lock:
            self._lookups.setdefault(caller.name, deque()).append(self._clock.monotonic())

    def _by_token(self, token: str) -> Caller:
        digest = hash_token(token)
        now = self._clock.monotonic()
        known = self._known.get(digest)
        if known is None or now - known[0] > FRESH_S:
            with self._store.reading() as reading:
                device = Access(reading.transaction, reading.office).device_by_token(digest)
            known = (now, device)
            if len(self._known) > 1000:
                self._known.clear()
            self._known[digest] = known
        device = known[1]
        if device is None or (device.expires_at is not None and device.expires_at < self._clock.now_ms()):
            raise Unauthorized("this token is unknown, revoked or expired")
        return Caller(device.role, device.name, device.counter)

    def _by_session(self, cookie: str, request: Request) -> Caller:
        _same_site(request)
        with self._store.reading() as reading:
            access = Access(reading.transaction, reading.office)
            session = access.session(hash_token(cookie))
            device = access.device(session[2]) if session else None
        if session is None or device is None or device.revoked_at or session[3] < self._clock.now_ms():
            raise Unauthorized("this session has ended; sign in again")
        return Caller("counter", session[2], session[1], session[0])


def _same_site(request: Request) -> None:
    """A cookie counts only when the request comes from our own pages."""
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site not in {None, "same-origin"} or (origin is not None and origin != request.host_url.rstrip("/")):
        raise Forbidden("requests from another site are refused")
