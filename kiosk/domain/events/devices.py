"""Devices and printers that come, go, fail and recover."""

from __future__ import annotations

from typing import ClassVar

from contract.events import DeviceChange, DeviceData, EventType
from contract.records import dataclass


@dataclass(frozen=True, slots=True)
class DeviceEvent:
    """`kind` is the device's role, or "printer"; `reason` a code, or JSON with figures."""

    type: ClassVar[EventType]
    state: ClassVar[DeviceChange]
    device: str
    kind: str
    reason: str | None

    @property
    def subject(self) -> str:
        return self.device

    def data(self) -> DeviceData:
        return {"kind": self.kind, "state": self.state, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class DeviceOnline(DeviceEvent):
    type = EventType.DEVICE_ONLINE
    state = "online"


@dataclass(frozen=True, slots=True)
class DeviceOffline(DeviceEvent):
    type = EventType.DEVICE_OFFLINE
    state = "offline"


@dataclass(frozen=True, slots=True)
class DeviceFault(DeviceEvent):
    type = EventType.DEVICE_FAULT
    state = "fault"


@dataclass(frozen=True, slots=True)
class DeviceRecovered(DeviceEvent):
    type = EventType.DEVICE_RECOVERED
    state = "recovered"
