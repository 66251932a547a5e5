"""Sends slips to one printer and proves that they were printed."""
