"""No key of the configuration without a reader: a key that an office may set changes something."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from pydantic import BaseModel

from config.schema import Configuration
from tests.sources import ROOT, product_files, short, tree

# Keys that code reads by a name from a table, and the file with that table.
READ_BY_TABLE = {
    f"slip_words.{key}": "kiosk/printing/slip_words.py"
    for key in ("go_to_counter", "nobody_ahead", "morning", "afternoon", "follow_short", "keep_short", "again")
}
# Keys that config/ itself answers for.
READ_BY_LOADING = {
    "secrets": "config/loading.py",  # the file of secrets beside the configuration
}
# Keys that nobody reads; each goes with its first reader or with the key.
LEFT = {}


def sections(model: type[BaseModel], path: str = "") -> Iterator[tuple[str, str, Any]]:
    """Yields path, name and annotation of every key, those of tables within tables too."""
    for name, field in model.model_fields.items():
        yield f"{path}{name}", name, field
        for inner in models_in(field.annotation):
            yield from sections(inner, f"{path}{name}.")


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from models_in(argument)


KEYS = {path: {name, field.alias or name} for path, name, field in sections(Configuration)}


@cache
def words_read() -> set[str]:
    """Returns the attributes and JSON keys that programs, pages and templates read outside of config/."""
    words: set[str] = set()
    for file in product_files():
        if not short(file).startswith("config/"):
            words |= set(read_in_python(tree(file)))
    for file in (*(ROOT / "kiosk/web").rglob("*.js"), *(ROOT / "kiosk/web").rglob("*.html")):
        words |= set(re.findall(r"(?<=[\w)\]])\??\.([a-z_]\w*)", file.read_text(encoding="utf-8")))
    return words


def read_in_python(module: ast.Module) -> Iterator[str]:
    """Yields `x.word`, `x["word"]`, `x.get("word")` and words of a tuple that is looped over."""
    for node in ast.walk(module):
        match node:
            case ast.Attribute(attr=word, ctx=ast.Load()) | ast.Subscript(slice=ast.Constant(value=str(word))):
                yield word
            case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value=str(word)), *_]):
                yield word
            case ast.For(iter=ast.Tuple(elts=words)) | ast.comprehension(iter=ast.Tuple(elts=words)):
                yield from (word.value for word in words if isinstance(word, ast.Constant) and type(word.value) is str)


@pytest.mark.parametrize("path", sorted(KEYS.keys() - READ_BY_TABLE.keys() - READ_BY_LOADING.keys() - LEFT.keys()))
def test_a_key_is_read_where_the_office_works(path: str) -> None:
    assert KEYS[path] & words_read(), f"nobody reads {path}"


@pytest.mark.parametrize(("path", "file"), [*READ_BY_TABLE.items(), *READ_BY_LOADING.items()])
def test_a_key_read_by_its_name_stands_in_that_file(path: str, file: str) -> None:
    assert f'"{path.rpartition(".")[2]}"' in (ROOT / file).read_text(encoding="utf-8")


def test_only_keys_are_excused() -> None:
    assert (READ_BY_TABLE.keys() | READ_BY_LOADING.keys() | LEFT.keys()) - KEYS.keys() == set()
