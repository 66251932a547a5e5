"""What a follower reports of its receiver can begin a new epoch, within bounds."""

from __future__ import annotations

from typing import Any

from config.followers import ConnectorSection
from tests.office import OfficeStory, sample_configuration


def reported(office: OfficeStory, name: str, seq: int, role: str = "sync", **numbers: Any) -> int:
    with office.app.store.reading() as reading:
        epoch = reading.state.head.epoch
    body = {"epoch": epoch, "cursor": 0, "state": "blocked", "ahead": {"epoch": epoch, "seq": seq, **numbers}}
    return office.send("PUT", f"/api/v1/followers/{name}", role, body).status_code


def epochs(office: OfficeStory) -> list[str]:
    with office.app.store.reading() as reading:
        return [row.reason for row in reading.epochs.all()]


def test_only_a_configured_connector_is_heeded_and_once_a_day(home: Any) -> None:
    url = f"sqlite:///{home / 'motcua.db'}"
    plain = sample_configuration(url)
    section = ConnectorSection(name="tinh", url="http://127.0.0.1:9/events")
    sync = plain.sync.model_copy(update={"connector": [section]})
    office = OfficeStory(url, plain.model_copy(update={"sync": sync}))
    office.take_number()
    numbers = {"numbers": {"business_date": "2024-04-15", "last": {"A": 120}}}
    assert reported(office, "stranger", 900) == 204 and epochs(office) == ["new"]
    assert reported(office, "tinh", 1, **numbers) == 204 and epochs(office) == ["new"], "it is not ahead"
    assert reported(office, "tinh", 900, **numbers) == 204 and epochs(office) == ["new", "receiver_ahead"]
    assert office.take_number().number == "A301"
    assert reported(office, "tinh", 900, **numbers) == 204 and epochs(office) == ["new", "receiver_ahead"]
    assert "motcua_lost_numbers " in office.send("GET", "/metrics", None).text
    assert reported(office, "tinh", 900, numbers={"business_date": "x", "last": {}}) == 400
    office.close()
