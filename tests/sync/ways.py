"""A stick that goes to the one-stop side and comes back with dossiers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sync.bundles.desk import BundleDesk
from sync.bundles.program import Desk
from sync.simulator.onestop import OneStop
from tests.pages.conftest import House
from tests.sync.stick import configuration


def by_stick(house: House, province: OneStop, folder: Path, told: list[dict[str, Any]]) -> list[str]:
    """What the office's commands said."""
    code, stick, said = house.story.house.office.code, folder / "stick", list[str]()
    stick.mkdir()
    there = BundleDesk(province.store, folder / "onestop")
    given = configuration(house.address, there)
    follower = given.sync.model_copy(update={"token": house.story.token("sync")})
    here = Desk(given.model_copy(update={"sync": follower}), said.append)
    there.register(code, here.signer().public)
    here.export(stick)
    for part in sorted(stick.glob("*_gui_*.mcb")):
        there.read(part)
    province.store.put_dossiers(code, told)
    here.take(there.answer(code, stick))
    there.close()
    return said
