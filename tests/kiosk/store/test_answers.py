"""A repeated call gets the answer that was given before."""

from __future__ import annotations

import pytest

from kiosk.store.answers import RememberedAnswer
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import NOW

ANSWER = RememberedAnswer("fingerprint", 201, '{"number": "A001"}')


def test_an_answer_belongs_to_one_key_of_one_caller_of_one_office(tables: OfficeTables, other: OfficeTables) -> None:
    tables.answers.add("hall", "k1", ANSWER, NOW)
    assert tables.answers.get("hall", "k1") == ANSWER
    assert tables.answers.get("hall", "k2") is None
    assert tables.answers.get("door", "k1") is None
    assert other.answers.get("hall", "k1") is None


def test_a_key_is_used_once(tables: OfficeTables) -> None:
    tables.answers.add("hall", "k1", ANSWER, NOW)
    with pytest.raises(Exception, match="UNIQUE constraint failed"):
        tables.answers.add("hall", "k1", ANSWER, NOW)


def test_old_answers_are_forgotten(tables: OfficeTables, other: OfficeTables) -> None:
    tables.answers.add("hall", "old", ANSWER, NOW - 1)
    tables.answers.add("hall", "young", ANSWER, NOW)
    other.answers.add("hall", "old", ANSWER, NOW - 1)
    tables.answers.purge(NOW)
    assert tables.answers.get("hall", "old") is None
    assert tables.answers.get("hall", "young") == ANSWER
    assert other.answers.get("hall", "old") == ANSWER
