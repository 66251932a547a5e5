"""Contradictions between sections: what no single key can know."""

from __future__ import annotations

import re

from config import places
from config.base import is_of_this_machine
from config.schema import Configuration
from config.signs import LEAST_CONTRAST, contrast, look_alike
from contract.fields import ServiceFields, field_key, field_rules

EVERY_ADDRESS = {"0.0.0.0", "::", "[::]"}  # nosec B104 # compared with, not listened on


def _repeated(values: list[str]) -> list[str]:
    return sorted({value for value in values if values.count(value) > 1})


def problems_between(settings: Configuration) -> list[tuple[str, str]]:
    """(place, what is wrong) for every contradiction between sections; an empty list when none."""
    problems: list[tuple[str, str]] = []
    services = {service.code for service in settings.service}
    counters = {counter.code for counter in settings.counter}
    names = {officer.name for officer in settings.officer}
    unique: dict[str, list[str]] = {
        "service.code": [s.code for s in settings.service],
        "service.letter": [s.letter for s in settings.service],
        "service.name": [s.name for s in settings.service],
        "counter.code": [c.code for c in settings.counter],
        "counter.name": [" ".join(c.name.casefold().split()) for c in settings.counter],
        "service.replaces": [code for s in settings.service for code in s.replaces],
        "counter.replaces": [code for c in settings.counter for code in c.replaces],
        "printer.name": [p.name for p in settings.printer],
        "priority.code": [p.code for p in settings.priority],
        "procedure.code": [p.code for p in settings.procedure],
        "device.name": [d.name for d in settings.device],
        "sync.connector.name": [c.name for c in settings.sync.connector],
    }
    for place, values in unique.items():
        problems += [(place, f'"{value}" stands twice') for value in _repeated(values)]
    problems += _counters(settings, services, names) + _signs(settings) + _successors(settings, services, counters)
    if {"D", "Đ"} <= {service.letter for service in settings.service}:
        problems.append(("service.letter", '"D" and "Đ" are alike for the ear, and on slips without marks: keep one'))
    served = {code for counter in settings.counter for code in counter.services}
    problems += [
        (f"service[{i}].code", f'no [[counter]] serves "{service.code}"')
        for i, service in enumerate(settings.service)
        if service.code not in served
    ]
    problems += _procedures(settings, services)
    for i, device in enumerate(settings.device):
        if device.counter is not None and device.counter not in counters:
            problems.append((f"device[{i}].counter", f'there is no [[counter]] "{device.counter}"'))
    problems += _slips(settings, services) + _dispensers(settings) + _bundles(settings) + _portals(settings)
    return problems + _delicate(settings) + _public_address(settings) + _listeners(settings)


def _procedures(settings: Configuration, services: set[str]) -> list[tuple[str, str]]:
    codes = {procedure.code for procedure in settings.procedure}
    problems = [
        (f"procedure[{i}].service", f'there is no [[service]] "{procedure.service}"')
        for i, procedure in enumerate(settings.procedure)
        if procedure.service not in services
    ]
    return problems + [
        (f"procedure[{i}].replaced_by", f'there is no other [[procedure]] "{procedure.replaced_by}"')
        for i, procedure in enumerate(settings.procedure)
        if procedure.replaced_by and procedure.replaced_by not in codes - {procedure.code}
    ]


def _counters(settings: Configuration, services: set[str], names: set[str]) -> list[tuple[str, str]]:
    problems = []
    for i, counter in enumerate(settings.counter):
        problems += [
            (f"counter[{i}].services", f'there is no [[service]] "{code}"')
            for code in counter.services
            if code not in services
        ]
        if counter.officer and counter.officer not in names:
            problems.append((f"counter[{i}].officer", f'there is no [[officer]] "{counter.officer}"'))
    return problems


