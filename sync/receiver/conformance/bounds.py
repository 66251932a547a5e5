"""Bounds, encodings, what is no batch, two connections at once, authorization, dossiers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from contract.envelope import MAX_BATCH_BYTES, MAX_BATCH_EVENTS, cloud_event
from contract.events import JournalEvent
from sync.receiver.conformance.checks import (
    NOT_REFUSED,
    ConformanceCheck,
    check_held,
    check_refused,
    deliver_all,
    register_in,
    true_receipt,
)
from sync.receiver.conformance.probe import CheckFailed, CheckSkipped, Probe, SampleHistory, SpoilToken

NO_TOKEN = "no --token was given"  # nosec B105 # a message
NO_SECRET = "no --hmac-secret was given"  # nosec B105 # a message
NO_DOSSIERS = "not offered there (404)"
NOT_DOSSIERS = "status {status}; the answer is not a version with a list of dossiers"
TEXT = 'Đinh Thị Lan, quầy 3 “Hộ tịch” – ươ\u031b\u0323, \u1ec7 e\u0323\u0302, 𝄞 😀, \\ " / \u007f \u2028 tab\t.'
HUGE = 20 * 1024 * 1024  # bytes; some kilobytes on the line
DEEP = 200_000  # lists within lists: more than the stack of a parser holds
CHECKS: list[ConformanceCheck] = []
check = register_in(CHECKS)


@check("full-batch", "Up to 500 events, or 256 KiB before compression, come in one batch.")
def _full(probe: Probe) -> None:
    many = probe.history()
    true_receipt(probe.send(many.grow(MAX_BATCH_EVENTS)[: _fit(many.events)]), many, 1, MAX_BATCH_EVENTS)
    large = probe.history()
    filler = "x" * (MAX_BATCH_BYTES // 24)
    large.grow(10, data={"number": "A001", "service": "HT", "note": filler})
    true_receipt(probe.send(large.events), large, 1, 10)


def _fit(events: Sequence[JournalEvent]) -> int:
    size, count = 2, 0
    for event in events:
        size += len(json.dumps(cloud_event(event), ensure_ascii=False).encode()) + 2
        if size > MAX_BATCH_BYTES:
            break
        count += 1
    return count


@check("too-large", "A body far beyond the bounds, packed or not, is refused with 4xx; the next batch goes on.")
def _too_large(probe: Probe) -> None:
    history = probe.history()
    history.grow(1)
    check_refused(probe.post(b"[" + b" " * HUGE, packed=True))
    deliver_all(probe, history)


@check("new-types", "Types and keys that are not known yet are taken: the contract changes by adding.")
def _new_types(probe: Probe) -> None:
    history = probe.history()
    history.grow(1, type="office.something_of_tomorrow", data={"list": [1, {"deep": None}], "flag": True})
    history.grow(1, tomorrow={"key": "value"})
    deliver_all(probe, history)
    check_held(probe, history, 2)


@check("text", "Text is UTF-8 and kept as it is, letter by letter: the hash is over these very letters.")
def _text(probe: Probe) -> None:
    history = probe.history()
    history.grow(2, data={"number": "Đ001", "reason": TEXT, "big": 2**53 - 1, "small": -(2**53) + 1})
    deliver_all(probe, history)
    check_held(probe, history, 2)


@check("malformed", "What is no batch of CloudEvents is refused with 4xx and stores nothing.")
def _malformed(probe: Probe) -> None:
    history = probe.history()
    item = cloud_event(history.grow(1)[0])
    bodies: tuple[object, ...] = (b"<html>", b"[", [], {}, "text", [None], [{}], [{**item, "data": None}], [item, 7])
    deep = (b"[" * DEEP, b"[" * DEEP + b"]" * DEEP, b'[{"data":' * DEEP)
    for body in (*bodies, *deep):
        check_refused(probe.post(body))
    check_refused(probe.post([item], kind="text/html"))
    check_refused(probe.post(json.dumps([item]).encode()[:-20], packed=False))
    check_held(probe, history, 0)


@check("bad-source", "A source that is none is refused with 4xx.")
def _bad_source(probe: Probe) -> None:
    check_refused(probe.cursor(SampleHistory("no office", "no epoch")))


@check("at-once", "The same batch on two lines at once is taken once.")
def _at_once(probe: Probe) -> None:
    history = probe.history()
    history.grow(30)
    probes = [probe.another() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda one: one.send(history.events), probes))
    for reply in replies:
        if reply.status < 500 and not reply.refused:
            true_receipt(reply, history, 0, 30)
    deliver_all(probe, history)
    check_held(probe, history, 30)


@check("no-token", "Without the right Bearer token: 401 or 403, nothing is told and nothing is stored.")
def _no_token(probe: Probe) -> None:
    section = probe.target.section
    if not (section.token or section.oauth_token_url):
        raise CheckSkipped(NO_TOKEN)
    history = probe.history()
    history.grow(1)
    wrong: tuple[SpoilToken, ...] = (lambda _: "", lambda _: "wrong", lambda right: right + "x")
    for spoil in wrong:
        for reply in (probe.post([cloud_event(history.events[0])], spoil=spoil), probe.cursor(history, spoil)):
            if reply.status not in {401, 403}:
                raise CheckFailed(NOT_REFUSED, status=reply.status)
    check_held(probe, history, 0)


@check("signature", "A body that X-Signature does not fit: 401 or 403, and nothing is stored.")
def _signature(probe: Probe) -> None:
    if not probe.target.section.hmac_secret:
        raise CheckSkipped(NO_SECRET)
    history = probe.history()
    reply = probe.post([cloud_event(history.grow(1)[0])], signed=False)
    if reply.status not in {401, 403}:
        raise CheckFailed(NOT_REFUSED, status=reply.status)
    check_held(probe, history, 0)


@check("dossiers", "GET BASE/dossiers?office=CODE&after=VERSION tells the progress of dossiers, if it is offered.")
def _dossiers(probe: Probe) -> None:
    reply = probe.dossiers()
    if reply.status == 404:
        raise CheckSkipped(NO_DOSSIERS)
    try:
        body = json.loads(reply.body)
        fits = isinstance(body["version"], int) and isinstance(body["dossiers"], list)
    except (ValueError, KeyError, TypeError, RecursionError):
        fits = False
    if not fits:
        raise CheckFailed(NOT_DOSSIERS, status=reply.status)
