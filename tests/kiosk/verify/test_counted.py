"""What a recount reads of an event is what another reader of JSON says, and damage is told as before."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.verify.chain import counted, decoded

READ = {"business_date", "data", "id", "seq", "subject", "time", "type"}
texts = st.text(st.characters(codec="utf-8"), max_size=6)
atoms = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False, width=32)
    | texts
)
values = st.recursive(
    atoms, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=3), max_leaves=6
)
events = st.fixed_dictionaries(
    {"actor": values, "hash": texts},
    optional={
        "business_date": texts,
        "data": st.dictionaries(texts, values, max_size=4),
        "id": texts,
        "seq": st.integers(0, 2**53),
        "subject": texts,
        "time": texts,
        "type": texts,
    },
)


@given(events, st.booleans())
def test_its_members_are_those_of_the_text(event: dict[str, Any], ascii_only: bool) -> None:
    body = json.dumps(event, ensure_ascii=ascii_only)
    assert counted(body) == {name: value for name, value in json.loads(body).items() if name in READ}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "x",
        "[]",
        '{"seq":1}}',
        '{"seq":1',
        '{"seq":"1","type":"x"}',
        '{"type":5}',
        '{"data":[]}',
        '{"data":{"a":"\n"}}',
        '{"data":{"a":NaN}}',
        '{"subject":"\\ud800"}',
    ],
)
def test_what_is_no_such_event_is_read_as_the_chain_reads_it(body: str) -> None:
    assert counted(body) == decoded(body)
