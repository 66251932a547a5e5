"""The stick as a technician carries it: the commands, a running service, the one-stop side's folder."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.cli import main
from kiosk.domain.dossier import dossier_data
from kiosk.maintenance.initialise import follower_tokens
from kiosk.samples.ba_vi_2024 import SampleProcedure, dossiers
from kiosk.server import Server
from kiosk.store.store import Store
from sync.bundles.format.keys import fingerprint
from sync.receiver.bundle_receiver import BundleReceiver
from sync.receiver.store import ReceiverStore
from tests.e2e.demo import until
from tests.office import OfficeStory, sample_configuration
from tests.sync.exports import PEOPLE
from tests.sync.test_canaries import files, seen

ENDS = frozenset({"id", "time", "hash", "prev_hash", "epoch"})


class Running:
    """An office's service over real HTTP, with its commands."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self._patch = folder, monkeypatch
        folder.mkdir()
        monkeypatch.setenv("MOTCUA_HOME", str(folder))
        self.story = OfficeStory(f"sqlite:///{folder / 'motcua.db'}")
        follower_tokens(self.story.app)
        self.service = Server(self.story.app)
        self.address = f"http://127.0.0.1:{self.service.start()}"
        self._thread = threading.Thread(target=self.service.run, daemon=True)
        self._thread.start()
        self.config = folder / "office.toml"
        from config.loading import sample_text

        self.config.write_text(sample_text(), encoding="utf-8")

    def motcua(self, *arguments: str, trusted: str = "") -> int:
        self._patch.setenv("MOTCUA_HOME", str(self.folder))
        self._patch.setenv("MOTCUA_CONFIG", str(self.config))
        self._patch.setenv("MOTCUA__SYNC__SERVICE_URL", self.address)
        keys = f'["{trusted}"]' if trusted else "[]"
        self._patch.setenv("MOTCUA__SYNC__BUNDLE__TRUSTED_KEYS", keys)
        return main(arguments)

    def known(self) -> set[tuple[str, int, str]]:
        return {(event["epoch"], event["seq"], event["hash"]) for event in self.story.events()}

    def table(self) -> list[Any]:
        """The dossier table, and the facts that the journal has of it."""
        store: Store = self.story.app.store
        events = [e for e in self.story.events() if e["type"] == "dossier.updated"]
        with store.reading() as reading:
            rows = [reading.dossiers.get(event["subject"]) for event in events]
        assert len(rows) == len({event["subject"] for event in events}) == 681
        return sorted((repr(row), repr(event["data"])) for row, event in zip(rows, events, strict=True))

    def close(self) -> None:
        """Until nobody answers any more."""
        self.service.stopped.set()
        self._thread.join(10)
        port = int(self.address.rpartition(":")[2])
        until("the port to close", lambda: not answers(port))


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def offices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Running]]:
    running: list[Running] = []
    yield running
    for office in running:
        office.close()


def ba_vi() -> list[dict[str, Any]]:
    configuration = sample_configuration("")
    kinds = [SampleProcedure(procedure.code, procedure.field) for procedure in configuration.procedure]
    from zoneinfo import ZoneInfo

    return [dossier_data(row) for row in dossiers(kinds, ZoneInfo(configuration.office.timezone))]


