"""Jobs in real child processes: answers, refusals, and children that end without a word."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from kiosk.jobs import child_process
from kiosk.jobs.child_process import ChildProcessRunner
from kiosk.jobs.job import Job, JobFailed, JobRefused, JobsBusy, no_progress
from tests.office import OfficeStory

DAY = {"first": "2024-04-15", "last": "2024-04-15", "now_ms": 1713143100000}


def runner_of(office: OfficeStory) -> ChildProcessRunner:
    return ChildProcessRunner(office.app.configuration.model_dump(mode="json", by_alias=True))


def test_a_report_is_made_by_a_child_and_no_library_of_it_enters_this_process(small_office: OfficeStory) -> None:
    small_office.take_number()
    stages: list[str] = []
    before = set(sys.modules)
    runner = runner_of(small_office)
    answer = runner.run(Job("report", {"name": "II.06a", "format": "xlsx", **DAY}), stages.append)
    assert answer.data.startswith(b"PK") and stages[0] == "counting"
    assert not {name for name in set(sys.modules) - before if name.partition(".")[0] in {"openpyxl", "docx"}}
    with pytest.raises(JobRefused, match="không có báo cáo “nothing”"):
        runner.run(Job("report", {"name": "nothing", "format": "json", **DAY}), no_progress)


def scripted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, source: str) -> ChildProcessRunner:
    """A runner whose children run this program instead of ours."""
    script = tmp_path / "child.sh"
    script.write_text(f"#!/bin/sh\n{source}\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(child_process.sys, "executable", str(script))
    return ChildProcessRunner({})


@pytest.mark.parametrize(
    "source", ["exit 3", "exec true", "echo not-json", "kill -9 $$", 'echo \'{"values": {}, "bytes": 9}\'']
)
def test_a_child_that_gives_no_answer_has_failed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, source: str) -> None:
    runner = scripted(monkeypatch, tmp_path, source)
    with pytest.raises(JobFailed):
        runner.run(Job("report", {}, b"x" * 300_000), no_progress)


def test_a_job_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    runner = scripted(monkeypatch, tmp_path, "exec sleep 60")
    with pytest.raises(JobFailed, match="took too long"):
        runner.run(Job("report", {}, seconds=0), no_progress)


def test_more_than_two_at_once_are_told_to_wait(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(child_process, "WAIT_S", 0.05)
    runner = scripted(monkeypatch, tmp_path, "exec sleep 60")
    started = threading.Semaphore(0)

    def stage(_: Any) -> None:
        raise AssertionError("nothing is told")

    def work() -> None:
        started.release()
        with pytest.raises(JobFailed):
            runner.run(Job("report", {}), stage)

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
        started.acquire(timeout=15)
    busy = False
    for _ in range(300):
        try:
            runner.run(Job("report", {}, seconds=0), no_progress)
        except JobsBusy:
            busy = True
            break
        except JobFailed:
            continue
    assert busy
    runner.stop()
    for worker in workers:
        worker.join(15)
        assert not worker.is_alive()
