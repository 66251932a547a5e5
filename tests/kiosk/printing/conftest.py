from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kiosk.printing.fake_printer import FakePrinter, PrintOffice
from tests.kiosk.printing.hall import Hall, Room

Opener = Callable[..., PrintOffice]


@pytest.fixture
def hall(home: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    rooms: list[Room] = []

    def furnish(**printers: dict[str, Any]) -> Room:
        rooms.append(Room(home, monkeypatch, printers))
        return rooms[-1]

    yield furnish
    for room in rooms:
        room.close()


@pytest.fixture
def opener(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    offices: list[PrintOffice] = []

    def opened(**printers: str | None) -> PrintOffice:
        offices.append(PrintOffice(str(home), monkeypatch, **printers))
        return offices[-1]

    yield opened
    for office in offices:
        office.close()


@pytest.fixture
def office(opener: Opener) -> PrintOffice:
    """With one printer, which was polled once."""
    made = opener(hall=None)
    made.run()
    return made


@pytest.fixture
def printer(office: PrintOffice) -> FakePrinter:
    return office.printers["hall"]


@pytest.fixture
def two(opener: Opener) -> PrintOffice:
    """The left printer has the right one as its fallback printer; both are well."""
    made = opener(left="right", right=None)
    made.run("left")
    made.run("right")
    return made
