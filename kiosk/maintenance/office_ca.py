"""The office's own certificate authority and the certificate of its service.

Run as a program by `motcua init` and by the service, so that the heavy library leaves with the process:
`python -m kiosk.maintenance.office_ca FOLDER NOW_MS NAME …` makes the authority once and the certificate anew.
"""

from __future__ import annotations

import ipaddress
import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kiosk.maintenance.certificates import AUTHORITY, DETAILS, KEY, RENEW_MS, SERVER, SERVER_KEY

AUTHORITY_DAYS, SERVER_DAYS = 3650, 180
BEFORE = timedelta(days=1)  # clocks of tablets may be behind
PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7", "::1/128")


def make(folder: Path, names: list[str], now: datetime) -> None:
    """The authority once, unless it is not good at `now`, when no tablet can trust it; the service's certificate anew.

    Private keys are readable by their owner alone.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not _has_authority(folder, now):
        _make_authority(folder, names, now)
    _make_server(folder, names, now)


def _has_authority(folder: Path, now: datetime) -> bool:
    try:
        authority = x509.load_pem_x509_certificate((folder / AUTHORITY).read_bytes())
    except FileNotFoundError:
        return False
    return authority.not_valid_before_utc <= now < authority.not_valid_after_utc - timedelta(milliseconds=RENEW_MS)


def _make_authority(folder: Path, names: list[str], now: datetime) -> None:
    """It may vouch for this office's names and for private addresses only: no tablet that trusts it is harmed by it."""
    key = ec.generate_private_key(ec.SECP256R1())
    own = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Mot Cua Kiosk {names[0]} {now:%Y-%m-%d}")])
    permitted: list[x509.GeneralName] = [x509.IPAddress(ipaddress.ip_network(net)) for net in PRIVATE]
    permitted += [_general(name, network=True) for name in names]
    permitted.append(x509.DNSName("local"))
    certificate = (
        _builder(own, own, key, now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .sign(key, hashes.SHA256())
    )
    _write(folder / KEY, _private(key))
    _write(folder / AUTHORITY, certificate.public_bytes(serialization.Encoding.PEM))


def _make_server(folder: Path, names: list[str], now: datetime) -> None:
    authority = x509.load_pem_x509_certificate((folder / AUTHORITY).read_bytes())
    signing = serialization.load_pem_private_key((folder / KEY).read_bytes(), None)
    assert isinstance(signing, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    certificate = (
        _builder(subject, authority.subject, key, now, SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False)
        .sign(signing, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    _write(folder / SERVER_KEY, _private(key))
    _write(folder / SERVER, certificate.public_bytes(pem) + authority.public_bytes(pem))
    begins = max(one.not_valid_before_utc for one in (certificate, authority))
    ends = min(one.not_valid_after_utc for one in (certificate, authority))
    details = {"names": names, "not_before_ms": _ms(begins), "not_after_ms": _ms(ends)}
    _write(folder / DETAILS, json.dumps(details).encode())


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BEFORE)
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _general(name: str, network: bool = False) -> x509.GeneralName:
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return x509.DNSName(name)
    return x509.IPAddress(ipaddress.ip_network(address) if network else address)


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all, for its owner alone."""
    part = file.with_name(file.name + ".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    part.replace(file)


if __name__ == "__main__":
    make(Path(sys.argv[1]), sys.argv[3:], datetime.fromtimestamp(int(sys.argv[2]) / 1000, UTC))
