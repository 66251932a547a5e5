"""Files and functions short enough to be read at once, rooms small enough to find something in."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

from tests.sources import ROOT, TOP, product_files, short, tree

FILE_LINES = 300
FUNCTION_LINES = 40
ROOM_LINES = 6_000
KIOSK_FILES_ON_TOP = 6


def lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def functions() -> dict[str, int]:
    """Returns the length of each function, from its first decorator to its last line."""
    lengths: dict[str, int] = {}
    for file in product_files():
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                lengths[f"{short(file)}:{node.name}:{node.lineno}"] = node.end_lineno - node.lineno + 1
    return lengths


def test_no_file_is_longer_than_300_lines() -> None:
    long = {short(file) for file in product_files() if lines(file) > FILE_LINES}
    assert long == set()


def test_no_function_is_longer_than_40_lines() -> None:
    long = {name.rpartition(":")[0] for name, length in functions().items() if length > FUNCTION_LINES}
    assert long == set()


def test_most_files_and_functions_are_short() -> None:
    assert median(lines(file) for file in product_files()) <= 90
    assert median(functions().values()) <= 8


def test_every_function_says_what_it_returns() -> None:
    without = [
        f"{short(file)}:{node.lineno} {node.name}"
        for file in product_files()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is None
    ]
    assert without == []


def test_few_files_lie_on_top_of_the_service() -> None:
    on_top = [file.name for file in (ROOT / "kiosk").glob("*.py") if file.name != "__init__.py"]
    assert len(on_top) <= KIOSK_FILES_ON_TOP


def test_a_room_of_more_than_6000_lines_has_rooms_of_its_own() -> None:
    rooms = {file.parent for file in product_files()}
    big = {short(room) for room in rooms if sum(lines(file) for file in room.glob("*.py")) > ROOM_LINES}
    assert big == set()


def test_no_line_is_kept_from_the_formatter() -> None:
    kept = [short(file) for file in product_files() if "fmt: " in file.read_text(encoding="utf-8")]
    assert kept == []


def test_the_tests_are_as_long_as_what_they_test() -> None:
    def total(tops: tuple[str, ...]) -> int:
        return sum(lines(file) for top in tops for kind in ("*.py", "*.js") for file in (ROOT / top).rglob(kind))

    assert total(("tests",)) >= total(TOP)
