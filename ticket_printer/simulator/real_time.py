"""Recognises commands that a printer obeys when they arrive, not in their turn."""

CLEAR_KEY = b"\x01\x03\x14\x01\x06\x02\x08"


def unfinished(command: bytes) -> bool:
    """Whether more bytes must come before it is known what the command is."""
    if command[1:2] == b"\x14":
        return len(command) < 3 or (command[2:3] == b"\x08" and len(command) < 10)
    return len(command) < 2 or (command[1:2] in {b"\x04", b"\x05"} and len(command) < 3)
