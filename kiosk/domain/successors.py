"""People who wait while the configuration changes: where each of them belongs now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from contract.records import dataclass
from contract.tickets import AT_COUNTER
from kiosk.domain.pools import counter_of_pool, counter_pool, service_pool
from kiosk.domain.service import Office
from kiosk.domain.ticket import Ticket

NO_PLACE = (
    "[[{kind}]] “{code}” is gone and {numbers} still need it; serve them first, or name who takes them: "
    'replaces = ["{code}"] in a [[{kind}]]'
)


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """A service or a counter (`kind`) that is gone, and the numbers that have no place without it."""

    kind: str
    code: str
    numbers: Sequence[str]

    def facts(self) -> dict[str, str]:
        """What fills the places of NO_PLACE."""
        return {"kind": self.kind, "code": self.code, "numbers": ", ".join(self.numbers)}

    def __str__(self) -> str:
        return NO_PLACE.format(**self.facts())


class PeopleLeftBehind(Exception):
    """Somebody waits for a service, or is at a counter, that is gone, and nothing says who takes them.

    `problems`: one for each service and counter.
    """

    def __init__(self, problems: Sequence[LeftBehind]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


def belongs(office: Office, ticket: Ticket) -> tuple[str, str] | None:
    """The service and the pool of an open ticket in the office as it is now; None when it has no place there."""
    if ticket.state in AT_COUNTER:
        at = office.present_counter(ticket.counter or "")
        return None if at is None else (ticket.service, ticket.pool if at == ticket.counter else counter_pool(at))
    service, only = office.present_service(ticket.service), counter_of_pool(ticket.pool)
    if service is None:
        return None
    if only is None:
        return service, service_pool(service)
    counter = office.present_counter(only)
    return None if counter is None else (service, counter_pool(counter))


def left_behind(office: Office, tickets: Iterable[Ticket]) -> list[LeftBehind]:
    numbers: dict[tuple[str, str], list[str]] = {}
    for ticket in tickets:
        if belongs(office, ticket) is None:
            numbers.setdefault(_missing(office, ticket), []).append(ticket.number)
    return [LeftBehind(kind, code, found) for (kind, code), found in numbers.items()]


def _missing(office: Office, ticket: Ticket) -> tuple[str, str]:
    if ticket.state in AT_COUNTER:
        return "counter", ticket.counter or ""
    if office.present_service(ticket.service) is None:
        return "service", ticket.service
    return "counter", counter_of_pool(ticket.pool) or ""
