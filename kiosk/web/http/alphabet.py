"""The one alphabet of text from outside: path, query, header, body. No control characters, NFC, whole UTF-8.

A NUL ends a text in PostgreSQL and in C; other control characters forge lines of logs and tables; signs that turn the
direction of writing make a name look like another; two spellings of one letter make two names of one.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

from kiosk.domain.errors import BadRequest

_CONTROL = "\x00-\x1f\x7f-\x9f"
_TURNING = "\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
_BROKEN = "\ud800-\udfff\ufffd\ufffe\uffff"
_REFUSED = re.compile(f"[{_CONTROL}{_TURNING}{_BROKEN}]")
_REFUSED_IN_BODY = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_TURNING}{_BROKEN}]")  # lines and tabs may be
_ASCII_VISIBLE = re.compile(r"[\x20-\x7e]*")


def line(name: str, text: str) -> str:
    """A value of a path or a query, in NFC. Raises BadRequest; the text itself is not repeated."""
    if _REFUSED.search(text):
        raise BadRequest(f"{name} holds a control character or is no UTF-8")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def header(name: str, text: str) -> str:
    """A header's value. Raises BadRequest."""
    if not _ASCII_VISIBLE.fullmatch(text):
        raise BadRequest(f"{name} may hold visible ASCII characters only")
    return text


def json_body(raw: bytes) -> bytes:
    """A body of JSON whose texts are in NFC; anything that is no JSON is left to the parser. Raises BadRequest."""
    if raw.isascii() and b"\\u" not in raw and b"\x7f" not in raw and b"\\b" not in raw and b"\\f" not in raw:
        return raw
    try:
        value = json.loads(raw)
    except ValueError:
        return raw
    changed = _in_body(value)
    return raw if changed == value else json.dumps(changed, ensure_ascii=False).encode()


def _in_body(value: Any) -> Any:
    if isinstance(value, str):
        if _REFUSED_IN_BODY.search(value):
            raise BadRequest("a text of the body holds a control character or is no UTF-8")
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [_in_body(one) for one in value]
    if isinstance(value, dict):
        return {_in_body(name): _in_body(one) for name, one in value.items()}
    return value
