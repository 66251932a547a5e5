"""What the doctor says of who reads along on the office's network."""

from __future__ import annotations

import pytest

from config.schema import ServerSection
from kiosk.maintenance.doctor.doors import check_doors
from kiosk.maintenance.doctor.results import Mark, PartReport

GUARDED = {"tls_bind": "0.0.0.0:8443", "staff_bind": "0.0.0.0:8444"}


@pytest.mark.parametrize(
    ("server", "marks"),
    [
        ({}, [Mark.WELL]),
        (GUARDED, [Mark.WELL]),
        ({"tls_bind": "0.0.0.0:8443"}, [Mark.LOOK]),
        ({"bind": "0.0.0.0:8080"}, [Mark.LOOK, Mark.LOOK]),
        ({"bind": "0.0.0.0:8080"} | GUARDED, [Mark.LOOK]),
    ],
)
def test_an_open_door_is_looked_at(server: dict[str, str], marks: list[Mark]) -> None:
    assert [result.mark for result in check_doors(PartReport("Network"), ServerSection(**server))] == marks  # type: ignore[arg-type]


def test_it_says_so_in_vietnamese_with_what_to_do() -> None:
    plain, staff = check_doors(PartReport("Network"), ServerSection(bind="0.0.0.0:8080"))
    assert plain.part == "Mạng" and "không được mã hóa ([server] bind = 0.0.0.0:8080)" in plain.text
    assert "/ca" in plain.todo and "staff_bind" in staff.todo
