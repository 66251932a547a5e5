"""Dossiers: in the words of the contract, and how long a masked name may be kept with one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.dossier import SHOWN_DECIDED_MS, Dossier, dossier_data, may_be_named

DAY = 24 * 3600_000
NOW = 1_713_000_000_000
DOSSIER = Dossier("000.00.53.H48-240414-0001", "1.001193", "Hộ tịch", 2, 4, NOW - 5 * DAY)


@pytest.mark.parametrize("status", [2, 4, 5, 6])
def test_a_dossier_in_progress_may_be_named(status: int) -> None:
    assert may_be_named(replace(DOSSIER, status=status), frozenset({"Hộ tịch"}), NOW)


@pytest.mark.parametrize("status", [9, 10])
@pytest.mark.parametrize(("days", "named"), [(0, True), (3, True), (3.0001, False)])
def test_a_decided_dossier_may_be_named_for_three_days(status: int, days: float, named: bool) -> None:
    decided = replace(DOSSIER, status=status, finished_at=NOW - int(days * DAY))
    assert may_be_named(decided, frozenset({"Hộ tịch"}), NOW) is named


@pytest.mark.parametrize("status", [1, 3, 7, 8])
def test_a_dossier_that_ended_otherwise_is_not_named(status: int) -> None:
    assert not may_be_named(replace(DOSSIER, status=status, finished_at=NOW), frozenset({"Hộ tịch"}), NOW)


def test_only_fields_whose_names_the_office_shows_are_named() -> None:
    assert not may_be_named(DOSSIER, frozenset({"Đất đai"}), NOW)
    assert not may_be_named(DOSSIER, frozenset(), NOW)


def test_a_decided_dossier_without_a_date_is_not_named() -> None:
    assert not may_be_named(replace(DOSSIER, status=9), frozenset({"Hộ tịch"}), NOW)
    assert may_be_named(replace(DOSSIER, status=9), frozenset({"Hộ tịch"}), SHOWN_DECIDED_MS)
    assert not may_be_named(replace(DOSSIER, status=9), frozenset({"Hộ tịch"}), SHOWN_DECIDED_MS + 1)


def test_a_dossier_is_told_with_times_as_text() -> None:
    whole = replace(
        DOSSIER,
        received_at=1_712_883_910_123,
        due_at=1_712_970_000_000,
        finished_at=1_712_980_000_000,
        carried_over=True,
        digitised=False,
        not_digitised_reason="máy hỏng",
        step="Thuế",
    )
    assert dossier_data(whole) == {
        "code": "000.00.53.H48-240414-0001",
        "procedure": "1.001193",
        "field": "Hộ tịch",
        "channel": 2,
        "status": 4,
        "received_at": "2024-04-12T01:05:10.123Z",
        "due_at": "2024-04-13T01:00:00.000Z",
        "finished_at": "2024-04-13T03:46:40.000Z",
        "carried_over": True,
        "digitised": False,
        "not_digitised_reason": "máy hỏng",
        "step": "Thuế",
    }


def test_what_is_not_known_of_a_dossier_is_null() -> None:
    data = dossier_data(DOSSIER)
    assert (data["due_at"], data["finished_at"], data["step"], data["not_digitised_reason"]) == (None,) * 4
    assert (data["carried_over"], data["digitised"]) == (False, True)
