"""A USB printer through libusb: the real library over a bus that the test plays."""

from __future__ import annotations

import errno
from types import SimpleNamespace
from typing import Any

import pytest
import usb.backend
import usb.core

from ticket_printer.errors import PrinterError
from ticket_printer.transport import usb as transport

OUT, IN = 0x01, 0x82


class Bus(usb.backend.IBackend):  # type: ignore[misc]
    """One printer. `taken`: bytes of the bulk pipe; `says`: what it answers; `port`: its port status."""

    def __init__(self) -> None:
        self.taken, self.says, self.port = bytearray(), bytearray(), 0x18
        self.claimed = self.detached = False
        self.resets = 0
        self.stalled = self.gone = False

    def enumerate_devices(self) -> Any:
        return iter([self])

    def get_device_descriptor(self, dev: Any) -> Any:
        return SimpleNamespace(
            bLength=18,
            bDescriptorType=1,
            bcdUSB=0x200,
            bDeviceClass=0,
            bDeviceSubClass=0,
            bDeviceProtocol=0,
            bMaxPacketSize0=64,
            idVendor=0x04B8,
            idProduct=0x0202,
            bcdDevice=0x100,
            iManufacturer=0,
            iProduct=0,
            iSerialNumber=0,
            bNumConfigurations=1,
            address=5,
            bus=1,
            port_number=1,
            port_numbers=(1,),
            speed=3,
        )

    def get_configuration_descriptor(self, dev: Any, config: int) -> Any:
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=2,
            wTotalLength=32,
            bNumInterfaces=1,
            bConfigurationValue=1,
            iConfiguration=0,
            bmAttributes=0xC0,
            bMaxPower=1,
            extra_descriptors=[],
        )

    def get_interface_descriptor(self, dev: Any, intf: int, alt: int, config: int) -> Any:
        if intf or alt:
            raise IndexError
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=4,
            bInterfaceNumber=0,
            bAlternateSetting=0,
            bNumEndpoints=2,
            bInterfaceClass=7,
            bInterfaceSubClass=1,
            bInterfaceProtocol=2,
            iInterface=0,
            extra_descriptors=[],
        )

    def get_endpoint_descriptor(self, dev: Any, ep: int, intf: int, alt: int, config: int) -> Any:
        if ep > 1:
            raise IndexError
        return SimpleNamespace(
            bLength=7,
            bDescriptorType=5,
            bEndpointAddress=(OUT, IN)[ep],
            bmAttributes=2,
            wMaxPacketSize=64,
            bInterval=0,
            bRefresh=0,
            bSynchAddress=0,
            extra_descriptors=[],
        )

    def open_device(self, dev: Any) -> Any:
        return self

    def close_device(self, dev_handle: Any) -> None: ...

    def get_configuration(self, dev_handle: Any) -> int:
        return 1

    def claim_interface(self, dev_handle: Any, intf: int) -> None:
        self.claimed = True

    def release_interface(self, dev_handle: Any, intf: int) -> None:
        self.claimed = False

    def is_kernel_driver_active(self, dev_handle: Any, intf: int) -> bool:
        return not self.detached

    def detach_kernel_driver(self, dev_handle: Any, intf: int) -> None:
        self.detached = True

    def bulk_write(self, dev_handle: Any, ep: int, intf: int, data: Any, timeout: int) -> int:
        self._fail(self.stalled, timeout)
        assert ep == OUT
        self.taken += bytes(data)
        return len(data)

    def bulk_read(self, dev_handle: Any, ep: int, intf: int, buff: Any, timeout: int) -> int:
        self._fail(not self.says, timeout)
        assert ep == IN
        count = min(len(buff), len(self.says))
        buff[:count] = type(buff)("B", bytes(self.says[:count]))
        del self.says[:count]
        return count

    def ctrl_transfer(self, dev_handle: Any, kind: int, request: int, *rest: Any) -> int:
        _value, _index, data, _timeout = rest
        if kind == 0x21 and request == 2:
            self.resets += 1
            return 0
        data[0] = self.port
        return 1

    def _fail(self, too_long: bool, timeout: int) -> None:
        assert timeout > 0  # 0 waits for ever
        if self.gone:
            raise usb.core.USBError("no such device", -4, errno.ENODEV)
        if too_long:
            raise usb.core.USBTimeoutError("too long", -7, errno.ETIMEDOUT)


@pytest.fixture
def bus() -> Bus:
    return Bus()


def opened(bus: Bus) -> transport.UsbTransport:
    return transport.UsbTransport(0x04B8, 0x0202, None, bus)


def test_bytes_go_to_the_printer_and_answers_come_back(bus: Bus) -> None:
    line = opened(bus)
    assert line.answers and bus.claimed and bus.detached
    assert line.write(b"\x10\x04\x01", 0.5) == 3
    bus.says += b"\x16"
    assert (bytes(bus.taken), line.read(0.1)) == (b"\x10\x04\x01", b"\x16")
    line.close()
    assert not bus.claimed


def test_a_printer_that_takes_or_says_nothing_is_waited_for_in_vain_but_not_for_ever(bus: Bus) -> None:
    line = opened(bus)
    bus.stalled = True
    assert (line.write(b"x", 0.01), line.read(0.0)) == (0, b"")


def test_a_printer_pulled_out_is_unreachable(bus: Bus) -> None:
    line = opened(bus)
    bus.gone = True
    for use in (lambda: line.write(b"x", 0.1), lambda: line.read(0.1)):
        with pytest.raises(PrinterError, match="unreachable"):
            use()


def test_the_port_itself_tells_that_paper_is_out(bus: Bus) -> None:
    line = opened(bus)
    assert line.port_fault() is None
    bus.port = 0x38
    assert line.port_fault() == "paper_out"


def test_giving_up_resets_the_printer_so_that_nothing_comes_out_later(bus: Bus) -> None:
    line = opened(bus)
    line.abort()
    assert bus.resets == 1 and not bus.claimed


def test_a_printer_that_is_not_plugged_in_is_named(bus: Bus) -> None:
    with pytest.raises(OSError, match="04b8:0203"):
        transport.UsbTransport(0x04B8, 0x0203, None, bus)
