"""What is a receipt, and what only looks like one."""

from __future__ import annotations

import json

import pytest

from contract.receipts import Receipt, ReceivedNumbers, RefusedEvent, read_receipt, receipt_from

DIGEST = "0123456789abcdef" * 4
WHOLE: dict[str, object] = {"epoch": "e1", "accepted_through": 7, "hash": DIGEST, "refused": []}


def changed(**fields: object) -> dict[str, object]:
    return {**WHOLE, **fields}


@pytest.mark.parametrize(
    ("value", "receipt"),
    [
        (WHOLE, Receipt("e1", 7, DIGEST)),
        (changed(epoch=None, accepted_through=0, hash="0" * 64), Receipt(None, 0, "0" * 64)),
        (changed(twin=True), Receipt("e1", 7, DIGEST, (), True)),
        (
            changed(numbers={"business_date": "2024-04-15", "last": {"A": 57, "Đ": 4}}),
            Receipt("e1", 7, DIGEST, numbers=ReceivedNumbers("2024-04-15", {"A": 57, "Đ": 4})),
        ),
        (changed(numbers={"business_date": "2024-04-15", "last": {"A": 10_000}}), Receipt("e1", 7, DIGEST)),
        (changed(numbers={"business_date": "2024-04-15", "last": {"A": True}}), Receipt("e1", 7, DIGEST)),
        (changed(numbers={"business_date": "15/04/2024", "last": {}}), Receipt("e1", 7, DIGEST)),
        (changed(numbers=[1]), Receipt("e1", 7, DIGEST)),
        (changed(something_of_tomorrow={"a": 1}), Receipt("e1", 7, DIGEST)),
        ({"epoch": "e1", "accepted_through": 2**53 - 1, "hash": DIGEST}, Receipt("e1", 2**53 - 1, DIGEST)),
        (
            changed(refused=[{"seq": 3}, {"seq": 5, "code": "no-such-service", "reason": "HT", "more": 1}]),
            Receipt("e1", 7, DIGEST, (RefusedEvent(3, "refused", ""), RefusedEvent(5, "no-such-service", "HT"))),
        ),
        (
            changed(refused=[{"seq": 3, "code": "c" * 41, "reason": "r" * 201}]),
            Receipt("e1", 7, DIGEST, (RefusedEvent(3, "c" * 40, "r" * 200),)),
        ),
    ],
)
def test_a_receipt_is_read_and_what_it_says_too_long_is_shortened(value: object, receipt: Receipt) -> None:
    assert receipt_from(value) == receipt
    assert read_receipt(json.dumps(value).encode()) == receipt


@pytest.mark.parametrize(
    "value",
    [
        changed(epoch="e" * 40),
        changed(refused=[{"seq": 3}] * 1000),
        changed(refused=[{"seq": 3, "code": "c" * 2000, "reason": "r" * 2000}]),
    ],
)
def test_a_receipt_may_be_as_large_as_the_bounds(value: object) -> None:
    assert receipt_from(value).accepted_through == 7


NO_RECEIPTS: list[object] = [
    None,
    [],
    "text",
    7,
    {},
    {name: WHOLE[name] for name in ("accepted_through", "hash")},
    {name: WHOLE[name] for name in ("epoch", "hash")},
    {name: WHOLE[name] for name in ("epoch", "accepted_through")},
    *(changed(epoch=value) for value in ("", "e" * 41, 7, True, ["e1"])),
    *(changed(accepted_through=value) for value in (-1, 2**53, True, 7.0, "7", None)),
    *(changed(hash=value) for value in ("", DIGEST[:-1], DIGEST + "0", DIGEST.upper(), DIGEST + "\n", None, 7)),
    *(changed(twin=value) for value in (1, "true", None)),
    *(changed(refused=value) for value in (None, {}, "no", [7], [{}], [{"seq": "3"}], [{"seq": 3}] * 1001)),
    *(changed(refused=[{"seq": 3, "code": value}]) for value in (None, 7, "c" * 2001)),
    *(changed(refused=[{"seq": 3, "reason": value}]) for value in (None, 7, "r" * 2001, "\ud800")),
]


@pytest.mark.parametrize("value", NO_RECEIPTS)
def test_anything_else_is_no_receipt(value: object) -> None:
    with pytest.raises(ValueError):
        receipt_from(value)
    with pytest.raises(ValueError):
        read_receipt(json.dumps(value).encode())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b'{"epoch": "e1"',
        json.dumps(WHOLE).encode("utf-16"),
        b"\xef\xbb\xbf" + json.dumps(WHOLE).encode(),
        json.dumps(WHOLE).encode() + b"x",
        b'{"epoch": "\xff"}',
        b"[" * 200_000,
        b'{"a": ' * 100_000,
    ],
)
def test_bytes_that_are_no_json_in_utf_8_are_no_receipt(body: bytes) -> None:
    with pytest.raises(ValueError):
        read_receipt(body)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ([], "not an object"),
        ({"hash": DIGEST}, "epoch is missing"),
        (changed(epoch=""), "epoch is missing"),
        (changed(epoch="e" * 41), "not a text of at most 40 letters"),
        (changed(hash=DIGEST + "0"), "not a text of at most 64 letters"),
        (changed(hash=DIGEST.upper()), "hash is not 64 hexadecimal digits"),
        (changed(accepted_through=-1), "not a position of a journal"),
        (changed(twin=1), "twin is neither true nor false"),
        (changed(refused=None), "refused is not a list of at most 1000"),
        (changed(refused=[{"seq": 3, "reason": 7}]), "not a text of at most 2000 letters"),
    ],
)
def test_what_is_wrong_with_a_receipt_is_said(value: object, why: str) -> None:
    with pytest.raises(ValueError, match=f"^{why}$"):
        receipt_from(value)


def test_a_receipt_nested_too_deeply_says_so() -> None:
    with pytest.raises(ValueError, match="nested too deeply"):
        read_receipt(b"[" * 200_000)
