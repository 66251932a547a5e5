"""A second process checks the chain and asks the reports while the first recounts, on another processor.

It is forked before the database is opened, for no connection may be carried into another process, and opens its own
view where the journal has the same end. It goes through the journal once and says, line by line, what the reports say
of each business date, what is wrong with the chain of each epoch and with the pages of the file. What it does not say
the first does itself.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from signal import SIGKILL
from typing import IO, Any

from kiosk.domain.service import Office
from kiosk.store.failures import UNREADABLE, StorageFailed, StoredWrongly
from kiosk.store.journal import JournalHead
from kiosk.store.soundness import check_pages
from kiosk.store.store import Reading, Store
from kiosk.verify.chain import ChainOutcome, EpochCheck

DATE = '"business_date":"'
AHEAD_BYTES, SET_PIPE_SIZE = 1 << 20, 1031  # some days of figures; a number of fcntl that Python 3.11 does not name
Opening = Callable[[], AbstractContextManager[Store]]
DailyReport = Callable[[Reading, Office, str, str], dict[str, Any]]  # office, first and last date → JSON


class SecondProcess:
    """What is known of the process: it may have ended, then it has nothing to say. Close it."""

    def __init__(self, open_store: Opening, daily_report: DailyReport) -> None:
        (in_child, here), (in_parent, answers) = os.pipe(), os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            try:
                os.close(here)
                with os.fdopen(in_child) as heads, os.fdopen(answers, "w") as out:
                    _answer(heads, out, open_store, daily_report)
            finally:
                os._exit(0)  # nothing of the first process is closed or written twice
        os.close(in_child)
        os.close(answers)
        _widen(in_parent)
        self._heads, self._answers = os.fdopen(here, "w"), os.fdopen(in_parent)
        self._reports: dict[str, dict[str, Any]] = {}
        self._chains: dict[str, ChainOutcome] = {}
        self._pages: str | None = None

    def begin(self, head: JournalHead) -> bool:
        """Whether it works from the same end of the journal, or not at all; otherwise read anew and ask again."""
        with suppress(OSError):
            self._heads.write(json.dumps([head.epoch, head.seq, head.hash]) + "\n")
            self._heads.flush()
        answer = self._next()
        return answer is None or bool(answer["begun"])

    def report_of(self, day: str) -> dict[str, Any] | None:
        """What the reports say of a business date."""
        while day not in self._reports and self._take():
            pass
        return self._reports.pop(day, None)

    def chain_of(self, epoch: str) -> ChainOutcome | None:
        """What is wrong with the chain of an epoch, and where it ends."""
        while epoch not in self._chains and self._take():
            pass
        return self._chains.get(epoch)

    def pages(self) -> str | None:
        """What is wrong with the pages of the file, "" for nothing; None when it did not look through them."""
        while self._pages is None and self._take():
            pass
        return self._pages

    def close(self) -> None:
        with suppress(OSError):
            self._heads.close()
        self._answers.close()
        with suppress(OSError):
            os.kill(self._pid, SIGKILL)
        os.waitpid(self._pid, 0)

    def _take(self) -> bool:
        answer = self._next()
        if answer is None:
            return False
        if "day" in answer:
            self._reports[answer["day"]] = answer["report"]
        elif "pages" in answer:
            self._pages = answer["pages"]
        else:
            self._chains[answer["epoch"]] = ChainOutcome(*answer["chain"])
        return True

    def _next(self) -> dict[str, Any] | None:
        """A whole line, or nothing when the process ended."""
        line = self._answers.readline()
        answer: dict[str, Any] | None = json.loads(line) if line.endswith("\n") else None
        return answer


def second_process(open_store: Opening, daily_report: DailyReport) -> SecondProcess | None:
    """None where it would bring nothing, or where other threads may hold locks that a fork would carry over."""
    if len(os.sched_getaffinity(0)) < 2 or threading.active_count() > 1:
        return None
    return SecondProcess(open_store, daily_report)


def bodies(reading: Reading, epoch: str) -> Iterator[tuple[int, str]]:
    """Position and text of every event of an epoch, as they are stored."""
    after = 0
    while page := reading.journal_page(epoch, after):
        yield from page
        after = page[-1][0]


def _answer(heads: IO[str], out: IO[str], open_store: Opening, daily_report: DailyReport) -> None:
    """Nothing is opened before the first position is asked for."""
    for line in heads:
        with open_store() as store, store.reading() as reading:
            head = reading.state.head
            is_same = json.loads(line) == [head.epoch, head.seq, head.hash]
            _write(out, {"begun": is_same})
            if is_same:
                _go_through(reading, store.office, out, daily_report)
                _write(out, {"pages": _wrong_pages(store)})
                return


def _wrong_pages(store: Store) -> str:
    """Last of all: whoever waits for figures of the first days waits for nothing else."""
    try:
        check_pages(store.reader, whole=True)
    except (StorageFailed, StoredWrongly) as damage:
        return str(damage)
    return ""


def _go_through(reading: Reading, office: Office, out: IO[str], daily_report: DailyReport) -> None:
    day = "none yet"
    done = {day, ""}

    def tell_of(day: str) -> None:
        if day in done:
            return
        done.add(day)
        with suppress(*UNREADABLE):  # the first process meets the same, and says so
            _write(out, {"day": day, "report": daily_report(reading, office, day, day)})

    for row in reading.epochs.all():
        check, start = EpochCheck(office.code, row.epoch), 0
        for seq, body in bodies(reading, row.epoch):
            check.take(seq, body)
            if body.startswith(day, start):
                continue
            start = body.find(DATE) + len(DATE)
            if (of := body[start : start + 10]) != day:
                tell_of(day)
                day = of
        _write(out, {"epoch": row.epoch, "chain": check.outcome()})
    tell_of(day)


def _write(out: IO[str], answer: dict[str, Any]) -> None:
    out.write(json.dumps(answer) + "\n")
    out.flush()


def _widen(pipe: int) -> None:
    """Room to be some days ahead; where the system allows less, it waits for the first process more often."""
    import fcntl

    with suppress(OSError):
        fcntl.fcntl(pipe, SET_PIPE_SIZE, AHEAD_BYTES)
