"""One class name means one thing in the whole product."""

from __future__ import annotations

import ast
from collections import defaultdict

from tests.sources import product_files, short, tree


def classes() -> dict[str, list[str]]:
    """Returns where each class name at module level is defined."""
    places: dict[str, list[str]] = defaultdict(list)
    for file in product_files():
        for node in tree(file).body:
            if isinstance(node, ast.ClassDef):
                places[node.name].append(short(file))
    return places


def test_a_class_name_means_one_thing() -> None:
    doubled = {name: files for name, files in classes().items() if len(files) > 1}
    assert doubled == {}
