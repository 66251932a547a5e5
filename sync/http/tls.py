"""TLS towards a server: whom we trust, what we show of ourselves, and what a failure means in words."""

from __future__ import annotations

import ssl
from pathlib import Path

from contract.records import dataclass
from sync.errors import SyncError
from sync.http.deadline_socket import DeadlineTlsSocket

UNTRUSTED = "the server's certificate cannot be trusted; check its issuer against ca_file"
WRONG_NAME = "the server's certificate is for another name; check the address"
EXPIRED = "the server's certificate has expired, or this machine's clock is wrong ({now})"
NOT_YET = "the server's certificate is not valid yet, or this machine's clock is wrong ({now})"
OLD_TLS = "the server speaks only TLS that is no longer safe"
WANTS_OURS = "the server asks for a certificate of this machine, or refuses the one it has"
NO_TLS = "no safe connection with the server comes about"
NO_FILE = "the certificate file {file} cannot be read"
# OpenSSL's X509_V_ERR_… of x509_vfy.h
_VERIFY = {9: NOT_YET, 10: EXPIRED, 62: WRONG_NAME, 64: WRONG_NAME}
_PROTOCOL = frozenset({"UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION", "WRONG_SSL_VERSION"})
_OURS = frozenset(
    {
        "TLSV13_ALERT_CERTIFICATE_REQUIRED",
        "TLSV1_ALERT_UNKNOWN_CA",
        "SSLV3_ALERT_BAD_CERTIFICATE",
        "SSLV3_ALERT_CERTIFICATE_UNKNOWN",
        "SSLV3_ALERT_CERTIFICATE_EXPIRED",
        "SSLV3_ALERT_CERTIFICATE_REVOKED",
    }
)


@dataclass(frozen=True, slots=True)
class TlsSettings:
    """PEM files: whom to trust (empty: the system's list), our certificate and its key (empty: none)."""

    ca_file: str = ""
    certificate: str = ""
    key: str = ""

    def context(self) -> ssl.SSLContext:
        """Read anew for each connection, so that a renewed file counts at once. Raises SyncError.

        At least TLS 1.2, the name is checked: Python's defaults for a client, which nothing here weakens.
        """
        for file in (self.ca_file, self.certificate, self.key):
            if file and not Path(file).is_file():
                raise _unreadable(file)
        try:
            context = ssl.create_default_context(cafile=self.ca_file or None)
            context.minimum_version = ssl.TLSVersion.TLSv1_2
            context.sslsocket_class = DeadlineTlsSocket
        except (ssl.SSLError, OSError) as error:
            raise _unreadable(self.ca_file) from error
        if self.certificate:
            try:
                context.load_cert_chain(self.certificate, self.key or None)
            except (ssl.SSLError, OSError) as error:
                raise _unreadable(self.certificate) from error
        return context


def explain_tls_error(error: ssl.SSLError, now: str) -> SyncError:
    """The failure in words; `now` is this machine's date and time, which explains many of them."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return SyncError(_VERIFY.get(error.verify_code, UNTRUSTED), retryable=False, facts={"now": now})
    reason = error.reason or ""
    sentence = OLD_TLS if reason in _PROTOCOL else WANTS_OURS if reason in _OURS else NO_TLS
    return SyncError(sentence, retryable=False)


def _unreadable(file: str) -> SyncError:
    return SyncError(NO_FILE, retryable=False, facts={"file": file})
