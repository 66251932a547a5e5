"""The errors of this package."""

from __future__ import annotations


class PrinterError(Exception):
    """`reason` is a stable code (unreachable, deadline, unsupported …); `retryable`: another try may succeed."""

    def __init__(self, reason: str, retryable: bool, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.retryable = retryable


class SlipNotDrawn(Exception):
    """A slip's own fault, not the printer's: its words, its picture or its address cannot be put on paper."""
