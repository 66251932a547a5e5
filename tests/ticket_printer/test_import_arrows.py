"""Which part of the printer's package imports which: a circle between parts cannot come back."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "ticket_printer"
BOTTOM = {"slip", "errors"}
ARROWS = {
    "protocol": set(),
    "rendering": {"protocol"},
    "transport": set(),
    "delivery": {"protocol", "rendering", "transport"},
    "commissioning": {"protocol", "rendering", "transport", "delivery"},
    "simulator": {"protocol", "rendering"},
}


def imported(file: Path) -> set[str]:
    """The parts of the package that a file imports, wherever in it."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            modules.add(node.module)
        elif isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
    return {module.split(".")[1] for module in modules if module.startswith("ticket_printer.")}


@pytest.mark.parametrize("part", ARROWS)
def test_a_part_imports_only_those_below_it(part: str) -> None:
    for file in sorted((ROOT / part).glob("*.py")):
        assert imported(file) <= ARROWS[part] | BOTTOM | {part}, file.name


def test_every_folder_has_its_row() -> None:
    assert {path.name for path in ROOT.iterdir() if path.is_dir() and path.name != "__pycache__"} == set(ARROWS)
