"""A stick that goes to the one-stop side and comes back with dossiers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sync.bundles.program import BundleExchange
from sync.receiver.bundle_receiver import BundleReceiver
from sync.simulator.onestop import OneStop
from tests.pages.conftest import RunningOffice
from tests.sync.usb import configuration


def by_usb(running: RunningOffice, province: OneStop, folder: Path, told: list[dict[str, Any]]) -> list[str]:
    """What the office's commands said."""
    code, stick, said = running.story.app.office.code, folder / "stick", list[str]()
    stick.mkdir()
    there = BundleReceiver(province.store, folder / "onestop")
    given = configuration(running.address, there)
    follower = given.sync.model_copy(update={"token": running.story.token("sync")})
    here = BundleExchange(given.model_copy(update={"sync": follower}), said.append)
    there.register(code, here.signer().public)
    here.export(stick)
    for part in sorted(stick.glob("*_gui_*.mcb")):
        there.read(part)
    province.store.put_dossiers(code, told)
    here.import_answer(there.write_answer(code, stick))
    there.close()
    return said
