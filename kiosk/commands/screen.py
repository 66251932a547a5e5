"""`motcua screen`: the locked browser of a kiosk, a tablet or a filing PC, and its policy."""

from __future__ import annotations

import argparse
import json
import signal
import ssl
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contract.told_error import ToldError
from kiosk.commands.common import group
from kiosk.commands.speech import fail, reason_of
from kiosk.public_screens.screen import SCREENS, PublicScreen, chromium_arguments, page_address

NO_ANSWER = "{address} does not answer; start the service, or name the portals with --portal URL"
NO_CERTIFICATE = "{file} is no certificate; take it from the address /ca of the service"
NO_BROWSER = "{browser} cannot be started; install the package chromium"

if TYPE_CHECKING:
    from kiosk.domain.calendar import OpeningHours

SERVICE = "http://127.0.0.1:8080"
ASK_S = 5.0


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    screen = group(commands, "screen", "public screens: their browser and its policy")
    run = screen.add_parser(
        "run",
        help="open the page in a locked browser and keep it open",
        epilog="example: motcua screen run kiosk --service http://127.0.0.1:8080",
    )
    _common(run)
    run.add_argument("--counter", metavar="CODE", help="of a tablet that stands at a counter")
    run.add_argument("--token-file", type=Path, metavar="FILE", help="the device's token, for a screen that is wiped")
    run.add_argument("--profile", type=Path, metavar="FOLDER", help="of the browser (else in the state folder)")
    run.add_argument(
        "--line", type=_place, metavar="HOST:PORT", help="what goes to the service goes there; the unit says where"
    )
    run.add_argument("--browser", default="chromium", metavar="PROGRAM")
    run.set_defaults(run=_run)
    policy = screen.add_parser(
        "policy",
        help="print Chromium's managed policy",
        epilog="example: motcua screen policy kiosk > /etc/chromium/policies/managed/motcua.json",
    )
    _common(policy)
    policy.add_argument(
        "--portal", action="append", metavar="URL", help="that a filing PC may open (else asked of the service)"
    )
    policy.add_argument(
        "--authority", type=Path, metavar="FILE", help="of the office, from its address /ca: this browser trusts it"
    )
    policy.add_argument(
        "--proxy", type=_place, metavar="HOST:PORT", help="through which a filing PC reaches the portals"
    )
    policy.set_defaults(run=_policy)
    portals = screen.add_parser(
        "portals",
        help="print the portals' names for the proxy of a filing PC",
        epilog="example: motcua screen portals > /etc/tinyproxy/portals",
    )
    portals.add_argument("--service", default=SERVICE, metavar="URL", help=f"of the office (else {SERVICE})")
    portals.add_argument("--portal", action="append", metavar="URL", help="a portal (else asked of the service)")
    portals.set_defaults(run=_portals)


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=tuple(SCREENS))
    parser.add_argument("--service", default=SERVICE, metavar="URL", help=f"of the office (else {SERVICE})")


def _place(text: str) -> str:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) <= 65535:
        raise argparse.ArgumentTypeError(f'"{text}" is no host and port, for example 127.0.0.1:8080')
    return text


def _policy(args: argparse.Namespace) -> int:
    from kiosk.public_screens.policy import managed_policy

    screen = SCREENS[args.kind]
    try:
        portals = _portals_of(args) if screen.opens_portals else []
        policy = managed_policy(screen, args.service, portals, _certificate(args.authority), args.proxy)
    except (OSError, ValueError, ToldError) as error:
        return fail(reason_of(error))
    print(json.dumps(policy, indent=2, sort_keys=True))
    return 0


def _portals(args: argparse.Namespace) -> int:
    from kiosk.public_screens.policy import portal_pattern

    try:
        patterns = sorted({portal_pattern(address) for address in _portals_of(args)})
    except (ValueError, ToldError) as error:
        return fail(reason_of(error))
    print("\n".join(patterns))
    return 0


def _portals_of(args: argparse.Namespace) -> list[str]:
    """Addresses, as given or as the service has them. Raises ToldError when it does not answer."""
    if args.portal is not None:
        return list(args.portal)
    shown = _shown(args.service, "filing")
    if shown is None:
        raise ToldError(NO_ANSWER, address=args.service)
    return [address for one in shown["filing"]["portals"] for address in (one["url"], *one["also"])]


def _certificate(file: Path | None) -> bytes | None:
    """In DER, from either form. Raises OSError, ToldError."""
    if file is None:
        return None
    data = file.read_bytes()
    if data.lstrip().startswith(b"-----BEGIN CERTIFICATE-----"):
        return ssl.PEM_cert_to_DER_cert(data.decode("ascii").strip())
    if not data.startswith(b"\x30"):
        raise ToldError(NO_CERTIFICATE, file=file)
    return data


def _run(args: argparse.Namespace) -> int:
    from config import places
    from kiosk.public_screens.session import ScreenSession, Surroundings
    from kiosk.public_screens.x_display import XDisplay, light

    screen = SCREENS[args.kind]
    profile = args.profile or places.home() / "screens" / screen.name
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    try:
        token = args.token_file.read_text(encoding="ascii").strip() if args.token_file else None
        address = page_address(screen, args.service, args.counter)
        display = XDisplay()
    except (OSError, ValueError, ToldError) as error:
        return fail(reason_of(error))
    command = [args.browser, *chromium_arguments(screen, address, profile, display.size(), token, args.line)]
    outside = Surroundings(
        start=lambda: subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL),
        idle_s=display.idle_s,
        monotonic=time.monotonic,
        now_ms=lambda: time.time_ns() // 1_000_000,
        hours=_hours_of(screen, args.service, args.line),
        light=light,
    )
    try:
        ScreenSession(screen, profile, outside).run(stop)
    except OSError:
        return fail(NO_BROWSER, browser=args.browser)
    finally:
        display.close()
    return 0


def _hours_of(screen: PublicScreen, service: str, line: str | None) -> Callable[[], OpeningHours | None]:
    from kiosk.public_screens.blanking import hours_of

    def hours() -> OpeningHours | None:
        shown = _shown(service, screen.name, line)
        return None if shown is None else hours_of(shown["office"])

    return hours


def _shown(service: str, page: str, line: str | None = None) -> dict[str, Any] | None:
    """What the service gives a page of the configuration; None while it does not answer. `line`: where it is asked."""
    from sync.errors import SyncError
    from sync.http.client import HttpClient
    from sync.http.resolver import Resolver, system_lookup
    from sync.policy import AdaptiveTimeout

    host, _, port = (line or "").rpartition(":")
    resolver = Resolver(lambda *_: system_lookup(host, int(port))) if line else None
    http = HttpClient(timeout=AdaptiveTimeout.fixed(ASK_S), resolver=resolver)
    try:
        shown: dict[str, Any] = json.loads(http.request("GET", f"{service.rstrip('/')}/api/v1/page/{page}").body)[
            "shown"
        ]
        return shown
    except (SyncError, ValueError):
        return None
    finally:
        http.close()
