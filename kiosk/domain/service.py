"""Services, counters as configured, and the office that holds them: fixed while the service runs."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.domain.calendar import OpeningHours
from kiosk.domain.errors import UnknownCounter, UnknownService
from kiosk.domain.survey import Survey


@dataclass(frozen=True, slots=True)
class Service:
    """A group of procedures one queues for. `letter` begins its numbers; `daily_cap` None means no limit.

    `sensitive`: all its fields are, else `sensitive_fields` are.
    """

    code: str
    letter: str
    name: str
    fields: tuple[str, ...] = ()
    sensitive: bool = False
    daily_cap: int | None = None
    sensitive_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CounterPlace:
    """A counter as it stands in the hall."""

    code: str
    name: str
    services: tuple[str, ...]
    officer: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """One site: everything about it that rules need and that only a new configuration changes.

    `dispensers`: the printer of a kiosk, by the name of its device; others print on the first printer.
    `masked_names`: fields of whose dossiers the TV may show family name and initials of the owner.
    """

    code: str
    name: str
    services: dict[str, Service]
    counters: dict[str, CounterPlace]
    priorities: frozenset[str]
    hours: OpeningHours
    survey: Survey
    no_show_grace_ms: int = 15 * 60_000
    priority_in_a_row: int = 2
    require_clerk: bool = False
    languages: tuple[str, ...] = ("vi",)
    printers: tuple[str, ...] = ()
    notices: tuple[tuple[str, str, str], ...] = field(default=())
    dispensers: dict[str, str] = field(default_factory=dict)
    masked_names: frozenset[str] = frozenset()

    @property
    def sensitive_fields(self) -> frozenset[str]:
        """Fields of dossiers of which the public sees a sign and steps only."""
        return frozenset(
            name for one in self.services.values() for name in (one.fields if one.sensitive else one.sensitive_fields)
        )

    def printer_for(self, device: str) -> str:
        """Where slips that a device asks for come out; there is at least one printer."""
        return self.dispensers.get(device, self.printers[0])

    def service(self, code: str) -> Service:
        """Raises UnknownService naming the services that there are."""
        try:
            return self.services[code]
        except KeyError:
            known = ", ".join(self.services)
            raise UnknownService(f'there is no service "{code}"; services: {known}', service=code) from None

    def counter(self, code: str) -> CounterPlace:
        """Raises UnknownCounter naming the counters that there are."""
        try:
            return self.counters[code]
        except KeyError:
            known = ", ".join(self.counters)
            raise UnknownCounter(f'there is no counter "{code}"; counters: {known}', counter=code) from None

    def service_of_letter(self, letter: str) -> Service:
        """Raises UnknownService when no service numbers with `letter`."""
        for service in self.services.values():
            if service.letter == letter:
                return service
        raise UnknownService(f"no service has the letter {letter}", service=letter)
