"""The HTTP client of a connector, from its section of the configuration."""

from __future__ import annotations

from config.followers import ConnectorSection
from sync.http.client import ANSWER_S, MEBIBYTE, HttpClient
from sync.http.tls import TlsSettings


def http_client_for(section: ConnectorSection, max_bytes: int = MEBIBYTE, timeout_s: float = ANSWER_S) -> HttpClient:
    """With the section's trust and proxy; plain HTTP (to this machine only) needs neither."""
    tls = TlsSettings(section.ca_file, section.client_certificate, section.client_key)
    return HttpClient(max_bytes=max_bytes, timeout_s=timeout_s, tls=tls, proxy=section.proxy)
