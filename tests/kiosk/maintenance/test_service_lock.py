"""One lock says whether a service runs on a state folder, whatever becomes of its process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.maintenance.service_lock import InUse, ServiceLock, how_many_serve, is_served, nobody_serves

ROOT = Path(__file__).resolve().parents[3]
HOLD = """
import sys
from pathlib import Path
from kiosk.maintenance.service_lock import ServiceLock
lock = ServiceLock(Path(sys.argv[1]))
lock.take()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_folder_on_which_nothing_runs_is_free(tmp_path: Path) -> None:
    assert not is_served(tmp_path)


def test_a_running_service_is_seen_until_it_releases(tmp_path: Path) -> None:
    lock = ServiceLock(tmp_path)
    lock.take()
    assert is_served(tmp_path)
    lock.release()
    assert not is_served(tmp_path)


def test_releasing_twice_or_before_taking_does_no_harm(tmp_path: Path) -> None:
    lock = ServiceLock(tmp_path)
    lock.release()
    lock.take()
    lock.release()
    lock.release()
    assert not is_served(tmp_path)


def test_two_services_may_share_one_database(tmp_path: Path) -> None:
    first, second = ServiceLock(tmp_path), ServiceLock(tmp_path)
    first.take()
    second.take()
    first.release()
    assert is_served(tmp_path)
    second.release()


def test_a_restore_waits_for_no_service_but_refuses(tmp_path: Path) -> None:
    lock = ServiceLock(tmp_path)
    lock.take()
    with pytest.raises(InUse, match="in use by a running service or restore"), nobody_serves(tmp_path):
        pass
    lock.release()


def test_no_service_starts_during_a_restore(tmp_path: Path) -> None:
    lock = ServiceLock(tmp_path)
    with nobody_serves(tmp_path):
        with pytest.raises(InUse):
            lock.take()
        assert is_served(tmp_path)
    lock.take()
    lock.release()


def test_a_killed_service_leaves_no_lock_behind(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    assert is_served(tmp_path)
    process.kill()
    process.wait(10)
    process.stdout.close()
    assert not is_served(tmp_path)


def test_the_kernel_tells_how_many_services_run(tmp_path: Path) -> None:
    assert how_many_serve(tmp_path) == 0
    first, second, elsewhere = ServiceLock(tmp_path), ServiceLock(tmp_path), ServiceLock(tmp_path / "other")
    counts = []
    for lock in (first, second, elsewhere):
        lock.take()
        counts.append(how_many_serve(tmp_path))
    for lock in (first, second, elsewhere):
        lock.release()
        counts.append(how_many_serve(tmp_path))
    assert counts == [1, 2, 2, 1, 0, 0]


def test_where_the_kernel_tells_nothing_no_service_is_counted(tmp_path: Path) -> None:
    lock = ServiceLock(tmp_path)
    lock.take()
    assert how_many_serve(tmp_path, tmp_path / "nothing") == 0
    lock.release()
