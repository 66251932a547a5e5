"""Where a bundle begins, and how far an answer confirms: arithmetic on positions, no file, no network.

A position is (epoch, seq): everything up to it is with the receiver. `epochs` are (epoch, last seq), oldest first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from contract.receipts import Receipt
from sync.connectors.base import UNKNOWN_HERE, WRONG_HASH
from sync.errors import SyncError

Position = tuple[str, int]


def start_of(
    epochs: Sequence[Position], usb: Position | None, connector: Position | None, connector_then: Position | None
) -> Position:
    """Where to go on: `usb` by the last answer, `connector` by receipts over the line to the same receiver.

    The further one counts; but a connector that still stands where it stood at the last answer (`connector_then`) knows
    nothing newer than that answer, which may be behind it when the receiver lost its database.
    """
    if usb is not None and connector == connector_then:
        connector = None
    order = {epoch: place for place, (epoch, _) in enumerate(epochs)}
    in_journal = [p for p in (usb, connector) if p is not None and p[0] in order]
    return max(in_journal, key=lambda p: (order[p[0]], p[1]), default=(epochs[0][0], 0))


def to_send(epochs: Sequence[Position], start: Position) -> list[tuple[str, int, int]]:
    """(epoch, after, last) of each epoch that still has events to go; after a start that the journal knows."""
    place = [epoch for epoch, _ in epochs].index(start[0])
    rest = [(epoch, start[1] if n == 0 else 0, last) for n, (epoch, last) in enumerate(epochs[place:])]
    return [row for row in rest if row[1] < row[2]]


def confirmed(
    receipts: Mapping[str, Receipt], epochs: Sequence[Position], hash_of: Callable[[str, int], str | None]
) -> Position:
    """How far the receiver is by its receipts and our hashes. Raises SyncError when the histories differ.

    Receipts of epochs that this journal does not know say nothing about it.
    """
    epoch, seq = epochs[0][0], 0
    for place, (epoch, last) in enumerate(epochs):
        receipt = receipts.get(epoch)
        if receipt is None:
            return epoch, 0
        seq = _proven(receipt, epoch, last, hash_of, ended=place + 1 < len(epochs))
        if seq < last:
            return epoch, seq
    return epoch, seq


def _proven(receipt: Receipt, epoch: str, last: int, hash_of: Callable[[str, int], str | None], ended: bool) -> int:
    seq = receipt.accepted_through
    ours = hash_of(epoch, seq)
    if ours == receipt.hash:
        return seq
    if ended:  # in a backup older than what was delivered, or after it had gone on without what was delivered
        return last
    if ours is None:
        raise SyncError(UNKNOWN_HERE, retryable=False)
    raise SyncError(WRONG_HASH, retryable=False, facts={"seq": seq})


def other_branches(
    receipts: Mapping[str, Receipt], epochs: Sequence[Position], hash_of: Callable[[str, int], str | None]
) -> list[Position]:
    """Ends of those epochs that are over and of which the receiver holds another history."""
    ended = [(epoch, last, receipts[epoch]) for epoch, last in epochs[:-1] if epoch in receipts]
    ours = [(epoch, last, receipt, hash_of(epoch, receipt.accepted_through)) for epoch, last, receipt in ended]
    return [(epoch, last) for epoch, last, receipt, own in ours if own is not None and own != receipt.hash]
