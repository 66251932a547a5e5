"""Examines a printer with a person in front of it and derives its profile."""
