"""The hash chain, against hashes computed from texts written by hand."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest

from kiosk.verify.chain import NOTHING, Chain, canonical


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-17, "-17"),
        ("", '""'),
        ("Hộ tịch", '"Hộ tịch"'),
        ('say "a\\b"', r'"say \"a\\b\""'),
        ("\b\t\n\f\r", r'"\b\t\n\f\r"'),
        ("\x01\x1f", r'"\u0001\u001f"'),
        ("\x7f€𝄞", '"\x7f€𝄞"'),
        ([1, "a", None], '[1,"a",null]'),
        ({}, "{}"),
        ({"b": 1, "a": {"d": [], "c": 2}}, '{"a":{"c":2,"d":[]},"b":1}'),
        # RFC 8785 sorts by UTF-16 code units: U+1D11E (D834 DD1E) stands before U+FB33.
        ({"\ufb33": 1, "𝄞": 2}, '{"𝄞":2,"\ufb33":1}'),
    ],
)
def test_canonical_json_is_that_of_rfc_8785(value: object, text: str) -> None:
    assert canonical(value) == text


@pytest.mark.parametrize("value", [1.5, {"a": 0.1}, [2.0], object()])
def test_what_no_event_may_hold_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="has no place in an event"):
        canonical(value)


def written(seq: int, before: str, /, **changes: Any) -> dict[str, Any]:
    """An event with the hash of its text, which is written out here."""
    text = f'{{"epoch":"e1","office":"ba-vi","prev_hash":"{before}","seq":{seq},"type":"x"}}'
    digest = sha256(text.encode()).hexdigest()
    event = {"epoch": "e1", "office": "ba-vi", "prev_hash": before, "seq": seq, "type": "x", "hash": digest}
    return {**event, **changes}


def test_events_in_order_have_nothing_wrong_with_them() -> None:
    chain, first = Chain("ba-vi", "e1"), written(1, NOTHING)
    assert NOTHING == "0" * 64
    assert chain.follow(1, first) == []
    assert chain.follow(2, written(2, first["hash"])) == []
    assert chain.seq == 2


def test_a_missing_event_is_a_hole_and_breaks_the_chain() -> None:
    chain, first = Chain("ba-vi", "e1"), written(1, NOTHING)
    second = written(2, first["hash"])
    chain.follow(1, first)
    wrong = chain.follow(3, written(3, second["hash"]))
    assert wrong[0] == "epoch e1 seq 3: follows seq 1, a hole or a repetition"
    assert any("prev_hash is not the hash of the event before" in line for line in wrong)


def test_a_repeated_event_is_named() -> None:
    chain, first = Chain("ba-vi", "e1"), written(1, NOTHING)
    chain.follow(1, first)
    assert "a hole or a repetition" in chain.follow(1, first)[0]


@pytest.mark.parametrize("changes", [{"seq": 7}, {"epoch": "e2"}, {"office": "ba-to"}])
def test_an_event_of_another_place_is_named(changes: dict[str, Any]) -> None:
    wrong = Chain("ba-vi", "e1").follow(1, written(1, NOTHING, **changes))
    assert any("names another seq, epoch or office" in line for line in wrong)


def test_a_changed_event_no_longer_gives_its_hash() -> None:
    wrong = Chain("ba-vi", "e1").follow(1, written(1, NOTHING, type="y"))
    assert len(wrong) == 1
    assert "the hash is" in wrong[0]


def test_an_event_with_a_fraction_cannot_be_hashed() -> None:
    wrong = Chain("ba-vi", "e1").follow(1, written(1, NOTHING, type=0.5))
    assert "nothing: 0.5 has no place in an event" in wrong[0]


def test_after_a_wrong_event_the_chain_goes_on_from_what_is_stored() -> None:
    chain = Chain("ba-vi", "e1")
    chain.follow(1, written(1, NOTHING, hash="f" * 64))
    assert chain.follow(2, written(2, "f" * 64)) == []


def stored_as(text: str) -> tuple[dict[str, Any], str]:
    """A body and its event, from a text with "@" where the member "hash" stands: the hash of the text without it."""
    digest = sha256(text.replace("@", "").encode()).hexdigest()
    body = text.replace("@", f'"hash":"{digest}",')
    return json.loads(body), body


PLACE = f'"epoch":"e1",@"office":"ba-vi","prev_hash":"{NOTHING}","seq":1'


@pytest.mark.parametrize(
    "text",
    [
        f'{{{PLACE},"type":"x"}}',
        f'{{"data":{{"a":null,"b":[true,-17,{{"c":"d"}}]}},{PLACE},"type":"x"}}',
        f'{{"data":{{"note":"Hộ tịch \\"a\\\\b\\" \\u0001\\n\x7f 𝄞"}},{PLACE}}}',
        f'{{"data":{{"𝄞":1,"\ufb33":2}},{PLACE}}}',
    ],
)
def test_a_canonical_text_is_as_good_as_its_event(text: str) -> None:
    event, body = stored_as(text)
    assert Chain("ba-vi", "e1").follow(1, event) == []
    assert Chain("ba-vi", "e1").follow(1, event, body) == []


@pytest.mark.parametrize(
    "text",
    [
        f'{{{PLACE}, "type":"x"}}',
        f'{{"type":"x",{PLACE}}}',
        f'{{"data":{{"b":1,"a":2}},{PLACE}}}',
        f'{{"data":[{{"b":1,"a":2}}],{PLACE}}}',
        f'{{"data":{{"\ufb33":2,"𝄞":1}},{PLACE}}}',
        f'{{{PLACE},"type":"x","type":"x"}}',
        f'{{"data":{{"a":1.5}},{PLACE}}}',
        f'{{"data":[1e2],{PLACE}}}',
        f'{{"data":-0,{PLACE}}}',
        f'{{"data":"a\\/b",{PLACE}}}',
        f'{{"data":"\\u0041",{PLACE}}}',
        f'{{"data":"\\ud800",{PLACE}}}',
        f'{{"data":NaN,{PLACE}}}',
    ],
)
def test_a_hash_over_any_other_way_to_write_the_event_is_refused(text: str) -> None:
    event, body = stored_as(text)
    wrong = Chain("ba-vi", "e1").follow(1, event, body)
    assert len(wrong) == 1
    assert "the hash is" in wrong[0]


def test_one_changed_letter_of_a_canonical_text_is_a_wrong_hash() -> None:
    _, body = stored_as(f'{{{PLACE},"type":"x"}}')
    changed = body.replace('"type":"x"', '"type":"y"')
    assert "the hash is" in Chain("ba-vi", "e1").follow(1, json.loads(changed), changed)[0]
