"""Receipts, repetition, order, hashes, epochs: that each event is held once, in order, as it was."""

from __future__ import annotations

from contract.envelope import GENESIS, cloud_event
from contract.events import JournalEvent
from sync.receiver.conformance.checks import (
    ConformanceCheck,
    check_held,
    check_not_taken,
    deliver_all,
    no_receipt,
    register_in,
    true_receipt,
)
from sync.receiver.conformance.probe import CheckFailed, Probe, SampleHistory, rehashed

KNOWN = "the answer for an unknown source is epoch {epoch}, accepted_through {seq}"
CHECKS: list[ConformanceCheck] = []
check = register_in(CHECKS)


@check("unknown-source", "A source that is not known yet: epoch null, accepted_through 0, a hash of 64 zeros.")
def _unknown(probe: Probe) -> None:
    receipt = probe.cursor(history := probe.history()).receipt
    true_receipt(probe.cursor(history), history, 0)
    if receipt is None or (receipt.epoch, receipt.accepted_through, receipt.hash) != (None, 0, GENESIS):
        raise CheckFailed(KNOWN, epoch=receipt and receipt.epoch, seq=receipt and receipt.accepted_through)


@check("gzip", "Batches come with Content-Encoding gzip, or without any.")
def _gzip(probe: Probe) -> None:
    history = probe.history()
    for packed in (True, False):
        before = len(history.events)
        events = history.grow(2)
        true_receipt(probe.send(events, packed=packed), history, before + 1, before + 2)
        deliver_all(probe, history, history.events[before:])


@check("receipt", "A batch is answered by 200 with epoch, accepted_through, the hash of that event, and refused.")
def _receipt(probe: Probe) -> None:
    history = probe.history()
    reached = true_receipt(probe.send(history.grow(5)), history, 1, 5).accepted_through
    check_held(probe, history, reached)


@check("cursor", "GET URL/cursor tells the same as the last receipt, without anything being sent.")
def _cursor(probe: Probe) -> None:
    history = probe.history()
    history.grow(7)
    deliver_all(probe, history)
    check_held(probe, history, 7)
    check_held(probe.another(), history, 7)


@check("repeated", "A batch that is sent again changes nothing and is answered alike.")
def _repeated(probe: Probe) -> None:
    history = probe.history()
    history.grow(6)
    deliver_all(probe, history)
    for _ in range(3):
        true_receipt(probe.send(history.events), history, 6)
    check_held(probe, history, 6)


@check("overlap", "Events that are held already are passed over; the new ones behind them are taken.")
def _overlap(probe: Probe) -> None:
    history = probe.history()
    deliver_all(probe, history, history.grow(4))
    history.grow(4)
    deliver_all(probe, history, history.events[1:])
    check_held(probe, history, 8)


@check("doubled", "An event that stands twice in a batch is taken once.")
def _doubled(probe: Probe) -> None:
    history = probe.history()
    twice = [event for event in history.grow(3) for _ in range(2)]
    true_receipt(probe.send(twice), history, 0, 3)
    deliver_all(probe, history)
    check_held(probe, history, 3)


@check("in-pieces", "accepted_through may stay behind the batch; sending on from there brings everything.")
def _pieces(probe: Probe) -> None:
    history = probe.history()
    history.grow(40)
    deliver_all(probe, history)
    check_held(probe, history, 40)


@check("gap", "Events behind a hole are not taken: what is held is always 1 to N.")
def _gap(probe: Probe) -> None:
    history = probe.history()
    deliver_all(probe, history, history.grow(3))
    history.grow(5)
    check_not_taken(probe, history, probe.send(history.events[5:]), 3)
    deliver_all(probe, history, history.events[3:])


@check("order", "A batch in the wrong order never makes a hole or a wrong hash.")
def _order(probe: Probe) -> None:
    history = probe.history()
    deliver_all(probe, history, history.grow(2))
    reply = probe.send([history.grow(3)[n] for n in (2, 0, 1)])
    if not reply.refused:
        true_receipt(reply, history, 2, 5)
    check_held(probe, history, 2, 5)
    deliver_all(probe, history, history.events[2:])


@check("content", "An event whose content does not give its hash is not taken.")
def _content(probe: Probe) -> None:
    history = probe.history()
    deliver_all(probe, history, history.grow(2))
    event = history.grow(1)[0]
    changed: JournalEvent = {**event, "data": {**event["data"], "number": "A999"}}
    check_not_taken(probe, history, probe.send([changed]), 2)
    deliver_all(probe, history, [event])


@check("chain", "An event whose prev_hash is not the hash of the event before is not taken.")
def _chain(probe: Probe) -> None:
    history = probe.history()
    deliver_all(probe, history, history.grow(2))
    event = history.grow(1)[0]
    check_not_taken(probe, history, probe.send([rehashed({**event, "prev_hash": "a" * 64})]), 2)
    deliver_all(probe, history, [event])


@check("rival", "Another event with the number of a held one never replaces it.")
def _rival(probe: Probe) -> None:
    history = probe.history()
    history.grow(4)
    deliver_all(probe, history)
    rivals = SampleHistory(history.office, history.epoch)
    rivals.grow(6)
    check_not_taken(probe, history, probe.send(rivals.events), 4)


@check("envelope", "A CloudEvent whose source, sequence or hash contradicts its event is not taken.")
def _envelope(probe: Probe) -> None:
    history = probe.history()
    event = cloud_event(history.grow(1)[0])
    other = SampleHistory(history.office)
    for wrong in (
        {"source": f"urn:motcua:{other.office}:{other.epoch}"},
        {"sequence": "000000000009"},
        {"hash": "b" * 64},
    ):
        reply = probe.post([{**event, **wrong}])
        if not reply.refused and reply.receipt is None:
            raise no_receipt(reply)
        check_held(probe, history, 0)
        check_held(probe, other, 0)


@check("epochs", "A new epoch begins at 1 beside the older one; both are known, and both may go on.")
def _epochs(probe: Probe) -> None:
    old, new = probe.history(), probe.history()
    deliver_all(probe, old, old.grow(5))
    deliver_all(probe, new, new.grow(3))
    check_held(probe, old, 5)
    deliver_all(probe, old, old.grow(2))
    check_held(probe, old, 7)
    check_held(probe, new, 3)


@check("one-source", "A batch holds events of one source; of a mixed one nothing false is stored.")
def _one_source(probe: Probe) -> None:
    first, second = probe.history(), probe.history()
    reply = probe.send([*first.grow(2), *second.grow(2)])
    if not reply.refused and reply.receipt is None:
        raise no_receipt(reply)
    for history in (first, second):
        check_held(probe, history, 0, 2)
        deliver_all(probe, history)
