"""The words of the journal: which types there are, and what each holds."""

from __future__ import annotations

import re
from typing import get_type_hints

import pytest

from contract import clock_events, events
from contract.events import EventType

# docs: the types that the contract names and this version records.
TYPES = [
    "office.day_opened",
    "office.day_closed",
    "office.clock_jumped",
    "office.clock_corrected",
    "office.day_confirmed",
    "office.day_reopened",
    "office.epoch_started",
    "office.configured",
    "notice.changed",
    "counter.opened",
    "counter.paused",
    "counter.closed",
    "clerk.signed_in",
    "clerk.signed_out",
    "ticket.issued",
    "ticket.called",
    "ticket.recalled",
    "ticket.serving_started",
    "ticket.completed",
    "ticket.no_show",
    "ticket.held",
    "ticket.returned",
    "ticket.transferred",
    "ticket.cancelled",
    "ticket.abandoned",
    "ticket.undone",
    "ticket.redated",
    "ticket.dossier_linked",
    "ticket.dossier_unlinked",
    "ticket.noted",
    "slip.printed",
    "slip.not_printed",
    "slip.unknown",
    "slip.reprinted",
    "rating.submitted",
    "rating.reasons_given",
    "dossier.updated",
    "device.online",
    "device.offline",
    "device.fault",
    "device.recovered",
    "help.requested",
    "help.answered",
    "access.signed_in",
    "access.refused",
    "access.locked",
    "access.guessed",
    "access.administered",
    "access.corrected",
    "filing.visited",
]
TICKET = {"number", "service", "state", "counter", "clerk", "priority", "language"}


def test_types_are_added_and_never_renamed() -> None:
    assert {kind.value for kind in EventType} == set(TYPES)
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", kind) for kind in EventType)


@pytest.mark.parametrize(
    ("shape", "keys"),
    [
        (events.TicketData, TICKET),
        (events.IssuedData, TICKET | {"position", "issued_at", "on_paper"}),
        (events.CalledData, TICKET | {"calls", "why"}),
        (events.RecalledData, TICKET | {"calls"}),
        (events.MovedData, TICKET | {"reason", "from"}),
        (events.TransferredData, TICKET | {"reason", "from", "to_counter"}),
        (
            events.UndoneData,
            TICKET | {"undoes", "calls", "first_called_at", "called_at", "serving_at", "ended_at"},
        ),
        (events.RedatedData, TICKET | {"from"}),
        (events.DayClosedData, {"business_date", "abandoned", "ended"}),
        (clock_events.DayConfirmedData, {"business_date"}),
        (clock_events.DayReopenedData, {"business_date", "instead_of", "confirmed_by"}),
        (clock_events.ClockJumpedData, {"by_ms", "provisional"}),
        (clock_events.ClockCorrectedData, {"by_ms", "since_ms", "business_date", "why"}),
        (events.DossierLinkedData, TICKET | {"dossier"}),
        (events.NotedData, TICKET | {"note"}),
        (events.SlipData, {"number", "printer", "reason"}),
        (events.CounterData, {"clerk", "services", "reason"}),
        (
            events.RatingData,
            {"rating", "counter", "clerk", "service", "number", "answers", "reasons", "late", "further"},
        ),
        (events.DeviceData, {"kind", "state", "reason"}),
        (events.EpochStartedData, {"reason", "before", "seq", "lost"}),
        (
            events.JournalEvent,
            {
                "id",
                "epoch",
                "seq",
                "office",
                "type",
                "time",
                "business_date",
                "subject",
                "actor",
                "data",
                "prev_hash",
                "hash",
            },
        ),
    ],
)
def test_data_holds_at_least_what_the_contract_names(shape: type, keys: set[str]) -> None:
    assert set(get_type_hints(shape)) == keys


def test_only_a_later_epoch_names_the_one_before() -> None:
    assert events.EpochStartedData.__required_keys__ == {"reason"}
