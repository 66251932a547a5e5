"""make bench: every measurement in turn; exit 1 when one misses its target."""

from __future__ import annotations

import sys
from importlib import import_module

SUBJECTS = (
    "throughput",
    "slow_disk",
    "streams",
    "million",
    "slips",
    "printing",
    "board",
    "voice",
    "sync",
    "attacks",
    "reports",
    "beside_reports",
    "pages",
)

if __name__ == "__main__":
    sys.exit(max(import_module(f"tests.bench.{subject}").main() for subject in SUBJECTS))
