"""Dataclasses whose comparison, hash, words and frozenness are shared code instead of code generated for each class;
what each class has of its own, `__init__`, is generated when the first of its objects is made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses
    from copy import copy
    from operator import attrgetter
    from reprlib import recursive_repr

    def dataclass(cls: type | None = None, /, **options: bool) -> Any:
        """Makes a dataclass as `dataclasses.dataclass` does, to the same options.

        Generated are `__init__`, when it is first called, and, where `order` is asked for, the comparisons; all else is
        shared.
        """
        return _made(cls, options) if cls is not None else lambda later: _made(later, options)

    def _made(cls: type, options: dict[str, bool]) -> type:
        own = frozenset(cls.__dict__)
        if options.get("order") or options.get("unsafe_hash"):
            return dataclasses.dataclass(**options)(cls)
        _require_alike(cls, options.get("frozen", False))
        made = dataclasses.dataclass(**{**options, "init": False, "repr": False, "eq": False, "frozen": False})(cls)
        compared = [field.name for field in dataclasses.fields(made) if field.compare]
        for name, shared in {**_shared(options, own), "__compared__": _getter(compared)}.items():
            setattr(made, name, shared)
        if options.get("init", True) and "__init__" not in own:
            made.__init__ = _generated_later(made, {name: options.get(name, False) for name in ("frozen", "slots")})
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
        if frozen and options.get("slots"):
            methods |= {
                name: shared
                for name, shared in (("__getstate__", _state), ("__setstate__", _take_state))
                if name not in own
            }
        return methods

    def _require_alike(cls: type, frozen: bool) -> None:
        """Raises TypeError, as the library does, where only one of the class and a record it inherits is frozen."""
        for base in cls.__mro__[1:]:
            if "__dataclass_fields__" not in base.__dict__:
                continue
            is_frozen = base.__dict__.get("__setattr__") is _refuse_to_set or base.__dataclass_params__.frozen
            if is_frozen and not frozen:
                raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
            if frozen and not is_frozen:
                raise TypeError("cannot inherit frozen dataclass from a non-frozen one")

    def _generated_later(cls: Any, options: dict[str, bool]) -> Callable[..., None]:
        def first_init(self: object, *given: object, **named: object) -> None:
            cls.__init__ = _generated(cls, options)
            cls.__init__(self, *given, **named)

        return first_init

    def _generated(cls: Any, options: dict[str, bool]) -> Callable[..., None]:
        """The library's own `__init__` for these fields, taken from a class that has nothing else."""
        real = {field.name for field in dataclasses.fields(cls)}
        own = {
            name: field
            for name, field in cls.__dataclass_fields__.items()
            if field._field_type is not dataclasses._FIELD_CLASSVAR
        }
        types = {name: object if name in real else dataclasses.InitVar[object] for name in own}
        body = {name: copy(field) for name, field in own.items()}
        body |= {"__annotations__": types, "__module__": cls.__module__, "__qualname__": cls.__qualname__}
        if hasattr(cls, "__post_init__"):
            body["__post_init__"] = cls.__post_init__
        twin = type(cls.__name__, (), body)
        return dataclasses.dataclass(repr=False, eq=False, match_args=False, **options)(twin).__init__

    def _state(self: object) -> list[object]:
        return [getattr(self, field.name) for field in dataclasses.fields(self)]

    def _take_state(self: object, state: list[object]) -> None:
        for field, value in zip(dataclasses.fields(self), state, strict=True):
            object.__setattr__(self, field.name, value)

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
