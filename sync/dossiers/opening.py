"""Tables that people hand in: a workbook is opened by a process of its own before it is read in ours.

A damaged length makes the library ask for more memory than there is, and then it ends its process: no exception comes,
and without a limit the machine ends another program first. That happens while a workbook or a sheet is opened, so only
that is tried. The child prints nothing of the file and leaves no picture of its memory.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sync.dossiers.opening_child import IS_DAMAGED
from sync.dossiers.sheets import MOST_BYTES, TableFile, TableFileError, bytes_of, parse_table
from sync.dossiers.workbooks import DAMAGED, is_workbook, kind_of

MOST_S = 300.0
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
    command = [sys.executable, "-m", "sync.dossiers.opening_child"]
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
