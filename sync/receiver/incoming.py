"""Checks what an office sends before a receiver stores any of it."""

from __future__ import annotations

from typing import cast

from contract.envelope import event_hash, parse_source, sequence_of, type_of
from contract.events import JournalEvent


class ContractViolation(Exception):
    """A request that breaks the contract; the message is for the engineers of either side."""


def office_and_epoch(source: str) -> tuple[str, str]:
    """Of a source. Raises ContractViolation."""
    try:
        return parse_source(source)
    except ValueError as error:
        raise ContractViolation(str(error)) from error


def events_of(batch: object) -> list[JournalEvent]:
    """The journal events of a batch of CloudEvents, all of one office and epoch. Raises ContractViolation."""
    events = [journal_event(item) for item in batch] if isinstance(batch, list) and batch else []
    if len({(event["office"], event["epoch"]) for event in events}) != 1:
        raise ContractViolation("a batch holds events of one source")
    return events


def journal_event(item: object) -> JournalEvent:
    """The journal event of a CloudEvent that keeps the contract. Raises ContractViolation."""
    try:
        fields = cast(dict[str, object], item)
        event = cast(JournalEvent, fields["data"])
        agrees = (
            fields["specversion"] == "1.0"
            and office_and_epoch(cast(str, fields["source"])) == (event["office"], event["epoch"])
            and fields["type"] == type_of(event["type"])
            and fields["id"] == event["id"]
            and fields["sequence"] == sequence_of(event["seq"])
            and fields["hash"] == event["hash"] == event_hash(event)
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ContractViolation("not a CloudEvent of a journal event") from error
    if not agrees:
        raise ContractViolation(f"event {event['seq']} contradicts itself")
    return event
