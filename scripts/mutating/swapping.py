"""Two ways to put a mutant into a process: swap the code of functions, or change a module as it is imported."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from inspect import CO_OPTIMIZED
from pathlib import Path
from types import CodeType, FunctionType, ModuleType


def codes(code: CodeType) -> Iterator[CodeType]:
    """Yields a code object and all within it, outer first."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes(constant)


def changed_codes(path: Path, source: str, mutated: str) -> dict[CodeType, CodeType] | None:
    """Pairs the code objects that a mutation changes; None if only a new import shows the mutant.

    That is so when the module's own level changes, or the functions within a function become others.
    """
    before = list(codes(compile(source, str(path), "exec", dont_inherit=True)))
    after = list(codes(compile(mutated, str(path), "exec", dont_inherit=True)))
    if [code.co_qualname for code in before] != [code.co_qualname for code in after]:
        return None
    pairs = list(zip(before, after, strict=True))
    if any(own(old) != own(new) for old, new in pairs if not old.co_flags & CO_OPTIMIZED):
        return None  # the body of a module or class
    changed = {old: new for old, new in pairs if old != new}
    if any(old.co_freevars != new.co_freevars for old, new in changed.items()):
        return None
    return changed


def own(code: CodeType) -> tuple[object, ...]:
    """Returns what a code object does itself, apart from the functions in it."""
    constants = [repr(one) for one in code.co_consts if not isinstance(one, CodeType)]
    return code.co_code, code.co_names, code.co_varnames, constants


def functions_in_memory() -> list[FunctionType]:
    return [thing for thing in gc.get_objects() if isinstance(thing, FunctionType)]


def swap(functions: list[FunctionType], changed: dict[CodeType, CodeType]) -> int:
    """Gives every function with changed code its new code; returns how many there were."""
    count = 0
    for function in functions:
        code = changed.get(function.__code__)
        if code is not None:
            function.__code__ = code
            count += 1
    return count


class MutantFinder(MetaPathFinder):
    """Imports one module of ours from a changed source and all others as they are."""

    def __init__(self, path: Path, module: str, source: str) -> None:
        self.path, self.module, self.source = path, module, source

    def install(self) -> None:
        sys.meta_path.insert(0, self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self.module:
            return None
        package = [str(self.path.parent)] if self.path.name == "__init__.py" else None
        loader = MutantLoader(fullname, str(self.path), self.source)
        return spec_from_file_location(fullname, self.path, loader=loader, submodule_search_locations=package)


class MutantLoader(SourceFileLoader):
    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self._source = source

    def get_code(self, fullname: str) -> CodeType:
        code: CodeType = compile(self._source, self.path, "exec", dont_inherit=True)
        return code
