"""Which certificate the service shows, until when it is good, and its renewal; without the heavy library."""

from __future__ import annotations

import ipaddress
import json
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from config import places
from config.schema import ServerSection

AUTHORITY, KEY, SERVER, SERVER_KEY, DETAILS = "ca.pem", "ca.key", "server.pem", "server.key", "server.json"
RENEW_MS = 60 * 24 * 3600_000  # before the end of the certificate
MAKING_S = 60.0


def folder() -> Path:
    return places.home() / "tls"


def authority_der() -> bytes | None:
    """The office's authority as a tablet installs it; None when there is none."""
    try:
        return ssl.PEM_cert_to_DER_cert((folder() / AUTHORITY).read_text(encoding="ascii"))
    except OSError:
        return None


def service_names(server: ServerSection) -> list[str]:
    """By which clients reach this machine: its name, `.local`, its addresses, and the host of the public address."""
    host = socket.gethostname().lower()
    public = server.public_url.partition("//")[2].partition("/")[0].partition(":")[0].lower()
    bound = [(bind or "").rpartition(":")[0].strip("[]") for bind in (server.tls_bind, server.staff_bind)]
    names = [host, f"{host}.local", "localhost", "127.0.0.1", *_own_addresses()]
    names += [name for name in (public, *bound) if name and name not in {"0.0.0.0", "::"}]  # nosec B104 # left out
    return list(dict.fromkeys(names))


def ensure_certificate(server: ServerSection, now: int) -> bool:
    """Make the certificate when it is missing, ends soon, lacks a name or is not good yet, because it was made while
    the clock was wrong; the authority once, and anew when it is not good either. Whether one was made.

    Raises OSError when it can't be made.
    """
    names = service_names(server)
    if _is_good(names, now):
        return False
    command = [sys.executable, "-m", "kiosk.maintenance.office_ca", str(folder()), str(now), *names]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=MAKING_S, check=False)
    except subprocess.SubprocessError as error:
        raise OSError(f"the certificate cannot be made: {error}") from error
    if done.returncode:
        raise OSError(f"the certificate cannot be made: {done.stderr.strip().splitlines()[-1:]}")
    return True


class OfficeCertificates:
    """Those that the configuration names, which somebody else renews, or the office's own."""

    def __init__(self, server: ServerSection, now_ms: Callable[[], int]) -> None:
        self._server = server
        self._now_ms = now_ms

    def files(self) -> tuple[str, str]:
        """Certificate and key."""
        if self._server.tls_certificate:
            return self._server.tls_certificate, self._server.tls_key
        return str(folder() / SERVER), str(folder() / SERVER_KEY)

    def renew(self) -> None:
        """Raises OSError."""
        if not self._server.tls_certificate:
            ensure_certificate(self._server, self._now_ms())


def _is_good(names: list[str], now: int) -> bool:
    try:
        details = json.loads((folder() / DETAILS).read_text(encoding="utf-8"))
        is_over_soon = details["not_after_ms"] - now <= RENEW_MS
        is_early = details.get("not_before_ms", 0) > now
        return not is_over_soon and not is_early and set(names) <= set(details["names"])
    except (OSError, ValueError, KeyError):
        return False


def _own_addresses() -> list[str]:
    """Addresses by which the machine's name is known, and the one that it would send from."""
    addresses = set()
    try:
        addresses = {str(one[4][0]) for one in socket.getaddrinfo(socket.gethostname(), None)}
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))  # nothing is sent
            addresses.add(probe.getsockname()[0])
    except OSError:
        pass
    return sorted(one for one in addresses if "%" not in one and not ipaddress.ip_address(one).is_unspecified)
