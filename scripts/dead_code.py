#!/usr/bin/env python3
"""Finds code without a caller with vulture; part of `make lint`.

Fields of models, dataclasses and typed dictionaries are left out: whoever gets the JSON reads them, and the keys of the
configuration have a test of their own (tests/config/test_every_key_has_a_reader.py).
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

from vulture.core import Vulture

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = ("contract", "config", "kiosk", "ticket_printer", "display_board", "sync")
# What a decorator hands to a library or a table, which then calls it.
DECORATORS = [
    "@call",
    "@*.errorhandler",
    "@listens_for",
    "@event.listens_for",
    "@field_validator",
    "@model_validator",
    "@check",
    "@bundle_check",
]
# Names that others call or read, and who.
ALLOWED = {
    "model_config": "pydantic",
    "settings_customise_sources": "pydantic-settings, with the arguments' names",
    "settings_cls": "pydantic-settings",
    "dotenv_settings": "pydantic-settings",
    "file_secret_settings": "pydantic-settings",
    "trust_env": "requests: no proxy of the environment between our own programs",
    "ensure_ascii": "flask's JSON provider",
    "create_url_adapter": "flask",
    "session_interface": "flask",
    "open_session": "flask",
    "save_session": "flask",
    "url_rule_class": "flask",
    "_compile_builder": "werkzeug's rules, with the name of its argument",
    "append_unknown": "werkzeug",
    "immutable": "werkzeug's cache control",
    "makefile": "http.client, on a socket",
    "readinto": "io.RawIOBase",
    "dossier_facts_of_events": "tests, and whoever counts from the journal of another office",
    "val": "python-docx",
    "author": "python-docx",
    "autofit": "python-docx",
    "bottom_margin": "python-docx",
    "different_first_page_header_footer": "python-docx",
    "is_linked_to_previous": "python-docx",
    "first_line_indent": "python-docx",
    "header_distance": "python-docx",
    "left_indent": "python-docx",
    "left_margin": "python-docx",
    "line_spacing": "python-docx",
    "page_height": "python-docx",
    "page_width": "python-docx",
    "right_indent": "python-docx",
    "right_margin": "python-docx",
    "space_after": "python-docx",
    "space_before": "python-docx",
    "keep_with_next": "python-docx",
    "top_margin": "python-docx",
    "vertical_alignment": "python-docx",
    "freeze_panes": "openpyxl",
    "gapWidth": "openpyxl",
    "legend": "openpyxl",
    "rPr": "openpyxl",
    "solidFill": "openpyxl",
    "dataLabels": "openpyxl",
    "majorGridlines": "openpyxl",
    "spaceBefore": "reportlab",
    "print_title_rows": "openpyxl",
    "orientation": "openpyxl",
    "paperSize": "openpyxl",
    "fitToHeight": "openpyxl",
    "fitToWidth": "openpyxl",
    "pageSetUpPr": "openpyxl",
    "border": "openpyxl",
    "number_format": "openpyxl",
    "data_type": "openpyxl",
    "do_GET": "http.server",
    "do_POST": "http.server",
    "log_message": "http.server",
    "handle_starttag": "html.parser",
    "handle_endtag": "html.parser",
    "handle_data": "html.parser",
    "on_message_begin": "httptools",
    "on_url": "httptools",
    "on_header": "httptools",
    "on_headers_complete": "httptools",
    "on_body": "httptools",
    "on_message_complete": "httptools",
    "channel_class": "waitress",
    "task_class": "waitress",
    "daemon_threads": "socketserver",
    "block_on_close": "socketserver",
    "fontmode": "PIL: letters without grey",
    "rtscts": "pyserial",
    "xonxoff": "pyserial",
    "trace": "__exit__ of a context manager",
    "components": "the OpenAPI document",
    "_new_conn": "urllib3's connection",
    "response_class": "http.client and werkzeug",
    "status_code": "werkzeug's response",
    "max_age": "werkzeug's cache control",
    "flags": "socket.sendall and recv_into",
    "nbytes": "socket.recv_into",
    "API": "its modules declare their calls as they are imported",
    "POST": "a value of the national portal",
    "ON_TIME": "a known answer of the sample, beside those that are used",
    "LAST": "a known answer of the sample, beside those that are used",
    "COMPLETE": "the other value of `finish`; tests name it",
    "peak_db": "tests measure recordings with it",
    "in_words": "tests read phrases with it",
    "control_address": "tests and the demonstration's operators: moves the simulated printer",
    "collisions": "tests: bytes that came while the simulated printer couldn't take them",
    "busy": "tests: whether the simulated printer holds up its line",
    "sign_ins": "tests: how often the simulated portal was asked for a session",
    "forget_session": "tests: the simulated portal ends a session early",
    "tls_port": "tests: the simulated one-stop system's second port",
}


def fields(file: Path) -> set[tuple[str, int]]:
    """Returns name and line of each annotated or plain name at the level of a class."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {
        (target.id, node.lineno)
        for owner in ast.walk(tree)
        if isinstance(owner, ast.ClassDef)
        for node in owner.body
        if isinstance(node, ast.AnnAssign) and isinstance(target := node.target, ast.Name)
    }


def main() -> int:
    vulture = Vulture(ignore_names=list(ALLOWED), ignore_decorators=DECORATORS)
    vulture.scavenge([str(ROOT / part) for part in PRODUCT], exclude=["*/migrations/*"])
    unused = [
        item
        for item in vulture.get_unused_code(min_confidence=60)
        if (item.name, item.first_lineno) not in fields(Path(item.filename))
    ]
    for item in unused:
        print(f"{Path(item.filename).relative_to(ROOT)}:{item.first_lineno}: {item.message}")
    return 1 if unused else 0


if __name__ == "__main__":
    sys.exit(main())
