"""How the office looks, asked of the service and kept by its ETag."""

from __future__ import annotations

import json

from display_board.service_client import NOT_MODIFIED, ServiceClient
from display_board.state.display import PLAIN, Display, display_of


class ConfiguredDisplay:
    """`current`: as it was last told; `is_stale`: it was never asked for, or the configuration has changed since."""

    def __init__(self, service: ServiceClient) -> None:
        self.current: Display = PLAIN
        self.is_stale = True
        self._service = service
        self._etag = ""

    def refresh(self) -> Display:
        """Asks only when it is stale. Raises ServiceUnavailable; KeyError, TypeError or ValueError."""
        if self.is_stale:
            headers = {"If-None-Match": self._etag} if self._etag else {}
            response = self._service.get("/api/v1/page/board", headers)
            if response.status != NOT_MODIFIED:
                self.current = display_of(json.loads(response.body)["shown"])
                self._etag = response.headers.get("ETag", "")
            self.is_stale = False
        return self.current
