"""What is read of an office, for pages and programs."""
