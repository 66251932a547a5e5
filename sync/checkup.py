"""Whether a one-stop system can be reached from here, and for how long its certificates last. Nothing is sent."""

from __future__ import annotations

import ssl
from pathlib import Path

from cryptography import x509

from config.followers import ConnectorSection
from contract.records import dataclass
from sync.errors import SyncError
from sync.http.client import HttpClient
from sync.http.section_client import http_client_for
from sync.wording import translate

DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Checkup:
    """`problem`: why the server cannot be reached, in words; None when it can.

    Days until the certificates end, rounded down: the server's, and ours that it asks for; None where there is none.
    """

    problem: str | None
    server_days: int | None = None
    own_days: int | None = None


def check_upstream(
    section: ConnectorSection, now_s: float, language: str = "vi", http: HttpClient | None = None
) -> Checkup:
    """Name, connection, proxy and TLS as the follower itself would do it; `now_s` in seconds since 1970."""
    http = http or http_client_for(section)
    own_days = _days(_own_end(section), now_s)
    try:
        certificate = http.server_certificate(section.url)
    except SyncError as error:
        return Checkup(translate(error.reason, language, **error.facts), None, own_days)
    finally:
        http.close()
    ends = certificate.get("notAfter")
    return Checkup(None, _days(ssl.cert_time_to_seconds(str(ends)) if ends else None, now_s), own_days)


def _own_end(section: ConnectorSection) -> float | None:
    """When our certificate ends; when its file cannot be read, connecting says so."""
    try:
        certificate = x509.load_pem_x509_certificate(Path(section.client_certificate).read_bytes())
    except (OSError, ValueError):
        return None
    return certificate.not_valid_after_utc.timestamp()


def _days(end_s: float | None, now_s: float) -> int | None:
    return None if end_s is None else int((end_s - now_s) // DAY_S)
