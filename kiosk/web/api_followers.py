"""Calls about those who follow the journal: what they tell of themselves, and what administrators do about them."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any

from kiosk.domain.errors import BadRequest, ByStick, Forbidden, UnknownFollower
from kiosk.store.devices import Access, Follower
from kiosk.web.calls import Context, call
from kiosk.web.delivery import behind, is_silent, lives
from kiosk.web.models import AnyObject, FollowerBody, Refusal, ResendBody
from kiosk.web.services import Services
from kiosk.web.shapes import moment

WEBHOOK = "webhook-"


def webhook_name(url: str) -> str:
    """The name under which the follower of a webhook reports."""
    return WEBHOOK + sha256(url.encode()).hexdigest()[:16]


@call(
    "PUT", "/api/v1/followers/<name>", "sync board", FollowerBody, {204: None, 404: Refusal}, journaled=False,
    max_bytes=1024 * 1024,
)  # fmt: skip
def put_follower(context: Context, name: str) -> tuple[int, Any]:
    """How far a follower is and how it fares, for people to see."""
    body: FollowerBody = context.body
    found = context.services
    if not 0 < len(name) <= 60:
        raise BadRequest("name must have 1 to 60 characters")
    now = found.clock.now_ms()
    with found.store.raw_transaction() as transaction:
        access = Access(transaction, found.office.code)
        if name.startswith(WEBHOOK) and name not in {webhook_name(url) for url, _ in access.webhooks()}:
            raise UnknownFollower(f"{name} belongs to no webhook; it was removed")
        before = next((f for f in access.followers() if f.name == name), None)
        since = before.since if before is not None and before.state == body.state else now
        refused = _with_requests([row.model_dump() for row in body.refused], before.refused if before else [])
        access.put_follower(Follower(name, body.epoch, body.cursor, body.state, body.detail, refused, now, since))
    return 204, None


Row = dict[str, Any]


def _place(row: Row) -> tuple[str, int]:
    return row["epoch"], row["seq"]


def _with_requests(told: list[Row], kept: list[Row]) -> list[Row]:
    """What staff asked to send again stays asked for until the follower says that it tried since."""
    asked = {_place(row): row["again"] for row in kept if "again" in row}
    return [
        {**row, "again": asked[_place(row)]} if asked.get(_place(row), 0) > row["tried"] else row for row in told
    ]  # fmt: skip


@call("GET", "/api/v1/followers", "admin counter sync", None, {200: AnyObject})
def get_followers(context: Context) -> tuple[int, Any]:
    """{"followers": [{"name", "kind", "address", "configured", "epoch", "cursor", "state", "detail", "refused",
    "updated_at", "since", "behind", "silent"}], "last_seq", "epoch"}.

    `kind` is "connector", "webhook", "bundle" (the USB stick) or "other"; `silent`: events wait and nothing was heard.
    """
    found = context.services
    now = found.clock.now_ms()
    with found.store.reading() as reading:
        head = reading.glance().head
        known = lives(reading)
        access = Access(reading.transaction, reading.office)
        followers = access.followers()
        hooks = {webhook_name(url): url for url, _ in access.webhooks()}
        silent = {f.name for f in followers if f.name != found.stick and is_silent(reading, f, known, now)}
    shown = [
        {"name": f.name, **_kind(f.name, found, hooks), "epoch": f.epoch, "cursor": f.cursor,
         "state": f.state, "detail": f.detail, "refused": f.refused, "updated_at": moment(f.updated_at),
         "since": moment(f.since), "behind": behind(f, known), "silent": f.name in silent}
        for f in followers
    ]  # fmt: skip
    return 200, {"followers": shown, "last_seq": head.seq, "epoch": head.epoch}


def _kind(name: str, found: Services, hooks: dict[str, str]) -> dict[str, Any]:
    if name.startswith(WEBHOOK):
        return {"kind": "webhook", "address": hooks.get(name), "configured": name in hooks}
    if name == found.stick:
        return {"kind": "bundle", "address": None, "configured": True}
    kind = "connector" if name in found.connectors else "other"
    return {"kind": kind, "address": found.connectors.get(name), "configured": name in found.connectors}


@call(
    "POST", "/api/v1/followers/<name>/resend", "admin", ResendBody, {200: AnyObject, 404: Refusal, 409: Refusal},
    journaled=False,
)  # fmt: skip
def resend(context: Context, name: str) -> tuple[int, Any]:
    """Ask a follower to send a refused event again, or all of them; {"asked": count}. It does so within seconds."""
    body: ResendBody = context.body
    found = context.services
    with found.store.raw_transaction() as transaction:
        access = Access(transaction, found.office.code)
        before = _known(access, name)
        if name == found.stick:
            raise ByStick(f"{name} carries no event a second time; the connector to the same receiver sends it again")
        now = found.clock.now_ms()
        wanted = {_place(row) for row in before.refused if body.seq is None or _place(row) == (body.epoch, body.seq)}
        if body.seq is not None and not wanted:
            raise UnknownFollower(f"event {body.seq} is not among those refused")
        refused = [{**row, "again": now} if _place(row) in wanted else row for row in before.refused]
        access.put_follower(replace(before, refused=refused))
    return 200, {"asked": len(wanted)}


@call(
    "DELETE", "/api/v1/followers/<name>", "admin", None, {204: None, 403: Refusal, 404: Refusal, 409: Refusal},
    journaled=False,
)  # fmt: skip
def drop_follower(context: Context, name: str) -> tuple[int, Any]:
    """Forget a follower that is no longer configured."""
    found = context.services
    with found.store.raw_transaction() as transaction:
        access = Access(transaction, found.office.code)
        _known(access, name)
        if name == found.stick:
            raise ByStick(f"{name} holds how far the stick carried the journal; [sync.bundle] follower names it")
        if name in found.connectors or name in {webhook_name(url) for url, _ in access.webhooks()}:
            raise Forbidden(f"{name} is configured; take it out of the configuration first")
        access.drop_follower(name)
    return 204, None


def _known(access: Access, name: str) -> Follower:
    found = next((follower for follower in access.followers() if follower.name == name), None)
    if found is None:
        raise UnknownFollower(f"nobody follows the journal by the name {name}")
    return found
