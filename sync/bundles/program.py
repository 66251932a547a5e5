"""`motcua sync key`, `export` and `import`: what the commands do, with what they say in the office's language."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from errno import ENOSPC
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from config.places import follower_address, follower_token
from config.schema import Configuration
from sync.bundles import state as bundle_state
from sync.bundles.export import Export, Part, names_at
from sync.bundles.files import bundles_in
from sync.bundles.keys import KeyUnfit, Signer, fingerprint, kept_signer
from sync.bundles.layout import BundleError
from sync.bundles.policy import Position, start_of, to_send
from sync.bundles.taking import Answer, Checker, Taken, take
from sync.connector import SyncError
from sync.dossiers.edge import edge_for
from sync.dossiers.put import put_told
from sync.journal_client import JournalClient
from sync.wording import number, say

MEBIBYTE = 1024 * 1024
PUBLIC = "public key of this office: {key} (fingerprint {fingerprint}); the one-stop side registers it once"
NOTHING_NEW = "nothing new to send: the one-stop side has everything up to event {seq}"
WROTE = "{file}: events {first} to {last}, {count} new in this run"
FINISHED = "finished: {count} events in {parts} files; wait for this message before pulling out the stick"
NEXT = "take the stick to the one-stop side and bring its answer back: motcua sync import {place}"
WAITING = "copied up to event {seq} onto a stick, waiting for the answer of the one-stop side"
STICK = "the stick failed ({error}); plug it in again, or take another one, and run the command again: it goes on"
FULL = "the stick is full; take another one or remove old files, then run the command again: it goes on"
NO_FOLDER = "there is no folder {folder}; is the stick plugged in?"
NO_FILE = "there is no file {file}; is the stick plugged in?"
NO_ANSWER = "no answer for this office lies in {folder}"
NO_TRUST = "no key is trusted yet: put the one-stop side's public key into [sync.bundle] trusted_keys"
TAKEN = "answer number {serial}: the one-stop side has everything up to event {seq}"
DOSSIERS = "dossiers: {created} new, {updated} changed, {unchanged} as before, {refused} not usable"
REFUSED_THERE = "the one-stop side could not take the bundle {bundle}: {reason}"
PARKED = "{count} events were refused; see the list"
FAILURES = (BundleError, SyncError, KeyUnfit, OSError)


class Desk:
    """The office's end of the stick. `tell` shows a line to whoever runs the command.

    Raises what FAILURES names; `explained` has the words for it.
    """

    def __init__(self, configuration: Configuration, tell: Callable[[str], None]) -> None:
        self._office, self._section = configuration.office.code, configuration.sync.bundle
        self._sync, self._tell = configuration.sync, tell
        address = follower_address(self._sync.service_url, configuration.server.bind)
        self._edge = edge_for(configuration)
        self._journal = JournalClient(address, follower_token(self._sync.token, "sync"))
        self._folder = bundle_state.folder()

    def signer(self) -> Signer:
        """The office's key, made at first use."""
        return kept_signer(self._folder / "office.key")

    def export(self, to: Path) -> None:
        """`to`: a folder, or the first file."""
        if not (to if to.is_dir() else to.parent).is_dir():
            raise BundleError("no-folder", NO_FOLDER, folder=to.parent)
        with bundle_state.alone(self._folder):
            self._export(to)

    def _export(self, to: Path) -> None:
        signer, state = self.signer(), bundle_state.load(self._state)
        epochs = self._journal.read(None, 0, 1).epochs
        start = start_of(epochs, self._at(self._section.follower), self._connector(), state.connector)
        if not to_send(epochs, start):
            self._tell(say(NOTHING_NEW, seq=number(start[1])))
            return
        header = {"id": str(uuid4()), "created_at": _now(), "answered": {"life": state.life, "version": state.version}}
        names, most = names_at(to, self._office), self._section.part_mib * MEBIBYTE
        parts = Export(self._journal, self._office, signer, names, most, header).run(epochs, start, self._wrote)
        self._put(start, "waiting", say(WAITING, seq=number(parts[-1].through)), self._refused())
        events = sum(part.through - part.after for part in parts)
        self._tell(say(FINISHED, count=number(events), parts=len(parts)))
        self._tell(say(PUBLIC, key=signer.public, fingerprint=fingerprint(signer.public)))
        self._tell(say(NEXT, place=to if to.is_dir() else to.parent))

    def take(self, place: Path) -> None:
        """An answer, or a folder of which the newest answer counts."""
        if not self._section.trusted_keys:
            raise BundleError("no-trust", NO_TRUST)
        with bundle_state.alone(self._folder):
            self._take(self._newest(place) if place.is_dir() else place)

    def _take(self, path: Path) -> None:
        state = bundle_state.load(self._state)
        checker = Checker(self._office, self._section.trusted_keys, state)
        answer = checker.check(path)
        taken = take(answer, checker.bodies(path), self._journal, partial(put_told, self._journal, self._edge))
        detail = say(PARKED, count=number(len(taken.refused))) if taken.refused else None
        self._put(taken.position, "ok", detail, taken.refused)
        version = max(answer.version, state.version if answer.life == state.life else 0)
        bundle_state.save(self._state, state.after(answer.life, answer.serial, version, self._connector()))
        self._say_taken(answer, taken)

    def _newest(self, folder: Path) -> Path:
        found = [(serial_of(header), path) for path, header in bundles_in(folder, "answer", self._office)]
        if not found:
            raise BundleError("no-answer", NO_ANSWER, folder=folder)
        return max(found)[1]

    def _say_taken(self, answer: Answer, taken: Taken) -> None:
        self._tell(say(TAKEN, serial=answer.serial, seq=number(taken.position[1])))
        self._tell(say(DOSSIERS, **{name: number(count) for name, count in taken.dossiers.items()}))
        for bundle, reason in answer.refused:
            self._tell(say(REFUSED_THERE, bundle=bundle[:40], reason=reason[:300]))

    @property
    def _state(self) -> Path:
        return self._folder / "state.json"

    def _wrote(self, part: Part) -> None:
        self._tell(say(WROTE, file=part.path.name, first=number(part.after + 1), last=number(part.through),
                       count=number(part.written)))  # fmt: skip

    def _at(self, follower: str) -> Position | None:
        kept = self._journal.kept(follower)
        return (kept.epoch, kept.cursor) if kept else None

    def _refused(self) -> list[dict[str, Any]]:
        kept = self._journal.kept(self._section.follower)
        return kept.refused if kept else []

    def _connector(self) -> Position | None:
        """Where the connector to the same receiver stands; the only one there is, unless another is named."""
        names = [connector.name for connector in self._sync.connector if connector.kind == "cloudevents"]
        name = self._section.connector or (names[0] if len(names) == 1 else "")
        return self._at(name) if name else None

    def _put(self, position: Position, state: str, detail: str | None, refused: list[dict[str, Any]]) -> None:
        body = {"epoch": position[0], "cursor": position[1], "state": state, "detail": detail, "refused": refused}
        self._journal.put_follower(self._section.follower, body)


def explained(error: Exception) -> str:
    """What happened and what to do, for whoever ran the command."""
    if isinstance(error, (BundleError, SyncError)):
        return say(error.reason, **error.facts)
    if isinstance(error, FileNotFoundError):
        return say(NO_FILE, file=error.filename)
    if isinstance(error, OSError):
        return say(FULL) if error.errno == ENOSPC else say(STICK, error=error.strerror or error)
    return str(error)


def serial_of(header: dict[str, Any]) -> int:
    serial = header.get("serial")
    return serial if isinstance(serial, int) else -1


def _now() -> str:
    """For people to read; nothing is decided by it."""
    return datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="seconds")
