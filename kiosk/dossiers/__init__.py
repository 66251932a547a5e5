"""Tables of dossiers handed in by the office."""
