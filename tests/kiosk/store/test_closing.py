"""A store that is closed while the office works."""

from __future__ import annotations

import threading

import pytest

from kiosk.store.store import StorageBusy
from tests.office import OfficeStory


def test_a_store_is_closed_after_the_transaction_in_flight_and_takes_no_other(tmp_path: object) -> None:
    story = OfficeStory(f"sqlite:///{tmp_path}/office.db")
    closing = threading.Thread(target=story.close)
    with story.unit() as unit:
        closing.start()
        closing.join(0.2)
        assert closing.is_alive(), "it waits for the transaction"
        assert unit.tickets.waiting() == []
    closing.join(10)
    assert not closing.is_alive()
    with pytest.raises(StorageBusy, match="stopping"):
        story.unit()
