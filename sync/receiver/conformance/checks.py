"""Checks of a receiver: how they are declared, and what they look at. Each uses an epoch of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from contract.envelope import MAX_BATCH_EVENTS
from contract.events import JournalEvent
from contract.receipts import Receipt
from contract.records import dataclass
from sync.receiver.conformance.probe import CheckFailed, Probe, ProbeReply, SampleHistory

NO_RECEIPT = "no receipt: {problem}"
STATUS = "no receipt, but status {status}"
WRONG_EPOCH = "the receipt names the epoch {epoch}"
WRONG_SEQ = "accepted_through is {seq}, expected {wanted}"
WRONG_HASH = "the hash is not that of event {seq}"
NOT_REFUSED = "status {status}; 4xx was expected"
NO_PROGRESS = "the same batch sent again and again is not taken beyond event {seq}"
ROUNDS = 60  # a receiver may take a batch in pieces, but must come to its end


CheckFunction = Callable[[Probe], None]


@dataclass(frozen=True, slots=True)
class ConformanceCheck:
    """`contract`: what the contract says. `run` raises CheckFailed, or CheckSkipped."""

    code: str
    contract: str
    run: CheckFunction


def register_in(
    checks: list[ConformanceCheck],
) -> Callable[[str, str], Callable[[CheckFunction], CheckFunction]]:
    """A decorator that adds to `checks`."""

    def check(code: str, contract: str) -> Callable[[CheckFunction], CheckFunction]:
        def register(run: CheckFunction) -> CheckFunction:
            checks.append(ConformanceCheck(code, contract, run))
            return run

        return register

    return check


def no_receipt(reply: ProbeReply) -> CheckFailed:
    """Why there is no receipt."""
    if reply.error is None or reply.error.status:
        return CheckFailed(STATUS, status=reply.status)
    return CheckFailed(NO_RECEIPT, problem=reply.error)


def true_receipt(reply: ProbeReply, history: SampleHistory, low: int, high: int | None = None) -> Receipt:
    """The receipt in a reply, if it is true and stands between `low` and `high`."""
    receipt, high = reply.receipt, low if high is None else high
    if receipt is None:
        raise no_receipt(reply)
    seq = receipt.accepted_through
    if not low <= seq <= high:
        raise CheckFailed(WRONG_SEQ, seq=seq, wanted=low if low == high else f"{low}–{high}")
    if receipt.epoch != (history.epoch if seq else None) and not (seq == 0 and receipt.epoch == history.epoch):
        raise CheckFailed(WRONG_EPOCH, epoch=receipt.epoch)
    if receipt.hash != history.hash_at(seq):
        raise CheckFailed(WRONG_HASH, seq=seq)
    return receipt


def deliver_all(probe: Probe, history: SampleHistory, events: Sequence[JournalEvent] | None = None) -> None:
    """Sends everything until it is held, as an office does it."""
    to_send = history.events if events is None else list(events)
    last = to_send[-1]["seq"]
    reached = to_send[0]["seq"] - 1
    for _ in range(ROUNDS):
        reply = probe.send([event for event in to_send if event["seq"] > reached][:MAX_BATCH_EVENTS])
        before, reached = reached, true_receipt(reply, history, reached, last).accepted_through
        if reached == last:
            return
        if reached == before:
            break
    raise CheckFailed(NO_PROGRESS, seq=reached)


def check_held(probe: Probe, history: SampleHistory, seq: int, high: int | None = None) -> int:
    """Checks by the cursor that events up to `seq` (at most `high`) are held; returns how far."""
    return true_receipt(probe.cursor(history), history, seq, high).accepted_through


def check_refused(reply: ProbeReply) -> None:
    if not reply.refused:
        raise CheckFailed(NOT_REFUSED, status=reply.status)


def check_not_taken(probe: Probe, history: SampleHistory, reply: ProbeReply, seq: int) -> None:
    """Checks that a batch was refused with 4xx, or answered by a true receipt, and that nothing more is held."""
    if not reply.refused:
        true_receipt(reply, history, seq)
    check_held(probe, history, seq)
