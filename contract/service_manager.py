"""Tells the service manager (systemd's sd_notify protocol) that a program is up, alive or about to end."""

from __future__ import annotations

import os
import socket

READY = "READY=1"
ALIVE = "WATCHDOG=1"
STOPPING = "STOPPING=1"


def notify(state: str) -> bool:
    """Sends a state as one datagram to NOTIFY_SOCKET; a leading `@` names an abstract socket.

    Returns whether it was sent. A program that nobody watches, or whose manager is gone, goes on as before.
    """
    address = os.environ.get("NOTIFY_SOCKET", "")
    if address[:1] not in {"/", "@"}:
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
        try:
            line.sendto(state.encode(), address.replace("@", "\0", 1) if address[0] == "@" else address)
        except OSError:
            return False
    return True
