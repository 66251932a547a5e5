"""As many threads as are needed at once, and no more than were allowed."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from kiosk.web.wsgi.worker_threads import FIRST, WorkerThreads
from tests.kiosk.web.wsgi.conftest import PATIENCE_S, get, one_answer, serving


class Work:
    """Each thread comes here and stays until the test ends."""

    def __init__(self) -> None:
        self.came = threading.Semaphore(0)
        self.may_end = threading.Event()

    def __call__(self) -> None:
        self.came.release()
        self.may_end.wait(PATIENCE_S)

    def has_seen(self, count: int) -> bool:
        return all(self.came.acquire(timeout=PATIENCE_S) for _ in range(count))


@pytest.fixture
def work() -> Iterator[Work]:
    made = Work()
    yield made
    made.may_end.set()


@pytest.mark.parametrize(("most", "count"), [(1, 1), (3, 3), (40, FIRST)])
def test_a_few_are_started_at_once(work: Work, most: int, count: int) -> None:
    threads = WorkerThreads(most, work)
    assert threads.count == 0 and not threads.are_alive
    threads.start()
    assert threads.count == count and work.has_seen(count) and threads.are_alive


def test_another_is_started_when_the_last_free_one_begins(work: Work) -> None:
    threads = WorkerThreads(FIRST + 2, work)
    threads.start()
    counts = []
    for _ in range(FIRST + 4):
        threads.begin()
        counts.append(threads.count)
    assert counts == [FIRST] * (FIRST - 1) + [FIRST + 1] + [FIRST + 2] * 4
    assert work.has_seen(FIRST + 2)


def test_who_has_ended_is_free_again(work: Work) -> None:
    threads = WorkerThreads(40, work)
    threads.start()
    for _ in range(100):
        threads.begin()
        threads.end()
    assert threads.count == FIRST


def test_none_is_started_once_they_stop(work: Work) -> None:
    threads = WorkerThreads(40, work)
    threads.start()
    threads.stop()
    for _ in range(FIRST + 1):
        threads.begin()
    assert threads.count == FIRST
    work.may_end.set()
    threads.join(PATIENCE_S)
    assert not threads.are_alive


def test_a_system_that_gives_no_more_threads_stops_nobody(
    work: Work, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    threads = WorkerThreads(40, work)
    threads.start()

    def refused(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", refused)
        for _ in range(FIRST):
            threads.begin()
    assert threads.count == FIRST and "can't start new thread" in caplog.text
    threads.end()
    threads.begin()
    assert threads.count == FIRST + 1, "it is tried again the next time all are busy"


def test_a_server_holds_as_many_requests_as_it_has_threads() -> None:
    with serving(threads=10) as served:
        served.server._turns._most_of_one = 10  # all of them come from one address here
        served.server._turns._most_of_others = 10
        lines = [served.connect() for _ in range(10)]
        for line in lines:
            line.sendall(get("/waits"))
        assert all(served.application.entered.acquire(timeout=PATIENCE_S) for _ in lines)
        served.application.gate.set()
        for line in lines:
            assert one_answer(line)[2] == b"/waits "
            line.close()
