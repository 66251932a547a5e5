"""The way to the one-stop system: whether it answers, and whether certificates end soon."""

from __future__ import annotations

from collections.abc import Iterator

from config.followers import ConnectorSection
from kiosk.doctor.findings import Finding, Report
from sync.checkup import Checkup, check_upstream

SOON_DAYS = 30


def check_lines(report: Report, connectors: list[ConnectorSection], now_ms: int) -> Iterator[Finding]:
    """Each configured connector is called once; nothing is sent."""
    if not connectors:
        yield report.look(
            "No one-stop system is set up: figures stay on this machine.",
            "Name one in the configuration: [[sync.connector]] name, kind, url.",
        )
    for connector in connectors:
        found = check_upstream(connector, now_ms / 1000, report.language)
        yield _line(report, connector, found)
        yield from _ending(report, connector.name, found)


def _line(report: Report, connector: ConnectorSection, found: Checkup) -> Finding:
    values = {"name": connector.name, "url": connector.url}
    if found.problem is None:
        return report.well("{name}: {url} can be reached.", **values)
    todo = "Nothing is lost: what waits is sent by itself. See that the line, the address and the clock are right."
    return report.broken("{name}: {url}: {problem}.", todo, problem=found.problem, **values)


def _ending(report: Report, name: str, found: Checkup) -> Iterator[Finding]:
    if found.server_days is not None and found.server_days < SOON_DAYS:
        yield report.look(
            "{name}: the server's certificate ends in {days} days.", "Tell the province.", name=name,
            days=found.server_days,
        )  # fmt: skip
    if found.own_days is not None and found.own_days < SOON_DAYS:
        yield report.look(
            "{name}: our certificate ends in {days} days.",
            "Ask the province for a new one and put it where client_certificate says.", name=name, days=found.own_days,
        )  # fmt: skip