def _signs(settings: Configuration) -> list[tuple[str, str]]:
    """A shape may stand twice in colours that nobody takes for one; the letter in it can be read."""
    shown = [(service.shape, service.colour) for service in settings.service]
    message = '"{}" stands twice in colours that look alike, {} and {}; leave "colour" out to get another'
    problems = [("service.colour", message.format(*pair)) for pair in look_alike(shown)]
    return problems + [
        (f"service[{i}].ink", f'"{service.ink}" cannot be read on {service.colour}; leave "ink" out to get another')
        for i, service in enumerate(settings.service)
        if contrast(service.colour, service.ink) < LEAST_CONTRAST
    ]


def _successors(settings: Configuration, services: set[str], counters: set[str]) -> list[tuple[str, str]]:
    """What is replaced has gone."""
    problems = [
        (f"service[{i}].replaces", f'[[service]] "{code}" is still there')
        for i, service in enumerate(settings.service)
        for code in service.replaces
        if code in services
    ]
    return problems + [
        (f"counter[{i}].replaces", f'[[counter]] "{code}" is still there')
        for i, counter in enumerate(settings.counter)
        for code in counter.replaces
        if code in counters
    ]


def _slips(settings: Configuration, services: set[str]) -> list[tuple[str, str]]:
    """Texts and words of slips in languages and for services that there are; a logo and photos that are there."""
    problems = [
        (f"texts.{language}", f'[office] languages does not name "{language}"')
        for language in settings.texts
        if language not in settings.office.languages
    ]
    for language, words in settings.slip_words.items():
        if language not in settings.office.languages:
            problems.append((f"slip_words.{language}", f'[office] languages does not name "{language}"'))
        problems += [
            (f"slip_words.{language}.services", f'there is no [[service]] "{code}"')
            for code in words.services
            if code not in services
        ]
    problems += [
        (f"officer[{i}].photo", f"there is no file {places.home() / 'pictures' / officer.photo}")
        for i, officer in enumerate(settings.officer)
        if officer.photo and not (places.home() / "pictures" / officer.photo).is_file()
    ]
    if settings.office.logo and not (places.home() / settings.office.logo).is_file():
        problems.append(("office.logo", f"there is no file {places.home() / settings.office.logo}"))
    return problems


def _dispensers(settings: Configuration) -> list[tuple[str, str]]:
    """A printer that stands in for another must be another; a kiosk has one printer."""
    names = {printer.name for printer in settings.printer}
    problems = [
        (f"printer[{i}].fallback", f'there is no other [[printer]] "{printer.fallback}"')
        for i, printer in enumerate(settings.printer)
        if printer.fallback is not None and printer.fallback not in names - {printer.name}
    ]
    kiosks = [kiosk for printer in settings.printer for kiosk in printer.kiosks]
    return problems + [("printer.kiosks", f'"{kiosk}" stands twice') for kiosk in _repeated(kiosks)]


def _bundles(settings: Configuration) -> list[tuple[str, str]]:
    bundle, connectors = settings.sync.bundle, {connector.name for connector in settings.sync.connector}
    problems = []
    if bundle.connector and bundle.connector not in connectors:
        problems.append(("sync.bundle.connector", f'there is no [[sync.connector]] "{bundle.connector}"'))
    if bundle.follower in connectors:
        problems.append(("sync.bundle.follower", f'"{bundle.follower}" is the name of a [[sync.connector]]'))
    return problems


def _portals(settings: Configuration) -> list[tuple[str, str]]:
    problems = []
    for i, connector in enumerate(settings.sync.connector):
        if connector.kind == "national_portal" and connector.portal is None:
            message = "is missing: the national portal needs username, password, dstcode and unit"
            problems.append((f"sync.connector[{i}].portal", message))
        if connector.kind != "national_portal" and connector.portal is not None:
            problems.append((f"sync.connector[{i}].portal", f'is for kind "national_portal", not "{connector.kind}"'))
    return problems


