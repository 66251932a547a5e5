"""Time-based one-time passwords of six digits (RFC 6238, SHA-1, 30 s), as the usual telephone programs make them."""

from __future__ import annotations

import base64
import hmac
import secrets
import struct
from urllib.parse import quote, urlencode

STEP_MS = 30_000
DIGITS = 6
DRIFT = 1  # steps that the telephone's clock may be off


def new_totp_secret() -> str:
    """160 random bits in base32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def totp_code(secret: str, step: int) -> str:
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", step), "sha1")
    place = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def matching_step(secret: str, typed: str, now: int, used: int) -> int | None:
    """The step whose code was typed, later than the last one used; None when it is wrong or was used already."""
    current = now // STEP_MS
    for step in range(current - DRIFT, current + DRIFT + 1):
        if step > used and hmac.compare_digest(totp_code(secret, step).encode(), typed.encode()):
            return step
    return None


def totp_address(secret: str, office: str, name: str) -> str:
    """What a telephone reads from a QR code."""
    return f"otpauth://totp/{quote(office)}:{quote(name)}?{urlencode({'secret': secret, 'issuer': office})}"
