"""Devices and printers: what becomes of them is an event."""

from __future__ import annotations

from contract.events import DeviceChange
from kiosk.actions.ports import Unit
from kiosk.domain.events.devices import DeviceEvent, DeviceFault, DeviceOffline, DeviceOnline, DeviceRecovered

EVENTS: dict[DeviceChange, type[DeviceEvent]] = {
    "online": DeviceOnline,
    "offline": DeviceOffline,
    "fault": DeviceFault,
    "recovered": DeviceRecovered,
}


def record_heartbeat(unit: Unit, name: str, state: str, reason: str | None, report: str) -> None:
    """A device says how it is: "online", or else a fault. `report` is what it tells of itself, as JSON.

    A device that is no longer registered leaves no trace.
    """
    device = unit.devices.get(name)
    if device is None:
        return
    unit.devices.set_state(name, unit.now, state, report)
    if device.state != state:
        record_device_change(unit, device.role, name, _change(device.state, state), reason)


def record_device_change(unit: Unit, kind: str, device: str, change: DeviceChange, reason: str | None) -> None:
    """`kind`: the role of the device, or "printer"."""
    unit.record(EVENTS[change](device, kind, reason))


def _change(before: str, after: str) -> DeviceChange:
    if after != "online":
        return "fault"
    return "recovered" if before == "fault" else "online"
