"""What each role is for, and who has to be left."""

from __future__ import annotations

import pytest

from kiosk.domain.errors import LastAdministrator
from kiosk.domain.persons import DECIDES, PERSON_ROLES, Person, require_administrator_left

MAI, BAO = Person("mai", "admin"), Person("bao", "admin")


@pytest.mark.parametrize(
    ("persons", "left"),
    [
        ([MAI], False),
        ([MAI, BAO], True),
        ([MAI, BAO._replace(disabled=True)], False),
        ([MAI, BAO._replace(role="head")], False),
        ([MAI, BAO._replace(role="technician"), Person("an", "admin")], True),
        ([], False),
    ],
)
def test_an_office_without_mai_needs_another_administrator_who_may_sign_in(persons: list[Person], left: bool) -> None:
    if left:
        require_administrator_left(persons, "mai")
        return
    with pytest.raises(LastAdministrator, match='"mai" is the only administrator'):
        require_administrator_left(persons, "mai")


def test_there_are_four_roles_and_two_of_them_decide() -> None:
    assert set(PERSON_ROLES) == {"admin", "head", "technician", "reader"}
    assert {"admin", "head"} == DECIDES
