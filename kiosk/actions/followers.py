"""What followers of the journal report of themselves, and what administrators do about them. Never in the journal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from contract.followers import board_name, is_board, is_webhook, webhook_name
from kiosk.domain.errors import BadRequest, ByUsb, Forbidden, UnknownFollower
from kiosk.domain.followers import FollowerStatus, RefusedEventRow, Upstream, place, with_requests

if TYPE_CHECKING:
    from kiosk.domain.accounts import RegisteredDevice

NAME = re.compile(r"[A-Za-z0-9._-]{1,60}")
LOCAL_BOARD = "board-local"  # whose token `motcua init` leaves on the machine


class Followers(Protocol):
    def all(self) -> list[FollowerStatus]: ...
    def put(self, follower: FollowerStatus) -> None: ...
    def remove(self, name: str) -> None: ...


class DeviceNames(Protocol):
    def all(self) -> Sequence[RegisteredDevice]: ...


class Webhooks(Protocol):
    def all(self) -> Sequence[tuple[str, str]]: ...


class FollowerTables(Protocol):
    """What these use cases need of the store, inside one transaction."""

    @property
    def followers(self) -> Followers: ...
    @property
    def webhooks(self) -> Webhooks: ...
    @property
    def devices(self) -> DeviceNames: ...


def require_own_follower(tables: FollowerTables, upstream: Upstream, device: str, role: str, name: str) -> None:
    """Raises Forbidden: a board writes of itself alone, `motcua sync` of connectors, webhooks and bundles.

    The token that lies on the machine itself is for whatever board the configuration names. Raises BadRequest for
    a name that is no code, unless it is configured: figures for everybody name followers.
    """
    out_of_the_office = name in {*upstream.connectors, upstream.bundle} or is_webhook(name)
    if not out_of_the_office and not NAME.fullmatch(name):
        raise BadRequest("a follower's name has 1 to 60 letters, digits, dots, dashes and underlines")
    if device == LOCAL_BOARD and is_board(name):
        return
    boards = {board_name(one.name): one.name for one in tables.devices.all() if one.role == "board"}
    may_be_board = is_board(name) or (name == device and not out_of_the_office)
    if boards.get(name, device) != device or (role == "board" and not may_be_board):
        raise Forbidden(f"{name} is the follower of another device")


def report(tables: FollowerTables, status: FollowerStatus) -> None:
    """How far a follower is; `status.since` is now. Raises UnknownFollower for a webhook that was removed."""
    if is_webhook(status.name) and status.name not in _webhook_names(tables):
        raise UnknownFollower(f"{status.name} belongs to no webhook; it was removed")
    before = next((follower for follower in tables.followers.all() if follower.name == status.name), None)
    if before is not None:
        since = before.since if before.state == status.state else status.since
        status = replace(status, since=since, refused=with_requests(status.refused, before.refused))
    tables.followers.put(status)


def resend(
    tables: FollowerTables, name: str, upstream: Upstream, event: tuple[str | None, int] | None, now: int
) -> int:
    """Ask a follower to send one refused event, (epoch, seq), again, or all; how many.

    Raises UnknownFollower, ByUsb.
    """
    before = _follower(tables, name)
    if name == upstream.bundle:
        raise ByUsb(f"{name} carries no event a second time; the connector to the same receiver sends it again")
    chosen = {place(row) for row in before.refused if event is None or place(row) == event}
    if event is not None and not chosen:
        raise UnknownFollower(f"event {event[1]} is not among those refused")
    refused: list[RefusedEventRow] = [{**row, "again": now} if place(row) in chosen else row for row in before.refused]
    tables.followers.put(replace(before, refused=refused))
    return len(chosen)


def forget(tables: FollowerTables, name: str, upstream: Upstream) -> None:
    """A follower that is no longer configured. Raises UnknownFollower, ByUsb, Forbidden."""
    _follower(tables, name)
    if name == upstream.bundle:
        raise ByUsb(f"{name} holds how far the stick carried the journal; [sync.bundle] follower names it")
    if name in upstream.connectors or name in _webhook_names(tables):
        raise Forbidden(f"{name} is configured; take it out of the configuration first")
    tables.followers.remove(name)


def _webhook_names(tables: FollowerTables) -> set[str]:
    return {webhook_name(url) for url, _ in tables.webhooks.all()}


def _follower(tables: FollowerTables, name: str) -> FollowerStatus:
    follower = next((one for one in tables.followers.all() if one.name == name), None)
    if follower is None:
        raise UnknownFollower(f"nobody follows the journal by the name {name}")
    return follower
