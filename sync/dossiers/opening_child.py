"""`python -m sync.dossiers.opening_child`: open the workbook of standard input within bounds; see `opening.py`.

It loads no more than that needs: a clerk waits for it with each file.
"""

from __future__ import annotations

import resource
import sys

from sync.dossiers.workbooks import DAMAGED, MEBIBYTE, UnsoundWorkbook, try_sheets

MOST_MEMORY = 512 * MEBIBYTE  # of data; the largest rectangle of cells that is read takes less
MOST_CPU_S = 120  # where nobody waits for it any more
IS_DAMAGED = 2  # the exit code where the library got no further; its own words stay in this process


def main() -> int:
    """Exit code 0 also for what is refused otherwise: whoever reads it tells that."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_S, MOST_CPU_S))
    try:
        try_sheets(sys.stdin.buffer.read())
    except UnsoundWorkbook as error:
        return IS_DAMAGED if error.reason == DAMAGED else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
