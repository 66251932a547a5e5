"""Whoever catches everything hides nothing: it raises, writes the trace into the log, or hands the error on."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.sources import product_files, short, tree

EVERYTHING = {"Exception", "BaseException"}


def catching_all(source: ast.Module) -> Iterator[ast.ExceptHandler]:
    for node in ast.walk(source):
        if isinstance(node, ast.ExceptHandler):
            kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(kind is None or (isinstance(kind, ast.Name) and kind.id in EVERYTHING) for kind in kinds):
                yield node


def hides(handler: ast.ExceptHandler) -> bool:
    for node in ast.walk(handler):
        if isinstance(node, ast.Raise):
            return False
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "exception":
            return False
        if isinstance(node, ast.Assign) and any(
            isinstance(to, ast.Attribute) and to.attr == "error" for to in node.targets
        ):
            return False
    return True


def test_nobody_catches_everything_and_says_nothing() -> None:
    caught = [(short(file), one.lineno, one) for file in product_files() for one in catching_all(tree(file))]
    assert len(caught) > 20
    assert [(file, line) for file, line, one in caught if hides(one)] == []


@pytest.mark.parametrize("body", ["pass", "return None", "log.warning('x')", "value = 0"])
def test_one_that_does_would_be_noticed(body: str) -> None:
    source = ast.parse(f"def f():\n    try:\n        g()\n    except Exception as error:\n        {body}\n")
    assert [hides(one) for one in catching_all(source)] == [True]
