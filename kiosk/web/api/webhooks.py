"""Webhooks as the sync follower learns them."""

from __future__ import annotations

from kiosk.queries.followers import webhooks
from kiosk.web.api.follower_models import WebhooksAnswer
from kiosk.web.http.calls import Context, call


@call("GET", "/api/v1/webhooks", "sync", None, {200: WebhooksAnswer})
def get_webhooks(context: Context) -> tuple[int, WebhooksAnswer]:
    """Addresses and the secrets their deliveries are signed with."""
    with context.reading() as reading:
        rows = webhooks(reading)
    return 200, {"webhooks": [{"url": url, "secret": secret} for url, secret in rows]}
