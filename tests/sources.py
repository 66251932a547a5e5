"""The product's Python files, for tests about the tree itself."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOP = ("contract", "config", "kiosk", "ticket_printer", "display_board", "sync")


@cache
def product_files() -> tuple[Path, ...]:
    """Returns every Python file that is shipped."""
    return tuple(sorted(file for top in TOP for file in (ROOT / top).rglob("*.py")))


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def short(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def module(file: Path) -> str:
    """Returns the dotted name of a file's module."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