def test_the_journal_travels_by_stick_and_the_681_dossiers_of_ba_vi_come_back_as_if_put_over_the_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, offices: list[Running], capsys: pytest.CaptureFixture[str]
) -> None:
    sample = ba_vi()
    by_line = Running(tmp_path / "line", monkeypatch)
    offices.append(by_line)
    for start in range(0, 681, 200):
        done = by_line.story.send("PUT", "/api/v1/dossiers", "sync", sample[start : start + 200])
        assert done.status_code == 200 and done.json["refused"] == []  # type: ignore[index]

    by_stick = Running(tmp_path / "stick-office", monkeypatch)
    offices.append(by_stick)
    for _ in range(7):
        by_stick.story.take_number()
    stick, there = tmp_path / "usb", tmp_path / "onestop"
    stick.mkdir()
    assert by_stick.motcua("sync", "key") == 0
    shown = capsys.readouterr()
    key = shown.out.strip()
    assert fingerprint(key) in shown.err and shown.out.count("\n") == 1
    sent = by_stick.known()  # that it was exported is an event after it
    assert by_stick.motcua("sync", "export", "--to", str(stick)) == 0
    assert "có thể rút USB" in capsys.readouterr().out

    store = ReceiverStore(there)
    store.put_dossiers("ba-vi", sample)
    store.close()
    bundle = next(stick.glob("*_gui_*.mcb"))
    receiving = ["simulate", "onestop", "--data", str(there), "--register", f"ba-vi={key}", "--answer", "ba-vi"]
    assert main([*receiving, "--read-bundle", str(bundle), "--to", str(stick)]) == 0
    said = capsys.readouterr()
    assert "đã nhận sự kiện 1 đến" in said.out and "ed25519:" in said.err
    own = said.err.strip().rpartition(" ")[2]
    assert main([*receiving, "--read-bundle", str(bundle), "--to", str(tmp_path)]) == 1

    assert by_stick.motcua("sync", "import", str(stick)) == 1
    assert "trusted_keys" in capsys.readouterr().err
    assert by_stick.motcua("sync", "import", str(stick), trusted=own) == 0
    assert "hồ sơ: 681 mới, 0 thay đổi, 0 như cũ, 0 không dùng được" in capsys.readouterr().out
    assert by_stick.table() == by_line.table()

    store = ReceiverStore(there)
    epoch = next(iter(sent))[0]
    assert {(r["epoch"], r["seq"], r["hash"]) for r in store.stored("ba-vi", epoch)} == sent
    store.close()
    follower = next(row for row in by_stick.story.send("GET", "/api/v1/followers", "admin").json["followers"])  # type: ignore[index]
    assert (follower["name"], follower["cursor"], follower["state"]) == ("usb", len(sent), "ok")
    assert by_stick.motcua("sync", "import", str(stick), trusted=own) == 1
    assert "đã được nhập rồi" in capsys.readouterr().err


def test_no_trace_of_a_person_comes_in_by_stick(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, offices: list[Running], capsys: pytest.CaptureFixture[str]
) -> None:
    """Twenty people, in keys of their own and in texts that we keep; every byte of the office is searched."""
    office = Running(tmp_path / "office", monkeypatch)
    offices.append(office)
    store, there = ReceiverStore(None), tmp_path / "onestop"
    receiver = BundleReceiver(store, there)
    told = [
        {
            **row,
            "applicant": person.name,
            "contact": list(person.traces()),
            "step": f"Trả cho {person.name}",
            "not_digitised_reason": " ".join(person.traces()),
        }
        for person, row in zip(PEOPLE, ba_vi(), strict=False)
    ]
    assert len(told) == 20
    store.put_dossiers("ba-vi", told)
    answer = receiver.write_answer("ba-vi", tmp_path)
    assert office.motcua("sync", "import", str(answer), trusted=receiver.signer.public) == 0
    said = capsys.readouterr()
    assert "hồ sơ: 20 mới" in said.out
    everything = {**files(office.folder), "said": (said.out + said.err).encode()}
    assert {name: found for name, data in everything.items() if (found := seen(data))} == {}
    assert "motcua.db" in everything and len(seen(json.dumps(told, ensure_ascii=False).encode())) == 20


def test_a_service_that_is_down_and_a_missing_stick_are_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, offices: list[Running], capsys: pytest.CaptureFixture[str]
) -> None:
    office = Running(tmp_path / "office", monkeypatch)
    offices.append(office)
    assert office.motcua("sync", "export", "--to", str(tmp_path / "nowhere" / "x.mcb")) == 1
    assert "USB đã cắm chưa" in capsys.readouterr().err
    monkeypatch.delenv("MOTCUA_CONFIG")
    for arguments in (["--config", str(office.config), "key"], ["key", "--config", str(office.config)]):
        assert main(["sync", *arguments]) == 0
    first, second = capsys.readouterr().out.split()
    assert first == second
    office.close()
    assert office.motcua("sync", "export", "--to", str(tmp_path)) == 1
    assert "không trả lời" in capsys.readouterr().err
    assert main(["simulate", "onestop", "--read-bundle", "x.mcb"]) == 1
    assert "--data" in capsys.readouterr().err
