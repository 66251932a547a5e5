"""A demonstration keeps to a folder that nobody else uses."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from config.locks import locked
from kiosk.commands import demo
from kiosk.commands.demo import voice
from kiosk.commands.demo.sample import SAMPLES, fill, sample_until
from kiosk.commands.demo.setup import DemoSetup
from kiosk.maintenance.service_lock import ServiceLock
from kiosk.maintenance.verification import verify_store
from tests.office import OfficeStory

REFUSED = "đang được một bản trình diễn hoặc dịch vụ khác dùng; hãy tắt nó, hoặc chọn thư mục khác bằng --data"


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

    def fail(setup: demo.DemoSetup, headless: bool, quiet: bool, sample: str) -> int:
        started.append(setup.data)
        return 1

    monkeypatch.setattr(demo, "_run", fail)
    assert [demo.run_demo(None, True, str(tmp_path)) for _ in range(2)] == [1, 1]
    assert started == [tmp_path, tmp_path]


# 681 dossiers of the report of Ba Vì, 1,517 of the merged commune; and eight that the TV shows in progress
@pytest.mark.parametrize(("sample", "count"), [("ba-vi-2024", 689), ("merged-2026", 1525)])
def test_both_samples_start_a_demonstration(office: OfficeStory, tmp_path: Path, sample: str, count: int) -> None:
    fill(office.app, tmp_path, sample)
    with office.app.store.reading() as reading:
        assert len(reading.dossiers.all()) == count
        assert {counter.state for counter in reading.counters.all()} == {"OPEN"}
    assert sample_until(tmp_path) == "2024-04-14"
    assert office.types().count("ticket.issued") > 50
    assert verify_store(office.app.store).listed == []
    assert set(SAMPLES) == {"ba-vi-2024", "merged-2026"}


def demo_voice(folder: Path) -> voice.DemoVoice:
    """Of a demonstration without a configuration: its run ends by itself, and at once."""
    environment = {"MOTCUA_HOME": str(folder), "MOTCUA_CONFIG": str(folder / "none.toml"), "PATH": os.environ["PATH"]}
    return voice.DemoVoice(DemoSetup(folder, {}, environment))


def test_the_voice_is_made_beside_the_office_and_the_visitor_is_told(tmp_path: Path) -> None:
    made = demo_voice(tmp_path)
    assert made.start() == voice.BEING_MADE
    made.stop()
    manifest = tmp_path / "voices" / "vi" / "manifest.json"
    manifest.parent.mkdir(parents=True)
    manifest.touch()
    assert made.start() is None, "the pages speak already"
    made.stop()


def test_without_the_machines_voice_the_visitor_is_told_that_pages_are_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice, "PROGRAM", "no-such-program")
    assert demo_voice(tmp_path).start() == voice.SILENT
    assert not (tmp_path / "voice.log").exists()
