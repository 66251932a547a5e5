"""Followers of the journal: what each says of itself, who is configured, and what staff asked to send again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

from contract.records import dataclass


class RefusedEventRow(TypedDict):
    """An event that the receiver will not take. Times in ms since 1970.

    `tried`: the request to send it again that was last carried out; `again`: the last such request of staff.
    """

    epoch: str
    seq: int
    code: str
    reason: str
    tried: int
    again: NotRequired[int]


@dataclass(frozen=True, slots=True)
class FollowerStatus:
    """How far a follower is and how it fares; `since` is when it entered its state. Times in ms since 1970."""

    name: str
    epoch: str
    cursor: int
    state: str
    detail: str | None
    refused: list[RefusedEventRow]
    updated_at: int
    since: int


@dataclass(frozen=True, slots=True)
class Upstream:
    """Who is configured to follow: connectors by name with their address, and the follower of the USB bundles."""

    connectors: Mapping[str, str]
    bundle: str


def with_requests(reported: Sequence[RefusedEventRow], before: Sequence[RefusedEventRow]) -> list[RefusedEventRow]:
    """What staff asked to send again stays asked for until the follower says that it tried since."""
    again = {place(row): row["again"] for row in before if "again" in row}
    return [{**row, "again": again[place(row)]} if again.get(place(row), 0) > row["tried"] else row for row in reported]


def place(row: RefusedEventRow) -> tuple[str, int]:
    """(epoch, seq)."""
    return row["epoch"], row["seq"]
