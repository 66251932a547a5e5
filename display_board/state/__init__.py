"""What the board knows and shows: a pure fold over snapshot and stream."""
