"""Who opens lines to other machines, and where each address comes from: a list by hand, compared with the product."""

from __future__ import annotations

import ast

import pytest

from tests.sources import module, product_files, short, tree

# What opens a line, by its name behind the last dot.
OPENERS = {"create_connection", "connect_ex", "urlopen", "SMTP", "SMTP_SSL", "Usb", "HTTPConnection", "HTTPSConnection"}
MODULES_OF_OPENERS = {"requests", "urllib.request", "http.client", "ftplib", "telnetlib", "xmlrpc", "asyncio", "httpx"}
# Of the service and its children: the configuration alone names whom they ask; no page and no call writes it.
LINES = {
    "sync/http/connections.py": "[[sync.connector]], [[webhook]] by command, [filing] and portals by command",
    "ticket_printer/transport/tcp.py": "[[printer]] url",
    "kiosk/worker/schedule.py": "[schedule.mail] host",
    "kiosk/maintenance/door_watch.py": "this service itself, at its own door",
}
# Beside the service: what a technician starts by hand.
BY_HAND = {
    "kiosk/commands/demo/faults.py": "the demonstration, on loopback",
    "sync/simulator/front.py": "the simulated one-stop system, on loopback",
}


def opens_lines(file_tree: ast.Module) -> bool:
    for node in ast.walk(file_tree):
        if isinstance(node, ast.Import) and any(one.name in MODULES_OF_OPENERS for one in node.names):
            return True
        if isinstance(node, ast.ImportFrom) and node.module in MODULES_OF_OPENERS:
            return {one.name for one in node.names} != {"HTTPException"}
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in OPENERS:
                return True
    return False


def test_lines_are_opened_by_these_files_only() -> None:
    opening = {short(file) for file in product_files() if opens_lines(tree(file))}
    assert opening == LINES.keys() | BY_HAND.keys()


@pytest.mark.parametrize("source", ["import requests", "from urllib.request import urlopen", "s.create_connection(a)"])
def test_a_new_opener_would_be_noticed(source: str) -> None:
    assert opens_lines(ast.parse(source))


def reached_from(start: str) -> set[str]:
    """Every module that is imported by `start` or by what it imports, at whatever place."""
    files = {module(file): file for file in product_files()}
    seen, waiting = set[str](), [start]
    while waiting:
        name = waiting.pop()
        if name in seen or name not in files:
            continue
        seen.add(name)
        for node in ast.walk(tree(files[name])):
            if isinstance(node, ast.Import):
                waiting += [one.name for one in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                waiting += [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
    return seen


def holders_of(part: str, among: set[str]) -> set[str]:
    """Who imports a part, of those that do not belong to it."""
    files = {module(file): file for file in product_files()}
    return {
        name
        for name in among
        if not name.startswith(part)
        for node in ast.walk(tree(files[name]))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(part)
    }


def test_nothing_that_is_made_to_try_the_product_is_in_the_service() -> None:
    """Simulators, the demonstration and sample data are commands; what serves an office never loads them."""
    reached = reached_from("kiosk.server") | reached_from("sync.agent") | reached_from("kiosk.worker.jobs")
    assert len(reached) > 200
    made_to_try = {"simulator", "demo", "samples", "conformance", "tests"}
    trying = {name for name in reached if made_to_try & set(name.split("."))}
    assert {name for name in trying if not name.startswith("ticket_printer.simulator")} == set()
    assert holders_of("ticket_printer.simulator", reached) == {"kiosk.printing.slip_preview"}, (
        "it draws slips for pages"
    )
    assert "sync.simulator.onestop" in reached_from("kiosk.commands.sync"), "it would be seen"
