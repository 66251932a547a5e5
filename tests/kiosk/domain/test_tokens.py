"""Random tokens and their hashes."""

from __future__ import annotations

import re

import pytest

from kiosk.domain.tokens import (
    certificate_fingerprint,
    hash_token,
    new_pairing_code,
    new_public_token,
    new_rating_token,
    new_token,
)


def test_the_hash_of_a_token_is_sha_256() -> None:
    assert hash_token("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    ("make", "form"),
    [
        (new_token, r"[0-9A-Za-z_-]{43}"),  # 256 bits of six a letter
        (new_rating_token, r"[0-9A-Za-z_-]{22}"),  # 128 bits
        (new_public_token, r"[1-9A-HJ-NP-Za-km-z]{12}"),
        (new_pairing_code, r"[B-DF-HJ-NP-TV-XZ]{8}"),
    ],
)
def test_a_token_has_its_length_and_letters_and_never_comes_twice(make: object, form: str) -> None:
    assert callable(make)
    made = {make() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(form, token) for token in made)


@pytest.mark.parametrize(("make", "letters"), [(new_public_token, 58), (new_pairing_code, 20)])
def test_every_letter_can_come_up(make: object, letters: int) -> None:
    assert callable(make)
    assert len(set("".join(make() for _ in range(500)))) == letters


def test_a_fingerprint_is_read_in_groups_of_four() -> None:
    # printf abc | sha256sum
    assert certificate_fingerprint(b"abc") == (
        "BA78 16BF 8F01 CFEA 4141 40DE 5DAE 2223 B003 61A3 9617 7A9C B410 FF61 F200 15AD"
    )
