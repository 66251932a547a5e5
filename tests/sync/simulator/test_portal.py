"""The simulated national portal, loaded and spoilt from outside."""

from __future__ import annotations

import pytest

from sync.errors import SyncError
from sync.simulator.onestop import OneStop
from tests.sync.exports import PEOPLE, portal_item
from tests.sync.portal_office import one_dossier, portal


def test_the_simulated_portal_is_loaded_and_spoilt_by_http(province: OneStop) -> None:
    import requests

    base = f"http://127.0.0.1:{province.port}/control/portal"
    item = portal_item(one_dossier(1), PEOPLE[0])
    assert requests.put(base, json={"dossiers": [item]}, timeout=5).json() == {"dossiers": 1, "procedures": 0}
    assert requests.post(f"{base}/fail", json={"mode": "nonsense"}, timeout=5).status_code == 400
    assert requests.post(f"{base}/fail", json={"mode": "html"}, timeout=5).json() == {"ok": True}
    client = portal(province)
    with pytest.raises(SyncError):
        client.dossier(one_dossier(1).code)
    assert client.dossier(one_dossier(1).code) == item
