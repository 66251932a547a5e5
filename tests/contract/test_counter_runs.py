"""Counters in a short line, by examples that the pages are held to as well."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contract.counter_runs import counter_runs

EXAMPLES = json.loads(Path(__file__).with_name("counter_runs.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("codes", "named"), EXAMPLES)
def test_counters_are_named_as_in_the_examples(codes: list[str], named: list[str]) -> None:
    assert list(counter_runs(codes)) == named
