"""Dossiers from upstream, read and sanitized: no network, no clock."""
