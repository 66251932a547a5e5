"""The board's snapshot over HTTP."""

from __future__ import annotations

import pytest

from tests.office import OfficeStory

SNAPSHOT = {
    "seq",
    "epoch",
    "business_date",
    "time",
    "open",
    "next_opening",
    "storage_fault",
    "counters",
    "queues",
    "recent_calls",
    "progress",
    "notices",
    "lost_numbers",
}


@pytest.mark.parametrize("role", ["board", "counter", "kiosk"])
def test_the_snapshot_holds_what_changes_and_no_configuration(small_office: OfficeStory, role: str) -> None:
    small_office.take_number("HT")
    small_office.call_next("1")
    answer = small_office.send("GET", "/api/v1/board", role)
    assert answer.json is not None and set(answer.json) == SNAPSHOT
    assert len(answer.data) < 2500, "an office of five counters and five services"


@pytest.mark.parametrize("role", ["tablet", "sync", "report", "admin"])
def test_others_do_not_ask_for_it(small_office: OfficeStory, role: str) -> None:
    assert small_office.send("GET", "/api/v1/board", role).status_code == 403


def test_a_row_is_as_the_contract_writes_it(small_office: OfficeStory) -> None:
    ticket = small_office.take_number("HT")
    small_office.call_next("1")
    body = small_office.send("GET", "/api/v1/board", "board").json
    assert body is not None
    assert body["counters"][0] == {
        "code": "1",
        "name": small_office.app.office.counters["1"].name,
        "services": ["HT"],
        "state": "OPEN",
        "ticket": {
            "id": ticket.id,
            "number": "A001",
            "service": "HT",
            "state": "CALLED",
            "calls": 1,
            "language": "vi",
        },
    }
    assert body["queues"][1] == {
        "service": "DD",
        "name": small_office.app.office.services["DD"].name,
        "prefix": "C",
        "waiting": 0,
        "estimated_wait_s": None,
        "full": False,
    }
    assert body["recent_calls"] == [
        {"number": "A001", "service": "HT", "counter": "1", "time": "2024-04-15T01:05:00.000Z", "recall": False}
    ]
    assert body["time"] == "2024-04-15T01:05:00.000Z" and body["notices"][0].keys() == {"id", "text", "language"}
