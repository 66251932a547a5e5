"""Answers that come from somewhere else than the server asked for: redirections and bodies of another kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from sync.errors import SyncError

REDIRECTED = (
    "the answer sends us on to {place} (status {status}): check the address, or sign in where the network asks for it"
)
WEB_PAGE = "a web page comes instead of an answer ({type}): check the address, or sign in where the network asks for it"
OTHER_TYPE = "the answer is of type {type} instead of JSON: check the address"
REDIRECTIONS = frozenset({301, 302, 303, 307, 308})
UNKNOWN_PLACE = "—"
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,40}/[a-z0-9!#$&^_.+-]{1,60}")  # RFC 6838, 4.2, shorter
_HOST = re.compile(r"[\w.:-]{1,100}", re.ASCII)


def redirected(status: int, headers: Mapping[str, str]) -> SyncError:
    """Names scheme and host only: the rest of an address may hold secrets. Somebody must mend it."""
    return SyncError(REDIRECTED, retryable=False, status=status, facts={"place": _place(headers), "status": status})


def unexpected_body(headers: Mapping[str, str], reason: str) -> SyncError:
    """Why a body is not what was expected: by its content type, else `reason`, a sentence of the catalogue."""
    content_type = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if not _TYPE.fullmatch(content_type) or content_type.endswith(("/json", "+json")):
        return SyncError(reason, retryable=True)
    sentence = WEB_PAGE if content_type in {"text/html", "application/xhtml+xml"} else OTHER_TYPE
    return SyncError(sentence, retryable=True, facts={"type": content_type})


def _place(headers: Mapping[str, str]) -> str:
    try:
        parts = urlsplit(headers.get("Location", ""))
        host = parts.hostname or ""
    except ValueError:
        return UNKNOWN_PLACE
    return f"{parts.scheme or 'http'}://{host}" if _HOST.fullmatch(host) else UNKNOWN_PLACE
