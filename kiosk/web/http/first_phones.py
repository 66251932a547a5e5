"""Which phone follows a number: the one that opened its page first; from another one its visit is not rated.

A key belongs to a browser: the same phone with another browser, or a private window, is another phone here.
"""

from __future__ import annotations

import re
import threading

from kiosk.domain.errors import Forbidden

HEADER = "Phone-Key"
REMEMBERED = 4096  # more numbers than an office gives in a day
CODE = "another-phone"  # in the answer, so that a page says it in its own language
KEY = re.compile(r"[0-9a-f]{32}")


class FirstPhones:
    """In memory: a service that starts anew takes the next phone that asks for the first one.

    Whoever picks up a slip, or prints one again, cannot rate a visit that its citizen followed on a phone.
    """

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}
        self._lock = threading.Lock()

    def note(self, public_token: str, key: str | None) -> None:
        """A phone opened the page of a ticket. One that shows no key, or a made-up one, follows and is not noted."""
        if key is None or not KEY.fullmatch(key):
            return
        with self._lock:
            if public_token not in self._keys and len(self._keys) >= REMEMBERED:
                del self._keys[next(iter(self._keys))]
            self._keys.setdefault(public_token, key)

    def require(self, public_token: str, key: str | None) -> None:
        """Raises Forbidden for another phone than the first; where none was there before, this one is."""
        self.note(public_token, key)
        with self._lock:
            first = self._keys.get(public_token)
        if first is not None and first != key:
            raise Forbidden("another phone or browser followed this number; rate there, or at the tablet", because=CODE)
