"""The office's side, back: the one-stop side's answer moves the cursor and brings the progress of dossiers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sync.bundles.keys import KeyUnfit, fingerprint, from_text
from sync.bundles.layout import DOSSIERS, RECEIPTS, TAMPERED, BundleError, frames
from sync.bundles.policy import Position, confirmed
from sync.bundles.state import State
from sync.connector import Receipt, Refusal
from sync.journal_client import JournalClient

FOREIGN = 'this bundle is for the office "{theirs}", not for "{ours}"; take the one that belongs here'
NOT_AN_ANSWER = "this is the bundle that this office sends out; take it to the one-stop side and bring its answer back"
UNTRUSTED = (
    "this answer is signed by the key {fingerprint}, which this office does not trust; compare it with the one-stop "
    "side by telephone and put its key into [sync.bundle] trusted_keys"
)
OLD = "this answer (number {serial}) is older than the one already taken (number {taken}); bring the newest"
DOUBLED = "this answer (number {serial}) was already taken; nothing to do"
MAX_SEQ = 2**53 - 1
Seq = Annotated[int, Field(ge=0, le=MAX_SEQ)]
Line = Annotated[str, Field(max_length=2000)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


Shape = TypeVar("Shape", bound=_Strict)


class _Refused(_Strict):
    seq: Seq
    code: Line = "refused"
    reason: Line = ""


class _Receipt(_Strict):
    epoch: Annotated[str, Field(min_length=1, max_length=40)]
    accepted_through: Seq
    hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    refused: Annotated[list[_Refused], Field(max_length=1000)] = []


class _Read(_Strict):
    """What became of one bundle that the one-stop side read."""

    bundle: Line
    code: Line
    reason: Line = ""


class _Receipts(_Strict):
    receipts: Annotated[list[_Receipt], Field(max_length=1000)]
    read: Annotated[list[_Read], Field(max_length=1000)] = []


class _Dossiers(_Strict):
    version: Seq
    dossiers: Annotated[list[dict[str, Any]], Field(max_length=2000)]


class _Header(_Strict):
    kind: str
    office: str
    key: str
    life: Annotated[str, Field(min_length=1, max_length=40)]
    serial: Seq


@dataclass
class Answer:
    """A proven answer. `refused`: bundles not taken there since one was, with the reasons, newest last."""

    path: Path
    life: str
    serial: int
    receipts: dict[str, Receipt] = field(default_factory=dict)
    refused: list[tuple[str, str]] = field(default_factory=list)
    version: int = 0
    dossiers: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """What an answer did to the service."""

    position: Position
    refused: list[dict[str, Any]]
    dossiers: dict[str, int]


class Checker:
    """Refuses what is not a new answer to this office by somebody it trusts."""

    def __init__(self, office: str, trusted: list[str], state: State) -> None:
        self._office, self._state = office, state
        self._trusted = {from_text(key): key for key in trusted}

    def check(self, path: Path) -> Answer:
        """Reads all of it and changes nothing. Raises BundleError, OSError."""
        answer: Answer | None = None
        for kind, body in self.bodies(path):
            if answer is None:
                header = _model(_Header, body)
                self._new(header)
                answer = Answer(path, header.life, header.serial)
            elif kind == RECEIPTS:
                _note(answer, _model(_Receipts, body))
            elif kind == DOSSIERS:
                page = _model(_Dossiers, body)
                answer.version, answer.dossiers = page.version, answer.dossiers + len(page.dossiers)
        if answer is None:
            raise BundleError("tampered", TAMPERED)
        return answer

    def bodies(self, path: Path) -> Iterator[tuple[str, Any]]:
        """The proven frames, one at a time. Raises BundleError, OSError."""
        with path.open("rb") as file:
            for frame in frames(file, self._key):
                yield frame.kind, frame.body

    def _key(self, header: dict[str, Any]) -> str:
        if header["kind"] != "answer":
            raise BundleError("not-an-answer", NOT_AN_ANSWER)
        if header["office"] != self._office:
            raise BundleError("foreign", FOREIGN, theirs=header["office"][:40], ours=self._office)
        try:
            return self._trusted[from_text(header["key"])]
        except KeyError:
            raise BundleError("untrusted", UNTRUSTED, fingerprint=fingerprint(header["key"])) from None
        except KeyUnfit as error:
            raise BundleError("tampered", TAMPERED) from error

    def _new(self, header: _Header) -> None:
        taken = self._state.answers.get(header.life, -1)
        if header.serial <= taken:
            reason = DOUBLED if header.serial == taken else OLD
            code = "doubled" if header.serial == taken else "old"
            raise BundleError(code, reason, serial=header.serial, taken=taken)


Put = Callable[[list[dict[str, Any]]], Mapping[str, int]]


def take(answer: Answer, pages: Iterator[tuple[str, Any]], journal: JournalClient, put: Put) -> Taken:
    """Dossiers first, the cursor last: an import that breaks off is simply repeated. Raises SyncError, BundleError.

    `put` gives dossiers to the service and counts what became of them: created, updated, unchanged, refused.
    """
    epochs = journal.read(None, 0, 1).epochs
    position = confirmed(answer.receipts, epochs, journal.hash_of)
    counts = dict.fromkeys(("created", "updated", "unchanged", "refused"), 0)
    for kind, body in pages:
        if kind == DOSSIERS:
            found = put(body["dossiers"])
            counts = {name: count + found.get(name, 0) for name, count in counts.items()}
    ours = dict(epochs)
    refused = [
        {"epoch": epoch, "seq": r.seq, "code": r.code, "reason": r.reason}
        for epoch, receipt in answer.receipts.items() if epoch in ours for r in receipt.refused
    ]  # fmt: skip
    return Taken(position, refused[-1000:], counts)


def _note(answer: Answer, body: _Receipts) -> None:
    for row in body.receipts:
        refused = tuple(Refusal(r.seq, r.code[:40], r.reason[:200]) for r in row.refused)
        answer.receipts[row.epoch] = Receipt(row.epoch, row.accepted_through, row.hash, refused)
    for read in body.read:  # what was refused before a bundle was taken is settled
        answer.refused = [] if read.code == "taken" else [*answer.refused, (read.bundle, read.reason)]


def _model(model: type[Shape], body: Any) -> Shape:
    try:
        return model.model_validate(body)
    except ValidationError as error:
        raise BundleError("tampered", TAMPERED) from error
