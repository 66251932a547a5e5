"""What a province runs against its own receiver."""
