"""A picture of a kiosk's camera, as it is sent to be read."""

from __future__ import annotations

WIDTH, HEIGHT = 640, 480
PICTURE_BYTES = WIDTH * HEIGHT  # a byte for each dot, black 0, white 255, row by row
