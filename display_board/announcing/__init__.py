"""Calls by chime, clips and speech."""
