"""The doors of one service: plain HTTP, TLS for the office's network, and a public one; one application behind them."""

from __future__ import annotations

import ipaddress
import logging
import threading
from collections.abc import Callable, Sequence
from functools import partial
from ssl import SSLContext, SSLError
from typing import Protocol

from flask import Flask

from contract.records import dataclass
from kiosk.web.http.doors import BehindProxies, OneSide, Proxies, PublicOnly, Side, TlsFromNowOn
from kiosk.web.http.gate import ServiceGate
from kiosk.web.wsgi.batch_thread import Batching
from kiosk.web.wsgi.response import Application
from kiosk.web.wsgi.server import WsgiServer
from kiosk.web.wsgi.tls import TlsSocket, server_context

LOOK_S = 600.0  # how often the certificate is looked at
PUBLIC_THREADS = 8
log = logging.getLogger("kiosk.web.listeners")


class NotListening(OSError):
    """Nobody can listen on `bind`; `error`: why."""

    def __init__(self, bind: str, error: OSError) -> None:
        super().__init__(error.errno, f"{bind}: {error.strerror}")
        self.bind, self.error = bind, error


class Certificates(Protocol):
    """What the TLS door shows."""

    def files(self) -> tuple[str, str]:
        """Certificate and key."""
        ...

    def renew(self) -> None:
        """Make what is missing or ends soon. Raises OSError."""
        ...


@dataclass(frozen=True, slots=True)
class Doors:
    """ADDRESS:PORT of each, None for one that there is not; `trusted_proxies`: addresses and networks.

    `staff_scheme`: "http" or "https". Where staff have a door, their pages open at no other.
    """

    bind: str
    tls_bind: str | None
    public_bind: str | None
    threads: int
    trusted_proxies: Sequence[str] = ()
    staff_bind: str | None = None
    staff_scheme: str = "https"

    @property
    def network_is_tls(self) -> bool:
        """Whether no door speaks plain HTTP with the network: HSTS binds a name with all its ports."""
        return self.public_bind is None and _is_loopback(self.bind)


class Listeners:
    """`monotonic` in seconds, `now_ms` since 1970; `batching` tells what kiosks and counters write.

    They listen at once. Raises NotListening.
    """

    def __init__(
        self,
        app: Flask,
        gate: ServiceGate,
        doors: Doors,
        certificates: Certificates,
        monotonic: Callable[[], float],
        now_ms: Callable[[], int],
        batching: Batching | None = None,
    ) -> None:
        self._gate = gate
        self._certificates = certificates
        self._monotonic = monotonic
        self._now_ms = now_ms
        self._batching = batching
        self._context: SSLContext | None = None
        self._strict = doors.network_is_tls
        self._closing = threading.Event()
        self.staff = self._staff(app, doors)
        address = None if self.staff is None else (doors.staff_scheme, self.staff.port)
        screens: Application = app if address is None else OneSide(app, Side(False, address))
        inside = _believing(screens, doors)
        self.plain = self._listen(inside, doors.bind, doors.threads, batching=batching)
        self.tls = self._tls(inside, doors.tls_bind, doors.threads) if doors.tls_bind else None
        public = self._listen(PublicOnly(inside), doors.public_bind, PUBLIC_THREADS) if doors.public_bind else None
        self.all = [one for one in (self.plain, self.tls, self.staff, public) if one is not None]

    def start(self) -> None:
        for one in self.all:
            one.start()
        if self._context is not None:
            threading.Thread(target=self._keep, name="certificates", daemon=True).start()

    def close(self, seconds: float) -> None:
        self._closing.set()
        for one in self.all:
            one.close(seconds)

    def look_at_certificate(self) -> None:
        """New connections have the certificate as it is now; the service goes on when no other can be made."""
        try:
            self._certificates.renew()
            if self._context is not None:
                self._context.load_cert_chain(*self._certificates.files())
        except (OSError, SSLError) as error:
            log.warning("the certificate is not renewed: %s", error)

    def _listen(
        self,
        application: Application,
        bind: str,
        threads: int,
        scheme: str = "http",
        batching: Batching | None = None,
    ) -> WsgiServer:
        host, _, port = bind.rpartition(":")
        try:
            return WsgiServer(
                application,
                host=host,
                port=int(port),
                threads=threads,
                monotonic=self._monotonic,
                now_s=lambda: self._now_ms() / 1000,
                gate=self._gate,
                scheme=scheme,
                batching=batching,
            )
        except OSError as error:
            raise NotListening(bind, error) from error

    def _staff(self, app: Flask, doors: Doors) -> WsgiServer | None:
        if doors.staff_bind is None:
            return None
        inside = _believing(OneSide(app, Side(True)), doors)
        if doors.staff_scheme == "https":
            return self._tls(inside, doors.staff_bind, doors.threads)
        return self._listen(inside, doors.staff_bind, doors.threads, batching=self._batching)

    def _tls(self, application: Application, bind: str, threads: int) -> WsgiServer:
        if self._context is None:
            self._certificates.renew()
            self._context = server_context(*self._certificates.files())
        inside = TlsFromNowOn(application) if self._strict else application
        listener = self._listen(inside, bind, threads, "https", self._batching)
        listener.wrap = partial(TlsSocket, context=self._context)
        return listener

    def _keep(self) -> None:
        while not self._closing.wait(LOOK_S):
            self.look_at_certificate()


def _is_loopback(bind: str) -> bool:
    host = bind.rpartition(":")[0].strip("[]")
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _believing(application: Application, doors: Doors) -> Application:
    """The application behind the proxies whose word is taken."""
    return BehindProxies(application, Proxies(doors.trusted_proxies)) if doors.trusted_proxies else application
