"""The journal: no hole, chained by hashes, canonical."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from kiosk.actions import calling
from kiosk.store.engine import DatabaseUnfit, require_fixed_sqlite, sqlite_is_fixed
from kiosk.store.journal import GENESIS, Head, canonical, chain
from tests.office import OfficeStory

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
keys = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_our_canonical_form_is_that_of_rfc_8785(value: object) -> None:
    assert canonical(value).encode() == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(st.dictionaries(keys, values, max_size=6), text, text)
def test_a_stored_event_is_canonical_and_its_hash_covers_the_rest(
    data: dict[str, object], subject: str, who: str
) -> None:
    head = Head("0190-epoch", 7, "ab" * 32)
    after, entry = chain(head, "ba-vi", "id-1", "ticket.issued", subject, 1_713_000_000_123, "2024-04-13",
                         {"kind": "kiosk", "id": who}, data)  # fmt: skip
    event = json.loads(entry.body)
    assert entry.body.encode() == rfc8785.dumps(event)
    stated = event.pop("hash")
    assert stated == sha256(rfc8785.dumps(event)).hexdigest() == after.hash
    assert (event["seq"], event["prev_hash"], after.seq) == (8, head.hash, 8)


def test_events_have_no_hole_and_each_names_the_one_before(office: OfficeStory) -> None:
    for _ in range(3):
        office.take_number()
    office.call_next("1")
    office.call_next("1", calling.COMPLETE)
    events = office.events()
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert [event["prev_hash"] for event in events] == [GENESIS, *(event["hash"] for event in events[:-1])]
    assert events[0]["type"] == "office.epoch_started"


def test_an_affected_sqlite_is_refused() -> None:
    affected = [(3, 40, 1), (3, 51, 1), (3, 51, 2), (3, 52, 0), (3, 44, 5), (3, 50, 6)]
    assert [sqlite_is_fixed(version) for version in affected] == [False] * len(affected)
    assert all(sqlite_is_fixed(version) for version in [(3, 51, 3), (3, 53, 4), (3, 50, 7), (3, 44, 6)])
    with pytest.raises(DatabaseUnfit, match=r"3\.40\.1"):
        require_fixed_sqlite((3, 40, 1))


def test_the_writer_is_in_wal_and_full(small_office: OfficeStory) -> None:
    with small_office.unit() as unit:
        cursor = unit.transaction.cursor
        assert cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert cursor.execute("PRAGMA synchronous").fetchone()[0] == 2
