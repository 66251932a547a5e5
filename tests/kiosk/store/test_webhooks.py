"""Webhooks."""

from __future__ import annotations

from kiosk.store.tables import OfficeTables
from kiosk.store.webhooks import Webhook


def test_webhooks_are_listed_oldest_first_and_removed_by_address(tables: OfficeTables, other: OfficeTables) -> None:
    tables.webhooks.add("https://b.example/", "secret b", 1)
    tables.webhooks.add("https://a.example/", "secret a", 2)
    other.webhooks.add("https://b.example/", "their secret", 3)
    assert tables.webhooks.all() == [
        Webhook("https://b.example/", "secret b"),
        Webhook("https://a.example/", "secret a"),
    ]
    assert tables.webhooks.remove("https://b.example/")
    assert not tables.webhooks.remove("https://b.example/")
    assert [hook.url for hook in tables.webhooks.all()] == ["https://a.example/"]
    assert other.webhooks.all() == [Webhook("https://b.example/", "their secret")]
