"""Figures by their definitions, each counted from facts alone."""
