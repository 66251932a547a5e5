"""An office, its stick and the one-stop side, in the language of the tests of bundles."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from config.loading import build, sample_text
from config.schema import Configuration
from sync.bundles.format.frames import EVENTS, HEADER, MAGIC, pack_frame
from sync.bundles.format.keys import Signer
from sync.bundles.program import BundleExchange
from sync.receiver.bundle_receiver import BundleReceiver, BundleResult
from sync.receiver.store import ReceiverStore
from tests.sync.journal import OFFICE, Office


def configuration(address: str, receiver: BundleReceiver | None = None, **bundle: Any) -> Configuration:
    tables = tomllib.loads(sample_text())
    keys = [receiver.signer.public] if receiver else []
    connector = [{"name": "tinh", "url": "http://127.0.0.1:9/events"}]
    section = {"trusted_keys": keys, **bundle}
    tables["sync"] = {"service_url": address, "token": "token", "connector": connector, "bundle": section}
    return build(tables, "sample")


class Trip:
    """`stick` is the folder that travels; `province` reads it; `said` is what the commands told."""

    def __init__(self, office: Office, folder: Path, province: BundleReceiver | None = None) -> None:
        self.office, self.stick, self.said = office, folder / "stick", list[str]()
        self.stick.mkdir(exist_ok=True)
        self.store = ReceiverStore(None)
        self.province = province or BundleReceiver(self.store, folder / "onestop")

    def bundles(self, **bundle: Any) -> BundleExchange:
        return BundleExchange(configuration(self.office.address, self.province, **bundle), self.said.append)

    def registered(self) -> Trip:
        self.province.register(OFFICE, self.bundles().signer().public)
        return self

    def export(self, to: Path | None = None, **bundle: Any) -> list[Path]:
        self.bundles(**bundle).export(to or self.stick)
        return self.parts()

    def parts(self) -> list[Path]:
        return sorted(self.stick.glob("*_gui_*.mcb"))

    def read(self, *paths: Path) -> list[BundleResult]:
        return [self.province.read(path) for path in paths or self.parts()]

    def bring_back(self) -> Path:
        path = self.province.write_answer(OFFICE, self.stick)
        self.bundles().import_answer(path)
        return path

    def arrived(self, *epochs: str) -> set[tuple[str, int, str]]:
        rows = [row for epoch in epochs or ("e1",) for row in self.store.stored(OFFICE, epoch)]
        assert len({(row["epoch"], row["seq"]) for row in rows}) == len(rows)
        return {(row["epoch"], row["seq"], row["hash"]) for row in rows}


def forged(path: Path, signer: Signer, header: dict[str, Any], *bodies: tuple[str, Any]) -> Path:
    """A bundle with these frames, each correctly signed."""
    data, digest = MAGIC, bytes(32)
    for kind, body in ((HEADER, header), *bodies):
        frame, digest = pack_frame(signer, digest, kind, body)
        data += frame
    path.write_bytes(data)
    return path


def events_header(signer: Signer, **more: Any) -> dict[str, Any]:
    start = {"epoch": "e1", "after": 0, "after_hash": "0" * 64}
    return {"kind": "events", "office": OFFICE, "id": "b1", "key": signer.public, **start, **more}


def whole(events: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    end = {"through": events[-1]["seq"], "hash": events[-1]["hash"]} if events else {}
    return [(EVENTS, {"events": events}), ("Z", end)]
