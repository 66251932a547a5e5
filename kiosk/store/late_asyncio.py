"""Puts off asyncio, 1.4 MiB that SQLAlchemy imports for coroutines that are never used here, until it is asked for."""

from __future__ import annotations

import inspect
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

NAME = "asyncio"


class LateAsyncio(ModuleType):
    """Stands for asyncio; the first name that is asked of it, but the one that SQLAlchemy needs at once, loads it."""

    iscoroutine = staticmethod(inspect.iscoroutine)

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(NAME) is self:
            del sys.modules[NAME]
        return getattr(import_module(NAME), name)


def put_off() -> None:
    """Leaves asyncio as it is where it was imported already."""
    sys.modules.setdefault(NAME, LateAsyncio(NAME))
