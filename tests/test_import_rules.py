"""Who may import whom: the table of docs/architecture.md, with a row for every part, and no circle between parts."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.sources import ROOT, TOP, module, product_files, tree

WEB_AND_DATABASE = frozenset({"flask", "werkzeug", "waitress", "sqlalchemy"})
WEB = frozenset({"flask", "werkzeug", "waitress"})
DATABASE = frozenset({"sqlalchemy"})
RULES_ONLY = WEB_AND_DATABASE | {"pydantic", "requests", "time", "threading"}
EVERYTHING = frozenset(TOP)


@dataclass(frozen=True)
class Row:
    """What of ours a part may import beside itself, and which libraries it may not."""

    ours: frozenset[str]
    never: frozenset[str]


def row(ours: str = "", never: frozenset[str] = WEB_AND_DATABASE) -> Row:
    return Row(frozenset(ours.split()), never)


# A file belongs to the part with the longest name; a part includes what lies below it and has no row of its own.
TABLE: dict[str, Row] = {
    "contract": row(),
    "config": row("contract"),
    # slips: protocol ← rendering ← delivery ← commissioning; transports know bytes only
    "ticket_printer": row("contract"),
    "ticket_printer.protocol": row("config contract ticket_printer.errors"),
    "ticket_printer.transport": row("config contract ticket_printer.errors"),
    "ticket_printer.rendering": row(
        "config contract ticket_printer.errors ticket_printer.slip ticket_printer.protocol"
    ),
    "ticket_printer.delivery": row(
        "config contract ticket_printer.errors ticket_printer.slip ticket_printer.protocol ticket_printer.rendering"
        " ticket_printer.transport"
    ),
    "ticket_printer.commissioning": row(
        "config contract ticket_printer.errors ticket_printer.slip ticket_printer.protocol ticket_printer.rendering"
        " ticket_printer.transport ticket_printer.delivery"
    ),
    # the other side of the line: it knows the protocol, not how we send
    "ticket_printer.simulator": row("contract ticket_printer.protocol ticket_printer.rendering", DATABASE),
    # the TV: state ← voices ← announcing; state ← drawing
    "display_board": row("config contract"),
    "display_board.state": row("contract display_board.wording"),
    "display_board.voices": row("config contract display_board.wording display_board.state"),
    "display_board.announcing": row(
        "contract display_board.wording display_board.service_client display_board.state display_board.voices"
    ),
    "display_board.drawing": row("contract display_board.wording display_board.state"),
    "sync": row("config contract"),
    "sync.simulator": row("config contract sync.receiver sync.bundles sync.wording", DATABASE),
    # the one-stop side: it shares the format of bundles with us, and nothing of the agent
    "sync.receiver": row("contract sync.bundles.format sync.wording", DATABASE),
    # it calls a receiver from outside, as our client would
    "sync.receiver.conformance": row(
        "contract config sync.receiver sync.bundles.format sync.wording sync.errors sync.http"
    ),
    # the service
    "kiosk": row(),
    # it hands the print workers' shared values to pages and workers alike
    "kiosk.app": row(
        "config contract kiosk.domain kiosk.store kiosk.clock kiosk.printing.health kiosk.printing.trials"
    ),
    "kiosk.clock": row("contract kiosk.domain"),
    "kiosk.domain": row("contract", RULES_ONLY),
    "kiosk.actions": row("contract kiosk.domain", WEB_AND_DATABASE | {"ticket_printer"}),
    "kiosk.store": row("contract kiosk.domain", WEB),
    "kiosk.queries": row("contract kiosk.domain kiosk.store kiosk.clock", WEB_AND_DATABASE),
    "kiosk.i18n": row("contract config"),
    "kiosk.printing": row("contract config kiosk.app kiosk.domain kiosk.actions kiosk.store kiosk.i18n ticket_printer"),
    "kiosk.reports": row("contract kiosk.domain kiosk.store kiosk.i18n", WEB_AND_DATABASE),
    "kiosk.verify": row("contract kiosk.domain kiosk.store"),
    "kiosk.voices": row("contract config kiosk.domain kiosk.i18n display_board.voices"),
    "kiosk.dossiers": row("contract config kiosk.domain kiosk.actions kiosk.i18n sync.dossiers sync.wording"),
    # what a job is, and how one is done in a process of its own; it knows nothing of what is done
    "kiosk.jobs": row("contract"),
    # the browser of a public screen; it may stand on another machine than the service
    "kiosk.public_screens": row("contract kiosk.domain"),
    "kiosk.samples": row("contract kiosk.domain kiosk.actions kiosk.store"),
    "kiosk.maintenance": row(
        "contract config kiosk.app kiosk.domain kiosk.actions kiosk.store kiosk.i18n kiosk.verify kiosk.reports"
    ),
    # it asks the other side, before the service and at a restore
    "kiosk.receiver_positions": row("contract kiosk.app kiosk.domain kiosk.actions kiosk.store sync.positions"),
    # it examines every part of the installation, so it knows every part but the pages and the builders
    "kiosk.maintenance.doctor": row(
        "contract config kiosk.app kiosk.domain kiosk.store kiosk.queries kiosk.i18n kiosk.maintenance kiosk.verify"
        " kiosk.printing kiosk.voices kiosk.reports kiosk.receiver_positions ticket_printer.delivery sync.checkup"
    ),
    "kiosk.web": row(
        "contract kiosk.domain kiosk.actions kiosk.queries kiosk.i18n kiosk.store.store kiosk.store.failures", DATABASE
    ),
    # the server knows WSGI and nothing of the office
    "kiosk.web.wsgi": row("contract", WEB_AND_DATABASE),
    # the plumbing opens transactions and readings and follows the journal; the calls use what it opened
    "kiosk.web.http": row(
        "contract kiosk.clock kiosk.domain kiosk.actions kiosk.queries kiosk.i18n kiosk.jobs.job"
        " kiosk.jobs.code_reader kiosk.jobs.report_orders kiosk.store.store"
        " kiosk.store.failures kiosk.store.unit_of_work kiosk.store.tables kiosk.store.answers kiosk.store.journal"
        " kiosk.web.wsgi",
        DATABASE,
    ),
    "kiosk.web.api": row(
        "contract kiosk.domain kiosk.actions kiosk.queries kiosk.reports kiosk.i18n kiosk.web.http"
        " kiosk.jobs.job kiosk.jobs.code_reader kiosk.jobs.picture kiosk.jobs.report_orders"
        " kiosk.web.pages.sentences kiosk.web.pages.assets kiosk.store.failures",
        DATABASE,
    ),
    "kiosk.web.pages": row("contract kiosk.domain kiosk.queries kiosk.i18n kiosk.web.http", DATABASE),
    # the builders; nobody below imports them
    "kiosk.bootstrap": Row(EVERYTHING, frozenset()),
    "kiosk.server": Row(EVERYTHING, frozenset()),
    "kiosk.commands": Row(EVERYTHING, DATABASE),
    # the child process of the service
    "kiosk.worker": Row(EVERYTHING, WEB_AND_DATABASE),
    "kiosk.cli": Row(EVERYTHING, WEB_AND_DATABASE),
}
BUILDERS = {"kiosk.bootstrap", "kiosk.server", "kiosk.commands", "kiosk.cli", "kiosk.worker"}
# Parts that need each other; each goes when the circle is cut.
CIRCLES: set[str] = set()


@cache
def modules() -> dict[str, Path]:
    return {module(file): file for file in product_files()}


def part_of(name: str) -> str:
    """Returns the part that a module of ours belongs to: the longest row that holds it."""
    return max((part for part in TABLE if within(name, part)), key=len)


def within(name: str, part: str) -> bool:
    return name == part or name.startswith(f"{part}.")


def imports(nodes: Iterator[ast.AST]) -> Iterator[str]:
    """Yields what these nodes import: for ours the module, for others the library's module."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in modules() else node.module


