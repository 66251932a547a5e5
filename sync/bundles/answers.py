"""Reads the one-stop side's answer to bundles: it moves the cursor and brings the progress of dossiers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from contract.receipts import MAX_REFUSED, MAX_SEQ, Receipt, receipt_from
from contract.records import dataclass
from sync.bundles.format.frames import DOSSIERS, RECEIPTS, BundleError, BundleHeader, read_frames, tampered
from sync.bundles.format.keys import InvalidKey, fingerprint, parse_key
from sync.bundles.policy import Position, confirmed, other_branches
from sync.bundles.state import BundleState
from sync.connectors.base import other_branch
from sync.journal_client import JournalClient

FOREIGN = 'this bundle is for the office "{theirs}", not for "{ours}"; take the one that belongs here'
NOT_AN_ANSWER = "this is the bundle that this office sends out; take it to the one-stop side and bring its answer back"
UNTRUSTED = (
    "this answer is signed by the key {fingerprint}, which this office does not trust; compare it with the one-stop "
    "side by telephone and put its key into [sync.bundle] trusted_keys"
)
OLD = "this answer (number {serial}) is older than the one already taken (number {taken}); bring the newest"
DOUBLED = "this answer (number {serial}) was already taken; nothing to do"
COUNTS = ("created", "updated", "unchanged", "refused")
Seq = Annotated[int, Field(ge=0, le=MAX_SEQ)]
Text = Annotated[str, Field(max_length=2000)]
Upstream = Mapping[str, object]  # a dossier as the one-stop side gives it
Upload = Callable[[Sequence[Upstream]], Mapping[str, int]]


class AnswerBody(BaseModel):
    """JSON of an answer; keys that are not known are ignored."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class HeaderBody(AnswerBody):
    """`life`: the epoch of the receiver's database; `serial` counts its answers."""

    life: Annotated[str, Field(min_length=1, max_length=40)]
    serial: Seq


class ReadBundleBody(AnswerBody):
    """What became of one bundle that the one-stop side read."""

    bundle: Text
    code: Text
    reason: Text = ""


class ReceiptsBody(AnswerBody):
    receipts: Annotated[list[dict[str, object]], Field(max_length=1000)]
    read: Annotated[list[ReadBundleBody], Field(max_length=1000)] = []


class DossiersBody(AnswerBody):
    version: Seq
    dossiers: Annotated[list[dict[str, object]], Field(max_length=2000)]


Body = TypeVar("Body", bound=AnswerBody)


@dataclass
class BundleAnswer:
    """A proven answer. `refused`: bundles not taken there since one was, with the reasons, newest last."""

    path: Path
    receiver_epoch: str
    serial: int
    receipts: dict[str, Receipt] = field(default_factory=dict)
    refused: list[tuple[str, str]] = field(default_factory=list)
    version: int = 0


@dataclass(frozen=True, slots=True)
class ImportedAnswer:
    """What an answer did to the service. `refused`: rows of the follower, as `PUT /followers` takes them."""

    position: Position
    refused: list[dict[str, object]]
    dossiers: dict[str, int]


class AnswerReader:
    """Refuses what is not a new answer to this office by somebody it trusts."""

    def __init__(self, office: str, trusted_keys: list[str], state: BundleState) -> None:
        self._office, self._state = office, state
        self._trusted = {parse_key(key): key for key in trusted_keys}

    def read(self, path: Path) -> BundleAnswer:
        """Proves all of it and changes nothing. Raises BundleError, OSError."""
        answer: BundleAnswer | None = None
        for kind, body in self._bodies(path):
            if answer is None:
                header = _parse(HeaderBody, body)
                self._check_new(header)
                answer = BundleAnswer(path, header.life, header.serial)
            elif kind == RECEIPTS:
                _add_receipts(answer, _parse(ReceiptsBody, body))
            elif kind == DOSSIERS:
                answer.version = _parse(DossiersBody, body).version
        if answer is None:
            raise tampered()
        return answer

    def dossier_pages(self, path: Path) -> Iterator[Sequence[Upstream]]:
        """The dossiers of a proven answer, a page at a time. Raises BundleError, OSError."""
        for kind, body in self._bodies(path):
            if kind == DOSSIERS:
                yield _parse(DossiersBody, body).dossiers

    def _bodies(self, path: Path) -> Iterator[tuple[str, object]]:
        with path.open("rb") as file:
            for frame in read_frames(file, self._trusted_key):
                yield frame.kind, frame.body

    def _trusted_key(self, header: BundleHeader) -> str:
        if header.kind != "answer":
            raise BundleError("not-an-answer", NOT_AN_ANSWER)
        if header.office != self._office:
            raise BundleError("foreign", FOREIGN, theirs=header.office[:40], ours=self._office)
        try:
            return self._trusted[parse_key(header.key)]
        except KeyError:
            raise BundleError("untrusted", UNTRUSTED, fingerprint=fingerprint(header.key)) from None
        except InvalidKey as error:
            raise tampered() from error

    def _check_new(self, header: HeaderBody) -> None:
        taken = self._state.answers.get(header.life, -1)
        if header.serial == taken:
            raise BundleError("doubled", DOUBLED, serial=header.serial, taken=taken)
        if header.serial < taken:
            raise BundleError("old", OLD, serial=header.serial, taken=taken)


def import_answer(
    answer: BundleAnswer, pages: Iterator[Sequence[Upstream]], journal: JournalClient, upload: Upload
) -> ImportedAnswer:
    """Dossiers first, the cursor last: an import that breaks off is simply repeated. Raises SyncError, BundleError.

    `upload` puts dossiers into the service and counts what became of them: created, updated, unchanged, refused.
    """
    epochs = journal.read(None, 0, 1).epochs
    position = confirmed(answer.receipts, epochs, journal.hash_of)
    counts = dict.fromkeys(COUNTS, 0)
    for page in pages:
        uploaded = upload(page)
        counts = {name: count + uploaded.get(name, 0) for name, count in counts.items()}
    ours = dict(epochs)
    refused: list[dict[str, object]] = [
        {"epoch": epoch, "seq": event.seq, "code": event.code, "reason": event.reason}
        for epoch, receipt in answer.receipts.items()
        if epoch in ours
        for event in receipt.refused
    ]
    for epoch, last in other_branches(answer.receipts, epochs, journal.hash_of):
        row = other_branch(last)
        refused.append({"epoch": epoch, "seq": row.seq, "code": row.code, "reason": row.reason})
    return ImportedAnswer(position, refused[-MAX_REFUSED:], counts)


def _add_receipts(answer: BundleAnswer, body: ReceiptsBody) -> None:
    for row in body.receipts:
        try:
            receipt = receipt_from(row)
        except ValueError as error:
            raise tampered() from error
        if receipt.epoch is None:
            raise tampered()
        answer.receipts[receipt.epoch] = receipt
    for read in body.read:  # what was refused before a bundle was taken is settled
        answer.refused = [] if read.code == "taken" else [*answer.refused, (read.bundle, read.reason)]


def _parse(model: type[Body], body: object) -> Body:
    try:
        return model.model_validate(body)
    except ValidationError as error:
        raise tampered() from error
