"""The wire to a printer, opened by address: serial, TCP, USB, a file or device file, a CUPS queue."""

from ticket_printer.transport.address import PrinterAddress
from ticket_printer.transport.base import Transport

__all__ = ["PrinterAddress", "Transport", "open_transport"]


def open_transport(url: str) -> Transport:
    """Raises PrinterError: unreachable (retryable) or unsupported."""
    return PrinterAddress(url).open()
