"""Services, counters as configured, and the office that holds them: fixed while the service runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from contract.fields import FieldRules, ServiceFields, field_key, field_rules
from contract.records import dataclass
from kiosk.domain.calendar import OpeningHours
from kiosk.domain.errors import UnknownCounter, UnknownPrinter, UnknownService
from kiosk.domain.survey import Survey


@dataclass(frozen=True, slots=True)
class Service:
    """A group of procedures one queues for. `letter` begins its numbers; `daily_cap` None means no limit.

    `sensitive`: all its fields are, else `sensitive_fields` are. `replaces`: services that the configuration no longer
    has, whose people come to this one.
    """

    code: str
    letter: str
    name: str
    fields: tuple[str, ...] = ()
    sensitive: bool = False
    daily_cap: int | None = None
    sensitive_fields: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CounterPlace:
    """A counter as it stands in the hall. `replaces`: counters that are gone, whose people come to this one."""

    code: str
    name: str
    services: tuple[str, ...]
    officer: str = ""
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Promises:
    """Within how many ms an office means to call a number, and to serve it; None: it promised nothing."""

    waiting_ms: int = 15 * 60_000
    service_ms: int | None = None


@dataclass(frozen=True, slots=True)
class OfficeName:
    """What the office and its authority are called on paper from `since` on, and by which text of law."""

    since: date
    name: str
    authority: str
    source: str


@dataclass(frozen=True, slots=True)
class Office:
    """One site: everything about it that rules need and that only a new configuration changes.

    `dispensers`: the printer of a kiosk, by the name of its device. `shared_printer`: that of kiosks which no
    printer names; None when it could be one of several, or none.
    `masked_names`: fields of whose dossiers the TV may show family name and initials of the owner.
    `names`: on paper from days on, beside `name`, which screens show.
    `programs_see_names`: a program that reads reports is given names of clerks and codes of dossiers whole.
    `information`: kiosks without a printer, which give no numbers.
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
    priority_names: Mapping[str, str] = field(default_factory=dict)
    require_clerk: bool = False
    languages: tuple[str, ...] = ("vi",)
    printers: tuple[str, ...] = ()
    notices: tuple[tuple[str, str, str], ...] = field(default=())
    dispensers: dict[str, str] = field(default_factory=dict)
    masked_names: frozenset[str] = frozenset()
    shared_printer: str | None = None
    promises: Promises = Promises()
    programs_see_names: bool = False
    names: tuple[OfficeName, ...] = ()
    information: frozenset[str] = frozenset()

    def name_on(self, day: date) -> str:
        """What papers about a time that ends on this day call it."""
        called = self.called_on(day)
        return self.name if called is None else called.name

    def called_on(self, day: date) -> OfficeName | None:
        """The youngest of `names` that has begun; None before the first."""
        begun = [one for one in self.names if one.since <= day]
        return max(begun, key=lambda one: one.since, default=None)

    @property
    def field_rules(self) -> FieldRules:
        """Of which fields of dossiers the public sees a sign and steps only."""
        return field_rules(
            tuple(ServiceFields(one.fields, one.sensitive, one.sensitive_fields) for one in self.services.values())
        )

    def service_of_field(self, field: str) -> str | None:
        """The code of the service that a field of dossiers belongs to, however it is spelled."""
        key = field_key(field)
        return next((one.code for one in self.services.values() if key in map(field_key, one.fields)), None)

    def present_service(self, code: str) -> str | None:
        """The service itself, or the one that replaces it; None when it is gone."""
        if code in self.services:
            return code
        return next((one.code for one in self.services.values() if code in one.replaces), None)

    def present_counter(self, code: str) -> str | None:
        """The counter itself, or the one that replaces it; None when it is gone."""
        if code in self.counters:
            return code
        return next((one.code for one in self.counters.values() if code in one.replaces), None)

    def printer_for(self, device: str, role: str) -> str | None:
        """Where slips that a device asks for come out; None when no printer is known to stand at this kiosk.

        Nobody who stands before one machine gets the slip of another. What is no kiosk uses the first printer.
        """
        if device in self.dispensers or device in self.information or not self.printers:
            return self.dispensers.get(device)
        return self.shared_printer if role == "kiosk" and self.dispensers else self.printers[0]

    def lacks_printer(self, kiosk: str) -> bool:
        """Whether numbers are given at a kiosk for which no printer is named."""
        return bool(self.printers) and kiosk not in self.information and self.printer_for(kiosk, "kiosk") is None

    def require_printer(self, name: str) -> None:
        """Raises UnknownPrinter."""
        if name not in self.printers:
            raise UnknownPrinter(f'there is no printer "{name}"')

    def service(self, code: str) -> Service:
        """Raises UnknownService naming the services that there are."""
        try:
            return self.services[code]
        except KeyError:
            codes = ", ".join(self.services)
            raise UnknownService(f'there is no service "{code}"; services: {codes}', service=code) from None

    def counter(self, code: str) -> CounterPlace:
        """Raises UnknownCounter naming the counters that there are."""
        try:
            return self.counters[code]
        except KeyError:
            codes = ", ".join(self.counters)
            raise UnknownCounter(f'there is no counter "{code}"; counters: {codes}', counter=code) from None

    def service_of_letter(self, letter: str) -> Service:
        """Raises UnknownService when no service numbers with `letter`."""
        for service in self.services.values():
            if service.letter == letter:
                return service
        raise UnknownService(f"no service has the letter {letter}", service=letter)
