"""A text that fits the shape of an earlier one is canonical, and only then, as another library says."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from kiosk.verify import shapes as shapes_module
from kiosk.verify.chain import NOTHING, Chain
from kiosk.verify.shapes import MOST_OF_A_TYPE, Shapes

LIMIT = 2**53 - 1
plain = st.text(st.characters(codec="utf-8", exclude_characters='"\\', min_codepoint=0x20), max_size=6)
atoms = st.none() | st.booleans() | st.integers(-LIMIT, LIMIT) | plain
values = st.recursive(
    atoms, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(plain, inner, max_size=3), max_leaves=6
)
datas = st.dictionaries(plain, values, max_size=4)


def stored(data: Any, seq: int = 1, before: str = NOTHING) -> tuple[dict[str, Any], str]:
    """An event and its text, both by another library."""
    event = {"data": data, "epoch": "e1", "office": "ba-vi", "prev_hash": before, "seq": seq, "type": "x"}
    event["hash"] = sha256(rfc8785.dumps(event)).hexdigest()
    text = rfc8785.dumps(event).decode()
    ordered: dict[str, Any] = json.loads(text)
    return ordered, text


def replaced(value: Any, atom: Any) -> Any:
    """The same names and lengths with another atom everywhere."""
    if isinstance(value, dict):
        return {name: replaced(inner, atom) for name, inner in value.items()}
    return [replaced(inner, atom) for inner in value] if isinstance(value, list) else atom


@given(datas, atoms)
def test_other_atoms_in_the_same_places_fit(data: Any, atom: Any) -> None:
    shapes = Shapes("ba-vi", "e1", learn_from=1)
    shapes.learn(*stored(data))
    assert shapes.match(stored(replaced(data, atom), 2, "f" * 64)[1]) is not None


@given(datas, datas)
def test_a_text_of_another_event_fits_only_when_it_is_canonical(learned: Any, other: Any) -> None:
    shapes = Shapes("ba-vi", "e1", learn_from=1)
    shapes.learn(*stored(learned))
    event, text = stored(other)
    for writing in (text, json.dumps(event), json.dumps(event, ensure_ascii=False, separators=(",", ":"))):
        if shapes.match(writing) is not None:
            assert writing == text


BROKEN = [
    ('"a":1', '"a":1.0'),
    ('"a":1', '"a":-0'),
    ('"a":1', '"a":01'),
    ('"a":1', '"a":1e2'),
    ('"a":1', '"a": 1'),
    ('"a":1', '"a":NaN'),
    ('"a":1', '"a":"\\u0041"'),
    ('"a":1', '"a":"\n"'),
    ('"a":1', '"a":"\x1f"'),
    ('"a":1', '"a":"\x00"'),
    ('"a":1', '"a":"\\"'),
    ('"a":1', '"a":1,"a":1'),
    ('"a":1,"b":[true]', '"b":[true],"a":1'),
    ('"epoch":"e1"', '"epoch":"e2"'),
    ('"office":"ba-vi"', '"office":"ba-to"'),
    ('"type":"x"}', '"type":"x"} '),
    ('"type":"x"}', '"type":"x","z":1}'),
]


@pytest.mark.parametrize(("right", "wrong"), BROKEN)
def test_any_other_writing_fits_no_shape(right: str, wrong: str) -> None:
    shapes = Shapes("ba-vi", "e1", learn_from=1)
    event, text = stored({"a": 1, "b": [True]})
    shapes.learn(event, text)
    assert right in text and shapes.match(text) is not None
    assert shapes.match(text.replace(right, wrong)) is None


@pytest.mark.parametrize(
    "letter", [" ", "!", "#", "[", "]", "^", "~", "\x7f", "\x80", "ế", "\uffff", "\U0001d11e", "\U0010ffff"]
)
def test_any_letter_that_stands_for_itself_fits(letter: str) -> None:
    shapes = Shapes("ba-vi", "e1", learn_from=1)
    shapes.learn(*stored({"a": 1}))
    assert shapes.match(stored({"a": f"{letter}x{letter}"})[1]) is not None


def test_a_text_that_is_not_canonical_teaches_nothing() -> None:
    chain = Chain("ba-vi", "e1", learn_from=1)
    event, text = stored({"a": 1, "b": 2})
    turned = text.replace('"a":1,"b":2', '"b":2,"a":1')
    chain.follow(1, json.loads(turned), turned)
    digest = sha256(turned.replace(f'"hash":"{event["hash"]}",', "").replace('"seq":1', '"seq":2').encode()).hexdigest()
    again = turned.replace(event["hash"], digest).replace('"seq":1', '"seq":2')
    assert not chain.follows(2, again)


@pytest.mark.parametrize(
    "change",
    [lambda text: text.replace('"a":5', '"a":6'), lambda text: text.replace("f", "e"), lambda text: text + " "],
    ids=["a figure", "a digest", "a blank"],
)
def test_what_was_changed_does_not_plainly_follow(change: Any) -> None:
    chain = Chain("ba-vi", "e1", learn_from=1)
    event, text = stored({"a": 1, "b": "f"})
    assert chain.follow(1, event, text) == []
    second = stored({"a": 5, "b": "f"}, 2, event["hash"])[1]
    assert not chain.follows(2, change(second)) and not chain.follows(3, second)
    assert chain.follows(2, second) and (chain.seq, chain.hash) == (2, json.loads(second)["hash"])
    assert not chain.follows(3, stored({"a": 1, "b": ""}, 3, NOTHING)[1]), "tied to another event"
    assert not chain.follows(3, stored({"a": 1, "b": ""}, 4, chain.hash)[1]), "names another seq"


def test_not_every_way_to_write_a_type_is_remembered() -> None:
    shapes = Shapes("ba-vi", "e1", learn_from=1)
    for length in range(MOST_OF_A_TYPE + 3):
        shapes.learn(*stored({"list": [1] * length}))
    assert shapes.match(stored({"list": [1] * (MOST_OF_A_TYPE - 1)})[1]) is not None
    assert shapes.match(stored({"list": [1] * (MOST_OF_A_TYPE + 1)})[1]) is None


def typed(kind: str) -> tuple[dict[str, Any], str]:
    """An event of another type and its text."""
    event, text = stored({"a": 1})
    return {**event, "type": kind}, text.replace('"type":"x"', f'"type":"{kind}"')


def test_no_more_shapes_than_the_bound_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes_module, "MOST", 2)
    shapes = Shapes("ba-vi", "e1", learn_from=1)
    for kind in ("one", "two", "three"):
        shapes.learn(*typed(kind))
    known = [kind for kind in ("one", "two", "three") if shapes.match(typed(kind)[1]) is not None]
    assert known == ["one", "two"]


def test_a_shape_is_made_only_of_a_type_that_comes_again_and_again() -> None:
    shapes = Shapes("ba-vi", "e1", learn_from=3)
    for _ in range(2):
        shapes.learn(*typed("often"))
        shapes.learn(*typed("seldom"))
    assert shapes.match(typed("often")[1]) is None
    shapes.learn(*typed("often"))
    assert shapes.match(typed("often")[1]) is not None and shapes.match(typed("seldom")[1]) is None
