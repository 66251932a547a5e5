"""Checks of a receiver: how they are declared, and what they look at. Each uses an epoch of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sync.conformance.probe import Failed, History, Probe, Reply
from sync.connector import Event, Receipt
from sync.policy import MAX_EVENTS

NO_RECEIPT = "no receipt: {problem}"
STATUS = "no receipt, but status {status}"
WRONG_EPOCH = "the receipt names the epoch {epoch}"
WRONG_SEQ = "accepted_through is {seq}, expected {wanted}"
WRONG_HASH = "the hash is not that of event {seq}"
NOT_REFUSED = "status {status}; 4xx was expected"
NO_PROGRESS = "the same batch sent again and again is not taken beyond event {seq}"
ROUNDS = 60  # a receiver may take a batch in pieces, but must come to its end


Look = Callable[[Probe], None]


@dataclass(frozen=True, slots=True)
class Check:
    """`contract`: what the contract says. `look` raises Failed, or NotChecked."""

    code: str
    contract: str
    look: Look


def declaring(checks: list[Check]) -> Callable[[str, str], Callable[[Look], Look]]:
    """A decorator that adds to `checks`."""

    def check(code: str, contract: str) -> Callable[[Look], Look]:
        def declare(look: Look) -> Look:
            checks.append(Check(code, contract, look))
            return look

        return declare

    return check


def lacking(reply: Reply) -> Failed:
    """Why there is no receipt."""
    if reply.error is None or reply.error.status:
        return Failed(STATUS, status=reply.status)
    return Failed(NO_RECEIPT, problem=reply.error)


def receipt(reply: Reply, history: History, low: int, high: int | None = None) -> Receipt:
    """The receipt in a reply, if it is true and stands between `low` and `high`."""
    found, high = reply.receipt, low if high is None else high
    if found is None:
        raise lacking(reply)
    seq = found.accepted_through
    if not low <= seq <= high:
        raise Failed(WRONG_SEQ, seq=seq, wanted=low if low == high else f"{low}–{high}")
    if found.epoch != (history.epoch if seq else None) and not (seq == 0 and found.epoch == history.epoch):
        raise Failed(WRONG_EPOCH, epoch=found.epoch)
    if found.hash != history.hash_at(seq):
        raise Failed(WRONG_HASH, seq=seq)
    return found


def delivered(probe: Probe, history: History, events: Sequence[Event] | None = None) -> None:
    """Everything sent until it is held, as an office does it."""
    wanted = history.events if events is None else list(events)
    last = wanted[-1]["seq"]
    reached = wanted[0]["seq"] - 1
    for _ in range(ROUNDS):
        reply = probe.send([event for event in wanted if event["seq"] > reached][:MAX_EVENTS])
        before, reached = reached, receipt(reply, history, reached, last).accepted_through
        if reached == last:
            return
        if reached == before:
            break
    raise Failed(NO_PROGRESS, seq=reached)


def holds(probe: Probe, history: History, seq: int, high: int | None = None) -> int:
    """The cursor says so."""
    return receipt(probe.cursor(history), history, seq, high).accepted_through


def refused(reply: Reply) -> None:
    if not reply.refused:
        raise Failed(NOT_REFUSED, status=reply.status)


def untaken(probe: Probe, history: History, reply: Reply, seq: int) -> None:
    """Refused with 4xx, or answered by a true receipt; and what is held is what was held."""
    if not reply.refused:
        receipt(reply, history, seq)
    holds(probe, history, seq)
