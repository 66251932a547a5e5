"""The journal: no hole, chained by hashes, canonical."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from kiosk.actions import calling
from kiosk.store.failures import StoredWrongly
from kiosk.store.journal import GENESIS, JournalEntry, JournalHead, canonical, chain, check_chain, check_reach
from kiosk.store.tables import OfficeTables
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
    head = JournalHead("0190-epoch", 7, "ab" * 32)
    after, entry = chain(
        head,
        "ba-vi",
        "id-1",
        "ticket.issued",
        subject,
        1_713_000_000_123,
        "2024-04-13",
        {"kind": "kiosk", "id": who},
        data,
    )
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


def chained(count: int, epoch: str = "epoch-1") -> list[JournalEntry]:
    head, entries = JournalHead(epoch, 0, GENESIS), list[JournalEntry]()
    for number in range(1, count + 1):
        data = {"number": f"A{number:03d}", "hash": "x"}
        actor = {"kind": "kiosk", "id": "hall"}
        head, entry = chain(head, "ba-vi", f"id-{number}", "ticket.issued", "t", number, "2024-04-15", actor, data)
        entries.append(entry)
    return entries


def test_entries_are_read_in_order_behind_a_position_of_one_epoch(tables: OfficeTables, other: OfficeTables) -> None:
    entries, elsewhere = chained(5), chained(1, "epoch-2")
    tables.journal.append("epoch-1", entries[:3])
    tables.journal.append("epoch-1", entries[3:])
    tables.journal.append("epoch-2", elsewhere)
    other.journal.append("epoch-1", [JournalEntry(1, "another office")])
    assert tables.journal.read("epoch-1", 0, 10) == entries
    assert tables.journal.read("epoch-1", 2, 2) == entries[2:4]
    assert tables.journal.read("epoch-1", 5, 10) == []
    assert tables.journal.read("epoch-3", 0, 10) == []
    assert tables.journal.read("epoch-2", 0, 10) == elsewhere


def flipped(entry: JournalEntry, at: int) -> JournalEntry:
    return JournalEntry(entry.seq, entry.body[:at] + chr(ord(entry.body[at]) ^ 1) + entry.body[at + 1 :])


def test_no_flipped_bit_of_an_event_leaves_the_journal(tables: OfficeTables) -> None:
    entries = chained(3)
    for at in range(len(entries[1].body)):
        with pytest.raises(StoredWrongly, match=r"damaged at seq [23]"):
            check_chain([entries[0], flipped(entries[1], at), entries[2]], 0)
    tables.journal.append("epoch-1", [entries[0], flipped(entries[1], 60), entries[2]])
    with pytest.raises(StoredWrongly, match="seq 2"):
        tables.journal.read("epoch-1", 0, 10)
    assert len(tables.journal.read_unchecked("epoch-1", 0, 10)) == 3, "who looks for damage reads on"
    assert tables.journal.read("epoch-1", 2, 10) == entries[2:]


@pytest.mark.parametrize("value", [None, 7, b"{}", 1.5])
def test_a_body_that_is_no_text_is_damage(value: Any) -> None:
    entries = chained(2)
    with pytest.raises(StoredWrongly, match="damaged at seq 2"):
        check_chain([entries[0], JournalEntry(2, value)], 0)


def test_a_hole_a_repetition_and_an_event_of_another_chain_are_damage() -> None:
    entries = chained(4)
    stranger = JournalEntry(3, chained(3, "epoch-2")[2].body)
    for wrong in ([entries[1]], [entries[0], entries[2]], [entries[0], entries[0]], [*entries[:2], stranger]):
        with pytest.raises(StoredWrongly):
            check_chain(wrong, 0)
    check_chain([], 7)


def test_a_journal_that_ends_early_is_damaged() -> None:
    entries = chained(4)
    check_reach(entries, 0, 10, 4)
    check_reach(entries[:2], 0, 2, 4)
    check_reach([], 4, 10, 4)
    check_reach([], 9, 10, 4)
    with pytest.raises(StoredWrongly, match="no event at seq 4"):
        check_reach(entries[:3], 0, 10, 4)


def test_a_position_is_taken_once(tables: OfficeTables) -> None:
    tables.journal.append("epoch-1", [JournalEntry(1, "first")])
    with pytest.raises(Exception, match="UNIQUE constraint failed"):
        tables.journal.append("epoch-1", [JournalEntry(1, "second")])


def test_a_number_that_json_does_not_know_is_refused() -> None:
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="not JSON compliant"):
            canonical({"a": value})


def test_keys_stand_in_order_and_letters_as_they_are() -> None:
    assert canonical({"b": [1, None, True], "a": 'Đinh "x"'}) == '{"a":"Đinh \\"x\\"","b":[1,null,true]}'


def test_a_search_has_what_lies_between_and_holds_every_fragment_newest_first(
    tables: OfficeTables, other: OfficeTables
) -> None:
    texts = ["a 50%", "ab", "b", "ab 500", "ab", "a_b"]
    tables.journal.append("epoch-1", [JournalEntry(seq, text) for seq, text in enumerate(texts, 1)])
    tables.journal.append("epoch-2", [JournalEntry(1, "ab")])
    other.journal.append("epoch-1", [JournalEntry(2, "ab")])

    def seqs(after: int, before: int, *parts: str, limit: int = 10) -> list[int]:
        ways = [part.split("|") for part in parts]
        return [entry.seq for entry in tables.journal.search("epoch-1", after, before, ways, limit)]

    assert seqs(0, 7) == [6, 5, 4, 3, 2, 1]
    assert seqs(2, 5) == [4, 3]
    assert seqs(0, 7, "b", "a") == [6, 5, 4, 2]
    assert seqs(0, 7, "b", "a", limit=2) == [6, 5]
    assert seqs(0, 7, "50%") == [1], "no sign of the pattern is one of the text"
    assert seqs(0, 7, "a_b") == [6]
    assert seqs(0, 7, "50%|a_b") == [6, 1], "one of some ways"
    assert seqs(0, 7, "b", "x|y|500|z|50%") == [4], "as many as the question holds"
    assert seqs(0, 7, *"ab 500") == [4], "as many fragments as the question holds"


def test_a_journal_whose_last_event_is_not_the_heads_is_damaged(tables: OfficeTables) -> None:
    entries = chained(3)
    tables.journal.append("epoch-1", entries)
    own = json.loads(entries[-1].body)["hash"]
    assert tables.journal.read_whole(JournalHead("epoch-1", 3, own), 1, 2) == entries[1:]
    assert tables.journal.read_whole(JournalHead("epoch-1", 4, "another"), 0, 2) == entries[:2]
    with pytest.raises(StoredWrongly, match="does not end as the office knows it, at seq 3"):
        tables.journal.read_whole(JournalHead("epoch-1", 3, "another"), 1, 2)
