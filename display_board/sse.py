"""Server-sent events: bytes of the stream to the data of each event."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any


class Frames:
    """Feed it what arrives; a frame ends with an empty line. Comments (beats) carry no event."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, chunk: bytes) -> Iterator[dict[str, Any]]:
        """Whole events only. Raises ValueError when data is not JSON."""
        *whole, self._rest = (self._rest + chunk).replace(b"\r\n", b"\n").split(b"\n\n")
        for frame in whole:
            data = b"\n".join(line[5:].strip() for line in frame.split(b"\n") if line.startswith(b"data:"))
            if data:
                yield json.loads(data)
