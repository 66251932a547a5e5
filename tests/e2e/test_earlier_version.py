"""An office of an earlier version goes on with its stick: its key, its bundles and answers are still understood."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.loading import sample_text
from kiosk.cli import main
from kiosk.server import Server
from tests.earlier import EarlierOffice, unpacked
from tests.office import OfficeStory


class RunningEarlier:
    """Today's service and commands on the state of version 0.1.0."""

    def __init__(self, earlier: EarlierOffice, monkeypatch: pytest.MonkeyPatch) -> None:
        self.earlier = earlier
        monkeypatch.setenv("MOTCUA_HOME", str(earlier.home))
        self.story = OfficeStory(earlier.url)
        self.story.clock.ms = earlier.now_ms
        self._server = Server(self.story.app)
        address = f"http://127.0.0.1:{self._server.start()}"
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        config = earlier.folder / "office.toml"
        config.write_text(sample_text(), encoding="utf-8")
        monkeypatch.setenv("MOTCUA_CONFIG", str(config))
        monkeypatch.setenv("MOTCUA__SYNC__SERVICE_URL", address)
        monkeypatch.setenv("MOTCUA__SYNC__BUNDLE__TRUSTED_KEYS", f'["{earlier.facts["province_key"]}"]')

    def stick_cursor(self) -> int:
        with self.story.app.store.reading() as reading:
            return next(follower.cursor for follower in reading.followers.all() if follower.name == "usb")

    def dossiers(self) -> int:
        with self.story.app.store.reading() as reading:
            return len(reading.dossiers.all())

    def close(self) -> None:
        self._server.stopped.set()
        self._thread.join(10)


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningEarlier]:
    office = RunningEarlier(unpacked("v0.1.0", tmp_path), monkeypatch)
    yield office
    office.close()


def test_its_next_answer_is_imported_and_the_next_part_is_exported(
    running: RunningEarlier, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = running.earlier
    assert (running.stick_cursor(), running.dossiers()) == (97, 50)
    assert main(["sync", "import", str(earlier.folder / "answer")]) == 0
    assert "hồ sơ: 10 mới" in capsys.readouterr().out
    assert (running.stick_cursor(), running.dossiers()) == (108, 60)

    new = earlier.folder / "new-stick"
    new.mkdir()
    assert main(["sync", "export", "--to", str(new)]) == 0
    assert "sự kiện 109 đến" in capsys.readouterr().out
    (bundle,) = new.glob("*_gui_*.mcb")
    receiving = ["simulate", "onestop", "--data", str(earlier.folder / "onestop"), "--answer", "ba-vi"]
    assert main([*receiving, "--read-bundle", str(bundle), "--to", str(new)]) == 0
    assert "đã nhận sự kiện 109 đến" in capsys.readouterr().out
    assert main(["sync", "import", str(new)]) == 0
    with running.story.app.store.reading() as reading:
        told_after = 2  # that somebody wrote the bundle, and read the answer
        assert running.stick_cursor() >= reading.state.head.seq - told_after


def test_an_answer_that_was_imported_before_is_refused(
    running: RunningEarlier, capsys: pytest.CaptureFixture[str]
) -> None:
    (imported,) = (running.earlier.folder / "usb").glob("*_bien-nhan_000001.mcb")
    assert main(["sync", "import", str(imported)]) == 1
    assert "đã được nhập rồi" in capsys.readouterr().err
    assert running.stick_cursor() == 97


def test_a_bundle_of_the_earlier_version_is_read_once(
    running: RunningEarlier, capsys: pytest.CaptureFixture[str]
) -> None:
    (first,) = (running.earlier.folder / "usb").glob("*_gui_*_000000098.mcb")
    receiving = ["simulate", "onestop", "--data", str(running.earlier.folder / "onestop")]
    assert main([*receiving, "--read-bundle", str(first)]) == 1, "the one-stop side took it before"
    assert capsys.readouterr().out == ""
