"""Receipts: how a receiver says how far it has the journal of an office."""

from __future__ import annotations

import json
import re
from typing import NotRequired, TypedDict

from contract.records import dataclass

NOT_A_RECEIPT = "the answer is not a receipt"  # a sentence of the catalogue
MAX_SEQ = 2**53 - 1  # the largest integer that every JSON reader keeps
MAX_REFUSED = 1000
MAX_EPOCH_LETTERS = 40
MAX_LETTERS = 2000  # of a code or a reason
MAX_ORDINAL = 9_999  # no office gives more numbers of a letter on a day
_HASH = re.compile(r"[0-9a-f]{64}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LETTER = re.compile(r"[A-ZĐ]")


@dataclass(frozen=True, slots=True)
class RefusedEvent:
    """An event that the receiver will never take. `code` has at most 40 letters, `reason` at most 200."""

    seq: int
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReceivedNumbers:
    """The highest number of each letter that a receiver holds of the latest business date (ISO 8601) it knows."""

    business_date: str
    last: dict[str, int]


@dataclass(frozen=True, slots=True)
class Receipt:
    """How far a receiver is within an epoch, with that event's hash; an unknown source has None, 0, 64 zeros.

    `duplicate_sender` (`twin` in JSON): the receiver hears a second machine send in this office's name. `numbers`: of
    this office in any epoch; only in the answer to the question how far it is, and not from every receiver.
    """

    epoch: str | None
    accepted_through: int
    hash: str
    refused: tuple[RefusedEvent, ...] = ()
    duplicate_sender: bool = False
    numbers: ReceivedNumbers | None = None


class RefusedEventBody(TypedDict):
    """A refused event in a receipt's JSON."""

    seq: int
    code: str
    reason: str


class NumbersBody(TypedDict):
    """The highest numbers in a receipt's JSON."""

    business_date: str
    last: dict[str, int]


class ReceiptBody(TypedDict):
    """A receipt's JSON, as a receiver answers it."""

    epoch: str | None
    accepted_through: int
    hash: str
    refused: list[RefusedEventBody]
    twin: NotRequired[bool]
    numbers: NotRequired[NumbersBody]


def read_receipt(body: bytes) -> Receipt:
    """A receipt from JSON in UTF-8. Raises ValueError when it is anything else."""
    try:
        return receipt_from(json.loads(body.decode("utf-8")))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def receipt_from(value: object) -> Receipt:
    """A receipt from parsed JSON. Keys that are not known are ignored. Raises ValueError."""
    fields = _object(value)
    epoch = fields["epoch"] if "epoch" in fields else _missing("epoch")
    digest = _text(fields.get("hash"), 64)
    if not _HASH.fullmatch(digest):
        raise ValueError("hash is not 64 hexadecimal digits")
    duplicate_sender = fields.get("twin", False)
    if not isinstance(duplicate_sender, bool):
        raise ValueError("twin is neither true nor false")
    return Receipt(
        None if epoch is None else _epoch(epoch),
        _seq(fields.get("accepted_through")),
        digest,
        _refused(fields.get("refused", [])),
        duplicate_sender,
        received_numbers(fields.get("numbers")),
    )


def received_numbers(value: object) -> ReceivedNumbers | None:
    """From parsed JSON; None for anything else than a date and numbers that an office may have given."""
    day, last = (value.get("business_date"), value.get("last")) if isinstance(value, dict) else (None, None)
    if not isinstance(day, str) or not _DATE.fullmatch(day) or not isinstance(last, dict):
        return None
    right = all(
        _LETTER.fullmatch(str(letter)) and type(ordinal) is int and 0 < ordinal <= MAX_ORDINAL
        for letter, ordinal in last.items()
    )
    return ReceivedNumbers(day, dict(last)) if right else None


def _refused(value: object) -> tuple[RefusedEvent, ...]:
    if not isinstance(value, list) or len(value) > MAX_REFUSED:
        raise ValueError(f"refused is not a list of at most {MAX_REFUSED}")
    return tuple(_refused_event(_object(row)) for row in value)


def _refused_event(row: dict[str, object]) -> RefusedEvent:
    code, reason = _text(row.get("code", "refused")), _text(row.get("reason", ""))
    return RefusedEvent(_seq(row.get("seq")), code[:40], reason[:200])


def _object(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def _epoch(value: object) -> str:
    epoch = _text(value, MAX_EPOCH_LETTERS)
    return epoch or _missing("epoch")


def _seq(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_SEQ:
        raise ValueError("not a position of a journal")
    return value


def _text(value: object, most: int = MAX_LETTERS) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise ValueError(f"not a text of at most {most} letters")
    value.encode()  # half a surrogate pair is no text
    return value


def _missing(name: str) -> str:
    raise ValueError(f"{name} is missing")
