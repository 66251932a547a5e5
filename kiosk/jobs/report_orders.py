"""Reports that were asked for: made one after the other, kept as files until newer ones push them out."""

from __future__ import annotations

import json
import logging
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from contract.records import dataclass
from kiosk.jobs.job import Job, JobAnswer, JobFailed, JobRefused, JobRunner, JobsBusy

MOST_WAITING = 8
MOST_KEPT = 40
MOST_BYTES = 200 * 1024 * 1024
WAITING, RUNNING, DONE, FAILED = "WAITING", "RUNNING", "DONE", "FAILED"
NOT_MADE = "the work failed; the log says why"
NOT_KEPT = "the finished report could not be written to the disk; make room on it, then ask for the report again"
log = logging.getLogger("kiosk.jobs")


class TooManyOrders(Exception):
    """As many reports wait as may wait."""


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """`first`, `last`: ISO dates; `stage`: what its process does now; times in ms since 1970; `size` in bytes.

    `reason`: why it failed, `warning`: what is to be known of one that was made, both for people. `masked`: made
    without names, so that readers may have it.
    """

    id: str
    name: str
    kind: str
    first: str
    last: str
    asked_at: int
    person: str | None = None
    state: str = WAITING
    stage: str = ""
    ended_at: int | None = None
    size: int = 0
    reason: str = ""
    masked: bool = False
    warning: str = ""


class ReportOrders:
    """One thread makes what waits, in the order of asking. `now_ms` is the office's time, `new_id` makes names."""

    def __init__(self, runner: JobRunner, folder: Path, now_ms: Callable[[], int], new_id: Callable[[], str]) -> None:
        self._runner, self._folder, self._now_ms, self._new_id = runner, folder, now_ms, new_id
        self._lock = threading.Condition()
        self._orders: dict[str, ReportOrder] = {order.id: order for order in _kept(folder)}
        self._waiting: deque[str] = deque()
        self._thread: threading.Thread | None = None
        self._stopped = False

    def ask(
        self, name: str, kind: str, first: str, last: str, person: str | None = None, masked: bool = False
    ) -> ReportOrder:
        """Raises TooManyOrders. What was asked for and waits already is not asked twice."""
        with self._lock:
            for known in map(self._orders.__getitem__, self._waiting):
                if _what(known) == (name, kind, first, last, masked):
                    return known
            if len(self._waiting) >= MOST_WAITING:
                raise TooManyOrders("too many reports wait already; ask again when they are made")
            order = ReportOrder(self._new_id(), name, kind, first, last, self._now_ms(), person, masked=masked)
            self._orders[order.id] = order
            self._waiting.append(order.id)
            if self._thread is None and not self._stopped:
                self._thread = threading.Thread(target=self._work, name="report-orders", daemon=True)
                self._thread.start()
            self._lock.notify_all()
            return order

    def all(self) -> list[ReportOrder]:
        """Newest first."""
        with self._lock:
            return sorted(self._orders.values(), key=lambda order: (order.asked_at, order.id), reverse=True)

    def get(self, order_id: str) -> ReportOrder | None:
        with self._lock:
            return self._orders.get(order_id)

    def before(self, order_id: str) -> int:
        """How many are made before this one."""
        with self._lock:
            running = sum(order.state == RUNNING for order in self._orders.values())
            return list(self._waiting).index(order_id) + running if order_id in self._waiting else 0

    def file(self, order: ReportOrder) -> bytes:
        """Raises OSError when somebody took it away."""
        return self._path(order).read_bytes()

    def drop(self, order_id: str) -> bool:
        """Forget one that does not run; whether there was one."""
        with self._lock:
            order = self._orders.get(order_id)
            if order is None or order.state == RUNNING:
                return False
            if order_id in self._waiting:
                self._waiting.remove(order_id)
            self._forget(order)
            return True

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            self._waiting.clear()
            self._lock.notify_all()
        self._runner.stop()
        if self._thread is not None:
            self._thread.join(5.0)

    def _work(self) -> None:
        while (order := self._next()) is not None:
            try:
                self._end(order, self._make(order))
            except (JobRefused, JobFailed, JobsBusy) as error:
                self._end(order, reason=str(error))
            except Exception:
                log.exception("report %s could not be made", order.name)
                self._end(order, reason=NOT_MADE)

    def _next(self) -> ReportOrder | None:
        with self._lock:
            while not self._waiting and not self._stopped:
                self._lock.wait()
            return None if self._stopped else self._change(self._waiting.popleft(), state=RUNNING)

    def _make(self, order: ReportOrder) -> JobAnswer:
        days = {"first": order.first, "last": order.last}
        given = {"name": order.name, "format": order.kind, "masked": order.masked, **days}

        def progress(stage: str) -> None:
            with self._lock:
                self._change(order.id, stage=stage)

        return self._runner.run(Job("report", {**given, "now_ms": self._now_ms()}), progress)

    def _end(self, order: ReportOrder, answer: JobAnswer | None = None, reason: str = "") -> None:
        data = None if answer is None else answer.data
        if data is not None:
            try:
                self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._path(order).write_bytes(data)
            except OSError as error:
                log.error("report %s cannot be kept: %s", order.name, error)
                data, reason = None, NOT_KEPT
        with self._lock:
            state, size = (FAILED, 0) if data is None else (DONE, len(data))
            warning = "" if answer is None else str(answer.values.get("warning", ""))
            changes = {"state": state, "size": size, "reason": reason, "warning": warning, "stage": ""}
            ended = self._change(order.id, ended_at=self._now_ms(), **changes)
            if data is not None:
                with suppress(OSError):
                    self._note(ended).write_text(json.dumps(asdict(ended)), encoding="utf-8")
            self._push_out()

    def _change(self, order_id: str, **changes: object) -> ReportOrder:
        self._orders[order_id] = changed = replace(self._orders[order_id], **changes)  # type: ignore[arg-type] # fields of ReportOrder
        return changed

    def _push_out(self) -> None:
        """The oldest that have ended go when there are too many, or they are too large together."""
        ended = sorted((order for order in self._orders.values() if order.ended_at is not None), key=_by_end)
        while len(ended) > MOST_KEPT or (sum(order.size for order in ended) > MOST_BYTES and len(ended) > 1):
            self._forget(ended.pop(0))

    def _forget(self, order: ReportOrder) -> None:
        del self._orders[order.id]
        for path in (self._path(order), self._note(order)):
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def _path(self, order: ReportOrder) -> Path:
        return self._folder / f"{order.id}.{order.kind}"

    def _note(self, order: ReportOrder) -> Path:
        return self._folder / f"{order.id}.order"


def _what(order: ReportOrder) -> tuple[str, str, str, str, bool]:
    return order.name, order.kind, order.first, order.last, order.masked


def _by_end(order: ReportOrder) -> int:
    return order.ended_at or 0


def _kept(folder: Path) -> list[ReportOrder]:
    """What an earlier run of the service made; files that are no notes of it are left alone."""
    orders = []
    for note in sorted(folder.glob("*.order")):
        with suppress(OSError, ValueError, TypeError):
            order = ReportOrder(**json.loads(note.read_text(encoding="utf-8")))
            if (folder / f"{order.id}.{order.kind}").is_file():
                orders.append(order)
    return orders
