"""Devices and printers: what becomes of them is an event."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kiosk.actions.words import report_of_codes
from kiosk.domain.errors import BadRequest, UnknownDevice
from kiosk.domain.events.devices import DeviceEvent, DeviceFault, DeviceOffline, DeviceOnline, DeviceRecovered

if TYPE_CHECKING:
    from contract.events import DeviceChange
    from kiosk.actions.account_ports import Accounts
    from kiosk.actions.ports import Unit

EVENTS: dict[DeviceChange, type[DeviceEvent]] = {
    "online": DeviceOnline,
    "offline": DeviceOffline,
    "fault": DeviceFault,
    "recovered": DeviceRecovered,
}


def rename_device(accounts: Accounts, name: str, new_name: str) -> None:
    """Its token and the sessions of its clerks stay. Raises UnknownDevice, BadRequest when the name is another's."""
    if new_name == name:
        return
    if accounts.devices.get(new_name) is not None:
        raise BadRequest(f'there is a device "{new_name}" already; put it away first')
    if not accounts.devices.rename(name, new_name):
        raise UnknownDevice(f'there is no device "{name}"')
    accounts.sessions.move(name, new_name)


def record_heartbeat(unit: Unit, name: str, report: dict[str, Any]) -> None:
    """A device says how it is, `state` "online" or else a fault, and what it tells of itself; free words lie apart.

    A device that is no longer registered leaves no trace.
    """
    device = unit.devices.get(name)
    if device is None:
        return
    report = report_of_codes(unit, name, report)
    state, reason = report["state"], report.get("reason")
    unit.devices.set_state(name, unit.now, state, json.dumps(report))
    if device.state != state:
        record_device_change(unit, device.role, name, _change(device.state, state), reason)


def record_device_change(unit: Unit, kind: str, device: str, change: DeviceChange, reason: str | None) -> None:
    """`kind`: the role of the device, or "printer"."""
    unit.record(EVENTS[change](device, kind, reason))


def _change(before: str, after: str) -> DeviceChange:
    if after != "online":
        return "fault"
    return "recovered" if before == "fault" else "online"
