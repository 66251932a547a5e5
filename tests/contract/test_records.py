"""Our dataclasses are those of the standard library to whoever uses them; held against them option by option."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any, ClassVar

import pytest

from contract.records import dataclass as ours
from tests.sources import product_files, short

OPTIONS: list[dict[str, bool]] = [
    {},
    {"frozen": True},
    {"slots": True},
    {"frozen": True, "slots": True},
    {"frozen": True, "slots": True, "order": True},
    {"eq": False},
    {"repr": False, "frozen": True},
]


def made_by(decorator: Any, **options: bool) -> Any:
    class Ticket:
        """A number of a service."""

        number: str
        people: int = 0
        token: str = dataclasses.field(default="", repr=False, compare=False)

    Ticket.__qualname__ = "Ticket"
    return decorator(**options)(Ticket)


@dataclasses.dataclass(frozen=True)
class Behaviour:
    """What a class does on its own examples."""

    words: str
    equal: tuple[bool, bool, bool]
    hashes: bool
    same_hash: bool
    sets: str
    deletes: str


def tried(action: Any) -> str:
    try:
        action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "done"


def behaviour(ticket: Any) -> Behaviour:
    one, same, other = ticket("A001", 2, "x"), ticket("A001", 2, "y"), ticket("A001", 3)
    hashes = tried(lambda: hash(one)) == "done"
    return Behaviour(
        repr(one) if "repr" not in repr(one) and " object at " not in repr(one) else "of object",
        (one == same, one == other, one == "A001"),
        hashes,
        hashes and hash(one) == hash(same),
        tried(lambda: setattr(one, "people", 5)),
        tried(lambda: delattr(same, "people")),
    )


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_a_class_behaves_as_the_standard_library_s(options: dict[str, bool]) -> None:
    assert behaviour(made_by(ours, **options)) == behaviour(made_by(dataclasses.dataclass, **options))


def test_it_is_made_without_brackets_and_keeps_what_it_defines_itself() -> None:
    @ours
    class Own:
        number: str

        def __repr__(self) -> str:
            return "own"

        def __eq__(self, other: object) -> bool:
            return True

    assert repr(Own("A")) == "own" and Own("A") == Own("B")


def test_a_class_of_no_field_and_of_one() -> None:
    @ours(frozen=True, slots=True)
    class Nothing:
        pass

    @ours(frozen=True, slots=True)
    class One:
        number: str

    assert Nothing() == Nothing() and hash(Nothing()) == hash(Nothing()) and "Nothing()" in repr(Nothing())
    assert One("A") == One("A") and One("A") != One("B") and len({One("A"), One("A")}) == 1


@ours(frozen=True, slots=True)
class Slip:
    number: str
    before: Slip | None = None


def test_the_standard_library_s_own_functions_work_on_it() -> None:
    slip = Slip("A002", Slip("A001"))
    assert dataclasses.is_dataclass(slip)
    assert dataclasses.asdict(slip) == {"number": "A002", "before": {"number": "A001", "before": None}}
    assert dataclasses.replace(slip, number="A003") == Slip("A003", Slip("A001"))
    assert pickle.loads(pickle.dumps(slip)) == slip == copy.deepcopy(slip)
    assert repr(slip) == "Slip(number='A002', before=Slip(number='A001', before=None))"


def test_a_subclass_compares_its_own_fields_and_never_equals_its_parent() -> None:
    @ours(frozen=True, slots=True)
    class Reprint(Slip):
        times: int = 1

    assert Reprint("A001", times=1) != Reprint("A001", times=2)
    assert Reprint("A001") != Slip("A001") and Slip("A001") != Reprint("A001")


def test_every_dataclass_of_the_product_is_one_of_ours() -> None:
    strangers = [
        short(file)
        for file in product_files()
        if short(file) != "contract/records.py" and "from dataclasses import dataclass" in file.read_text("utf-8")
    ]
    assert strangers == []


def test_its_init_is_generated_when_the_first_object_is_made() -> None:
    ticket = made_by(ours, frozen=True, slots=True)
    before = ticket.__init__
    first = ticket("A001")
    assert ticket.__init__ is not before
    assert (first, ticket.__init__.__qualname__) == (ticket("A001", 0, ""), "Ticket.__init__")


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize(
    "given",
    [((), {}), (("A001", 1, "x", 4), {}), (("A001",), {"nobody": 1}), ((), {"people": 1}), ((5,), {"people": 1})],
)
def test_wrong_values_are_refused_in_the_library_s_words(
    options: dict[str, bool], given: tuple[tuple[Any, ...], dict[str, Any]]
) -> None:
    values, named = given
    theirs = tried(lambda: made_by(dataclasses.dataclass, **options)(*values, **named))
    assert tried(lambda: made_by(ours, **options)(*values, **named)) == theirs


def test_what_an_init_may_ask_for_is_kept() -> None:
    @ours(slots=True)
    class Link:
        name: str
        owed: list[int] = dataclasses.field(default_factory=list)
        counted: int = dataclasses.field(init=False, default=3)
        is_open: dataclasses.InitVar[bool] = True
        told: str = dataclasses.field(kw_only=True, default="-")

        def __post_init__(self, is_open: bool) -> None:
            self.counted += int(is_open)

    first, second = Link("a"), Link("b", [1], False, told="x")
    assert (first.owed, first.counted, first.told) == ([], 4, "-")
    assert (second.owed, second.counted, second.told) == ([1], 3, "x")
    assert first.owed is not Link("a").owed


def test_a_subclass_has_an_init_of_its_own_and_may_define_one() -> None:
    @ours(frozen=True, slots=True)
    class Reprint(Slip):
        times: int = 1

    @ours(slots=True)
    class Own:
        number: str

        def __init__(self) -> None:
            self.number = "own"

    class Plain(Slip):
        pass

    assert (Reprint("A001", None, 2).times, Slip("A001").number, Own().number) == (2, "A001", "own")
    assert Plain("A002").number == "A002"


@pytest.mark.parametrize("parent", [True, False])
@pytest.mark.parametrize("child", [True, False])
def test_frozen_and_not_frozen_records_inherit_each_other_as_in_the_library(parent: bool, child: bool) -> None:
    def inherited(decorator: Any) -> str:
        class Parent:
            number: str

        base = decorator(frozen=parent)(Parent)

        class Child(base):  # type: ignore[misc, valid-type]
            people: int = 0

        return tried(lambda: decorator(frozen=child)(Child)("A001", 2))

    assert inherited(ours) == inherited(dataclasses.dataclass)


def test_what_is_no_field_of_a_parent_in_another_module_is_none_of_its_child() -> None:
    @ours(slots=True)
    class Parent:
        kind: ClassVar[str] = "parent"
        is_open: dataclasses.InitVar[bool]
        seen: list[bool] = dataclasses.field(default_factory=list)

        def __post_init__(self, is_open: bool) -> None:
            self.seen.append(is_open)

    class Child(Parent):
        number: str = "A001"

    Child.__module__ = "contract.tickets"  # knows neither ClassVar nor InitVar
    assert (ours(Child)(True).seen, Child.kind) == ([True], "parent")


def test_a_class_keeps_its_own_way_to_be_pickled() -> None:
    @ours(frozen=True, slots=True)
    class Own:
        number: str

        def __getstate__(self) -> str:
            return "own"

    assert Own("A001").__getstate__() == "own"
