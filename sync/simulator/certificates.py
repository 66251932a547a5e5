"""Certificates of the simulated one-stop system, good ones and bad ones, of an authority made at its start."""

from __future__ import annotations

import ipaddress
import ssl
import tempfile
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

GOOD = ""
OLD = "tls_old"
MODES = frozenset({"tls_expired", "tls_not_yet", "tls_wrong_host", "tls_untrusted", OLD})
ELSEWHERE = "elsewhere.example"
DAY = timedelta(days=1)
DATES = {"tls_expired": (-9, -1), "tls_not_yet": (1, 9)}  # in days from now


class Authority:
    """Signs certificates; `pem` is what an office gets as `ca_file`."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        public = self._key.public_key()
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "motcua simulate onestop")])
        only_signs = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        builder = _builder(self._name, self._name, public, (-1, 365))
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        builder = builder.add_extension(only_signs, critical=True)
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        self.pem = builder.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM)

    def leaf(self, host: str, days: tuple[int, int]) -> bytes:
        """Key and certificate for that name or address, valid between those days from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        hosts = [host] if host == ELSEWHERE else [host or "localhost", "localhost", "127.0.0.1"]
        names = [_alternative_name(each) for each in dict.fromkeys(hosts)]
        ours = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        builder = _builder(name, self._name, key.public_key(), days)
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        builder = builder.add_extension(ours, critical=False)
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return private + builder.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM)


def contexts(authority: Authority, host: str) -> dict[str, ssl.SSLContext]:
    """By mode, the certificate that a server shows; GOOD is the one that fits."""
    by_mode = {GOOD: _context(authority.leaf(host, (-1, 365)))}
    for mode in MODES - {OLD}:
        signer = Authority() if mode == "tls_untrusted" else authority
        named = ELSEWHERE if mode == "tls_wrong_host" else host
        by_mode[mode] = _context(signer.leaf(named, DATES.get(mode, (-1, 365))))
    old = _context(authority.leaf(host, (-1, 365)))
    old.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1
    return {**by_mode, OLD: old}


def _context(pair: bytes) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:  # ssl reads certificates from files only
        path = Path(folder) / "pair.pem"
        path.write_bytes(pair)
        context.load_cert_chain(path)
    return context


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, days: tuple[int, int]
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(now + days[0] * DAY).not_valid_after(now + days[1] * DAY)


def _alternative_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
