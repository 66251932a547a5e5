"""What a configuration needs of this machine: `motcua config check` and `motcua serve` look for the same."""

from __future__ import annotations

import errno
import os
import socket
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import TYPE_CHECKING

from config.sentences import Sentence, TomlFault, sentence, sentence_of_address, sentence_of_system, translate
from contract.catalogues import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from config.schema import Configuration
    from kiosk.domain.successors import LeftBehind

Wrong = tuple[str, Sentence]  # section and key, and what is wrong there
NO_PROFILE = "there is no profile “{name}”; write one of: {known}"
BROKEN_PROFILE = "the file of profiles cannot be used ({problem}); mend it, or take it out of the folder"
NO_HANDSHAKE = (
    "a serial line that proves slips needs a handshake; write one of {ways} into url, or a profile whose proof is "
    "“none”"
)
UNREADABLE = "“{file}” cannot be read: {problem}"
NO_MAPPING = "“{file}” is no table of names ({problem}); compare it with sync/portal/mapping.toml"
NO_LISTENING = "“{bind}” cannot be listened on: {problem}"
FOLDER_IS_FILE = "the state folder {folder} cannot be used: {there} is a file; take it away, or set MOTCUA_HOME"
FOLDER_FORBIDDEN = "the state folder {folder} cannot be made: {there} may not be written; give this program the right"
FOLDER_UNWRITTEN = (
    "nothing can be written into the state folder {folder}: {problem}; see who owns it and how its disk is mounted "
    "(ls -l, findmnt -T)"
)


def unusable(settings: Configuration, language: str = DEFAULT_LANGUAGE) -> Iterator[str]:
    """What the file names and this machine does not have: profiles, a mapping of names, an address, a state folder."""
    for place, wrong in (*_printers(settings), *_mappings(settings), *_addresses(settings)):
        yield f"{place}: {wrong.told(language)}"
    if reason := _folder_problem():
        yield reason.told(language)


def _printers(settings: Configuration) -> Iterator[Wrong]:
    from config import places
    from ticket_printer.protocol.profiles import own_profiles, profiles
    from ticket_printer.transport.address import HANDSHAKES, without_handshake

    own, broken = own_profiles(places.profiles_folder())
    known = {**profiles(), **own}
    for i, printer in enumerate(settings.printer):
        if printer.profile not in known:
            yield f"printer[{i}].profile", sentence(NO_PROFILE, name=printer.profile, known=", ".join(known))
            for problem in broken:
                yield f"printer[{i}].profile", sentence(BROKEN_PROFILE, problem=problem)
        elif without_handshake(printer.url, known[printer.profile].proof):
            yield f"printer[{i}].url", sentence(NO_HANDSHAKE, ways=", ".join(HANDSHAKES))


def _mappings(settings: Configuration) -> Iterator[Wrong]:
    from sync.portal.mapping import load_mapping

    for i, connector in enumerate(settings.sync.connector):
        place, file = f"sync.connector[{i}].portal.mapping", connector.portal.mapping if connector.portal else ""
        try:
            load_mapping(file)
        except OSError as error:
            yield place, sentence(UNREADABLE, file=file, problem=sentence_of_system(error))
        except TOMLDecodeError as error:
            yield place, sentence(NO_MAPPING, file=file, problem=TomlFault(error))
        except ValueError as error:
            yield place, sentence(NO_MAPPING, file=file, problem=str(error).splitlines()[0])


def _addresses(settings: Configuration) -> Iterator[Wrong]:
    from config.checks import is_file

    server = settings.server
    for key in ("bind", "tls_bind", "staff_bind", "public_bind"):
        bind = getattr(server, key)
        if bind is not None and (reason := bind_problem(bind)):
            yield f"server.{key}", sentence(NO_LISTENING, bind=bind, problem=reason)
    for key, name in (("tls_certificate", server.tls_certificate), ("tls_key", server.tls_key)):
        if name and not (is_file(Path(name)) and os.access(name, os.R_OK)):
            why = sentence_of_system(OSError(errno.EACCES if is_file(Path(name)) else errno.ENOENT, ""))
            yield f"server.{key}", sentence(UNREADABLE, file=name, problem=why)


def warn_of_exposures(settings: Configuration, language: str = DEFAULT_LANGUAGE) -> None:
    """On standard error, what an office of before goes on with though it is less safe than the default."""
    from config.checks import exposures

    for place, what in exposures(settings):
        print(f"motcua: {translate('careful', language)}: {place}: {what.told(language)}", file=sys.stderr)


def told_left_behind(left: Iterable[LeftBehind], language: str = DEFAULT_LANGUAGE) -> list[str]:
    """A sentence for each service and counter that is gone while somebody still needs it."""
    from kiosk.domain.successors import NO_PLACE

    return [translate(NO_PLACE, language, **one.facts()) for one in left]


def bind_problem(bind: str) -> Sentence | None:
    """Why nobody could listen there; None when somebody can, or listens already."""
    host, _, port = bind.rpartition(":")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return None if error.errno == errno.EADDRINUSE else sentence_of_address(error)
    return None


def folder_problem() -> str | None:
    """Why nothing can be kept in the state folder, in Vietnamese."""
    reason = _folder_problem()
    return None if reason is None else reason.told()


def _folder_problem() -> Sentence | None:
    """Nothing is made to find out but a file that goes at once."""
    from config import places

    folder = places.home()
    existing = next(one for one in (folder, *folder.parents) if one.exists())
    if not existing.is_dir():
        return sentence(FOLDER_IS_FILE, folder=folder, there=existing)
    if existing != folder:
        allowed = os.access(existing, os.W_OK | os.X_OK)
        return None if allowed else sentence(FOLDER_FORBIDDEN, folder=folder, there=existing)
    reason = places.unwritable(folder)
    return None if reason is None else sentence(FOLDER_UNWRITTEN, folder=folder, problem=sentence_of_system(reason))
