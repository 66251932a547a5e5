"""Dataclasses whose comparison, hash, words and frozenness are shared code instead of code generated for each class."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses
    from operator import attrgetter
    from reprlib import recursive_repr

    def dataclass(cls: type | None = None, /, **options: bool) -> Any:
        """Makes a dataclass as `dataclasses.dataclass` does, to the same options.

        Generated are `__init__` and, where `order` is asked for, the comparisons; all else is shared.
        """
        return _made(cls, options) if cls is not None else lambda later: _made(later, options)

    def _made(cls: type, options: dict[str, bool]) -> type:
        own = frozenset(cls.__dict__)
        if options.get("order") or options.get("unsafe_hash"):
            return dataclasses.dataclass(**options)(cls)
        made = dataclasses.dataclass(**{**options, "repr": False, "eq": False})(cls)
        compared = [field.name for field in dataclasses.fields(made) if field.compare]
        for name, shared in {**_shared(options, own), "__compared__": _getter(compared)}.items():
            setattr(made, name, shared)
        return made

    def _shared(options: dict[str, bool], own: frozenset[str]) -> dict[str, Any]:
        """Returns the methods by name that take the place of generated ones; `own` are those that the class defines."""
        methods: dict[str, Any] = {}
        frozen = options.get("frozen", False)
        if options.get("repr", True) and "__repr__" not in own:
            methods["__repr__"] = _repr
        if options.get("eq", True) and "__eq__" not in own:
            methods["__eq__"] = _eq
            if "__hash__" not in own:
                methods["__hash__"] = _hash if frozen else None
        if frozen:
            methods |= {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
        return methods

    def _getter(names: list[str]) -> Callable[[object], object]:
        return attrgetter(*names) if names else lambda _: ()

    def _eq(self: object, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        values = self.__class__.__compared__
        return values(self) == values(other)

    def _hash(self: object) -> int:
        return hash(self.__class__.__compared__(self))

    @recursive_repr()
    def _repr(self: object) -> str:
        shown = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
        return f"{self.__class__.__qualname__}({', '.join(shown)})"

    def _refuse_to_set(self: object, name: str, value: object) -> NoReturn:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def _refuse_to_delete(self: object, name: str) -> NoReturn:
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
