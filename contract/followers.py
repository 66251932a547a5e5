"""The names by which readers of the journal report, and what kinds of them there are."""

from __future__ import annotations

from hashlib import sha256
from typing import Literal

FollowerKind = Literal["connector", "webhook", "bundle", "other"]
"""A connector of the configuration, a webhook, the bundles by USB, or one that nobody configured (boards too)."""

BUNDLE_NAME = "usb"  # unless the configuration says otherwise
WEBHOOK_PREFIX = "webhook-"
BOARD_PREFIX = "board"


def webhook_name(url: str) -> str:
    """The name under which the follower of a webhook reports."""
    return WEBHOOK_PREFIX + sha256(url.encode()).hexdigest()[:16]


def is_webhook(name: str) -> bool:
    return name.startswith(WEBHOOK_PREFIX)


def board_name(device: str) -> str:
    """The name under which the board on a device reports."""
    return f"{BOARD_PREFIX}-{device}"


def is_board(name: str) -> bool:
    return name.startswith(BOARD_PREFIX)
