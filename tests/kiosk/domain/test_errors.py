"""Errors of the domain keep the codes that clients know."""

from __future__ import annotations

import pytest

from contract.problems import ProblemCode
from kiosk.domain import errors


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.UnknownTicket, "unknown-ticket"),
        (errors.UnknownRating, "unknown-ticket"),
        (errors.UnknownHelpRequest, "unknown-ticket"),
        (errors.UnknownPairing, "unknown-ticket"),
        (errors.UnknownPrinter, "unknown-ticket"),
        (errors.UnknownSlip, "unknown-ticket"),
        (errors.UnknownService, "unknown-service"),
        (errors.UnknownCounter, "unknown-counter"),
        (errors.UnknownDossier, "unknown-dossier"),
        (errors.UnknownFollower, "unknown-follower"),
        (errors.ByUsb, "by-stick"),
        (errors.OfficeClosed, "closed"),
        (errors.LimitReached, "limit-reached"),
        (errors.CounterBusy, "counter-busy"),
        (errors.CounterNotOpen, "counter-closed"),
        (errors.TicketTaken, "taken"),
        (errors.IllegalTransition, "illegal-transition"),
        (errors.AlreadyRated, "already-rated"),
        (errors.NotServed, "not-served"),
        (errors.TooLate, "too-late"),
        (errors.IdempotencyMismatch, "idempotency-mismatch"),
        (errors.EpochChanged, "epoch-changed"),
        (errors.TooMany, "too-many"),
        (errors.Forbidden, "forbidden"),
        (errors.Unauthorized, "unauthorized"),
        (errors.BadRequest, "bad-json"),
        (errors.NotFound, "not-found"),
        (errors.RecordingRefused, "recording-refused"),
        (errors.PackRefused, "pack-refused"),
    ],
)
def test_an_error_keeps_the_code_that_clients_know(error: type[errors.DomainError], code: str) -> None:
    raised = error("why", number="A012")
    assert (raised.code, raised.detail, raised.facts, str(raised)) == (code, "why", {"number": "A012"}, "why")


def test_every_error_has_a_code_of_its_own_kind() -> None:
    named = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.DomainError)]
    assert all(isinstance(one.code, ProblemCode) for one in named if one is not errors.DomainError)


def test_an_error_says_what_stands_in_the_way_and_its_facts() -> None:
    error = errors.CounterBusy("A001 is still at counter 1", counter="1", number="A001")
    assert str(error) == error.detail == "A001 is still at counter 1"
    assert error.facts == {"counter": "1", "number": "A001"}


@pytest.mark.parametrize(
    ("seconds", "told"), [(60.0, 60), (59.9, 60), (59.0, 59), (0.4, 1), (0.0, 1), (60.000000001, 60), (12.5, 13)]
)
def test_who_came_too_often_is_told_for_how_many_whole_seconds(seconds: float, told: int) -> None:
    error = errors.TooMany.wait("too many wrong ones from here", seconds, ", or call an officer")
    assert error.detail == f"too many wrong ones from here; wait {told} s, or call an officer"
    assert error.facts == {"wait_s": told}
