"""The table `[sync.connector.portal]`: what a half-configured portal is told."""

from __future__ import annotations

import pytest

from config.loading import ConfigurationError
from tests.sync.portal_office import UNIT


@pytest.mark.parametrize(
    ("connector", "word"),
    [
        ({"kind": "national_portal"}, "cổng quốc gia cần username"),
        (
            {"portal": {"username": "a", "password": "b", "dstcode": "c", "unit": UNIT}},
            'chỉ dùng cho kind = "national_portal"',
        ),
        ({"kind": "national_portal", "portal": {"username": "a", "password": "b", "dstcode": "c d"}}, "dstcode"),
        ({"kind": "national_portal", "portal": {"username": "a", "password": "b", "unit": "?"}}, "unit"),
    ],
)
def test_a_half_configured_portal_is_told_before_the_start(connector: dict[str, object], word: str) -> None:
    import tomllib

    from config.loading import build, sample_text

    tables = tomllib.loads(sample_text())
    tables["sync"] = {"connector": [{"name": "cong", "url": "https://adapter.example.vn", **connector}]}
    with pytest.raises(ConfigurationError) as refused:
        build(tables, "sample")
    assert word in str(refused.value)
