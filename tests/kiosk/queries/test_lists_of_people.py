"""Every page that lists people lists them as an office does: by the given name, Đ behind D, tones last."""

from __future__ import annotations

from kiosk.queries.equipment import read_clerks
from kiosk.queries.persons import read_persons, read_staff
from tests.office import OfficeStory

IN_ORDER = ["Trần An", "Lê Ân", "Hồ Dũng", "Phạm Thị Đào", "Bùi Ý"]


def test_clerks_and_persons_stand_by_given_name(small_office: OfficeStory) -> None:
    with small_office.app.store.writing() as tables:
        for place, name in enumerate(sorted(IN_ORDER)):
            tables.clerks.add(f"c{place}", name, "")
            tables.persons.add(name, "", "reader")
    with small_office.app.store.reading() as reading:
        listed = [
            [name for _, name in read_clerks(reading)],
            [one.name for one in read_staff(reading)],
            [one.person.name for one in read_persons(reading, 0)],
        ]
    assert [[name for name in names if name in IN_ORDER] for names in listed] == [IN_ORDER] * 3
