"""make bench: every measurement in turn; exit 1 when one misses its target."""

from __future__ import annotations

import sys

from tests.bench import million, sync, throughput

if __name__ == "__main__":
    sys.exit(max([throughput.main(), million.main(), sync.main()]))
