"""`python -m tests.kiosk.verify.recounting FOLDER [killed]`: a database recounted by two processes, in a program of its
own: a test runner may have threads, beside which nothing is forked.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from signal import SIGKILL
from typing import Any

from kiosk.bootstrap import open_app
from kiosk.maintenance import verification
from kiosk.store.failures import StoredWrongly
from kiosk.verify import recount, second
from tests.office import sample_configuration


def damaged(engine: object, whole: bool) -> bool:
    raise StoredWrongly("the database file is damaged: a page")


def main(folder: str, *wish: str) -> None:
    """Prints the result, and how many business dates the first process asked the reports of itself."""
    settings = sample_configuration(f"sqlite:///{folder}/motcua.db")
    recount.MANY_EVENTS = 0
    second.os.sched_getaffinity = lambda _: {0, 1}  # type: ignore[attr-defined]
    if "damaged" in wish:
        recount.check_pages = second.check_pages = damaged
    with verification.helped(lambda: open_app(settings)) as helper:
        assert helper is not None
        asked: list[str] = []
        count = verification.daily_figures

        def counted(reading: Any, office: Any, first: str, last: str) -> dict[str, object]:
            asked.append(first)
            return count(reading, office, first, last)

        verification.daily_figures = counted
        if "killed" in wish:
            os.kill(helper._pid, SIGKILL)
        app = open_app(settings)
        result = verification.verify_store(app.store, helper)
        app.close()
    print(json.dumps({**asdict(result), "asked": len(asked)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
