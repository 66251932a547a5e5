"""Words that people type: a code goes on, the words themselves to the one table that can be purged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from contract.reasons import OTHER, REASONS
from kiosk.domain.free_words import HEARTBEAT, HELP, PLACES, REASON, without_words

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit


def reason_code(unit: Unit, ticket: str, text: str | None) -> str | None:
    """The code of a reason; words that are no code are kept apart, about the ticket, and "other" goes on."""
    if text is None or text in REASONS:
        return text
    unit.free_texts.put(REASON, ticket, text, unit.now)
    return OTHER


def place_code(unit: Unit, request: str, place: str, device: str, role: str) -> str:
    """Where a citizen stands, if the office knows the place; else the words are kept apart and the role goes on."""
    if place in PLACES or place == device or place in unit.office.counters:
        return place
    unit.free_texts.put(HELP, request, place, unit.now)
    return role


def report_of_codes(unit: Unit, device: str, report: Mapping[str, Any]) -> dict[str, Any]:
    """What a device says of itself; its free words are kept apart until the next time."""
    kept, words = without_words(report)
    if words:
        unit.free_texts.put(HEARTBEAT, device, json.dumps(words, ensure_ascii=False), unit.now)
    return kept
