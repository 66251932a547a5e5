"""`motcua sync conformance`: every check of the contract against a receiver, one line each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from shutil import get_terminal_size
from textwrap import fill

from sync.conformance import edges as conformance_edges
from sync.conformance import order as conformance_order
from sync.conformance.checks import Check
from sync.conformance.probe import Failed, NotChecked, Probe, Target
from sync.wording import say

CHECKS = (*conformance_order.CHECKS, *conformance_edges.CHECKS)
MARKS = {"pass": "✓", "fail": "✗", "not checked": "–"}
SILENT = "no answer: {problem}"
INDENT, WIDTH = 18, 120
SUMMARY = "{passed} passed, {failed} failed, {left} not checked"
SEEN = "seen: {seen}"


@dataclass(frozen=True, slots=True)
class Finding:
    """`outcome` is pass, fail or not checked; `contract` what the contract says, `seen` what came instead."""

    code: str
    outcome: str
    contract: str
    seen: str = ""


def findings(target: Target, language: str = "vi") -> Iterator[Finding]:
    """One by one, as they are found; the rest is left out when the receiver does not answer at all."""
    begun = Probe(target)
    first = _finding(REACHED, begun, language)
    yield first
    packed = True
    for check in CHECKS if first.outcome == "pass" else ():
        finding = _finding(check, Probe(target, packed, begun.credential), language)
        packed = packed and (check.code, finding.outcome) != ("gzip", "fail")  # one mistake is named once
        yield finding


def _reached(probe: Probe) -> None:
    reply = probe.cursor(probe.history())
    if not reply.status:
        raise Failed(SILENT, problem=reply.error)


def _finding(check: Check, probe: Probe, language: str) -> Finding:
    contract = say(check.contract, language)
    try:
        check.look(probe)
    except Failed as failure:
        return Finding(check.code, "fail", contract, failure.told(language))
    except NotChecked as reason:
        return Finding(check.code, "not checked", contract, say(str(reason), language))
    return Finding(check.code, "pass", contract)


ANSWERS = "The receiver answers within 20 s; by HTTPS with a certificate that can be verified."
REACHED = Check("reachable", ANSWERS, _reached)


def run(target: Target, language: str, form: str, tell: Callable[[str], None]) -> int:
    """Tells every finding; 1 when a check failed."""
    found: list[Finding] = []
    for finding in findings(target, language):
        found.append(finding)
        if form == "text":
            tell(line(finding, language))
    counts = {outcome: sum(f.outcome == outcome for f in found) for outcome in MARKS}
    if form == "json":
        tell(json.dumps({"url": target.url, "findings": [asdict(f) for f in found], "counts": counts},
                        ensure_ascii=False, indent=2))  # fmt: skip
    else:
        tell("")
        tell(say(SUMMARY, language, passed=counts["pass"], failed=counts["fail"], left=counts["not checked"]))
    return 1 if counts["fail"] else 0


def line(finding: Finding, language: str) -> str:
    """As wide as the terminal; what was seen stands below what the contract says."""
    left = finding.outcome == "not checked"
    text = f"{finding.contract} ({finding.seen})" if left else finding.contract
    rows = [text, say(SEEN, language, seen=finding.seen)] if finding.outcome == "fail" else [text]
    first = f"{MARKS[finding.outcome]} {finding.code}".ljust(INDENT)
    width = get_terminal_size((WIDTH, 24)).columns
    return "\n".join(fill(row, width, initial_indent=begin, subsequent_indent=" " * INDENT)
                     for row, begin in zip(rows, (first, " " * INDENT), strict=False))  # fmt: skip
