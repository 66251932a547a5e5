"""Ticket numbers: a letter and a running number of the business date, A001 … A999, A1000."""

from __future__ import annotations

import re

from contract.told_error import ToldError


class NoTicketNumber(ToldError, ValueError):
    """A text that is no number of a ticket."""


def ticket_number(letter: str, ordinal: int) -> str:
    """The number printed for the `ordinal`-th ticket (1, 2, …) of a letter on one business date."""
    if ordinal < 1:
        raise ValueError(f"ordinal {ordinal} is not positive")
    return f"{letter}{ordinal:03d}"


def parse_number(text: str) -> tuple[str, int]:
    """(letter, ordinal) of a number as people write it: "a 12", "A012". Raises NoTicketNumber when it is none."""
    compact = re.sub(r"[\s\-.]", "", text).upper()
    match = re.fullmatch(r"([A-ZĐ])(\d{1,6})", compact)
    if match is None or int(match[2]) < 1:
        raise NoTicketNumber('"{text}" is not a ticket number such as A012', text=text)
    return match[1], int(match[2])
