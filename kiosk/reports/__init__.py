"""Figures of the office as tables, pages and files."""
