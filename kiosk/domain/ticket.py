"""A ticket and what may happen to it. A step returns a new value or raises a refusal that says why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from contract.tickets import (
    AT_COUNTER,
    CALLABLE,
    CANCELLABLE,
    COMPLETABLE,
    HOLDABLE,
    OPEN,
    RECALLABLE,
    RETURNABLE,
    TRANSFERABLE,
    PrintState,
    TicketState,
)
from kiosk.domain.errors import IllegalTransition, TooLate, UnknownDossier

TicketField = str | int | bool | None | tuple[str, ...]  # states are texts of their own


class Ticket(NamedTuple):
    """The citizen's place in the queue. Times are ms since 1970 UTC.

    A named tuple, not a dataclass: a frozen dataclass of this many fields takes ten times as long to make.

    `arrival` orders tickets for ever (it never restarts); `pool` names who may call it next:
    "s:HT" any counter of the service, "c:3" only that counter. `counter` and `clerk` are the last to call it.
    """

    id: str
    number: str
    service: str
    issued_service: str
    state: TicketState
    business_date: str
    arrival: int
    issued_at: int
    pool: str
    priority: str | None = None
    language: str = "vi"
    issued_by: str = ""
    public_token: str = ""
    counter: str | None = None
    clerk: str | None = None
    calls: int = 0
    first_called_at: int | None = None
    called_at: int | None = None
    serving_at: int | None = None
    ended_at: int | None = None
    rated: bool = False
    reason: str | None = None
    kept: tuple[str, ...] = ()
    dossiers: tuple[str, ...] = ()
    print_state: PrintState = PrintState.NOT_PRINTED
    print_reason: str | None = None
    version: int = 1

    def call(self, counter: str, clerk: str | None, at: int, no_show_grace_ms: int) -> Ticket:
        """Called to a counter; an absent citizen only within the grace time (TooLate after it)."""
        self._require(CALLABLE, "call")
        self._within_grace(at, no_show_grace_ms)
        first = at if self.first_called_at is None else self.first_called_at
        return self._step(
            state=TicketState.CALLED,
            counter=counter,
            clerk=clerk,
            calls=self.calls + 1,
            first_called_at=first,
            called_at=at,
            serving_at=None,
            ended_at=None,
            reason=None,
        )

    def recall(self, counter: str, clerk: str | None, at: int, no_show_grace_ms: int) -> Ticket:
        """Called once more: the same counter again, or an absent or held citizen back to a counter."""
        self._require(RECALLABLE, "recall")
        if self.state is TicketState.CALLED:
            return self._step(calls=self.calls + 1, called_at=at)
        return self.call(counter, clerk, at, no_show_grace_ms)

    def start(self, at: int) -> Ticket:
        self._require({TicketState.CALLED}, "start serving")
        return self._step(state=TicketState.SERVING, serving_at=at)

    def complete(self, at: int) -> Ticket:
        """Service ended. Straight from CALLED the service time counts from the call."""
        self._require(COMPLETABLE, "complete")
        started = self.called_at if self.serving_at is None else self.serving_at
        return self._step(state=TicketState.COMPLETED, serving_at=started, ended_at=at)

    def mark_no_show(self, at: int) -> Ticket:
        self._require({TicketState.CALLED}, "mark as no-show")
        return self._step(state=TicketState.NO_SHOW, ended_at=at)

    def hold(self, reason: str | None) -> Ticket:
        self._require(HOLDABLE, "hold")
        return self._step(state=TicketState.ON_HOLD, reason=reason, serving_at=None)

    def return_to_queue(self) -> Ticket:
        """Back to its place by arrival."""
        self._require(RETURNABLE, "return to the queue")
        return self._step(state=TicketState.WAITING, reason=None, ended_at=None)

    def transfer(self, service: str, pool: str, keep: bool) -> Ticket:
        """Waiting elsewhere, with its number and its arrival time; `keep` notes the service left behind."""
        self._require(TRANSFERABLE, "transfer")
        kept = (*self.kept, self.service) if keep else self.kept
        return self._step(
            state=TicketState.WAITING, service=service, pool=pool, kept=kept, serving_at=None, reason=None
        )

    def carry_over(self, service: str, pool: str) -> Ticket:
        """Elsewhere in the office as it is configured now; whoever was at a counter that is gone waits again."""
        if self.state in AT_COUNTER:
            return self.transfer(service, pool, keep=False)
        return self._step(service=service, pool=pool)

    def cancel(self, at: int, reason: str | None) -> Ticket:
        self._require(CANCELLABLE, "cancel")
        return self._step(state=TicketState.CANCELLED, ended_at=at, reason=reason)

    def close_of_day(self, at: int) -> Ticket:
        """What the day's end makes of a ticket still open."""
        self._require(OPEN, "close the day of")
        if self.state is TicketState.CALLED:
            return self.mark_no_show(at)
        if self.state is TicketState.SERVING:
            return self.complete(at)
        return self._step(state=TicketState.ABANDONED, ended_at=at)

    def rate(self) -> Ticket:
        """Noted as rated; whether it may be, the survey decides."""
        return self._step(rated=True)

    def link_dossier(self, code: str) -> Ticket:
        return self if code in self.dossiers else self._step(dossiers=(*self.dossiers, code))

    def unlink_dossier(self, code: str) -> Ticket:
        """Raises UnknownDossier when it is not linked."""
        if code not in self.dossiers:
            raise UnknownDossier(f"{self.number} is not linked to {code}", number=self.number, dossier=code)
        return self._step(dossiers=tuple(linked for linked in self.dossiers if linked != code))

    def differences(self, other: Ticket) -> dict[str, TicketField]:
        """The fields of this ticket that are otherwise in `other`, without the version."""
        pairs = zip(self._fields, self, other, strict=True)
        return {name: mine for name, mine, theirs in pairs if mine != theirs and name != "version"}

    def restored(self, before: Mapping[str, TicketField]) -> Ticket:
        """With some fields as they were, as a step of its own."""
        return self._step(**before)

    def _within_grace(self, at: int, grace_ms: int) -> None:
        if self.state is TicketState.NO_SHOW and self.ended_at is not None and at - self.ended_at > grace_ms:
            raise TooLate(
                f"{self.number} was absent more than {grace_ms // 60_000} minutes ago; return it to the queue",
                number=self.number,
            )

    def _require(self, allowed: frozenset[TicketState] | set[TicketState], action: str) -> None:
        if self.state not in allowed:
            raise IllegalTransition(
                f"{self.number} is {self.state}, cannot {action}", number=self.number, state=self.state.value
            )

    def _step(self, **changes: Any) -> Ticket:
        return self._replace(version=self.version + 1, **changes)
