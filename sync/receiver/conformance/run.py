"""`motcua sync conformance`: every check of the contract against a receiver, one line each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from shutil import get_terminal_size
from textwrap import fill

from contract.records import dataclass
from sync.receiver.conformance import bounds, order
from sync.receiver.conformance.checks import ConformanceCheck
from sync.receiver.conformance.probe import CheckFailed, CheckSkipped, Probe, Target
from sync.wording import translate

CHECKS = (*order.CHECKS, *bounds.CHECKS)
MARKS = {"pass": "✓", "fail": "✗", "not checked": "–"}  # nosec B105 # a mark
SILENT = "no answer: {problem}"
INDENT, WIDTH = 18, 120
SUMMARY = "{passed} passed, {failed} failed, {left} not checked"
SEEN = "seen: {seen}"


@dataclass(frozen=True, slots=True)
class ConformanceResult:
    """`outcome` is pass, fail or not checked; `contract` what the contract says, `seen` what came instead."""

    code: str
    outcome: str
    contract: str
    seen: str = ""


def run_checks(target: Target, language: str = "vi") -> Iterator[ConformanceResult]:
    """Yields each result as it comes; the rest is left out when the receiver does not answer at all."""
    begun = Probe(target)
    first = _result(REACHED, begun, language)
    yield first
    packed = True
    for check in CHECKS if first.outcome == "pass" else ():
        result = _result(check, Probe(target, packed, begun.credential), language)
        packed = packed and (check.code, result.outcome) != ("gzip", "fail")  # one mistake is named once
        yield result


def _reached(probe: Probe) -> None:
    reply = probe.cursor(probe.history())
    if not reply.status:
        raise CheckFailed(SILENT, problem=reply.error)


def _result(check: ConformanceCheck, probe: Probe, language: str) -> ConformanceResult:
    contract = translate(check.contract, language)
    try:
        check.run(probe)
    except CheckFailed as failure:
        return ConformanceResult(check.code, "fail", contract, failure.text(language))
    except CheckSkipped as reason:
        return ConformanceResult(check.code, "not checked", contract, translate(str(reason), language))
    return ConformanceResult(check.code, "pass", contract)


ANSWERS = "The receiver answers within 20 s; by HTTPS with a certificate that can be verified."
REACHED = ConformanceCheck("reachable", ANSWERS, _reached)


def run(target: Target, language: str, form: str, print_line: Callable[[str], None]) -> int:
    """Prints every result; 1 when a check failed."""
    results: list[ConformanceResult] = []
    for result in run_checks(target, language):
        results.append(result)
        if form == "text":
            print_line(result_lines(result, language))
    counts = {outcome: sum(one.outcome == outcome for one in results) for outcome in MARKS}
    if form == "json":
        print_line(
            json.dumps(
                {"url": target.url, "findings": [asdict(one) for one in results], "counts": counts},
                ensure_ascii=False,
                indent=2,
            )
        )
    else:
        print_line("")
        print_line(
            translate(SUMMARY, language, passed=counts["pass"], failed=counts["fail"], left=counts["not checked"])
        )
    return 1 if counts["fail"] else 0


def result_lines(result: ConformanceResult, language: str) -> str:
    """As wide as the terminal; what was seen stands below what the contract says."""
    left = result.outcome == "not checked"
    text = f"{result.contract} ({result.seen})" if left else result.contract
    rows = [text, translate(SEEN, language, seen=result.seen)] if result.outcome == "fail" else [text]
    first = f"{MARKS[result.outcome]} {result.code}".ljust(INDENT)
    width = get_terminal_size((WIDTH, 24)).columns
    return "\n".join(
        fill(row, width, initial_indent=begin, subsequent_indent=" " * INDENT)
        for row, begin in zip(rows, (first, " " * INDENT), strict=False)
    )
