"""The life of a browser, with a clock, hands and a monitor that the test moves."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from kiosk.domain.calendar import OpeningHours
from kiosk.public_screens.blanking import hours_of
from kiosk.public_screens.screen import SCREENS
from kiosk.public_screens.session import ScreenSession, Surroundings
from tests.kiosk.public_screens.test_blanking import OFFICE
from tests.office import FixedClock


class FakeBrowser:
    def __init__(self, profile: Path, is_deaf: bool = False) -> None:
        (profile / "cookies").write_text("of the citizen", encoding="utf-8")
        self.code: int | None = None
        self.is_deaf = is_deaf
        self.killed = False

    def poll(self) -> int | None:
        return self.code

    def terminate(self) -> None:
        self.code = self.code if self.is_deaf else 0

    def kill(self) -> None:
        self.killed, self.code = True, -9

    def wait(self, timeout: float | None = None) -> int:
        if self.code is None:
            raise subprocess.TimeoutExpired("browser", timeout or 0)
        return self.code


class Hall:
    """A public screen in a hall, with the hands of a citizen."""

    def __init__(self, kind: str, folder: Path, hours: OpeningHours | None = None) -> None:
        self.clock, self.profile = FixedClock(), folder / "profile"
        self.browsers: list[FakeBrowser] = []
        self.touched_at = 0.0
        self.monitor: list[bool] = []
        self.hours = hours
        self.deaf = False
        outside = Surroundings(
            self.start,
            lambda: self.clock.monotonic() - self.touched_at,
            self.clock.monotonic,
            self.clock.now_ms,
            lambda: self.hours,
            self.monitor.append,
        )
        self.session = ScreenSession(SCREENS[kind], self.profile, outside)
        self.session.step()

    def start(self) -> FakeBrowser:
        self.browsers.append(FakeBrowser(self.profile, self.deaf))
        return self.browsers[-1]

    def passes(self, seconds: float, touched: bool = False) -> None:
        self.clock.passes(seconds)
        if touched:
            self.touched_at = self.clock.monotonic()
        self.session.step()


@pytest.fixture
def filing(tmp_path: Path) -> Hall:
    return Hall("filing", tmp_path)


def test_what_a_citizen_left_on_a_filing_pc_is_wiped_three_minutes_later(filing: Hall) -> None:
    filing.passes(30, touched=True)
    mark = filing.profile / "cookies"
    mark.write_text("signed in", encoding="utf-8")
    filing.passes(179)
    assert len(filing.browsers) == 1 and mark.read_text() == "signed in"
    filing.passes(2)
    assert len(filing.browsers) == 2
    assert mark.read_text() == "of the citizen", "a new profile, made by the new browser"


def test_a_filing_pc_that_nobody_used_is_left_alone(filing: Hall) -> None:
    for _ in range(100):
        filing.passes(60)
    assert len(filing.browsers) == 1


def test_it_is_wiped_once_for_each_who_used_it(filing: Hall) -> None:
    for _ in range(3):
        filing.passes(10, touched=True)
        for _ in range(10):
            filing.passes(60)
    assert len(filing.browsers) == 4


def test_a_closed_window_ends_a_visit_at_once(filing: Hall) -> None:
    filing.passes(10, touched=True)
    (filing.profile / "form").write_text("a name", encoding="utf-8")
    filing.browsers[-1].code = 0
    filing.passes(1)
    assert len(filing.browsers) == 2 and not (filing.profile / "form").exists()


@pytest.mark.parametrize("kind", ["kiosk", "tablet"])
def test_a_kiosk_keeps_its_token_and_its_unsent_ratings(kind: str, tmp_path: Path) -> None:
    hall = Hall(kind, tmp_path)
    (hall.profile / "token").write_text("of the device", encoding="utf-8")
    hall.passes(10, touched=True)
    hall.passes(3600)
    assert len(hall.browsers) == 1
    hall.browsers[-1].code = 1  # it crashed
    hall.passes(1)
    assert len(hall.browsers) == 2 and (hall.profile / "token").exists()


def test_a_browser_that_does_not_end_is_killed(tmp_path: Path) -> None:
    hall = Hall("filing", tmp_path)
    hall.browsers[-1].is_deaf = True
    hall.passes(10, touched=True)
    hall.passes(200)
    assert hall.browsers[0].killed and len(hall.browsers) == 2


def test_the_monitor_is_switched_at_the_edges_of_the_day_only(tmp_path: Path) -> None:
    hall = Hall("kiosk", tmp_path, hours_of(OFFICE))  # Monday 08:05
    assert hall.monitor == [True]
    for _ in range(48):
        hall.passes(1800)
    assert hall.monitor == [True, False, True]


def test_hours_that_were_known_stay_while_the_service_is_away(tmp_path: Path) -> None:
    hall = Hall("kiosk", tmp_path, hours_of(OFFICE))
    hall.hours = None
    hall.passes(12 * 3600)  # 20:05
    assert hall.monitor == [True, False]


def test_while_the_hours_are_not_known_it_is_lit(tmp_path: Path) -> None:
    hall = Hall("kiosk", tmp_path)
    hall.passes(12 * 3600)
    assert hall.monitor == [True]
