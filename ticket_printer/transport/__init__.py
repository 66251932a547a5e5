"""The wire to a printer, opened by address: serial, TCP, USB, a file or device file, a CUPS queue."""

from ticket_printer.transport.address import Address
from ticket_printer.transport.base import Transport

__all__ = ["Address", "Transport", "open_transport"]


def open_transport(url: str) -> Transport:
    """Raises PrinterError: unreachable (retryable) or unsupported."""
    return Address(url).open()
