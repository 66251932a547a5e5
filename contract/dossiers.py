"""Dossiers between programs: their fields, codes, channels, statuses and steps, and what of them is public."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import IntEnum
from typing import TypedDict

from contract.records import dataclass

# MaHoSo: unit code in either order (QCVN 102:2016, QĐ 20/2020), yyMMdd, running number of at least four digits, as long
# as needed (Thông tư 04/2025/TT-VPCP: central systems put two digits of their own before it).
UNIT_PATTERN = r"[0-9A-Z]{1,6}(\.[0-9A-Z]{1,6}){1,5}"
CODE = re.compile(UNIT_PATTERN + r"-\d{6}-\d{4,12}")
# Eight digits and more, whatever parts them: "(0912) 345 678", "051/209/…"; phones have ten, ID cards nine or twelve.
LONG_NUMBER = re.compile(r"\d(?:[\W_]{0,2}\d){7,}")
_DAY = r"(?:0?[1-9]|[12]\d|3[01])([/.-])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d"
_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?"
DATE = re.compile(rf"(?:{_CLOCK},? )?{_DAY}(?:,? {_CLOCK})?")
UNNAMED_FIELD = "Lĩnh vực khác"  # of a dossier whose field is not known, or not fit to be kept
WITHHELD = "•••"
MASKED_NAME = re.compile(r"[^\W\d_]{2,10}(?: [^\W\d_]\.){1,5}")  # "Phạm V. T."


class DossierInput(TypedDict, total=False):
    """A dossier as `PUT /dossiers` takes it and an event holds it. A field that is left out stays as it is known.

    Times are RFC 3339; `channel` is a Channel, `status` a DossierStatus, `step` its word.
    """

    code: str
    procedure: str
    field: str
    channel: int
    status: int
    received_at: str
    due_at: str | None
    finished_at: str | None
    carried_over: bool
    digitised: bool
    not_digitised_reason: str | None
    step: str
    applicant_masked: str | None  # beside the dossier: no event holds it


@dataclass(frozen=True, slots=True)
class DossierProgress:
    """A dossier as the public may see it: what the office answers to the TV, and what stands there.

    `due_at` in ms since 1970; `sensitive`: only sign and steps may be shown; `name`: masked, empty where none is shown.
    """

    code_masked: str
    field: str
    step: str
    due_at: int | None
    sensitive: bool
    name: str = ""


FIELDS = tuple(name for name in DossierInput.__annotations__ if name != "applicant_masked")


class Channel(IntEnum):
    """KenhThucHien of the national portal, and VNeID, in which citizens file as well (Nghị định 118/2025/NĐ-CP)."""

    IN_PERSON = 1
    ONLINE = 2
    POST = 3
    VNEID = 4


ONLINE_CHANNELS = frozenset({Channel.ONLINE, Channel.VNEID})


class DossierStatus(IntEnum):
    """TrangThaiHoSo of the national portal."""

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


FINAL = frozenset({DossierStatus.REFUSED, DossierStatus.WITHDRAWN, DossierStatus.RETURNED})  # nothing follows
IN_PROGRESS = frozenset(
    {DossierStatus.RECEIVED, DossierStatus.PROCESSING, DossierStatus.PAPERS_ASKED, DossierStatus.PAYMENT_ASKED}
)
RESOLVED = frozenset({DossierStatus.DECIDED, DossierStatus.RETURNED})
STEPS: Mapping[int, str] = {
    DossierStatus.RECEIVED: "received",
    DossierStatus.PROCESSING: "processing",
    DossierStatus.PAPERS_ASKED: "papers_asked",
    DossierStatus.PAYMENT_ASKED: "payment_asked",
    DossierStatus.DECIDED: "ready",
    DossierStatus.RETURNED: "returned",
    DossierStatus.WITHDRAWN: "withdrawn",
    DossierStatus.STOPPED: "stopped",
    DossierStatus.REGISTERED: "registered",
    DossierStatus.REFUSED: "refused",
}
SHOWN_ON_BOARD = IN_PROGRESS | RESOLVED


def normalise_code(text: str) -> str:
    """A code as typed or scanned, without spaces and in capitals. Raises ValueError when it is none."""
    compact = re.sub(r"\s", "", text).upper()
    if not CODE.fullmatch(compact):
        raise ValueError(f'"{text}" is not a dossier code such as 000.00.53.H48-240414-0001')
    return compact


def compose_code(unit: str, received_on: date, number: int) -> str:
    """The code of the dossier that `unit` received as number `number` of that day."""
    return f"{unit}-{received_on:%y%m%d}-{number:04d}"


def split_code(code: str) -> tuple[str, str, str]:
    """(unit, yyMMdd, running number of that day)."""
    unit, day, number = code.rsplit("-", 2)
    return unit, day, number


def day_of_code(code: str) -> date | None:
    """The day a code was given; None when its six digits are no day, or when it is no code."""
    if not CODE.fullmatch(code):
        return None
    digits = split_code(code)[1]
    try:
        return date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return None


def mask_code(code: str) -> str:
    """What of a code may be shown in public: date and last four digits."""
    _, day, number = split_code(code)
    return f"{WITHHELD}{day}-{number[-4:]}"


def holds_personal_number(text: str) -> bool:
    """Whether a text holds an address of mail, or eight digits and more that are no date."""
    return "@" in text or any(not DATE.fullmatch(number[0]) for number in LONG_NUMBER.finditer(text))


def is_masked_name(text: str) -> bool:
    """Whether it is a family name with initials, as a sanitizer makes them, and nothing more."""
    return bool(MASKED_NAME.fullmatch(text)) and text.title() == text
