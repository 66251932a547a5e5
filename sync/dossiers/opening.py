"""Tables that people hand in: a workbook is opened by a process of its own before it is read in ours.

A damaged length makes the library ask for more memory than there is, and then it ends its process: no exception comes,
and without a limit the machine ends another program first. That happens while a workbook or a sheet is opened, so only
that is tried. The child prints nothing of the file and leaves no picture of its memory.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from sync.dossiers.sheets import MOST_BYTES, TableFile, TableFileError, bytes_of, parse_table
from sync.dossiers.workbooks import DAMAGED, MEBIBYTE, UnsoundWorkbook, is_workbook, kind_of, try_sheets

MOST_MEMORY = 512 * MEBIBYTE  # of data; the largest rectangle of cells that is read takes less
MOST_S = 300.0
IS_DAMAGED = 2  # how the child exits that got no further; the library's own words stay there
NOT_OPENED = (
    "the {kind} file cannot be opened: it is damaged, or a cell stands far from the table; open it in a spreadsheet"
    " program, delete what is beside and below the table and save it as XLSX"
)


def table_of(table: Path | bytes) -> TableFile:
    """The sheets of a file, or of its bytes. Raises TableFileError; never ends this process."""
    data = table if isinstance(table, bytes) else bytes_of(table)
    if is_workbook(data) and len(data) <= MOST_BYTES:
        _try_opening(data)
    return parse_table(data)


def _try_opening(data: bytes) -> None:
    """What else a workbook is refused for is told when it is read. Raises TableFileError."""
    command = [sys.executable, "-m", "sync.dossiers.opening"]
    try:
        done = subprocess.run(
            command, input=data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=MOST_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise TableFileError(NOT_OPENED, kind=kind_of(data)) from error
    except OSError:  # no further process; this one is bounded where the service started it
        return
    if done.returncode:
        raise TableFileError(DAMAGED if done.returncode == IS_DAMAGED else NOT_OPENED, kind=kind_of(data))


def main() -> int:
    """The child: open the workbook of standard input within bounds."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        try_sheets(sys.stdin.buffer.read())
    except UnsoundWorkbook as error:
        return IS_DAMAGED if error.reason == DAMAGED else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
