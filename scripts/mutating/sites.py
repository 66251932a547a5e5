"""The places of a part's source where an operator applies, without those whose mutants are equal to the original."""

from __future__ import annotations

import ast
import difflib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast

from scripts.mutating.operators import mutate, operators

# Calls whose loss or whose changed arguments nobody can observe from a test of behaviour: the text of a log.
LOGGERS = {"log", "logger", "logging", "_log"}
# Decorators that change speed or the type checker's view, never a result.
EQUAL_DECORATORS = ("cache", "lru_cache", "override", "final", "overload", "runtime_checkable", "abstractmethod")
# A number in these names or keyword arguments says how long a program waits or how many bytes it reads at once.
# One more or less is the same program; a test that kills it would measure the machine.
PATIENCE = ("timeout", "wait", "pause", "interval", "backoff", "poll", "chunk", "buffer", "maxsize", "stacklevel")
# Of a dataclass or a thread: they protect against mistakes in code, and no step of the office depends on them.
SWITCHES = {"frozen", "slots", "kw_only", "daemon", "exc_info", "eq", "repr", "init", "strict", "dont_inherit"}
# Where a changed operator may leave no program: `if not x := y`, `def f(a, *, **facts)`.
DOUBTFUL = (":=", "/,", "/)")


@dataclass(frozen=True)
class Site:
    """One mutation: the operator's nth occurrence in a file, and the lines of the statement that holds it."""

    file: str
    operator: str
    occurrence: int
    line: int
    first: int
    last: int
    key: str  # from the text of the line, so that a change elsewhere leaves the sample as it is

    def mutated(self, source: str) -> str:
        """Returns the source with this mutation."""
        return mutate(source, self.operator, self.occurrence)

    def diff(self, source: str) -> str:
        """Returns the changed lines as a unified diff without context."""
        lines = difflib.unified_diff(source.splitlines(), self.mutated(source).splitlines(), lineterm="", n=0)
        return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")) and line[1:].strip())


Span = tuple[tuple[int, int], tuple[int, int]]


def sites_of(file: Path, root: Path) -> list[Site]:
    """Returns the sites of a file in the order of its text."""
    source = file.read_text(encoding="utf-8")
    tree = ast.parse(source)
    left_out = list(excluded(tree))
    numbers = list(waiting_numbers(tree))
    statements = list(statement_lines(tree))
    lines = source.splitlines()
    name = file.relative_to(root).as_posix()
    sites: list[Site] = []
    for operator, occurrence, start in positions(source):
        spans = left_out + numbers if operator == "ChangeNumber" else left_out
        if any(begin <= start < end for begin, end in spans):
            continue
        first, last = enclosing(statements, start[0])
        text = lines[start[0] - 1].strip()
        same = sum(site.operator == operator and site.key.startswith(f"{text}\0") for site in sites)
        site = Site(name, operator, occurrence, start[0], first, last, f"{text}\0{same}")
        if not any(mark in text for mark in DOUBTFUL) or compiles(site.mutated(source)):
            sites.append(site)
    return sorted(sites, key=lambda site: (site.line, site.operator, site.occurrence))


def compiles(source: str) -> bool:
    """Tells whether it is a program."""
    try:
        compile(source, "mutant", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


def positions(source: str) -> Iterator[tuple[str, int, tuple[int, int]]]:
    """Yields operator, occurrence and start of every mutation, counted in cosmic-ray's order."""
    tree = get_ast(source)
    for name, operator in operators().items():
        occurrence = 0
        for node in ast_nodes(tree):
            for start, _ in operator.mutation_positions(node):
                yield name, occurrence, start
                occurrence += 1


def span(node: Any) -> Span:
    return (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)


def excluded(tree: ast.Module) -> Iterator[Span]:
    """Yields the parts of a file in which no operator is applied."""
    for node in ast.walk(tree):
        match node:
            case ast.AnnAssign() | ast.arg() if node.annotation is not None:  # types are for mypy
                yield span(node.annotation)
            case ast.FunctionDef():
                if node.returns is not None:
                    yield span(node.returns)
                if node.name == "__repr__":  # for people in a debugger
                    yield span(node)
            case ast.If() if ast.unparse(node.test) in {"TYPE_CHECKING", "__name__ == '__main__'"}:
                yield span(node)
            case ast.Assign() if aliases_a_type(node):
                yield span(node)
            case ast.Call() if is_log(node):
                yield span(node)
            case ast.keyword() if node.arg in SWITCHES:
                yield span(node)
        for decorator in getattr(node, "decorator_list", ()):
            if ast.unparse(decorator).rpartition(".")[2].partition("(")[0] in EQUAL_DECORATORS:
                (line, column), end = span(decorator)
                yield (line, column - 1), end


def aliases_a_type(node: ast.Assign) -> bool:
    """Tells whether an assignment gives a name to a type (`Rows = list[str] | None`) or lists `__slots__`."""
    target = node.targets[0]
    if not isinstance(target, ast.Name):
        return False
    if target.id in {"__slots__", "__all__"}:
        return True
    union = isinstance(node.value, ast.BinOp | ast.Subscript) and target.id[:1].isupper() and not target.id.isupper()
    return union and node.col_offset == 0


def is_log(node: ast.Call) -> bool:
    function = node.func
    owner = function.value if isinstance(function, ast.Attribute) else None
    owner = owner if not isinstance(owner, ast.Attribute) else ast.Name(owner.attr)
    return isinstance(owner, ast.Name) and owner.id in LOGGERS


def waiting_numbers(tree: ast.Module) -> Iterator[Span]:
    """Yields the values of names and keyword arguments that say how long or how much at once."""
    for node in ast.walk(tree):
        name = None
        if isinstance(node, ast.keyword):
            name = node.arg
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            name = node.target.id
        if name is not None and any(word in name.lower() for word in PATIENCE):
            yield span(node)


def statement_lines(tree: ast.Module) -> Iterator[tuple[int, int]]:
    """Yields first and last line of every statement; of a compound one those of its head."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case):
            continue
        first = getattr(node, "lineno", None) or node.pattern.lineno  # type: ignore[union-attr]
        for decorator in getattr(node, "decorator_list", ()):
            yield decorator.lineno, decorator.end_lineno or decorator.lineno
        body = getattr(node, "body", None)
        last = max(body[0].lineno - 1, first) if body else node.end_lineno  # type: ignore[union-attr]
        yield first, last


def enclosing(statements: list[tuple[int, int]], line: int) -> tuple[int, int]:
    """Returns the shortest statement that holds a line."""
    around = [one for one in statements if one[0] <= line <= one[1]]
    return min(around, key=lambda one: one[1] - one[0]) if around else (line, line)


def sample(sites: list[Site], size: int, seed: int) -> list[Site]:
    """Returns the same sites for the same seed, however the rest of the files changed."""

    def weight(site: Site) -> str:
        return hashlib.sha256(f"{seed}\0{site.file}\0{site.operator}\0{site.key}".encode()).hexdigest()

    chosen = sorted(sites, key=weight)[:size] if size else sites
    return sorted(chosen, key=lambda site: (site.file, site.line, site.operator, site.occurrence))
