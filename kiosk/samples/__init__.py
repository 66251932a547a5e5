"""Data of known answers for an empty database."""

from __future__ import annotations


class DatabaseInUse(Exception):
    """The database holds tickets or dossiers; sample data never mixes with real work."""
