"""Dossiers between programs: codes, masks, statuses, and what must not stand in a text."""

from __future__ import annotations

from datetime import date

import pytest

from contract.dossiers import (
    CODE,
    FIELDS,
    FINAL,
    IN_PROGRESS,
    RESOLVED,
    SHOWN_ON_BOARD,
    STEPS,
    Channel,
    DossierInput,
    DossierStatus,
    compose_code,
    day_of_code,
    holds_personal_number,
    is_masked_name,
    mask_code,
    normalise_code,
    split_code,
)
from contract.events import DossierData

# number: (word, in progress, resolved, nothing follows, counted)
STATUSES = {
    1: ("registered", False, False, False, False),
    2: ("received", True, False, False, True),
    3: ("refused", False, False, True, False),
    4: ("processing", True, False, False, True),
    5: ("papers_asked", True, False, False, True),
    6: ("payment_asked", True, False, False, True),
    7: ("withdrawn", False, False, True, True),
    8: ("stopped", False, False, False, True),
    9: ("ready", False, True, False, True),
    10: ("returned", False, True, True, True),
}


@pytest.mark.parametrize("number", STATUSES)
def test_a_status_has_a_word_and_stands_in_its_sets(number: int) -> None:
    word, in_progress, resolved, final, _ = STATUSES[number]
    status = DossierStatus(number)
    assert STEPS[number] == word
    assert (status in IN_PROGRESS, status in RESOLVED, status in FINAL) == (in_progress, resolved, final)
    assert (status in SHOWN_ON_BOARD) == (in_progress or resolved)


def test_there_are_ten_statuses_and_twelve_fields() -> None:
    assert {int(status) for status in DossierStatus} == set(STATUSES) == {int(status) for status in STEPS}
    assert {channel.name: int(channel) for channel in Channel} == {"IN_PERSON": 1, "ONLINE": 2, "POST": 3, "VNEID": 4}
    assert FIELDS == (
        "code",
        "procedure",
        "field",
        "channel",
        "status",
        "received_at",
        "due_at",
        "finished_at",
        "carried_over",
        "digitised",
        "not_digitised_reason",
        "step",
    )


# as they stand in the circulars and in letters of provinces: both orders of the unit's parts, with and without the two
# digits of a central system before the number of the day → unit, day, number
PUBLISHED = [
    ("H48.123.45-260125-010001", "H48.123.45", date(2026, 1, 25), "010001"),
    ("H48.123.45-260125-0112345", "H48.123.45", date(2026, 1, 25), "0112345"),
    ("H48.123.45-260124-0001", "H48.123.45", date(2026, 1, 24), "0001"),
    ("000.00.53.H48-220921-0099", "000.00.53.H48", date(2022, 9, 21), "0099"),
    ("000.00.06.H56-231027-0361", "000.00.06.H56", date(2023, 10, 27), "0361"),
    ("H55.242-250630-0042", "H55.242", date(2025, 6, 30), "0042"),
]


@pytest.mark.parametrize(("code", "unit", "day", "number"), PUBLISHED)
def test_a_published_code_is_read_as_it_stands(code: str, unit: str, day: date, number: str) -> None:
    assert normalise_code(code.lower().replace("-", " - ")) == code
    assert (split_code(code)[0], day_of_code(code), split_code(code)[2]) == (unit, day, number)


@pytest.mark.parametrize("length", range(1, 15))
def test_the_number_of_the_day_has_four_to_twelve_digits(length: int) -> None:
    assert (CODE.fullmatch(f"H48.123.45-260125-{'1' * length}") is not None) is (4 <= length <= 12)


@pytest.mark.parametrize(
    "code",
    ["000.00.53.H48-240414-0001", "H48.53.00-240414-0001", "H48.242-250701-12345", "A.B.C.D.E.F-240414-000123"],
)
def test_a_code_names_unit_day_and_number(code: str) -> None:
    assert CODE.fullmatch(code)
    assert "-".join(split_code(code)) == code


@pytest.mark.parametrize(
    "code",
    ["", "H48-240414-0001", "H48.53-24041-0001", "H48.53-240414-001", "h48.53-240414-0001", "H48.53-240414-0001x"],
)
def test_a_text_of_another_form_is_no_code(code: str) -> None:
    assert not CODE.fullmatch(code)
    with pytest.raises(ValueError, match="is not a dossier code"):
        normalise_code(code.replace("h", "?"))


def test_a_code_is_composed_masked_and_normalised() -> None:
    assert compose_code("000.00.53.H48", date(2024, 4, 5), 7) == "000.00.53.H48-240405-0007"
    assert compose_code("H48.53", date(2024, 12, 31), 12345) == "H48.53-241231-12345"
    assert mask_code("000.00.53.H48-240405-0007") == "•••240405-0007"
    assert mask_code("H48.53-241231-12345") == "•••241231-2345"
    assert normalise_code(" h48.53 - 240414\t-0001 ") == "H48.53-240414-0001"


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Hộ tịch", False),
        ("14/04/2024", False),
        ("08:05 14/04/2024", False),
        ("QĐ 1234567", False),
        ("0912345678", True),
        ("(0912) 345 678", True),
        ("051/209/901/234", True),
        ("12345678", True),
        ("a@b.vn", True),
        ("14/04/2024 0912345678", True),
    ],
)
def test_phones_id_numbers_and_addresses_are_noticed_and_dates_are_not(text: str, holds: bool) -> None:
    assert holds_personal_number(text) is holds


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Phạm V. T.", True),
        ("Đỗ A. B. C. D. E.", True),
        ("Phạm", False),
        ("Phạm Văn T.", False),
        ("phạm V.", False),
        ("Phạm V. T", False),
        ("P. V.", False),
        ("Phạm 0. T.", False),
    ],
)
def test_a_masked_name_is_a_family_name_with_initials(text: str, masked: bool) -> None:
    assert is_masked_name(text) is masked


def test_a_call_and_an_event_hold_the_same_twelve_fields() -> None:
    assert set(DossierData.__annotations__) == set(FIELDS)
    assert set(DossierInput.__annotations__) == {*FIELDS, "applicant_masked"}
    assert DossierInput.__required_keys__ == frozenset()  # what is left out stays as it is known


def test_the_unit_of_a_code_is_all_that_stands_before_day_and_number() -> None:
    assert split_code("000.00.53.H48-240405-0007") == ("000.00.53.H48", "240405", "0007")
    assert split_code("H48-53-241231-12345") == ("H48-53", "241231", "12345")


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("000.00.53.H48-240415-0001", date(2024, 4, 15)),
        ("H48.53-251231-12345", date(2025, 12, 31)),
        ("H48.53-240229-0001", date(2024, 2, 29)),
        ("H48.53-250229-0001", None),
        ("H48.53-241301-0001", None),
        ("H48.53-240400-0001", None),
        ("240415", None),
        ("H48-240415-0001", None),
    ],
)
def test_a_code_names_the_day_of_its_receipt_where_a_calendar_has_it(code: str, day: date | None) -> None:
    assert day_of_code(code) == day
