"""What a configuration needs of this machine: `motcua config check` and `motcua serve` look for the same."""

from __future__ import annotations

import errno
import os
import socket
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.schema import Configuration


def unusable(settings: Configuration) -> Iterator[str]:
    """What the file names and this machine does not have: profiles, a mapping of names, an address, a state folder."""
    from sync.portal.mapping import load_mapping
    from ticket_printer.errors import PrinterError
    from ticket_printer.protocol.profiles import profile
    from ticket_printer.transport.address import without_handshake

    for i, printer in enumerate(settings.printer):
        try:
            known = profile(printer.profile)
        except PrinterError as error:
            yield f"printer[{i}].profile: {error}"
            continue
        if wrong := without_handshake(printer.url, known.proof):
            yield f"printer[{i}].url: {wrong}"
    for i, connector in enumerate(settings.sync.connector):
        try:
            load_mapping(connector.portal.mapping if connector.portal else "")
        except (OSError, ValueError) as error:
            yield f"sync.connector[{i}].portal.mapping: {error}"
    server = settings.server
    binds = ("bind", "tls_bind", "staff_bind", "public_bind")
    for key, bind in ((name, getattr(server, name)) for name in binds):
        if bind is not None and (reason := bind_problem(bind)):
            yield f'server.{key}: "{bind}" cannot be listened on: {reason}'
    for key, name in (("tls_certificate", server.tls_certificate), ("tls_key", server.tls_key)):
        if name and not os.access(name, os.R_OK):
            yield f'server.{key}: "{name}" cannot be read'
    if reason := folder_problem():
        yield reason


def warn_of_exposures(settings: Configuration) -> None:
    """On standard error, what an office of before goes on with though it is less safe than the default."""
    from config.checks import exposures

    for place, what in exposures(settings):
        print(f"motcua: warning: {place}: {what}", file=sys.stderr)


def bind_problem(bind: str) -> str | None:
    """Why nobody could listen there; None when somebody can, or listens already."""
    host, _, port = bind.rpartition(":")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return None if error.errno == errno.EADDRINUSE else error.strerror or str(error)
    return None


def folder_problem() -> str | None:
    """Why nothing can be kept in the state folder; nothing is made to find out but a file that goes at once."""
    from config import places

    folder = places.home()
    existing = next(one for one in (folder, *folder.parents) if one.exists())
    if not existing.is_dir():
        return f"the state folder {folder} cannot be used: {existing} is a file"
    if existing != folder:
        allowed = os.access(existing, os.W_OK | os.X_OK)
        return None if allowed else f"the state folder {folder} cannot be made: {existing} may not be written"
    reason = places.unwritable(folder)
    how = "see who owns it and how its disk is mounted (ls -ld, findmnt -T)"
    return None if reason is None else f"nothing can be written into the state folder {folder}: {reason}; {how}"
