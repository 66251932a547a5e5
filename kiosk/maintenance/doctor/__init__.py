"""What a technician would check, and what to do about what is found."""
