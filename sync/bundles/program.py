"""`motcua sync key`, `export` and `import`: what the commands do, with what they say in the office's language."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from errno import ENOSPC
from pathlib import Path
from uuid import uuid4

from config.places import follower_address, follower_token
from config.schema import Configuration
from config.sentences import sentence_of_system
from sync.bundles import state as bundle_state
from sync.bundles.answers import AnswerReader, BundleAnswer, ImportedAnswer, Upstream, import_answer
from sync.bundles.export import BundleExport, ExportedPart, names_at
from sync.bundles.format.files import answers_in
from sync.bundles.format.frames import BundleError, BundleHeader
from sync.bundles.format.keys import InvalidKey, Signer, fingerprint, load_or_create_signer
from sync.bundles.policy import Position, start_of, to_send
from sync.dossier_upload import upload_dossiers
from sync.dossiers.office_sanitizer import sanitizer_for
from sync.errors import SyncError
from sync.journal_client import JournalClient
from sync.report import ahead_body
from sync.wording import grouped, translate

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
FAILURES = (BundleError, SyncError, InvalidKey, OSError)


class BundleExchange:
    """The office's side of bundles. `print_line` shows a line to whoever runs the command.

    Raises what FAILURES names; `error_text` has the words for it.
    """

    def __init__(self, configuration: Configuration, print_line: Callable[[str], None]) -> None:
        self._office, self._section = configuration.office.code, configuration.sync.bundle
        self._sync, self._print_line = configuration.sync, print_line
        address = follower_address(self._sync.service_url, configuration.server.bind)
        self._sanitizer = sanitizer_for(configuration)
        self._journal = JournalClient(address, follower_token(self._sync.token, "sync"))
        self._folder = bundle_state.folder()

    def signer(self) -> Signer:
        """The office's key, made at first use."""
        return load_or_create_signer(self._folder / "office.key")

    def export(self, to: Path) -> None:
        """`to`: a folder, or the first file."""
        if not (to if to.is_dir() else to.parent).is_dir():
            raise BundleError("no-folder", NO_FOLDER, folder=to.parent)
        with bundle_state.exclusive(self._folder):
            self._export(to)

    def _export(self, to: Path) -> None:
        signer, state = self.signer(), bundle_state.load(self._state)
        epochs = self._journal.read(None, 0, 1).epochs
        start = start_of(epochs, self._position_of(self._section.follower), self._connector(), state.connector)
        if not to_send(epochs, start):
            self._print_line(translate(NOTHING_NEW, seq=grouped(start[1])))
            return
        header = {
            "id": str(uuid4()),
            "created_at": _now(),
            "answered": {"life": state.receiver_epoch, "version": state.version},
        }
        names, most = names_at(to, self._office), self._section.part_mib * MEBIBYTE
        export = BundleExport(self._journal, self._office, signer, names, most, header)
        parts = export.run(epochs, start, self._print_part)
        self._put(start, "waiting", translate(WAITING, seq=grouped(parts[-1].through)), self._refused())
        events = sum(part.through - part.after for part in parts)
        self._print_line(translate(FINISHED, count=grouped(events), parts=len(parts)))
        self._print_line(translate(PUBLIC, key=signer.public, fingerprint=fingerprint(signer.public)))
        self._print_line(translate(NEXT, place=to if to.is_dir() else to.parent))

    def import_answer(self, place: Path) -> None:
        """Takes an answer; of a folder the newest."""
        if not self._section.trusted_keys:
            raise BundleError("no-trust", NO_TRUST)
        with bundle_state.exclusive(self._folder):
            self._import(self._newest(place) if place.is_dir() else place)

    def _import(self, path: Path) -> None:
        state = bundle_state.load(self._state)
        reader = AnswerReader(self._office, self._section.trusted_keys, state)
        answer = reader.read(path)
        self._tell_ahead(answer)
        imported = import_answer(answer, reader.dossier_pages(path), self._journal, self._upload)
        detail = translate(PARKED, count=grouped(len(imported.refused))) if imported.refused else None
        self._put(imported.position, "ok", detail, imported.refused)
        version = max(answer.version, state.version if answer.receiver_epoch == state.receiver_epoch else 0)
        state = state.after(answer.receiver_epoch, answer.serial, version, self._connector())
        bundle_state.save(self._state, state)
        self._print_imported(answer, imported)

    def _tell_ahead(self, answer: BundleAnswer) -> None:
        """What the receiver has and the journal lacks was lost here: the service begins a new epoch then."""
        epochs = self._journal.read(None, 0, 1).epochs
        current, last = epochs[-1]
        receipt = answer.receipts.get(current)
        if receipt is not None and receipt.accepted_through > last:
            position = self._position_of(self._section.follower) or (epochs[0][0], 0)
            self._put(position, "waiting", None, self._refused(), ahead_body(receipt))

    def _upload(self, dossiers: Sequence[Upstream]) -> Counter[str]:
        return upload_dossiers(self._journal, [self._sanitizer.sanitize(dossier) for dossier in dossiers])

    def _newest(self, folder: Path) -> Path:
        answers = [(serial_of(header), path) for path, header in answers_in(folder, self._office)]
        if not answers:
            raise BundleError("no-answer", NO_ANSWER, folder=folder)
        return max(answers)[1]

    def _print_imported(self, answer: BundleAnswer, imported: ImportedAnswer) -> None:
        self._print_line(translate(TAKEN, serial=answer.serial, seq=grouped(imported.position[1])))
        self._print_line(translate(DOSSIERS, **{name: grouped(count) for name, count in imported.dossiers.items()}))
        for bundle, reason in answer.refused:
            self._print_line(translate(REFUSED_THERE, bundle=bundle[:40], reason=reason[:300]))

    @property
    def _state(self) -> Path:
        return self._folder / "state.json"

    def _print_part(self, part: ExportedPart) -> None:
        self._print_line(
            translate(
                WROTE,
                file=part.path.name,
                first=grouped(part.after + 1),
                last=grouped(part.through),
                count=grouped(part.written),
            )
        )

    def _position_of(self, follower: str) -> Position | None:
        position = self._journal.follower_position(follower)
        return (position.epoch, position.cursor) if position else None

    def _refused(self) -> list[dict[str, object]]:
        position = self._journal.follower_position(self._section.follower)
        return list(position.refused) if position else []

    def _connector(self) -> Position | None:
        """Where the connector to the same receiver stands; the only one there is, unless another is named."""
        names = [connector.name for connector in self._sync.connector if connector.kind == "cloudevents"]
        name = self._section.connector or (names[0] if len(names) == 1 else "")
        return self._position_of(name) if name else None

    def _put(
        self,
        position: Position,
        state: str,
        detail: str | None,
        refused: list[dict[str, object]],
        ahead: dict[str, object] | None = None,
    ) -> None:
        body = {"epoch": position[0], "cursor": position[1], "state": state, "detail": detail, "refused": refused}
        self._journal.put_follower(self._section.follower, body if ahead is None else {**body, "ahead": ahead})


def error_text(error: Exception) -> str:
    """What happened and what to do, for whoever ran the command."""
    if isinstance(error, (BundleError, SyncError)):
        return translate(error.reason, **error.facts)
    if isinstance(error, FileNotFoundError):
        return translate(NO_FILE, file=error.filename)
    if isinstance(error, OSError):
        return translate(FULL) if error.errno == ENOSPC else translate(STICK, error=sentence_of_system(error).told())
    return str(error)


def serial_of(header: BundleHeader) -> int:
    """The number of an answer; -1 when it has none."""
    serial = header.fields.get("serial")
    return serial if isinstance(serial, int) else -1


def _now() -> str:
    """For people to read; nothing is decided by it."""
    return datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="seconds")
