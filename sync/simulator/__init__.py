"""The simulated one-stop system."""
