"""Who may import whom: the table of docs/architecture.md, enforced."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = {"kiosk", "ticket_printer", "display_board", "sync", "config"}
# room: (what of ours it may import, which libraries it may not)
RULES: dict[str, tuple[set[str], set[str]]] = {
    "config": (set(), {"flask", "sqlalchemy"}),
    "ticket_printer": ({"config"}, {"flask", "sqlalchemy"}),
    "display_board": ({"config"}, {"flask", "sqlalchemy"}),
    "sync": ({"config"}, {"flask", "sqlalchemy"}),
    "kiosk/domain": ({"kiosk.domain"}, {"flask", "sqlalchemy", "pydantic", "time"}),
    "kiosk/actions": ({"kiosk.domain", "kiosk.actions"}, {"flask", "sqlalchemy"}),
    "kiosk/store": ({"kiosk.domain", "kiosk.store"}, {"flask"}),
    "kiosk/web": (
        {"kiosk.web", "kiosk.actions", "kiosk.domain", "kiosk.store", "kiosk.reports", "kiosk.clock"},
        {"sqlalchemy"},
    ),
    "kiosk/reports": (
        {"kiosk.reports", "kiosk.domain", "kiosk.store.statistics", "kiosk.store.sql", "kiosk.web.wording"},
        {"flask"},
    ),
    "kiosk/printing": (
        {
            "kiosk.domain",
            "kiosk.actions",
            "kiosk.store",
            "kiosk.bootstrap",
            "kiosk.mouth_watch",
            "kiosk.roll_watch",
            "kiosk.slip_text",
            "kiosk.printer_words",
            "kiosk.web.wording",
            "ticket_printer",
            "config",
        },
        {"flask", "sqlalchemy"},
    ),
    "kiosk/mouth_watch": ({"ticket_printer.status"}, {"flask", "sqlalchemy"}),
    "kiosk/roll_watch": ({"kiosk.store", "kiosk.bootstrap", "ticket_printer.status"}, {"flask", "sqlalchemy"}),
}
SIMULATORS = ("sync/simulator", "ticket_printer/simulator")


def sources(room: str) -> list[Path]:
    place = ROOT / room
    return sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return found


def within(name: str, allowed: set[str]) -> bool:
    return any(name == one or name.startswith(f"{one}.") or one.startswith(f"{name}.") for one in allowed)


@pytest.mark.parametrize("room", RULES)
def test_a_room_imports_only_what_the_plan_of_the_house_allows(room: str) -> None:
    allowed, forbidden = RULES[room]
    own = room.replace("/", ".")
    wrong = []
    for path in sources(room):
        name = path.relative_to(ROOT).as_posix()
        banned = forbidden - ({"flask"} if name.startswith(SIMULATORS) else set())
        for module in imports(path):
            top = module.partition(".")[0]
            if top in OURS and not within(module, allowed | {own}):
                wrong.append(f"{name} imports {module}")
            if top in banned:
                wrong.append(f"{name} imports {module}")
    assert wrong == []


def test_only_the_clock_asks_the_machine_for_the_time() -> None:
    wrong = []
    for room in ("kiosk", "config"):
        for path in sources(room):
            text = path.read_text(encoding="utf-8")
            if path.name != "clock.py" and ("time.time(" in text or "datetime.now(" in text or "utcnow(" in text):
                wrong.append(path.relative_to(ROOT).as_posix())
    assert wrong == []