def _delicate(settings: Configuration) -> list[tuple[str, str]]:
    """Fields said to be delicate are ones of their service; names are shown of plain fields of this office only."""
    problems = [
        (f"service[{i}].sensitive_fields", f'"{field}" does not stand in fields')
        for i, service in enumerate(settings.service)
        for field in service.sensitive_fields
        if field not in service.fields
    ]
    listed = {field for service in settings.service for field in service.fields}
    rules = field_rules(
        tuple(ServiceFields(tuple(s.fields), s.sensitive, tuple(s.sensitive_fields)) for s in settings.service)
    )
    message = 'no [[service]] has a field "{}" that is not sensitive'
    return problems + [
        ("office.masked_names", message.format(field))
        for field in settings.office.masked_names
        if field not in listed or rules.withholds(field)
    ]


def strangers(settings: Configuration) -> list[tuple[str, str]]:
    """(place, what is odd) of procedures whose field is not one of their service's, letter by letter.

    The service runs with them: their dossiers have no sign, and the TV may withhold them.
    """
    fields = {service.code: service.fields for service in settings.service}
    odd = []
    for i, procedure in enumerate(settings.procedure):
        own = fields.get(procedure.service, [])
        if procedure.field in own:
            continue
        meant = next((name for name in own if field_key(name) == field_key(procedure.field)), None)
        hint = f'write "{meant}"' if meant else f"its fields: {', '.join(own) or 'none'}"
        odd.append(
            (f"procedure[{i}].field", f'"{procedure.field}" is no field of [[service]] {procedure.service}; {hint}')
        )
    return odd


def _public_address(settings: Configuration) -> list[tuple[str, str]]:
    """It stands on slips, in squares of plain letters, and in front of a path."""
    if re.fullmatch(r"((?i:https?)://[!-~]+)?", settings.server.public_url):
        return []
    message = 'must begin with http:// or https:// and have plain letters only; write "xã.vn" as "xn--x-yfa.vn"'
    return [("server.public_url", message)]


def _listeners(settings: Configuration) -> list[tuple[str, str]]:
    """Doors that would be one another's, and halves of a certificate."""
    server, problems = settings.server, list[tuple[str, str]]()
    if bool(server.tls_certificate) is not bool(server.tls_key):
        problems.append(("server.tls_key", "tls_certificate and tls_key are given together, or both left out"))
    binds = {
        "bind": server.bind,
        "tls_bind": server.tls_bind,
        "staff_bind": server.staff_bind,
        "public_bind": server.public_bind,
    }
    for key in ("tls_bind", "staff_bind", "public_bind"):
        mine = binds[key]
        same = next((name for name, bind in binds.items() if name != key and _meet(bind, mine)), None)
        if same is not None:
            problems.append((f"server.{key}", f"is the address of {same}; give each its own port"))
    return problems


def _meet(one: str | None, other: str | None) -> bool:
    """Whether two of ADDRESS:PORT cannot both be listened on; port 0 is any free one."""
    if one is None or other is None:
        return False
    (host, _, port), (other_host, _, other_port) = one.rpartition(":"), other.rpartition(":")
    hosts = {host, other_host}
    return port == other_port != "0" and (len(hosts) == 1 or bool(hosts & EVERY_ADDRESS))


def exposures(settings: Configuration) -> list[tuple[str, str]]:
    """(place, what is less safe than it could be) of doors that work as they are configured."""
    server, remarks = settings.server, list[tuple[str, str]]()
    if not is_of_this_machine(server.bind):
        message = "serves the whole network without TLS; PINs and cookies can be read on it: use 127.0.0.1 and tls_bind"
        remarks.append(("server.bind", message))
    if server.staff_bind is None and not all(map(is_of_this_machine, (server.bind, server.tls_bind or server.bind))):
        message = "is not given: /admin and /counter share the origin of kiosks and tablets"
        remarks.append(("server.staff_bind", message))
    return remarks
