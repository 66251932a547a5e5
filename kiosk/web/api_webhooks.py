"""Webhooks as the sync follower learns them."""

from __future__ import annotations

from typing import Any

from kiosk.store.devices import Access
from kiosk.web.calls import Context, call
from kiosk.web.models import AnyObject


@call("GET", "/api/v1/webhooks", "sync", None, {200: AnyObject})
def get_webhooks(context: Context) -> tuple[int, Any]:
    """Addresses and the secrets their deliveries are signed with."""
    with context.services.store.reading() as reading:
        found = Access(reading.transaction, reading.office).webhooks()
    return 200, {"webhooks": [{"url": url, "secret": secret} for url, secret in found]}
