"""The way to the one-stop system: whether it answers, and whether certificates end soon."""

from __future__ import annotations

from collections.abc import Iterator

from config.followers import ConnectorSection
from kiosk.app import App
from kiosk.maintenance.doctor.results import CheckResult, PartReport
from kiosk.receiver_positions import ALONE_S, ask_receivers, other_branches
from sync.checkup import Checkup, check_upstream

SOON_DAYS = 30


def check_lines(report: PartReport, connectors: list[ConnectorSection], now_ms: int) -> Iterator[CheckResult]:
    """Each configured connector is called once; nothing is sent."""
    if not connectors:
        yield report.look(
            "No one-stop system is set up: figures stay on this machine.",
            "Name one in the configuration: [[sync.connector]] name, kind, url.",
        )
    for connector in connectors:
        checkup = check_upstream(connector, now_ms / 1000, report.language)
        yield _line(report, connector, checkup)
        yield from _ending(report, connector.name, checkup)


def check_branches(report: PartReport, app: App) -> Iterator[CheckResult]:
    """A receiver that holds another history of the current epoch takes nothing more of it: a person has to decide."""
    if not app.configuration.sync.connector:
        return
    for name, seq in other_branches(app, ask_receivers(app), ALONE_S).items():
        yield report.broken(
            "{name}: the receiver holds another event {seq} of this journal, so nothing is sent.",
            "Old data was put back, or a copy of this machine sends: switch a copy off. Then stop the services, "
            "motcua restore --new-epoch, start them again: sending goes on, and both histories stay where they are.",
            name=name,
            seq=seq,
        )


def _line(report: PartReport, connector: ConnectorSection, checkup: Checkup) -> CheckResult:
    values = {"name": connector.name, "url": connector.url}
    if checkup.problem is None:
        return report.well("{name}: {url} can be reached.", **values)
    todo = "Nothing is lost: what waits is sent by itself. See that the line, the address and the clock are right."
    return report.broken("{name}: {url}: {problem}.", todo, problem=checkup.problem, **values)


def _ending(report: PartReport, name: str, checkup: Checkup) -> Iterator[CheckResult]:
    if checkup.server_days is not None and checkup.server_days < SOON_DAYS:
        yield report.look(
            "{name}: the server's certificate ends in {days} days.",
            "Tell the province.",
            name=name,
            days=checkup.server_days,
        )
    if checkup.own_days is not None and checkup.own_days < SOON_DAYS:
        yield report.look(
            "{name}: our certificate ends in {days} days.",
            "Ask the province for a new one and put it where client_certificate says.",
            name=name,
            days=checkup.own_days,
        )
