"""Every measure by name, with what a reader of a figure must know of it.

A measure is a function from facts to a frozen dataclass. Its docstring says in the first paragraph what it is, and
under Source, Unit, Period and Rules where it comes from, in what it is counted, to which period a fact belongs, and by
which rule set. `docs/measures.md` is made from that by `scripts/measures.py`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from contract.records import dataclass

PARTS = ("Source", "Unit", "Period", "Rules")
Measuring = TypeVar("Measuring", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Measure:
    """What is said of a measure; `function` is its dotted name."""

    name: str
    function: str
    definition: str
    source: str
    unit: str
    period: str
    rules: str


MEASURES: dict[str, Measure] = {}


class Undocumented(ValueError):
    """A docstring lacks a part; the message names function and part."""


def measure(name: str) -> Callable[[Measuring], Measuring]:
    """Registers a function under its name. Raises Undocumented where the module is loaded."""

    def register(function: Measuring) -> Measuring:
        MEASURES[name] = described(name, function)
        return function

    return register


def described(name: str, function: Callable[..., Any]) -> Measure:
    """Raises Undocumented."""
    where = f"{function.__module__}.{function.__qualname__}"
    parts: dict[str, list[str]] = {"Definition": []}
    at = "Definition"
    for line in inspect.cleandoc(function.__doc__ or "").splitlines():
        title, colon, rest = line.partition(":")
        if colon and title in PARTS:
            at, parts[title] = title, [rest.strip()]
        else:
            parts[at].append(line.strip())
    texts = {part: " ".join(line for line in lines if line) for part, lines in parts.items()}
    for part in ("Definition", *PARTS):
        if not texts.get(part):
            raise Undocumented(f"{where} says nothing under {part}")
    return Measure(name, where, texts["Definition"], *(texts[part] for part in PARTS))