def at_module_level(node: ast.AST) -> Iterator[ast.AST]:
    """Yields the nodes that run when a module is imported."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        yield child
        yield from at_module_level(child)


def of_ours(name: str) -> bool:
    return name.partition(".")[0] in TOP


def allowed(importer: str, imported: str) -> bool:
    part = part_of(importer)
    if within(imported, part) or any(within(imported, one) for one in TABLE[part].ours):
        return True
    return TABLE[part].ours == frozenset({"config", "contract"}) and within(imported, part.partition(".")[0])


def test_every_part_imports_only_what_its_row_allows() -> None:
    wrong = {
        f"{name} → {imported}"
        for name, file in modules().items()
        for imported in imports(ast.walk(tree(file)))
        if of_ours(imported) and not allowed(name, imported)
    }
    assert wrong == set()


@pytest.mark.parametrize("part", TABLE)
def test_no_part_imports_a_library_that_its_row_forbids(part: str) -> None:
    wrong = [
        f"{name} imports {imported}"
        for name, file in modules().items()
        if part_of(name) == part
        for imported in imports(ast.walk(tree(file)))
        if imported.partition(".")[0] in TABLE[part].never and not of_ours(imported)
    ]
    assert wrong == []


def test_every_folder_has_a_row_of_its_own_or_lies_in_a_part_that_has() -> None:
    tops = {name for name in modules() if name.count(".") == 1 and name.startswith("kiosk.")}
    assert {name for name in tops if part_of(name) == "kiosk"} == set()
    assert {part for part in TABLE if part not in modules()} == set()


def test_nobody_below_imports_a_builder() -> None:
    wrong = [
        f"{name} → {imported}"
        for name, file in modules().items()
        if part_of(name) not in BUILDERS
        for imported in imports(ast.walk(tree(file)))
        if of_ours(imported) and part_of(imported) in BUILDERS
    ]
    assert wrong == []


def node_of(name: str) -> str:
    """Returns the part of a module; a file on top of a program stands for itself, and so does each part of sync."""
    part = part_of(name)
    return ".".join(name.split(".")[:2]) if part in TOP and part != "config" else part


def graph() -> dict[str, set[str]]:
    """Returns which part imports which while it is being imported."""
    arrows: dict[str, set[str]] = {node_of(name): set() for name in modules()}
    for name, file in modules().items():
        for imported in imports(at_module_level(tree(file))):
            if of_ours(imported) and node_of(imported) != node_of(name):
                arrows[node_of(name)].add(node_of(imported))
    return arrows


def reachable(arrows: dict[str, set[str]], start: str) -> set[str]:
    """Returns the parts that a part needs, directly or through others."""
    reached: set[str] = set()
    waiting = list(arrows[start])
    while waiting:
        part = waiting.pop()
        if part not in reached:
            reached.add(part)
            waiting += arrows[part]
    return reached


def test_no_circle_between_parts() -> None:
    arrows = graph()
    assert {part for part in arrows if part in reachable(arrows, part)} - CIRCLES == set()


def test_the_contract_uses_the_standard_library_only() -> None:
    import sys

    wrong = {
        f"{name} imports {imported}"
        for name, file in modules().items()
        if part_of(name) == "contract"
        for imported in imports(ast.walk(tree(file)))
        if not of_ours(imported) and imported.partition(".")[0] not in sys.stdlib_module_names
    }
    assert wrong == set()


def test_only_the_clock_asks_the_machine_for_the_time() -> None:
    asking = [
        file.relative_to(ROOT).as_posix()
        for name, file in modules().items()
        if name.startswith(("kiosk.", "config.", "contract.")) and name != "kiosk.clock"
        if any(word in file.read_text(encoding="utf-8") for word in ("time.time(", "datetime.now(", "utcnow("))
    ]
    assert asking == []
