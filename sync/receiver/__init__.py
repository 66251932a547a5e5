"""The other side: what a one-stop system must do, as a working example and as checks."""
