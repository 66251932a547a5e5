"""Ways to a receiver of events."""
