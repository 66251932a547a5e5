"""What the server asks of the application before it runs it: who sends, and how much of a body may be taken."""

from __future__ import annotations

from typing import Any, Protocol

from contract.records import dataclass
from kiosk.web.wsgi.request_reader import MOST_BODY


@dataclass(frozen=True, slots=True)
class Peer:
    """Who showed a good credential: `holder` names it. `is_first`: it is served from the reserve."""

    holder: str
    is_first: bool = False


class Gate(Protocol):
    """All must be quick and never raise: they are asked before any budget is taken."""

    def peer(self, environ: dict[str, Any]) -> Peer | None:
        """Who sends this request, as far as it is known without asking anybody."""
        ...

    def is_proxy(self, address: str) -> bool:
        """Whether connections from there carry the requests of many."""
        ...

    def client(self, environ: dict[str, Any]) -> str:
        """For whom a proxy passes this request on: an address, empty when it does not say."""
        ...

    def most_body(self, environ: dict[str, Any]) -> int:
        """How many bytes of a body are taken; a longer one is answered without having been read."""
        ...


class OpenGate:
    """Knows nobody and takes every body that the server takes."""

    def peer(self, _: dict[str, Any]) -> Peer | None:
        return None

    def is_proxy(self, _: str) -> bool:
        return False

    def client(self, _: dict[str, Any]) -> str:
        return ""

    def most_body(self, _: dict[str, Any]) -> int:
        return MOST_BODY
