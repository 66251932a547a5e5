"""Counting everything again from the journal alone, with code that no report and no action uses."""
