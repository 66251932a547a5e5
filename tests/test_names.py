"""One class name means one thing in the whole product; a variable is named after what it holds."""

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


VAGUE = {"told", "said", "wish", "wishes", "desk", "trouble", "opinion"}


def named_in(node: ast.AST) -> str | None:
    """The name of a variable or parameter; a field of an answer that others read keeps its own."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        return node.id
    return node.arg if isinstance(node, ast.arg) else None


def test_a_variable_is_named_after_what_it_holds() -> None:
    vague = {
        f"{short(file)}:{node.lineno} {name}"
        for file in product_files()
        for node in ast.walk(tree(file))
        if (name := named_in(node)) in VAGUE and isinstance(node, ast.Name | ast.arg)
    }
    assert not vague, "\n".join(sorted(vague))
