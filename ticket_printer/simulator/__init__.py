"""The simulated printer: the real protocol, paper as PNG, faults to order."""
