"""A demonstration keeps to a folder that nobody else uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.locks import locked
from kiosk.commands import demo
from kiosk.maintenance.service_lock import ServiceLock

REFUSED = "is in use by another demonstration or service; end it, or choose another folder with --data"


def test_a_second_demonstration_on_a_folder_refuses_and_leaves_it_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    handle = locked(tmp_path / demo.LOCK)
    assert demo.run_demo(demo.free_port(), True, str(tmp_path)) == 1
    assert capsys.readouterr().err == f"motcua: {tmp_path} {REFUSED}\n"
    assert [file.name for file in tmp_path.iterdir()] == [demo.LOCK], "no configuration was written over"
    assert handle > 0


def test_a_demonstration_refuses_beside_a_running_service(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    service = ServiceLock(tmp_path)
    service.take()
    for _ in range(2):
        assert demo.run_demo(demo.free_port(), True, str(tmp_path)) == 1
        assert REFUSED in capsys.readouterr().err
    service.release()


def test_a_demonstration_that_does_not_start_frees_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = list[Path]()

    def fail(setup: demo.DemoSetup, headless: bool) -> int:
        started.append(setup.data)
        return 1

    monkeypatch.setattr(demo, "_run", fail)
    assert [demo.run_demo(None, True, str(tmp_path)) for _ in range(2)] == [1, 1]
    assert started == [tmp_path, tmp_path]
