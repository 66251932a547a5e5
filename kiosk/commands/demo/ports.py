"""Ports of the demonstration: the same in every run, remembered in its folder."""

from __future__ import annotations

import json
import secrets
import socket
from contextlib import suppress
from pathlib import Path

LOWEST_PORT, PORTS = 20_000, 12_000
SERVICE_PORT = 8080
NAMES = ("printer", "printer_control", "onestop", "faults")


def is_free(port: int) -> bool:
    """Whether a program of this machine may listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return True
    return False


def free_port() -> int:
    """A port below those from which the system takes the near end of outgoing connections, so that it stays free."""
    while True:
        port = LOWEST_PORT + secrets.randbelow(PORTS)
        if is_free(port):
            return port


def remembered_ports(file: Path, service: int | None) -> tuple[dict[str, int], list[str]]:
    """Ports by name, "service" among them, and a sentence for each that had to change. They are written to `file`.

    `service`: what the caller asked for; it is taken as it is, free or not.
    """
    known = _read(file)
    ports, sentences = {}, []
    for name in (*NAMES, "service"):
        before = known.get(name, SERVICE_PORT if name == "service" else 0)
        if name == "service" and service is not None:
            ports[name] = service
        elif before and is_free(before):
            ports[name] = before
        else:
            ports[name] = free_port()
            if before:
                sentences.append(
                    f"Cổng {before} đang bận, lần này dùng cổng {ports[name]} "
                    f"(port {before} is taken, {ports[name]} is used from now on)"
                )
    file.write_text(json.dumps(ports), encoding="utf-8")
    return ports, sentences


def _read(file: Path) -> dict[str, int]:
    """Nothing where the file is missing or is no table of ports."""
    try:
        table = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(table, dict):
        return {}
    return {name: port for name, port in table.items() if isinstance(port, int) and 0 < port < 65536}
