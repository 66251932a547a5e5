"""The doctor calls the one-stop system."""

from __future__ import annotations

import pytest

from config.followers import ConnectorSection
from kiosk.maintenance.doctor import upstream
from kiosk.maintenance.doctor.results import Mark, PartReport
from sync.checkup import Checkup

TINH = ConnectorSection.model_validate({"name": "tinh", "url": "https://motcua.example.vn/events"})


@pytest.mark.parametrize(
    ("found", "marks"),
    [
        (Checkup(None), [Mark.WELL]),
        (Checkup(None, 30, 30), [Mark.WELL]),
        (Checkup(None, 29, 400), [Mark.WELL, Mark.LOOK]),
        (Checkup(None, 400, -1), [Mark.WELL, Mark.LOOK]),
        (Checkup("máy chủ không trả lời", None, 3), [Mark.BROKEN, Mark.LOOK]),
    ],
)
def test_a_line_and_its_certificates(found: Checkup, marks: list[Mark], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upstream, "check_upstream", lambda *_: found)
    told = list(upstream.check_lines(PartReport("Line"), [TINH], 0))
    assert [one.mark for one in told] == marks
    assert (found.problem or "nối được") in told[0].text and "motcua.example.vn" in told[0].text
    assert all(one.todo for one in told if one.mark is not Mark.WELL)


def test_an_office_without_a_one_stop_system_is_told_so() -> None:
    (found,) = upstream.check_lines(PartReport("Line"), [], 0)
    assert found.mark is Mark.LOOK and "[[sync.connector]]" in found.todo
