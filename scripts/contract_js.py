"""Writes the module by which the pages share the words of `contract/`:  python scripts/contract_js.py"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from contract.dossiers import RESOLVED, SHOWN_ON_BOARD, STEPS, WITHHELD
from contract.events import EventType
from contract.problems import ProblemCode
from contract.tickets import AT_COUNTER, ENDED, OPEN, CounterState, PrintState, TicketState

TARGET = Path(__file__).resolve().parents[1] / "kiosk" / "web" / "static" / "lib" / "contract.js"
ENUMS: tuple[type[StrEnum], ...] = (TicketState, PrintState, CounterState, EventType, ProblemCode)
SETS = {
    "AT_COUNTER": ("Somebody stands at a counter.", AT_COUNTER),
    "OPEN": ("The visit is not over.", OPEN),
    "ENDED": ("The visit is over.", ENDED),
}


def module_text() -> str:
    return "\n".join(
        ["// Made from contract/ by scripts/contract_js.py: change it there.", *_types(), *_sets(), *_dossiers()]
    )


def _types() -> list[str]:
    lines = []
    for enum in ENUMS:
        lines += ["", f"/** @typedef {{{_union(sorted(enum))}}} {enum.__name__} */"]
    return [*lines, "", f"/** @typedef {{{_union(sorted(STEPS.values()))}}} Step */"]


def _sets() -> list[str]:
    lines = []
    for name, (words, states) in SETS.items():
        members = ", ".join(f'"{state.value}"' for state in TicketState if state in states)
        lines += [
            "",
            f"/** {words} @type {{ReadonlySet<TicketState>}} */",
            f"export const {name} = new Set([{members}]);",
        ]
    return lines


def _dossiers() -> list[str]:
    steps = ", ".join(f'{int(status)}: "{STEPS[status]}"' for status in sorted(SHOWN_ON_BOARD))
    decided = ", ".join(f'"{STEPS[status]}"' for status in sorted(RESOLVED))
    return [
        "",
        "/** The step of a dossier by its status, of those shown in public. @type {Record<number, Step>} */",
        f"export const PUBLIC_STEPS = {{ {steps} }};",
        "",
        "/** Steps of a dossier that was decided. @type {ReadonlySet<Step>} */",
        f"export const DECIDED = new Set([{decided}]);",
        "",
        "/**",
        " * What of a dossier's code may be shown in public: its day and the last four digits.",
        " * @param {string} code",
        " */",
        "export function maskCode(code) {",
        '  const [day, ordinal] = code.split("-").slice(-2);',
        f"  return `{WITHHELD}${{day}}-${{ordinal.slice(-4)}}`;",
        "}",
        "",
    ]


def _union(words: Iterable[str]) -> str:
    return " | ".join(f'"{word}"' for word in words)


if __name__ == "__main__":
    TARGET.write_text(module_text(), encoding="utf-8")
