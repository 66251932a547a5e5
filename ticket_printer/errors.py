"""The errors of this package."""

from __future__ import annotations

UNREACHABLE = "unreachable"  # the wire is gone
REFUSED = "refused"  # the print queue does not accept the slip


class PrinterError(Exception):
    """A printer or its wire failed.

    `reason`: a stable code (unreachable, refused, deadline, unsupported, or a fault of `status.FAULT_REASONS`).
    `retryable`: a later try may succeed without anybody changing the configuration or the machine.
    """

    def __init__(self, reason: str, *, retryable: bool, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.retryable = retryable

    @property
    def link_lost(self) -> bool:
        """Whether the wire has to be opened again."""
        return self.reason == UNREACHABLE


class SlipRefused(PrinterError):
    """The wire collects whole slips and did not accept this one: nothing of it is on its way. Reason "refused"."""

    def __init__(self, detail: str) -> None:
        super().__init__(REFUSED, retryable=True, detail=detail)


class SlipNotDrawn(Exception):
    """A slip's own fault, not the printer's: its words, its picture or its address cannot be put on paper."""
