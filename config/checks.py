"""Contradictions between sections: what no single key can know."""

from __future__ import annotations

import re

from config import places
from config.schema import Configuration


def _repeated(values: list[str]) -> list[str]:
    return sorted({value for value in values if values.count(value) > 1})


def problems_between(found: Configuration) -> list[tuple[str, str]]:
    """(place, what is wrong) for every contradiction between sections; an empty list when none."""
    problems: list[tuple[str, str]] = []
    services = {service.code for service in found.service}
    counters = {counter.code for counter in found.counter}
    names = {officer.name for officer in found.officer}
    unique: dict[str, list[str]] = {
        "service.code": [s.code for s in found.service],
        "service.letter": [s.letter for s in found.service],
        "service.shape": [s.shape for s in found.service],
        "counter.code": [c.code for c in found.counter],
        "printer.name": [p.name for p in found.printer],
        "priority.code": [p.code for p in found.priority],
        "procedure.code": [p.code for p in found.procedure],
        "device.name": [d.name for d in found.device],
        "sync.connector.name": [c.name for c in found.sync.connector],
    }
    for place, values in unique.items():
        problems += [(place, f'"{value}" stands twice') for value in _repeated(values)]
    problems += _counters(found, services, names)
    if {"D", "Đ"} <= {service.letter for service in found.service}:
        problems.append(("service.letter", '"D" and "Đ" are alike for the ear, and on slips without marks: keep one'))
    served = {code for counter in found.counter for code in counter.services}
    problems += [
        (f"service[{i}].code", f'no [[counter]] serves "{service.code}"')
        for i, service in enumerate(found.service)
        if service.code not in served
    ]
    for i, procedure in enumerate(found.procedure):
        if procedure.service not in services:
            problems.append((f"procedure[{i}].service", f'there is no [[service]] "{procedure.service}"'))
    for i, device in enumerate(found.device):
        if device.counter is not None and device.counter not in counters:
            problems.append((f"device[{i}].counter", f'there is no [[counter]] "{device.counter}"'))
    problems += _slips(found, services) + _dispensers(found) + _bundles(found) + _portals(found)
    return problems + _delicate(found) + _public_address(found) + _listeners_to_come(found)


def _counters(found: Configuration, services: set[str], names: set[str]) -> list[tuple[str, str]]:
    problems = []
    for i, counter in enumerate(found.counter):
        problems += [
            (f"counter[{i}].services", f'there is no [[service]] "{code}"')
            for code in counter.services
            if code not in services
        ]
        if counter.officer and counter.officer not in names:
            problems.append((f"counter[{i}].officer", f'there is no [[officer]] "{counter.officer}"'))
    return problems


def _slips(found: Configuration, services: set[str]) -> list[tuple[str, str]]:
    """Words of slips in languages and for services that there are; a logo that can be read."""
    problems = []
    for language, words in found.slip_words.items():
        if language not in found.office.languages:
            problems.append((f"slip_words.{language}", f'[office] languages does not name "{language}"'))
        problems += [
            (f"slip_words.{language}.services", f'there is no [[service]] "{code}"')
            for code in words.services
            if code not in services
        ]
    if found.office.logo and not (places.home() / found.office.logo).is_file():
        problems.append(("office.logo", f"there is no file {places.home() / found.office.logo}"))
    return problems


def _dispensers(found: Configuration) -> list[tuple[str, str]]:
    """A printer that stands in for another must be another; a kiosk has one printer."""
    names = {printer.name for printer in found.printer}
    problems = [
        (f"printer[{i}].fallback", f'there is no other [[printer]] "{printer.fallback}"')
        for i, printer in enumerate(found.printer)
        if printer.fallback is not None and printer.fallback not in names - {printer.name}
    ]
    kiosks = [kiosk for printer in found.printer for kiosk in printer.kiosks]
    return problems + [("printer.kiosks", f'"{kiosk}" stands twice') for kiosk in _repeated(kiosks)]


def _bundles(found: Configuration) -> list[tuple[str, str]]:
    bundle, connectors = found.sync.bundle, {connector.name for connector in found.sync.connector}
    problems = []
    if bundle.connector and bundle.connector not in connectors:
        problems.append(("sync.bundle.connector", f'there is no [[sync.connector]] "{bundle.connector}"'))
    if bundle.follower in connectors:
        problems.append(("sync.bundle.follower", f'"{bundle.follower}" is the name of a [[sync.connector]]'))
    return problems


def _portals(found: Configuration) -> list[tuple[str, str]]:
    problems = []
    for i, connector in enumerate(found.sync.connector):
        if connector.kind == "national_portal" and connector.portal is None:
            message = "is missing: the national portal needs username, password, dstcode and unit"
            problems.append((f"sync.connector[{i}].portal", message))
        if connector.kind != "national_portal" and connector.portal is not None:
            problems.append((f"sync.connector[{i}].portal", f'is for kind "national_portal", not "{connector.kind}"'))
    return problems


def _delicate(found: Configuration) -> list[tuple[str, str]]:
    """Fields said to be delicate are ones of their service; names are shown of plain fields of this office only."""
    problems = [
        (f"service[{i}].sensitive_fields", f'"{field}" does not stand in fields')
        for i, service in enumerate(found.service)
        for field in service.sensitive_fields
        if field not in service.fields
    ]
    plain = {
        field for service in found.service if not service.sensitive
        for field in service.fields if field not in service.sensitive_fields
    }  # fmt: skip
    message = 'no [[service]] has a field "{}" that is not sensitive'
    return problems + [
        ("office.masked_names", message.format(field)) for field in found.office.masked_names if field not in plain
    ]


def _public_address(found: Configuration) -> list[tuple[str, str]]:
    """It stands on slips, in squares of plain letters, and in front of a path."""
    if re.fullmatch(r"((?i:https?)://[!-~]+)?", found.server.public_url):
        return []
    message = 'must begin with http:// or https:// and have plain letters only; write "xã.vn" as "xn--x-yfa.vn"'
    return [("server.public_url", message)]


def _listeners_to_come(found: Configuration) -> list[tuple[str, str]]:
    message = "this version has no such listener yet; put a TLS proxy before [server] bind"
    keys = ("tls_bind", "public_bind")
    return [(f"server.{key}", message) for key in keys if getattr(found.server, key) is not None]
