"""What a reported dossier would change of the one that is stored."""

from __future__ import annotations

from typing import Any

import pytest

from contract.dossiers import UNNAMED_FIELD, Channel
from contract.times import from_rfc3339
from kiosk.domain.dossier import Dossier
from kiosk.domain.dossier_change import DossierChange, plan_changes

CODE = "000.00.53.H48-240414-0001"
RECEIVED, DUE = "2024-04-12T01:05:00.000Z", "2024-04-19T10:00:00.000Z"
STORED = Dossier(CODE, "1.001193", "Hộ tịch", 2, 4, from_rfc3339(RECEIVED), due_at=from_rfc3339(DUE), step="Thuế")


def row(**more: Any) -> dict[str, Any]:
    """The least that is reported of a dossier."""
    return {
        "code": CODE,
        "procedure": "1.001193",
        "field": "Hộ tịch",
        "channel": 2,
        "status": 4,
        "received_at": RECEIVED,
        **more,
    }


def change(**more: Any) -> DossierChange:
    return plan_changes([row(**more)], [STORED])[0]


def test_a_dossier_that_is_not_stored_is_new() -> None:
    (new,) = plan_changes([row(due_at=DUE, applicant_masked="Phạm V. T.")], [])
    assert (new.kind, new.before, new.goes_back, new.differences()) == ("created", None, False, [])
    assert new.after == Dossier(CODE, "1.001193", "Hộ tịch", 2, 4, STORED.received_at, due_at=STORED.due_at)


def test_what_is_left_out_stays_as_it_is() -> None:
    same = change()
    assert (same.kind, same.after, same.before, same.differences()) == ("unchanged", STORED, STORED, [])


def test_changes_come_in_the_order_of_the_report() -> None:
    other = "000.00.53.H48-240414-0002"
    made = plan_changes([row(code=other), row(status=9)], [STORED])
    assert [(one.after.code, one.kind) for one in made] == [(other, "created"), (CODE, "updated")]


def test_a_difference_names_field_before_and_after() -> None:
    finished = "2024-04-15T01:00:00.000Z"
    changed = change(status=9, finished_at=finished, step="Trả")
    assert changed.kind == "updated"
    assert changed.differences() == [("status", 4, 9), ("finished_at", None, from_rfc3339(finished))]
    assert changed.after.step == "Trả"


def test_null_takes_a_time_away() -> None:
    assert change(due_at=None).differences() == [("due_at", STORED.due_at, None)]


@pytest.mark.parametrize(
    ("before", "after", "goes_back"),
    [(9, 4, True), (10, 2, True), (7, 4, True), (4, 2, False), (9, 10, False), (4, 9, False)],
)
def test_an_ended_dossier_that_is_in_progress_again_goes_back(before: int, after: int, goes_back: bool) -> None:
    from dataclasses import replace

    (changed,) = plan_changes([row(status=after)], [replace(STORED, status=before)])
    assert changed.goes_back is goes_back


def test_a_field_nobody_can_name_does_not_replace_one_that_is_known() -> None:
    assert change(field=UNNAMED_FIELD).after.field == "Hộ tịch"
    assert plan_changes([row(field=UNNAMED_FIELD)], [])[0].after.field == UNNAMED_FIELD
    assert change(field="Đất đai").after.field == "Đất đai"


@pytest.mark.parametrize(
    ("reported", "reason"),
    [
        ({"digitised": False, "not_digitised_reason": "máy hỏng"}, "máy hỏng"),
        ({"digitised": True, "not_digitised_reason": "máy hỏng"}, None),
        ({"not_digitised_reason": "máy hỏng"}, None),
    ],
)
def test_only_a_dossier_that_is_not_digitised_has_a_reason_for_it(reported: dict[str, Any], reason: str | None) -> None:
    assert change(**reported).after.not_digitised_reason == reason
    assert plan_changes([row(**reported)], [])[0].after.not_digitised_reason == reason


def test_a_new_dossier_without_a_channel_gets_that_of_its_table_and_a_known_one_keeps_its_own() -> None:
    silent = {name: value for name, value in row().items() if name != "channel"}
    assert plan_changes([silent], [])[0].after.channel == Channel.IN_PERSON
    assert plan_changes([silent], [], Channel.POST)[0].after.channel == Channel.POST
    assert plan_changes([silent], [STORED], Channel.POST)[0].after.channel == STORED.channel
    assert plan_changes([row()], [], Channel.POST)[0].after.channel == Channel.ONLINE
