"""Webhooks: addresses that are told of events, and the secrets that sign what they get."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, delete, insert, select

from kiosk.store.columns import OFFICE, big_integer, key, table, text_column
from kiosk.store.sql import OfficeTable, Statement

webhooks = table("webhooks", key("url"), text_column("secret"), big_integer("made_at"))
_w = webhooks.c
_ALL = Statement(select(_w.url, _w.secret).where(_w.office == OFFICE).order_by(_w.made_at))
_INSERT = Statement(insert(webhooks))
_DELETE = Statement(delete(webhooks).where(_w.office == OFFICE, _w.url == bindparam("url")))


class Webhook(NamedTuple):
    """An address and the secret with which its deliveries are signed."""

    url: str
    secret: str


class WebhookTable(OfficeTable):
    """The webhooks of one office."""

    __slots__ = ()

    def all(self) -> list[Webhook]:
        """Oldest first."""
        return [Webhook._make(row) for row in self._rows(_ALL)]

    def add(self, url: str, secret: str, at: int) -> None:
        self._run(_INSERT, url=url, secret=secret, made_at=at)

    def remove(self, url: str) -> bool:
        """False when there is no such webhook."""
        return self._changed(_DELETE, url=url) == 1
