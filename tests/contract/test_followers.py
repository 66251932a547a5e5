"""Followers are known by their names, on both sides of the line and on the pages."""

from __future__ import annotations

import pytest

from contract.followers import BUNDLE_NAME, board_name, is_board, is_webhook, webhook_name

# the digests were taken with sha256sum
WEBHOOKS = [
    ("https://example.org/hook", "webhook-554ec998c37b96da"),
    ("http://127.0.0.1:9000/", "webhook-0d875bbb89fc7d43"),
]


@pytest.mark.parametrize(("url", "name"), WEBHOOKS)
def test_a_webhook_reports_under_a_digest_of_its_address(url: str, name: str) -> None:
    assert webhook_name(url) == name and is_webhook(name)


def test_a_board_reports_under_the_name_of_its_device() -> None:
    assert board_name("sanh") == "board-sanh"


@pytest.mark.parametrize(
    ("name", "board", "webhook"),
    [
        ("board-sanh", True, False),
        ("board", True, False),
        ("tinh", False, False),
        ("usb", False, False),
        ("webhook-554ec998c37b96da", False, True),
        ("webhooks", False, False),
    ],
)
def test_boards_and_webhooks_are_told_apart_from_connectors(name: str, board: bool, webhook: bool) -> None:
    assert (is_board(name), is_webhook(name)) == (board, webhook)


def test_bundles_travel_under_the_name_usb() -> None:
    assert BUNDLE_NAME == "usb"
