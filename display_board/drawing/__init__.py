"""The board on a surface of any size."""
