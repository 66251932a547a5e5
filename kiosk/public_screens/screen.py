"""What kinds of public screens there are, and how Chromium is started for each."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from contract.records import dataclass


@dataclass(frozen=True, slots=True)
class PublicScreen:
    """`opens_portals`: it leaves our page for portals, in a window with a toolbar, and is wiped between users.

    `listens`: the page may use the microphone; `looks`: the camera, for codes.
    """

    name: str
    opens_portals: bool = False
    listens: bool = False
    looks: bool = False


SCREENS = {
    "kiosk": PublicScreen("kiosk", looks=True),
    "tablet": PublicScreen("tablet", listens=True),
    "filing": PublicScreen("filing", opens_portals=True),
}

ALWAYS = (
    "--no-first-run",
    "--noerrdialogs",
    "--disable-session-crashed-bubble",
    "--disable-pinch",
    "--overscroll-history-navigation=0",
    "--password-store=basic",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-features=Translate,MediaRouter",
)


def origin_of(address: str) -> str:
    """`http://host:port` of an address. Raises ValueError when it is not one of http or https."""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f'"{address}" is no address of a service, for example http://127.0.0.1:8080')
    return f"{parts.scheme}://{parts.netloc}"


def page_address(screen: PublicScreen, service: str, counter: str | None = None) -> str:
    """`locked` tells the page that its browser is wiped when its window is closed. Raises ValueError."""
    query = f"?counter={counter}" if counter else "?locked=1" if screen.opens_portals else ""
    return f"{origin_of(service)}/{screen.name}{query}"


def by_line(service: str, line: str) -> list[str]:
    """What Chromium is told so that all it sends to the service goes to `line` (host:port); certificates are still
    compared with the service's own name. Nothing when that is the service's own address. Raises ValueError.
    """
    parts = urlsplit(origin_of(service))
    port = parts.port or (443 if parts.scheme == "https" else 80)
    target = f"{parts.hostname}:{port}"
    return [] if target == line else [f"--host-resolver-rules=MAP {target} {line}"]


def chromium_arguments(
    screen: PublicScreen,
    address: str,
    profile: Path,
    size: tuple[int, int],
    token: str | None = None,
    line: str | None = None,
) -> list[str]:
    """Behind the program's name. `profile`: its folder; `size` of the screen in px; `token`: handed to the page, which
    takes it out of sight; `line`: see `by_line`. Raises ValueError.
    """
    width, height = size  # without a window manager nobody else makes a window as large as the screen
    window = [] if screen.opens_portals else ["--kiosk"]
    place = ["--window-position=0,0", f"--window-size={width},{height}"]
    target = f"{address}#token={token}" if token else address
    way = by_line(address, line) if line else []
    return [*window, *place, *ALWAYS, *way, f"--user-data-dir={profile}", target]
