"""What the simulated one-stop system refuses of those who control it."""

from __future__ import annotations


class InvalidFault(Exception):
    """A fault that is not known, or an option that does not fit it."""


class InvalidRequest(Exception):
    """A call whose body or query is none of this system's."""
