"""Wrong codes and numbers: how many more a device may try at an address, counted in memory for each kind of code."""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Callable

from contract.records import dataclass
from kiosk.domain.errors import TooMany

REMEMBERED = 4096
WINDOW_S = 300.0
ADDRESSES = 10  # of one device: a token that was carried off tries no more than so many devices may
NETWORK_BITS = 64  # of an IPv6 address; behind them a device names itself as it likes


@dataclass(frozen=True, slots=True)
class Trier:
    """Who tries: the device by the name of its token, and the address from which it asks."""

    device: str
    address: str


class WrongTries:
    """So many wrong ones at once, then one more each time a part of five minutes has passed.

    Counted for a device at an address, and for a device everywhere: who guesses stops nobody else, not at another
    kiosk and not at the same one for long. `monotonic` in seconds. Who tried least lately is forgotten first.
    """

    def __init__(self, monotonic: Callable[[], float], most: int) -> None:
        self._monotonic = monotonic
        self._most = most
        self._levels: dict[tuple[str, str, str], tuple[float, float]] = {}
        self._lock = threading.Lock()

    def check(self, kind: str, trier: Trier) -> None:
        """Raises TooMany while a further wrong one would be one too many; right ones count nothing."""
        now = self._monotonic()
        with self._lock:
            for key, most in self._limits(kind, trier):
                level = self._level(key, most, now)
                if level + 1 > most:
                    wait = (level + 1 - most) * WINDOW_S / most
                    raise TooMany.wait("too many wrong ones from here", wait, ", or call an officer")

    def note(self, kind: str, trier: Trier) -> None:
        """Count a wrong one."""
        now = self._monotonic()
        with self._lock:
            for key, most in self._limits(kind, trier):
                level = self._level(key, most, now)
                self._levels.pop(key, None)
                if len(self._levels) >= REMEMBERED:
                    del self._levels[next(iter(self._levels))]
                self._levels[key] = (level + 1, now)

    def _limits(self, kind: str, trier: Trier) -> tuple[tuple[tuple[str, str, str], int], ...]:
        here = (kind, trier.device, _network_of(trier.address))
        return (here, self._most), ((kind, trier.device, ""), self._most * ADDRESSES)

    def _level(self, key: tuple[str, str, str], most: int, now: float) -> float:
        level, at = self._levels.get(key, (0.0, now))
        return max(0.0, level - (now - at) * most / WINDOW_S)


def _network_of(address: str) -> str:
    """The address itself; of IPv6 its network."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address or "-"
    if known.version == 4:
        return address
    return str(ipaddress.ip_network((known, NETWORK_BITS), strict=False))
