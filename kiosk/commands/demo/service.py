"""The service of the demonstration: `motcua serve` by a clock that the page of faults may set wrong."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from config import places
from config.loading import load
from kiosk.commands.demo.clock import DemoClock
from kiosk.commands.serve import serve


def main() -> int:
    """Exit code as of `motcua serve`; what goes wrong stands in the program's log."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    return serve(load(Path(os.environ["MOTCUA_CONFIG"])), None, DemoClock(places.home()))


if __name__ == "__main__":
    sys.exit(main())
