"""What is known of a printer, as a value and as the API's JSON."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from kiosk.printing.health import PrinterHealth, PrinterHealthRegistry, health_shape
from kiosk.printing.presenter import PresentedSlip

HALL = PrinterHealth(
    state="fault",
    reason="paper_out",
    since=1_713_143_100_000,
    near_end=True,
    slips_left=0,
    occupied=True,
    blocked=True,
    presented=PresentedSlip("A012", "in_mouth", 1_713_143_000_000),
    mute=False,
    fallback="gate",
    for_citizen="Máy hết giấy.",
    for_staff="Hết giấy: lắp cuộn mới.",
    checked_at=1_713_143_200_000,
)


def test_the_api_tells_thirteen_things_of_a_printer() -> None:
    assert health_shape(HALL) == {
        "state": "fault",
        "reason": "paper_out",
        "near_end": True,
        "since": 1_713_143_100_000,
        "slips_left": 0,
        "mouth": True,
        "behind": True,
        "held_out": {"number": "A012", "state": "in_mouth", "since": 1_713_143_000_000},
        "mute": False,
        "fallback": "gate",
        "for_citizen": "Máy hết giấy.",
        "for_staff": "Hết giấy: lắp cuộn mới.",
        "checked_at": 1_713_143_200_000,
    }


def test_what_nobody_knows_yet_is_empty() -> None:
    assert health_shape(PrinterHealth("unknown", "no_answer")) == {
        "state": "unknown",
        "reason": "no_answer",
        "near_end": False,
        "since": 0,
        "slips_left": None,
        "mouth": False,
        "behind": False,
        "held_out": None,
        "mute": False,
        "fallback": None,
        "for_citizen": None,
        "for_staff": "",
        "checked_at": 0,
    }


def test_of_a_printer_without_a_presenter_no_slip_is_told() -> None:
    shape = health_shape(PrinterHealth("ok", None, fallback=None, mute=True))
    assert (shape["held_out"], shape["mouth"], shape["behind"]) == (None, False, False)
    assert (shape["slips_left"], shape["for_citizen"], shape["mute"]) == (None, None, True)


def test_nobody_changes_what_is_known_of_a_printer_but_its_worker() -> None:
    with pytest.raises(FrozenInstanceError):
        HALL.state = "ok"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("health", "well"),
    [
        (PrinterHealth("ok", None), True),
        (PrinterHealth("ok", None, near_end=True), True),
        (PrinterHealth("fault", "paper_out"), False),
        (PrinterHealth("unknown", "no_answer"), False),
        (None, False),
    ],
)
def test_only_a_printer_that_said_so_is_known_to_be_well(health: PrinterHealth | None, well: bool) -> None:
    registry = PrinterHealthRegistry()
    if health is not None:
        registry.publish("hall", health)
    assert registry.is_ok("hall") is well
    assert registry.get("hall") == health


def test_each_printer_has_its_own_health_and_the_last_one_counts() -> None:
    registry = PrinterHealthRegistry()
    registry.publish("hall", HALL)
    registry.publish("gate", PrinterHealth("unknown", "no_answer"))
    registry.publish("gate", PrinterHealth("ok", None))
    assert registry.names() == ["hall", "gate"]
    assert {name: shape["state"] for name, shape in registry.shapes().items()} == {"hall": "fault", "gate": "ok"}


def test_a_new_roll_shows_at_once_and_changes_nothing_else() -> None:
    registry = PrinterHealthRegistry()
    registry.publish("hall", HALL)
    registry.set_slips_left("hall", 700)
    registry.set_slips_left("gate", 700)
    changed = registry.get("hall")
    assert changed is not None and changed.slips_left == 700
    assert (changed.state, changed.presented, registry.names()) == ("fault", HALL.presented, ["hall"])
