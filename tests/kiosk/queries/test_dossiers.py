"""Dossiers as citizens and connectors read them; procedures as citizens look for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contract.fields import ServiceFields, field_rules
from contract.times import from_rfc3339
from kiosk.actions.dossiers import put_dossiers
from kiosk.domain.dossier import Dossier
from kiosk.queries.dossiers import find_dossier, public_dossier, read_batch
from tests.office import OfficeStory

NOON = from_rfc3339("2024-04-15T12:00:00+07:00")
HOUR = 3600_000
NOTHING_WITHHELD = field_rules(())


def dossier(ordinal: int = 1, status: int = 4, due_at: int | None = None, finished_at: int | None = None) -> Dossier:
    code = f"000.00.53.H48-240410-{ordinal:04}"
    return Dossier(code, "1.000656", "Đất đai", 1, status, NOON - 5 * HOUR, due_at, finished_at, step="Thẩm định")


@pytest.mark.parametrize(
    ("due_in_h", "finished_in_h", "late"),
    [
        (None, None, False),
        (1, None, False),
        (0, None, False),
        (-1, None, True),
        (-1, -2, False),
        (-1, -1, False),
        (-2, -1, True),
        (1, -1, False),
    ],
)
def test_late_is_what_was_finished_or_still_is_not_after_its_date(
    due_in_h: int | None, finished_in_h: int | None, late: bool
) -> None:
    due_at = None if due_in_h is None else NOON + due_in_h * HOUR
    finished_at = None if finished_in_h is None else NOON + finished_in_h * HOUR
    assert public_dossier(dossier(due_at=due_at, finished_at=finished_at), NOTHING_WITHHELD, NOON).late is late


def test_a_citizen_sees_the_masked_code_and_the_step_in_the_offices_own_words() -> None:
    seen = public_dossier(dossier(12), NOTHING_WITHHELD, NOON)
    assert (seen.code_masked, seen.field, seen.status, seen.step) == ("•••240410-0012", "Đất đai", 4, "processing")
    assert set(seen.__slots__) == {
        "code_masked",
        "field",
        "status",
        "step",
        "received_at",
        "due_at",
        "finished_at",
        "late",
        "service",
    }


def test_of_a_sensitive_field_whoever_looks_at_the_kiosk_sees_the_steps_only() -> None:
    rules = field_rules((ServiceFields(("Đất đai",), sensitive=("đất  ĐAI",)),))
    seen = public_dossier(dossier(12), rules, NOON)
    assert (seen.field, seen.step) == ("", "processing")


def test_whoever_must_come_to_a_counter_is_told_which_also_of_a_sensitive_field(
    small_office: OfficeStory,
) -> None:
    office = small_office.app.office
    with small_office.unit("sync") as unit:
        put_dossiers(unit, [replace(dossier(12), field="nuôi  con NUÔI"), replace(dossier(13), field="Khác")])
    with small_office.app.store.reading() as reading:
        seen = [
            find_dossier(reading, code, office.field_rules, NOON, office.service_of_field)
            for code in ("000.00.53.H48-240410-0012", "000.00.53.H48-240410-0013")
        ]
    assert [(one.field, one.service) for one in seen if one] == [("", "HT"), ("", None)]


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("000.00.53.H48-240410-0012", True),
        (" 000.00.53.h48-240410-0012 ", True),
        ("000.00.53.H48 - 240410 - 0012", True),
        ("000.00.53.H48-240410-0013", False),
        ("240410-0012", False),
        ("", False),
        ("'; drop table dossiers", False),
    ],
)
def test_a_code_is_found_as_people_type_it_and_a_wrong_one_like_an_unknown_one(
    small_office: OfficeStory, typed: str, known: bool
) -> None:
    with small_office.unit("sync") as unit:
        put_dossiers(unit, [dossier(12)])
    with small_office.app.store.reading() as reading:
        assert (find_dossier(reading, typed, NOTHING_WITHHELD, NOON) is not None) is known


def test_dossiers_are_read_in_batches_behind_the_last_code(small_office: OfficeStory) -> None:
    with small_office.unit("sync") as unit:
        put_dossiers(unit, [dossier(n) for n in range(1, 504)])
    with small_office.app.store.reading() as reading:
        first = read_batch(reading, "")
        second = read_batch(reading, first.next or "")
        third = read_batch(reading, second.next or "")
    assert (len(first.dossiers), first.next) == (500, "000.00.53.H48-240410-0500")
    assert [one.code[-4:] for one in second.dossiers] == ["0501", "0502", "0503"]
    assert (third.dossiers, third.next) == ((), None)
