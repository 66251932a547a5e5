"""Contradictions between sections: what no single key can know."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from config import places
from config.base import is_of_this_machine
from config.schema import Configuration
from config.sentences import Sentence, sentence
from config.signs import LEAST_CONTRAST, contrast, look_alike
from contract.fields import ServiceFields, field_key, field_rules

EVERY_ADDRESS = {"0.0.0.0", "::", "[::]"}  # nosec B104 # compared with, not listened on


TWICE = "“{value}” stands twice; change one of the two"
ALIKE = "“D” and “Đ” are alike for the ear, and on slips without marks; keep one"
UNSERVED = "no [[counter]] serves “{code}”; name it in the services of a counter"
NO_ENTRY = "there is no [[{section}]] “{name}”; write one of: {known}"
NO_SUCCESSOR = "there is no other [[procedure]] “{code}”; write it too, or mend the code"
NO_FALLBACK = "there is no other [[printer]] “{name}”; write it too, or mend the name"
STILL_THERE = "[[{section}]] “{code}” is still there; take it away in one of the two places"
LOOK_ALIKE = "“{shape}” stands twice in colours that look alike, {first} and {second}; leave colour out to get another"
PALE = "“{ink}” cannot be read on {colour}; leave ink out to get another"
UNSPOKEN = "languages of [office] does not name “{code}”; add it there, or take this table away"
NO_FILE = "there is no file {file}; put it there, or take its name away"
TAKEN = "“{name}” is the name of a [[sync.connector]]; choose another name"
NO_PORTAL = "is missing: the national portal needs username, password, dstcode and unit; write them"
OTHER_KIND = 'is for kind = "national_portal", not for “{kind}”; take the table away, or change kind'
NO_FIELD = "“{field}” does not stand in fields; write it there too, or mend its spelling"
NO_PLAIN_FIELD = "no [[service]] has a field “{field}” that is not sensitive; take it away, or mend its spelling"
SPELT = "“{field}” is no field of [[service]] {service}; write “{meant}”"
STRANGER = "“{field}” is no field of [[service]] {service}; write one of: {known}"
PUBLIC_URL = (
    "does not begin with http:// or https://, or has letters with marks; write it so, and “xã.vn” as “xn--x-yfa.vn”"
)
HALF_CERTIFICATE = "tls_certificate and tls_key go together; write both or none"
SAME_ADDRESS = "is the address of {other}; give each its own port"
PLAIN = "serves the whole network without TLS; PINs and cookies can be read on it: use 127.0.0.1 and tls_bind"
SHARED_DOOR = "is not given: /admin and /counter share the origin of kiosks and tablets; give staff_bind a port"


def listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "–"


def no_entry(section: str, name: str, known: Iterable[str]) -> Sentence:
    return sentence(NO_ENTRY, section=section, name=name, known=listed(sorted(known)))


def _repeated(values: list[str]) -> list[str]:
    return sorted({value for value in values if values.count(value) > 1})


def problems_between(settings: Configuration) -> list[tuple[str, Sentence]]:
    """(place, what is wrong) for every contradiction between sections; an empty list when none."""
    problems: list[tuple[str, Sentence]] = []
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
        problems += [(place, sentence(TWICE, value=value)) for value in _repeated(values)]
    problems += _counters(settings, services, names) + _signs(settings) + _successors(settings, services, counters)
    if {"D", "Đ"} <= {service.letter for service in settings.service}:
        problems.append(("service.letter", sentence(ALIKE)))
    served = {code for counter in settings.counter for code in counter.services}
    problems += [
        (f"service[{i}].code", sentence(UNSERVED, code=service.code))
        for i, service in enumerate(settings.service)
        if service.code not in served
    ]
    problems += _procedures(settings, services)
    for i, device in enumerate(settings.device):
        if device.counter is not None and device.counter not in counters:
            problems.append((f"device[{i}].counter", no_entry("counter", device.counter, counters)))
    problems += _slips(settings, services) + _dispensers(settings) + _bundles(settings) + _portals(settings)
    return problems + _delicate(settings) + _public_address(settings) + _listeners(settings)


def _procedures(settings: Configuration, services: set[str]) -> list[tuple[str, Sentence]]:
    codes = {procedure.code for procedure in settings.procedure}
    problems = [
        (f"procedure[{i}].service", no_entry("service", procedure.service, services))
        for i, procedure in enumerate(settings.procedure)
        if procedure.service not in services
    ]
    return problems + [
        (f"procedure[{i}].replaced_by", sentence(NO_SUCCESSOR, code=procedure.replaced_by))
        for i, procedure in enumerate(settings.procedure)
        if procedure.replaced_by and procedure.replaced_by not in codes - {procedure.code}
    ]


def _counters(settings: Configuration, services: set[str], names: set[str]) -> list[tuple[str, Sentence]]:
    problems = []
    for i, counter in enumerate(settings.counter):
        problems += [
            (f"counter[{i}].services", no_entry("service", code, services))
            for code in counter.services
            if code not in services
        ]
        if counter.officer and counter.officer not in names:
            problems.append((f"counter[{i}].officer", no_entry("officer", counter.officer, names)))
    return problems


def _signs(settings: Configuration) -> list[tuple[str, Sentence]]:
    """A shape may stand twice in colours that nobody takes for one; the letter in it can be read."""
    shown = [(service.shape, service.colour) for service in settings.service]
    problems = [("service.colour", sentence(LOOK_ALIKE, **pair._asdict())) for pair in look_alike(shown)]
    return problems + [
        (f"service[{i}].ink", sentence(PALE, ink=service.ink, colour=service.colour))
        for i, service in enumerate(settings.service)
        if contrast(service.colour, service.ink) < LEAST_CONTRAST
    ]


def _successors(settings: Configuration, services: set[str], counters: set[str]) -> list[tuple[str, Sentence]]:
    """What is replaced has gone."""
    problems = [
        (f"service[{i}].replaces", sentence(STILL_THERE, section="service", code=code))
        for i, service in enumerate(settings.service)
        for code in service.replaces
        if code in services
    ]
    return problems + [
        (f"counter[{i}].replaces", sentence(STILL_THERE, section="counter", code=code))
        for i, counter in enumerate(settings.counter)
        for code in counter.replaces
        if code in counters
    ]


def _slips(settings: Configuration, services: set[str]) -> list[tuple[str, Sentence]]:
    """Texts and words of slips in languages and for services that there are; a logo and photos that are there."""
    problems = [
        (f"texts.{language}", sentence(UNSPOKEN, code=language))
        for language in settings.texts
        if language not in settings.office.languages
    ]
    for language, words in settings.slip_words.items():
        if language not in settings.office.languages:
            problems.append((f"slip_words.{language}", sentence(UNSPOKEN, code=language)))
        problems += [
            (f"slip_words.{language}.services", no_entry("service", code, services))
            for code in words.services
            if code not in services
        ]
    problems += [
        (f"officer[{i}].photo", sentence(NO_FILE, file=places.home() / "pictures" / officer.photo))
        for i, officer in enumerate(settings.officer)
        if officer.photo and not is_file(places.home() / "pictures" / officer.photo)
    ]
    if settings.office.logo and not is_file(places.home() / settings.office.logo):
        problems.append(("office.logo", sentence(NO_FILE, file=places.home() / settings.office.logo)))
    return problems


def is_file(path: Path) -> bool:
    """Also of a name that no file can have, which the library stumbles over."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _dispensers(settings: Configuration) -> list[tuple[str, Sentence]]:
    """A printer that stands in for another must be another; a kiosk has one printer."""
    names = {printer.name for printer in settings.printer}
    problems = [
        (f"printer[{i}].fallback", sentence(NO_FALLBACK, name=printer.fallback))
        for i, printer in enumerate(settings.printer)
        if printer.fallback is not None and printer.fallback not in names - {printer.name}
    ]
    kiosks = [kiosk for printer in settings.printer for kiosk in printer.kiosks]
    problems += [("printer.kiosks", sentence(TWICE, value=kiosk)) for kiosk in _repeated(kiosks)]
    informing = settings.kiosk.information
    also = [*_repeated(informing), *(kiosk for kiosk in informing if kiosk in kiosks)]
    return problems + [("kiosk.information", sentence(TWICE, value=kiosk)) for kiosk in also]


