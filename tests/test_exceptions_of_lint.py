"""What `bandit` is told to pass over names the rule and says why."""

from __future__ import annotations

import re

from tests.sources import ROOT

PRODUCT = ("contract", "config", "kiosk", "ticket_printer", "display_board", "sync")
REASONED = re.compile(r"# nosec B\d{3} # \S.+$")


def test_every_finding_that_is_passed_over_has_its_rule_and_its_reason() -> None:
    passed_over = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for part in PRODUCT
        for path in sorted((ROOT / part).rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if "nosec" in line
    ]
    assert [one for one in passed_over if not REASONED.search(one)] == []


def test_lint_looks_through_every_package_that_is_shipped() -> None:
    (command,) = [line for line in (ROOT / "Makefile").read_text().splitlines() if "/bandit " in line]
    assert command.split("--recursive ")[1].split() == list(PRODUCT)
