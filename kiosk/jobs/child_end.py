"""How a child process of the service ends, whatever it is doing."""

from __future__ import annotations

import subprocess
from contextlib import suppress


def end_child(child: subprocess.Popen[bytes]) -> None:
    """Kill it, wait for it and close its pipes; what it no longer reads is dropped."""
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
