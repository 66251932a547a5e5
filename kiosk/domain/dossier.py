"""Dossiers: their codes, their status, what of them may be shown in public."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

# MaHoSo: unit code, yyMMdd, running number; both orders of the unit code occur (QCVN 102:2016, QĐ 20/2020).
CODE = re.compile(r"[0-9A-Z]{1,6}(?:\.[0-9A-Z]{1,6}){1,5}-\d{6}-\d{4,6}")
# Eight digits and more, whatever parts them: "(0912) 345 678", "051/209/…"; phones have ten, ID cards nine or twelve.
LONG_NUMBER = re.compile(r"\d(?:[\W_]{0,2}\d){7,}")
_DAY = r"(?:0?[1-9]|[12]\d|3[01])([/.-])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d"
_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?"
A_DATE = re.compile(rf"(?:{_CLOCK},? )?{_DAY}(?:,? {_CLOCK})?")
UNNAMED_FIELD = "Lĩnh vực khác"  # of a dossier whose field is not known, or not fit to be kept
WITHHELD = "•••"
SHOWN_DECIDED_MS = 3 * 24 * 3600_000  # so long a decided dossier stands on the TV
MASKED_NAME = re.compile(r"[^\W\d_]{2,10}(?: [^\W\d_]\.){1,5}")  # "Phạm V. T."


class Channel(IntEnum):
    """KenhThucHien."""

    IN_PERSON = 1
    ONLINE = 2
    POST = 3


class Status(IntEnum):
    """TrangThaiHoSo."""

    REGISTERED = 1
    RECEIVED = 2
    REFUSED = 3
    PROCESSING = 4
    PAPERS_ASKED = 5
    PAYMENT_ASKED = 6
    WITHDRAWN = 7
    STOPPED = 8
    DECIDED = 9
    RETURNED = 10


NOT_COUNTED = frozenset({Status.REGISTERED, Status.REFUSED})
IN_PROGRESS = frozenset({Status.RECEIVED, Status.PROCESSING, Status.PAPERS_ASKED, Status.PAYMENT_ASKED})
RESOLVED = frozenset({Status.DECIDED, Status.RETURNED})
STEPS = {
    Status.RECEIVED: "received", Status.PROCESSING: "processing", Status.PAPERS_ASKED: "papers_asked",
    Status.PAYMENT_ASKED: "payment_asked", Status.DECIDED: "ready", Status.RETURNED: "returned",
    Status.WITHDRAWN: "withdrawn", Status.STOPPED: "stopped", Status.REGISTERED: "registered",
    Status.REFUSED: "refused",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dossier:
    """A file handled by the one-stop system. Times are ms since 1970; no name, phone or ID number."""

    code: str
    procedure: str
    field: str
    channel: int
    status: int
    received_at: int
    due_at: int | None = None
    finished_at: int | None = None
    carried_over: bool = False
    digitised: bool = True
    not_digitised_reason: str | None = None
    step: str | None = None


def normalise_code(text: str) -> str:
    """A code as typed or scanned, without spaces and in capitals. Raises ValueError when it is none."""
    compact = re.sub(r"\s", "", text).upper()
    if not CODE.fullmatch(compact):
        raise ValueError(f'"{text}" is not a dossier code such as 000.00.53.H48-240414-0001')
    return compact


def holds_personal_number(text: str) -> bool:
    """Whether a text holds an address of mail, or eight digits and more that are no date."""
    return "@" in text or any(not A_DATE.fullmatch(found[0]) for found in LONG_NUMBER.finditer(text))


def is_masked_name(text: str) -> bool:
    """Whether it is a family name with initials, as they come from the edge, and nothing more."""
    return bool(MASKED_NAME.fullmatch(text)) and text.title() == text


def may_be_named(dossier: Dossier, fields: frozenset[str], now: int) -> bool:
    """Whether a masked name may be kept: of these fields, as long as the dossier stands on the TV; `now` in ms."""
    decided = dossier.status in RESOLVED and (dossier.finished_at or 0) >= now - SHOWN_DECIDED_MS
    return dossier.field in fields and (dossier.status in IN_PROGRESS or decided)


def masked(code: str) -> str:
    """What of a code may be shown in public: date and last four digits."""
    _, day, ordinal = code.rsplit("-", 2)
    return f"{WITHHELD}{day}-{ordinal[-4:]}"