def _bundles(settings: Configuration) -> list[tuple[str, Sentence]]:
    bundle, connectors = settings.sync.bundle, {connector.name for connector in settings.sync.connector}
    problems = []
    if bundle.connector and bundle.connector not in connectors:
        problems.append(("sync.bundle.connector", no_entry("sync.connector", bundle.connector, connectors)))
    if bundle.follower in connectors:
        problems.append(("sync.bundle.follower", sentence(TAKEN, name=bundle.follower)))
    return problems


def _portals(settings: Configuration) -> list[tuple[str, Sentence]]:
    problems = []
    for i, connector in enumerate(settings.sync.connector):
        if connector.kind == "national_portal" and connector.portal is None:
            problems.append((f"sync.connector[{i}].portal", sentence(NO_PORTAL)))
        if connector.kind != "national_portal" and connector.portal is not None:
            problems.append((f"sync.connector[{i}].portal", sentence(OTHER_KIND, kind=connector.kind)))
    return problems


def _delicate(settings: Configuration) -> list[tuple[str, Sentence]]:
    """Fields said to be delicate are ones of their service; names are shown of plain fields of this office only."""
    problems = [
        (f"service[{i}].sensitive_fields", sentence(NO_FIELD, field=field))
        for i, service in enumerate(settings.service)
        for field in service.sensitive_fields
        if field not in service.fields
    ]
    listed = {field for service in settings.service for field in service.fields}
    rules = field_rules(
        tuple(ServiceFields(tuple(s.fields), s.sensitive, tuple(s.sensitive_fields)) for s in settings.service)
    )
    return problems + [
        ("office.masked_names", sentence(NO_PLAIN_FIELD, field=field))
        for field in settings.office.masked_names
        if field not in listed or rules.withholds(field)
    ]


