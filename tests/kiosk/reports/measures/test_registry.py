"""What is said of a measure is complete, and the page of measures is made from it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from kiosk.reports.measures.registry import MEASURES, PARTS, Undocumented, described
from scripts import measures as page

FOLDER = Path(page.__file__).resolve().parents[1] / "kiosk" / "reports" / "measures"
# they sort, or name
NO_FIGURES = {"by_dimension", "is_in", "has_result_in", "resolution_by_field", "points_of_answers"}
TOOLS = {"arithmetic.py", "registry.py"}


def test_the_page_of_measures_is_up_to_date_and_complete() -> None:
    text = page.text()
    assert page.PAGE.read_text(encoding="utf-8") == text
    assert all(f"## {name}\n" in text for name in MEASURES) and len(MEASURES) >= 14


def test_every_public_function_that_counts_is_a_measure() -> None:
    counting = {
        node.name
        for file in FOLDER.glob("*.py")
        if file.name not in TOOLS
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
    assert counting - NO_FIGURES == {one.function.rpartition(".")[2] for one in MEASURES.values()}


def test_a_measure_that_leaves_out_a_part_is_refused() -> None:
    whole = "\n".join(["What it is.", *(f"{part}: x." for part in PARTS)])
    for part in PARTS:

        def counting() -> int:
            return 0

        counting.__doc__ = whole.replace(f"{part}: x.", "")
        with pytest.raises(Undocumented, match=part):
            described("x", counting)
