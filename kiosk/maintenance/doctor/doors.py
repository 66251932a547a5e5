"""Who on the network can read along, and whether staff's pages are out of reach of public screens."""

from __future__ import annotations

from collections.abc import Iterator

from config.base import is_of_this_machine
from config.schema import ServerSection
from kiosk.maintenance.doctor.results import CheckResult, PartReport


def check_doors(report: PartReport, server: ServerSection) -> Iterator[CheckResult]:
    is_open = not is_of_this_machine(server.bind)
    if is_open:
        yield report.look(
            "PINs and passwords go over the network unencrypted ([server] bind = {bind}).",
            'Serve the network by tls_bind, let tablets install /ca, then set bind = "127.0.0.1:8080".',
            bind=server.bind,
        )
    if server.staff_bind is None and (is_open or server.tls_bind is not None):
        yield report.look(
            "Kiosks and tablets have the same address as /admin and /counter.",
            "Give staff an address of their own: [server] staff_bind.",
        )
    elif not is_open:
        yield report.well("Nobody on the network reads along, and public screens do not open staff's pages.")
