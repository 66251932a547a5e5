"""The error that every part of sync raises."""

from __future__ import annotations

from typing import Any


class SyncError(Exception):
    """A failure that moved nothing.

    `reason` is a sentence of the catalogue, with places filled by `facts`. `retryable`: whether it may pass by itself;
    otherwise somebody must mend something (it is tried again all the same). `status` is the HTTP status, if any.
    """

    def __init__(
        self,
        reason: str,
        *,
        retryable: bool,
        retry_after_s: float | None = None,
        status: int | None = None,
        facts: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(reason.format(**(facts or {})))
        self.reason = reason
        self.retryable = retryable
        self.retry_after_s = retry_after_s
        self.status = status
        self.facts = facts or {}
