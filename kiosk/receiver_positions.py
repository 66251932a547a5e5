"""Asks the configured receivers how far they have the journal, which a damaged or old database cannot say of itself."""

from __future__ import annotations

import json
import logging

from contract.receipts import Receipt
from kiosk.actions.epochs import heed_receivers
from kiosk.app import App
from kiosk.domain.receivers import ReceiverPosition
from kiosk.store.unit_of_work import Actor
from sync.positions import PositionQuestion

ALONE_S = 5.0  # at start without a recorded end of the journal: receivers are the only witnesses
BESIDE_S = 1.0  # at start with one, which a copied folder brings along: a line that answers does so in this time
log = logging.getLogger("kiosk.receivers")


def ask_receivers(app: App) -> PositionQuestion:
    """Of the current epoch; does not wait. Without connectors there is nothing to wait for."""
    with app.store.reading() as reading:
        epoch = reading.state.head.epoch
    return PositionQuestion(app.configuration.sync.connector, app.office.code, epoch, ALONE_S)


def other_branches(app: App, question: PositionQuestion, seconds: float) -> dict[str, int]:
    """By connector: the last event that a receiver holds with another content than the journal's current epoch has.

    Old data was put back and worked with before any receiver could say so, or a copy of this machine has sent.
    """
    with app.store.reading() as reading:
        head = reading.state.head
        known = ((name, one) for name, one in question.answers(seconds).items() if one.epoch == head.epoch)
        within = [(name, one) for name, one in known if 0 < one.accepted_through <= head.seq]
        return {
            name: one.accepted_through
            for name, one in within
            for entry in reading.journal.read(head.epoch, one.accepted_through - 1, 1)
            if json.loads(entry.body)["hash"] != one.hash
        }


def answered(question: PositionQuestion, seconds: float) -> list[ReceiverPosition]:
    """What came within `seconds`. Where a copy of this machine sends too, nobody knows whose events those are."""
    receipts = question.answers(seconds).values()
    return [position for one in receipts if not one.duplicate_sender and (position := _position(one)) is not None]


def heed_answers(app: App, question: PositionQuestion, seconds: float) -> None:
    """Before the first number is given."""
    words = answered(question, seconds)
    if not words:
        return
    with app.store.unit(Actor("system", "kiosk"), app.clock.now_ms()) as unit:
        epoch = heed_receivers(unit, words)
    if epoch is not None:
        log.critical("receivers have events that this database lacks: %s; epoch %s begins", words, epoch)


def _position(receipt: Receipt) -> ReceiverPosition | None:
    if receipt.epoch is None:
        return None
    numbers = receipt.numbers
    if numbers is None:
        return ReceiverPosition(receipt.epoch, receipt.accepted_through)
    return ReceiverPosition(receipt.epoch, receipt.accepted_through, numbers.business_date, numbers.last)
