"""The command bytes that status and proof need; they load no library, because an idle print thread uses them."""

from __future__ import annotations

DLE, ESC, FS, GS = b"\x10", b"\x1b", b"\x1c", b"\x1d"
NOT_CHINESE = FS + b"."  # clones begin in a mode that swallows pairs of bytes
CUT = GS + b"VB\x00"  # feed to the blade, cut all but one point
LEFT, CENTRE = ESC + b"a\x00", ESC + b"a\x01"
ASK_PAPER_IN_TURN = GS + b"r\x01"
STATUS_BACK = GS + b"a\x0e"  # online, error and paper changes
CLEAR_ERROR = DLE + b"\x05\x02"
CLEAR_BUFFERS = DLE + b"\x14\x08\x01\x03\x14\x01\x06\x02\x08"
BAND_ROWS = 24  # full rows that one picture command may hold in bytes: a fault leaves at most so many to fill up


def ask(n: int) -> bytes:
    """DLE EOT n, answered at once, ahead of everything that waits to be printed."""
    return DLE + b"\x04" + bytes([n])


def process_mark(job: int) -> bytes:
    return b"%04d" % (job % 9999 + 1)


def process_id(job: int) -> bytes:
    """GS ( H function 48: the printer repeats the four figures when everything before was printed."""
    return GS + b"(H\x06\x0000" + process_mark(job)