def strangers(settings: Configuration) -> list[tuple[str, Sentence]]:
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
        facts = {"field": procedure.field, "service": procedure.service}
        wrong = sentence(SPELT, **facts, meant=meant) if meant else sentence(STRANGER, **facts, known=listed(own))
        odd.append((f"procedure[{i}].field", wrong))
    return odd


def _public_address(settings: Configuration) -> list[tuple[str, Sentence]]:
    """It stands on slips, in squares of plain letters, and in front of a path."""
    if re.fullmatch(r"((?i:https?)://[!-~]+)?", settings.server.public_url):
        return []
    return [("server.public_url", sentence(PUBLIC_URL))]


def _listeners(settings: Configuration) -> list[tuple[str, Sentence]]:
    """Doors that would be one another's, and halves of a certificate."""
    server, problems = settings.server, list[tuple[str, Sentence]]()
    if bool(server.tls_certificate) is not bool(server.tls_key):
        problems.append(("server.tls_key", sentence(HALF_CERTIFICATE)))
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
            problems.append((f"server.{key}", sentence(SAME_ADDRESS, other=same)))
    return problems


def _meet(one: str | None, other: str | None) -> bool:
    """Whether two of ADDRESS:PORT cannot both be listened on; port 0 is any free one."""
    if one is None or other is None:
        return False
    (host, _, port), (other_host, _, other_port) = one.rpartition(":"), other.rpartition(":")
    hosts = {host, other_host}
    return port == other_port != "0" and (len(hosts) == 1 or bool(hosts & EVERY_ADDRESS))


def exposures(settings: Configuration) -> list[tuple[str, Sentence]]:
    """(place, what is less safe than it could be) of doors that work as they are configured."""
    server, remarks = settings.server, list[tuple[str, Sentence]]()
    if not is_of_this_machine(server.bind):
        remarks.append(("server.bind", sentence(PLAIN)))
    if server.staff_bind is None and not all(map(is_of_this_machine, (server.bind, server.tls_bind or server.bind))):
        remarks.append(("server.staff_bind", sentence(SHARED_DOOR)))
    return remarks
