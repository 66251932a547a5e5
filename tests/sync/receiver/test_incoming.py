"""What a receiver checks of a batch before it stores any of it."""

from __future__ import annotations

from typing import Any

import pytest

from sync.receiver.incoming import ContractViolation, events_of, journal_event, office_and_epoch
from tests.sync.receiver.samples import batch, envelope, hashed, journal

EVENTS = journal(3)
FIRST = envelope(EVENTS[0])


def test_a_sound_batch_gives_its_journal_events_in_order() -> None:
    assert events_of(batch(EVENTS)) == EVENTS
    assert journal_event(FIRST) == EVENTS[0]


def test_keys_that_are_not_known_yet_are_taken() -> None:
    event = hashed({**EVENTS[0], "tomorrow": {"a": [1]}})
    assert journal_event({**envelope(event), "extension": "x"}) == event


@pytest.mark.parametrize(
    "changes",
    [
        {"specversion": "0.3"},
        {"source": "urn:motcua:ba-to:e1"},
        {"source": "urn:motcua:ba-vi:e2"},
        {"type": "vn.motcua.ticket.called.v1"},
        {"type": "ticket.issued"},
        {"id": "another"},
        {"sequence": "1"},
        {"sequence": "000000000002"},
        {"sequence": 1},
        {"hash": "b" * 64},
        {"data": {**EVENTS[0], "data": {"number": "A999"}}},
        {"data": {**EVENTS[0], "hash": "b" * 64}, "hash": "b" * 64},
        {"data": {**EVENTS[0], "office": "ba-to"}},
        {"data": {**EVENTS[0], "seq": 2}},
    ],
)
def test_an_envelope_that_contradicts_its_event_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ContractViolation, match="contradicts itself"):
        journal_event({**FIRST, **changes})


@pytest.mark.parametrize(
    "item",
    [
        None,
        7,
        "text",
        [],
        {},
        {**FIRST, "data": None},
        {**FIRST, "data": "text"},
        {**FIRST, "data": {}},
        {name: value for name, value in FIRST.items() if name != "hash"},
        {**FIRST, "data": {name: value for name, value in EVENTS[0].items() if name != "seq"}},
        {**FIRST, "source": None},
        {**FIRST, "data": {**EVENTS[0], "seq": "1"}},
    ],
)
def test_what_is_no_cloud_event_of_a_journal_event_is_refused(item: object) -> None:
    with pytest.raises(ContractViolation):
        journal_event(item)


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        "text",
        [],
        batch(journal(1) + journal(1, "e2")),
        batch(journal(1) + journal(1, office="ba-to")),
    ],
)
def test_a_batch_holds_events_of_one_source(value: object) -> None:
    with pytest.raises(ContractViolation, match="one source"):
        events_of(value)


def test_a_source_that_is_none_is_refused() -> None:
    assert office_and_epoch("urn:motcua:ba-vi:e1") == ("ba-vi", "e1")
    with pytest.raises(ContractViolation, match="urn:motcua:OFFICE:EPOCH"):
        office_and_epoch("ba-vi")
