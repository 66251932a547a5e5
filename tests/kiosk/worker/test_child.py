"""The child process within the bounds that the service's unit sets it."""

from __future__ import annotations

from pathlib import Path

UNIT = Path(__file__).resolve().parents[3] / "systemd" / "motcua-kiosk.service"


def test_the_unit_lets_children_step_back_and_says_so() -> None:
    lines = UNIT.read_text(encoding="utf-8").splitlines()
    denied = next(place for place, line in enumerate(lines) if line.startswith("SystemCallFilter=~"))
    assert lines.index("SystemCallFilter=setpriority") > denied, "what is allowed again stands behind what is denied"
    assert "Environment=MOTCUA_CHILDREN_STEP_BACK=1" in lines
