"""A USB printer by vendor and product, `usb://04b8:0202` or, of several alike, `usb://04b8:0202?serial=X`.

Where the kernel's usblp has the printer, its device file is used and nothing is taken from the kernel; else libusb.
"""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import Any

from ticket_printer.errors import PrinterError
from ticket_printer.transport.base import CHUNK, Transport, unreachable
from ticket_printer.transport.files import DeviceFile, fault_of_port_status

CLASSES = Path("/sys/class/usbmisc")
DEVICES = Path("/dev/usb")
PRINTER = 7  # interface class
FROM_INTERFACE, TO_INTERFACE = 0xA1, 0x21  # class requests, usbprint11
GET_PORT_STATUS, SOFT_RESET = 1, 2
CONTROL_MS = 500


def open_usb(host: str, serial_number: str | None) -> Transport:
    """Raises ValueError for a malformed address, OSError when the printer is not plugged in."""
    address = re.fullmatch(r"([0-9a-fA-F]{4}):([0-9a-fA-F]{4})", host)
    if address is None:
        raise ValueError(f'"{host}" is not VENDOR:PRODUCT, such as 04b8:0202')
    vendor, product = address[1].lower(), address[2].lower()
    node = device_file(vendor, product, serial_number)
    return DeviceFile(str(node)) if node else UsbTransport(int(vendor, 16), int(product, 16), serial_number)


def device_file(vendor: str, product: str, serial_number: str | None) -> Path | None:
    """The usblp node of a plugged printer."""
    for entry in sorted(CLASSES.glob("lp*")):
        about = (entry / "device").resolve().parent
        if (_read(about / "idVendor"), _read(about / "idProduct")) == (vendor, product) and serial_number in {
            None,
            _read(about / "serial"),
        }:
            return DEVICES / entry.name
    return None


def _read(path: Path) -> str:
    with contextlib.suppress(OSError):
        return path.read_text(encoding="ascii", errors="replace").strip()
    return ""


class UsbTransport:
    """Through libusb; the printer's interface is claimed and given back."""

    bytes_per_s: float | None = None
    guarded = True

    def __init__(self, vendor: int, product: int, serial_number: str | None, backend: Any = None) -> None:
        import usb.core

        try:
            self._device = _plugged(vendor, product, serial_number, backend)
            self._interface, self._out, self._in = _claimed(self._device)
        except usb.core.NoBackendError as error:
            raise PrinterError(
                "unsupported", retryable=False, detail="libusb is missing; install libusb-1.0-0"
            ) from error
        except usb.core.USBError as error:
            raise OSError(str(error)) from error
        self.answers = self._in is not None

    def write(self, data: bytes, timeout_s: float) -> int:
        return int(self._call(lambda: self._out.write(data[:CHUNK], _ms(timeout_s)), 0))

    def read(self, timeout_s: float) -> bytes:
        if self._in is None:
            return b""
        return bytes(self._call(lambda: self._in.read(CHUNK, _ms(timeout_s)), b""))

    def finish(self, timeout_s: float) -> None: ...

    def port_fault(self) -> str | None:
        request = (FROM_INTERFACE, GET_PORT_STATUS, 0, self._interface, 1, CONTROL_MS)
        answer = self._call(lambda: self._device.ctrl_transfer(*request), b"")
        return fault_of_port_status(answer[0]) if len(answer) else None

    def abort(self) -> None:
        import usb.core

        with contextlib.suppress(usb.core.USBError):
            self._device.ctrl_transfer(TO_INTERFACE, SOFT_RESET, 0, self._interface, None, CONTROL_MS)
        self.close()

    def close(self) -> None:
        import usb.util

        usb.util.dispose_resources(self._device)

    @staticmethod
    def _call(transfer: Any, nothing: Any) -> Any:
        """A transfer that took too long gave `nothing`; one that failed means that the printer is gone."""
        import usb.core

        try:
            return transfer()
        except usb.core.USBTimeoutError:
            return nothing
        except usb.core.USBError as error:
            raise unreachable(error) from error


def _ms(timeout_s: float) -> int:
    return max(1, round(timeout_s * 1000))  # 0 would wait for ever


def _plugged(vendor: int, product: int, serial_number: str | None, backend: Any) -> Any:
    import usb.core

    def alike(device: Any) -> bool:
        return serial_number is None or device.serial_number == serial_number

    device = usb.core.find(idVendor=vendor, idProduct=product, custom_match=alike, backend=backend)
    if device is None:
        raise OSError(f"no USB printer {vendor:04x}:{product:04x} is plugged in")
    return device


def _claimed(device: Any) -> tuple[int, Any, Any]:
    """(interface, bulk out, bulk in or None) of the printer's interface; raises OSError when it has none."""
    import usb.util

    for interface in device.get_active_configuration():
        if interface.bInterfaceClass != PRINTER:
            continue
        ends = {usb.util.endpoint_direction(end.bEndpointAddress): end for end in interface}
        number = int(interface.bInterfaceNumber)
        with contextlib.suppress(NotImplementedError):
            if device.is_kernel_driver_active(number):
                device.detach_kernel_driver(number)
        usb.util.claim_interface(device, number)
        return number, ends[usb.util.ENDPOINT_OUT], ends.get(usb.util.ENDPOINT_IN)
    raise OSError("the USB device has no printer interface")
