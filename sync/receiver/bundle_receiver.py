"""The one-stop side of bundles: reads those of registered offices and writes its answers.

It rests on the same store as the receiver over the line, so that both ways together deliver each event once.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from contract.envelope import cloud_event
from contract.receipts import ReceiptBody
from contract.records import dataclass
from sync.bundles.format.files import BundleDraft, file_name
from sync.bundles.format.frames import DOSSIERS, EVENTS, RECEIPTS, BundleError, BundleHeader, read_frames, tampered
from sync.bundles.format.keys import KEY_BYTES, InvalidKey, Signer, fingerprint, load_or_create_signer, parse_key
from sync.receiver.bundle_check import BundleSpan, check_continues, events_in, read_span
from sync.receiver.bundle_store import BundleStore, ReadAttempt, ReadLogRow
from sync.receiver.incoming import ContractViolation
from sync.receiver.store import DossierPageBody, ReceiverStore
from sync.wording import grouped, translate

NOT_EVENTS = "this is an answer of the one-stop side, not a bundle of an office; take it back to the office"
FOREIGN = 'the office "{office}" is not registered here; register its key, or take the bundle where it belongs'
UNKNOWN_KEY = (
    'this bundle of "{office}" is signed by a key that is not registered (fingerprint {fingerprint}); compare it with '
    "the office by telephone, then register it"
)
CUT_AT = "the bundle is cut off; events up to {seq} were taken, take our answer back: the office then sends the rest"
ALL_TAKEN = "events {first} to {last} were taken"
OFFICE = re.compile(r"[A-Za-z0-9._-]{1,40}")


@dataclass(frozen=True, slots=True)
class BundleResult:
    """What became of a bundle: `code` is `taken` or why it was refused; `reason` says it to people."""

    code: str
    reason: str
    office: str | None = None
    bundle: str = ""
    through: int = 0

    @property
    def taken(self) -> bool:
        return self.code == "taken"


class BundleReceiver:
    """Knows the registered keys, what was read, and the key that signs answers. In memory without a folder."""

    def __init__(self, store: ReceiverStore, folder: Path | None) -> None:
        self._bundles = BundleStore(folder)
        self._store = store
        self._lock = threading.RLock()
        self.signer = load_or_create_signer(folder / "onestop.key") if folder else Signer(os.urandom(KEY_BYTES))

    def register(self, office: str, key: str) -> None:
        """Trust bundles of `office` that this key signed. Raises InvalidKey."""
        parse_key(key)
        if not OFFICE.fullmatch(office):
            raise InvalidKey(f'"{office[:40]}" is not the code of an office')
        self._bundles.add_key(office, key.strip())

    def registered(self) -> list[tuple[str, str, str]]:
        """(office, key, fingerprint)."""
        return [(office, key, fingerprint(key)) for office, key in self._bundles.registered_keys()]

    def read(self, path: Path) -> BundleResult:
        """Takes a bundle, or refuses it with a reason; either is recorded. Raises OSError."""
        attempt = ReadAttempt()
        try:
            with self._lock:
                span = self._check(path, attempt)
                self._store_events(path)
                result = _taken(span)
        except BundleError as error:
            reason = translate(error.reason, **error.facts)
            result = BundleResult(error.code, reason, attempt.office, attempt.bundle, attempt.through or 0)
        self._bundles.record(attempt, result.code, result.reason)
        return result

    def read_log(self, office: str | None = None) -> list[ReadLogRow]:
        """What was read, newest first."""
        return self._bundles.read_log(office)

    def write_answer(self, office: str, folder: Path) -> Path:
        """Receipts and dossiers for an office as a signed file in `folder`. Raises OSError, BundleError."""
        epoch, serial = self._bundles.next_answer()
        header = {
            "kind": "answer",
            "office": office,
            "id": str(uuid4()),
            "key": self.signer.public,
            "life": epoch,
            "serial": serial,
        }
        draft = BundleDraft(folder / file_name(office, "bien-nhan", f"{serial:06d}"), self.signer, header)
        try:
            draft.add(RECEIPTS, {"receipts": self._receipts(office), "read": self.read_log(office)[::-1]})
            for page in self._dossier_pages(office, epoch):
                draft.add(DOSSIERS, page)
            return draft.finish({})
        finally:
            draft.close()

    def close(self) -> None:
        self._bundles.close()

    def _check(self, path: Path, attempt: ReadAttempt) -> BundleSpan:
        """Proves everything before anything is stored. Raises BundleError."""
        with path.open("rb") as file:
            frames = read_frames(file, lambda header: self._registered_key(header, attempt))
            span = read_span(frames, lambda header: self._held(header)[0])
        attempt.epoch, attempt.after, attempt.through, attempt.whole = span.epoch, span.after, span.through, span.whole
        there = self._store.hash_at(span.header.office, span.epoch, span.through)
        self._record_dossier_version(span.header)
        known = self._bundles.was_taken(span.header.id, span.through)
        check_continues(span, *self._held(span.header), there, known)
        return span

    def _held(self, header: BundleHeader) -> tuple[int, str]:
        return self._store.head(header.office, str(header.fields.get("epoch")))

    def _store_events(self, path: Path) -> None:
        """Proves it once more while it is stored: a stick may give something else the second time."""
        try:
            with path.open("rb") as file:
                for frame in read_frames(file, lambda header: self._registered_key(header, ReadAttempt())):
                    if frame.kind == EVENTS:
                        self._store.take([cloud_event(event) for event in events_in(frame)])
        except BundleError as error:
            if error.code != "cut":
                raise
        except (ContractViolation, KeyError, TypeError) as error:  # signed, but no events of a journal
            raise tampered() from error

    def _registered_key(self, header: BundleHeader, attempt: ReadAttempt) -> str:
        """The registered key that the header names. Raises BundleError."""
        if header.kind != "events":
            raise BundleError("not-events", NOT_EVENTS)
        keys = [key for office, key in self._bundles.registered_keys() if office == header.office]
        if not keys:
            raise BundleError("foreign", FOREIGN, office=header.office[:40])
        attempt.office, attempt.bundle = header.office, header.id[:40]
        try:
            public = parse_key(header.key)
        except InvalidKey as error:
            raise tampered() from error
        for key in keys:
            if parse_key(key) == public:
                return key
        raise BundleError("unknown-key", UNKNOWN_KEY, office=header.office[:40], fingerprint=fingerprint(header.key))

    def _record_dossier_version(self, header: BundleHeader) -> None:
        """How far the office has our dossiers already, as it says itself."""
        answered = header.fields.get("answered")
        version = answered.get("version") if isinstance(answered, dict) else None
        if isinstance(answered, dict) and isinstance(version, int):
            self._bundles.set_dossier_version(header.office, str(answered.get("life")), version)

    def _receipts(self, office: str) -> list[ReceiptBody]:
        receipts = [self._store.receipt(office, epoch) for epoch in self._store.epochs_of(office)]
        if receipts and (numbers := self._store.numbers(office)) is not None:
            receipts[-1]["numbers"] = numbers
        return receipts

    def _dossier_pages(self, office: str, epoch: str) -> Iterator[DossierPageBody]:
        """Pages behind what the office has; the last says how far it has them then, even when it is empty."""
        version = self._bundles.dossier_version(office, epoch)
        while True:
            page = self._store.dossiers(office, version)
            yield page
            if not page["dossiers"]:
                return
            version = page["version"]


def _taken(span: BundleSpan) -> BundleResult:
    sentence = ALL_TAKEN if span.whole else CUT_AT
    reason = translate(sentence, first=grouped(span.after + 1), last=grouped(span.through), seq=grouped(span.through))
    return BundleResult("taken", reason, span.header.office, span.header.id[:40], span.through)
