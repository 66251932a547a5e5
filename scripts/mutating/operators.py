"""The mutation operators: those of cosmic-ray that change what an office would notice, and three of our own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from typing import Any

import parso
from cosmic_ray.ast import Visitor, get_ast, is_number
from cosmic_ray.operators.operator import Example, Operator
from cosmic_ray.operators.provider import OperatorProvider

# A comparison becomes its neighbour at the boundary and its opposite. cosmic-ray's other replacements are killed by
# whatever kills these two (`<` → `!=`), or change nothing for the values compared (`==` → `is` between interned
# names, `==` → `>=` between states, which have no order).
COMPARISONS = (
    ("Eq", "NotEq"),
    ("NotEq", "Eq"),
    ("Lt", "LtE"),
    ("Lt", "GtE"),
    ("LtE", "Lt"),
    ("LtE", "Gt"),
    ("Gt", "GtE"),
    ("Gt", "LtE"),
    ("GtE", "Gt"),
    ("GtE", "Lt"),
    ("Is", "IsNot"),
    ("IsNot", "Is"),
)
# One replacement for each arithmetic operator: eleven of them would count the same untested line eleven times, and most
# raise TypeError at once (`"a" ** "b"`), which flatters the score.
BINARY = (
    ("Add", "Sub"),
    ("Sub", "Add"),
    ("Mul", "FloorDiv"),
    ("Div", "Mul"),
    ("FloorDiv", "Mul"),
    ("Mod", "Mul"),
    ("BitOr", "BitAnd"),
    ("BitAnd", "BitOr"),
    ("BitXor", "BitAnd"),
    ("LShift", "RShift"),
    ("RShift", "LShift"),
)
# Not used: VariableReplacer and VariableInserter (they need arguments and make mostly equal programs), and
# NumberReplacer as it is: see ChangeNumber.
OTHERS = (
    "ReplaceUnaryOperator_USub_UAdd",
    "ReplaceUnaryOperator_Delete_Not",
    "ReplaceUnaryOperator_Delete_Invert",
    "AddNot",
    "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak",
    "ExceptionReplacer",
    "RemoveDecorator",
    "ZeroIterationForLoop",
)


class DeleteCall(Operator):
    """Replaces a statement that is only a call with `pass`: the check is off, the row is not written."""

    def mutation_positions(self, node: Any) -> Iterator[Any]:
        if node.type == "simple_stmt" and is_call(node.children[0]):
            yield (node.children[0].start_pos, node.children[0].end_pos)

    def mutate(self, node: Any, index: int) -> Any:
        call = node.children[0]
        node.children[0] = parso.python.tree.Name("pass", call.start_pos, prefix=call.get_first_leaf().prefix)
        return node

    @classmethod
    def examples(cls) -> Any:
        return (Example("check(token)", "pass"),)


class ChangeNumber(Operator):
    """Makes a number one more and one less as NumberReplacer does, but a large one double and half.

    One millisecond of 3,600,000 is the same program for an office.
    """

    LARGE = 50

    def mutation_positions(self, node: Any) -> Iterator[Any]:
        if is_number(node):
            yield from [(node.start_pos, node.end_pos)] * 2

    def mutate(self, node: Any, index: int) -> Any:
        value = ast.literal_eval(node.value)
        changes = (value * 2, value // 2) if abs(value) >= self.LARGE else (value + 1, value - 1)
        return parso.python.tree.Number(f" {changes[index]}", node.start_pos)

    @classmethod
    def examples(cls) -> Any:
        return (Example("x = 1", "x = 2"), Example("x = 3600", "x = 1800", occurrence=1))


class NegateMembership(Operator):
    """Replaces `in` with `not in` and the other way round."""

    def mutation_positions(self, node: Any) -> Iterator[Any]:
        if node.type == "comparison":
            for operator in node.children[1::2]:
                if membership(operator):
                    yield (operator.start_pos, operator.end_pos)

    def mutate(self, node: Any, index: int) -> Any:
        place = [number for number, child in enumerate(node.children) if number % 2 and membership(child)][index]
        other = "not in" if membership(node.children[place]) == "in" else "in"
        node.children[place] = parso.parse(f" {other}")
        return node

    @classmethod
    def examples(cls) -> Any:
        return (Example("x in y", "x not in y"),)


def is_call(node: Any) -> bool:
    """Tells whether an expression statement is a call."""
    if node.type != "atom_expr":
        return False
    last = node.children[-1]
    return bool(last.type == "trailer" and last.children[0].value == "(")


def membership(operator: Any) -> str | None:
    """Returns `in` or `not in` for such an operator of a comparison, otherwise None."""
    text = " ".join(operator.get_code().split())
    return text if text in {"in", "not in"} else None


@cache
def operators() -> dict[str, Operator]:
    """Returns an instance of every operator used, by its name."""
    names = [f"ReplaceComparisonOperator_{before}_{after}" for before, after in COMPARISONS]
    names += [f"ReplaceBinaryOperator_{before}_{after}" for before, after in BINARY]
    library = OperatorProvider()
    chosen = {name: library[name]() for name in (*names, *OTHERS)}
    own = (DeleteCall(), NegateMembership(), ChangeNumber())
    return {**chosen, **{type(one).__name__: one for one in own}}


class Mutator(Visitor):
    """Applies the nth occurrence of an operator to a tree, counted as a walk of the tree meets them."""

    def __init__(self, operator: Operator, occurrence: int) -> None:
        self.operator, self.left = operator, occurrence

    def visit(self, node: Any) -> Any:
        for index, _ in enumerate(self.operator.mutation_positions(node)):
            if self.left == 0:
                node = self.operator.mutate(node, index)
            self.left -= 1
        return node


def mutate(source: str, operator: str, occurrence: int) -> str:
    """Returns the source with one mutation."""
    code: str = Mutator(operators()[operator], occurrence).walk(get_ast(source)).get_code()
    return code
